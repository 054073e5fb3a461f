-- One row a metric and day, for `table = "metrics"`.
--
--   bq query --use_legacy_sql=false --format=csv --max_rows=1000000 < bigquery.sql > metrics.csv
SELECT DATE(measured_at)                 AS date,
       metric,
       ROUND(AVG(value), 6)              AS value,
       ANY_VALUE(target)                 AS target
FROM `project.dataset.measurements`
WHERE measured_at >= TIMESTAMP(DATE_SUB(DATE_TRUNC(CURRENT_DATE(), YEAR), INTERVAL 2 YEAR))
GROUP BY 1, 2
ORDER BY 1, 2
