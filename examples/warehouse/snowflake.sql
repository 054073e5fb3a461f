-- One row a metric and day, for `table = "metrics"`.
--
--   snowsql -f snowflake.sql -o output_format=csv -o header=true -o timing=false -o friendly=false > metrics.csv
SELECT TO_DATE(measured_at)              AS "date",
       metric                            AS "metric",
       ROUND(AVG(value), 6)              AS "value",
       ANY_VALUE(target)                 AS "target"
FROM measurements
WHERE measured_at >= DATEADD(year, -2, DATE_TRUNC('year', CURRENT_DATE()))
GROUP BY 1, 2
ORDER BY 1, 2;
