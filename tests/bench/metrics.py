"""Rows of a metrics export to weekly means: headsup against DuckDB and Polars, on the same file.

    cargo build --release
    pip install duckdb polars
    python tests/bench/metrics.py target/release/headsup [--rows 5000000]

Each runs as a process of its own; wall time, CPU time and peak memory are the best of three. headsup's figure holds a
whole `render --format json`. Its weekly means must be those of the others, or the script fails.
"""

import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

NAMES = ["error_rate", "freshness", "uptime_pct", "tickets", "latency_ms", "throughput", "coverage"]
DAYS = 364

CONFIG = """version = 1
[team]
name = "Bench"
manager = "A"
boss = "B"
[calendar]
week_ends = "sunday"
[[source]]
table = "metrics"
file = "metrics.csv"
""" + "".join(f'[[metric]]\nname = "{name}"\naggregate = "mean"\n' for name in NAMES)

# The mean of a week is the mean of its days, as headsup defines it.
DUCKDB = """import duckdb, json
rows = duckdb.sql('''
    WITH days AS (SELECT date, metric, avg(value) AS mean FROM read_csv('metrics.csv') GROUP BY ALL)
    SELECT date_trunc('week', date) AS week, metric, avg(mean) AS mean FROM days GROUP BY ALL ORDER BY ALL
''').fetchall()
print(json.dumps([[str(week)[:10], metric, mean] for week, metric, mean in rows]))"""
POLARS = """import polars, json
days = polars.scan_csv("metrics.csv", try_parse_dates=True).group_by("date", "metric").agg(polars.col("value").mean())
weeks = days.group_by(polars.col("date").dt.truncate("1w").alias("week"), "metric").agg(polars.col("value").mean())
rows = weeks.sort("week", "metric").collect(engine="streaming").rows()
print(json.dumps([[str(week)[:10], metric, mean] for week, metric, mean in rows]))"""


def write(path, rows):
    """Days in order, a metric and a value a row: about 29 bytes each."""
    chance = random.Random(1)
    first = datetime.date(2025, 11, 24)
    days = [first + datetime.timedelta(days=i) for i in range(DAYS)]
    with open(path, "w") as file:
        file.write("date,metric,value\n")
        for start in range(0, rows, 100_000):
            numbers = range(start, min(start + 100_000, rows))
            file.writelines(
                f"{days[i * DAYS // rows]},{chance.choice(NAMES)},{chance.random() * 1000:.3f}\n" for i in numbers
            )
    return days[-1]


def measure(command, folder):
    """Output, and the least of wall seconds, CPU seconds and peak MiB of three runs."""
    best = None
    for _ in range(3):
        code = (
            "import json, resource, subprocess, sys, time\n"
            "start = time.perf_counter()\n"
            "out = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
            "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
            "figures = (time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
            "sys.stderr.write(json.dumps((out.returncode, *figures)) + '\\n' + out.stderr.decode())\n"
            "sys.stdout.buffer.write(out.stdout)\n"
        )
        run = subprocess.run([sys.executable, "-c", code, *command], cwd=folder, capture_output=True, check=True)
        first, _, errors = run.stderr.decode().partition("\n")
        status, *figures = json.loads(first)
        if status != 0:
            sys.exit(f"{command[0]} failed:\n{errors}")
        best = figures if best is None else tuple(map(min, best, figures))
    return run.stdout, best


def headsup_means(output):
    """(week's Monday, metric) → mean, of closed weeks."""
    means = {}
    for metric in json.loads(output)["metrics"]:
        for week in metric["weeks"]:
            monday = datetime.date.fromisoformat(week["ending"]) - datetime.timedelta(days=6)
            means[str(monday), metric["name"]] = week["value"]
    return means


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        csv = pathlib.Path(folder, "metrics.csv")
        as_of = write(csv, options.rows)
        pathlib.Path(folder, "headsup.toml").write_text(CONFIG)
        print(f"{options.rows:,} rows, {csv.stat().st_size / 1e6:.0f} MB")
        commands = {
            "DuckDB": [sys.executable, "-c", DUCKDB],
            "Polars": [sys.executable, "-c", POLARS],
            "headsup": [options.headsup.resolve(), "render", ".", "--as-of", str(as_of), "--for", "me", "--format", "json", "--out", "-"],
        }
        outputs = {}
        for name, command in commands.items():
            outputs[name], (wall, cpu, memory) = measure([str(part) for part in command], folder)
            print(f"{name:8} {wall:6.2f} s  {cpu:6.2f} s CPU  {memory:6.0f} MiB")
        ours = headsup_means(outputs["headsup"])
        for name in ("DuckDB", "Polars"):
            theirs = {(week, metric): mean for week, metric, mean in json.loads(outputs[name])}
            for key, mean in ours.items():
                if abs(theirs[key] - mean) > 1e-9 * abs(mean):
                    sys.exit(f"{key}: headsup says {mean}, {name} {theirs[key]}")
        if not ours:
            sys.exit("headsup shows no weeks")
        print(f"{len(ours)} weekly means agree")


if __name__ == "__main__":
    main()
