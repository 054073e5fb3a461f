//! Tests the weekly queries for data that are too large for a team folder.

use serde_json::Value;

use super::python;
use crate::program::{ends, s};

#[test]
#[ignore = "needs .ci/tools"]
fn the_duckdb_query_makes_metrics_that_headsup_reads() {
    let dir = tempfile::tempdir().unwrap();
    // Two measurements for each day and metric, with a mean of 10; a third metric without a target; and old rows.
    let last = python(
        "import duckdb, json, os, sys
sql = open('examples/warehouse/duckdb.sql').read()
os.chdir(sys.argv[1])
db = duckdb.connect()
db.execute('''CREATE TABLE measurements AS
  SELECT day + INTERVAL 9 HOUR * part AS measured_at, metric, CASE part WHEN 1 THEN 8.0 ELSE 12.0 END AS value,
         CASE metric WHEN 'latency, ms' THEN 11.0 END AS target
  FROM (SELECT unnest(generate_series(current_date - INTERVAL 90 DAY, current_date - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day),
       (SELECT unnest([1, 2]) AS part), (SELECT unnest(['latency, ms', 'errors']) AS metric)
  UNION ALL SELECT current_date - INTERVAL 5 YEAR, 'errors', 999.0, NULL''')
db.execute(sql)
print(json.dumps(str(db.execute('SELECT max(measured_at)::DATE FROM measurements').fetchone()[0])))",
        &[s(dir.path())],
    );
    let toml = "[team]\nname = \"Curation\"\n[brief]\nformats = [\"json\"]\n\
[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\n\
[[metric]]\nname = \"Latency\"\ncolumn = \"latency, ms\"\naggregate = \"mean\"\nbetter = \"down\"\n\
[[metric]]\nname = \"Errors\"\ncolumn = \"errors\"\naggregate = \"mean\"\nbetter = \"down\"\n";
    std::fs::write(dir.path().join("headsup.toml"), toml).unwrap();
    let render = ["render", s(dir.path()), "--as-of", last.as_str().unwrap(), "--format", "json", "--out", "-"];
    let brief: Value = serde_json::from_str(&ends(&render, 0).0).unwrap();
    assert_eq!((&brief["sources"][0]["records"], &brief["sources"][0]["read"]), (&180.into(), &180.into()));
    for (metric, target) in [(0, Value::from(11.0)), (1, Value::Null)] {
        let metric = &brief["metrics"][metric];
        assert_eq!((&metric["latest"], &metric["target"]), (&Value::from(10.0), &target), "{metric}");
    }
}
