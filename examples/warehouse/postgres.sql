-- One row a metric and day, for `table = "metrics"`.
--
--   psql --no-psqlrc --file postgres.sql > metrics.csv
\copy (SELECT measured_at::date AS date, metric, round(avg(value)::numeric, 6) AS value, max(target) AS target FROM measurements WHERE measured_at >= date_trunc('year', now()) - interval '2 years' GROUP BY 1, 2 ORDER BY 1, 2) TO STDOUT WITH (FORMAT csv, HEADER)
