-- Metrics that are too large for a folder, made small where they are: one row a metric and day, which headsup folds
-- into weeks, months and quarters itself. Days, not weeks, so that any `calendar.week_ends` fits.
--
--   duckdb warehouse.db < duckdb.sql
COPY (
    SELECT CAST(measured_at AS DATE)     AS date,
           metric,
           round(avg(value), 6)          AS value,
           any_value(target)             AS target
    FROM measurements
    WHERE measured_at >= date_trunc('year', current_date) - INTERVAL 2 YEAR
    GROUP BY 1, 2
    ORDER BY 1, 2
) TO 'metrics.csv' (HEADER, DELIMITER ',');
