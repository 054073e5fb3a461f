"""Rows of a metrics export to weekly means: headsup against DuckDB, Polars and pandas, on the same files.

    .ci/release
    pip install duckdb polars pandas
    python tests/bench/metrics.py target/dist/headsup [--rows 50000 500000 5000000] [--runs 5]

Each runs as a process of its own, and they take turns, so that what else the machine does meets all of them alike:
medians of wall and CPU time, the largest peak of memory. headsup's figure holds a whole `render --format json`. Its
weekly means must be those of the others, or the script fails.

Two shapes: `plain` has ISO dates in order, commas and decimal points; `office` is what a German spreadsheet writes, every
cell in quotes, semicolons, decimal commas, days before months, rows in no order. The others are told all of that; headsup
finds it out.
"""

import argparse
import datetime
import json
import pathlib
import random
import statistics
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

# How each program reads a file of either shape into `date`, `metric`, `value`.
DUCKDB_READS = {
    "plain": "read_csv('metrics.csv')",
    "office": """(SELECT strptime("Datum", '%d.%m.%Y')::DATE AS date, "Kennzahl" AS metric, "Wert" AS value
        FROM read_csv('metrics.csv', delim=';', decimal_separator=',', types={'Datum': 'VARCHAR', 'Wert': 'DOUBLE'}))""",
}
POLARS_READS = {
    "plain": 'polars.scan_csv("metrics.csv", try_parse_dates=True)',
    "office": 'polars.scan_csv("metrics.csv", separator=";", decimal_comma=True, schema_overrides={"Wert": polars.Float64})'
    '.select(polars.col("Datum").str.to_date("%d.%m.%Y").alias("date"), metric="Kennzahl", value="Wert")',
}
PANDAS_READS = {
    "plain": 'pandas.read_csv("metrics.csv", parse_dates=["date"])',
    "office": 'pandas.read_csv("metrics.csv", sep=";", decimal=",", parse_dates=["Datum"], date_format="%d.%m.%Y")'
    '.rename(columns={"Datum": "date", "Kennzahl": "metric", "Wert": "value"})',
}

# The mean of a week is the mean of its days, as headsup defines it.
DUCKDB = """import duckdb, json
duckdb.sql("SET enable_progress_bar = false")
rows = duckdb.sql('''
    WITH days AS (SELECT date, metric, avg(value) AS mean FROM READS GROUP BY ALL)
    SELECT date_trunc('week', date) AS week, metric, avg(mean) AS mean FROM days GROUP BY ALL ORDER BY ALL
''').fetchall()
print(json.dumps([[str(week)[:10], metric, mean] for week, metric, mean in rows]))"""
POLARS = """import polars, json
days = READS.group_by("date", "metric").agg(polars.col("value").mean())
weeks = days.group_by(polars.col("date").dt.truncate("1w").alias("week"), "metric").agg(polars.col("value").mean())
rows = weeks.sort("week", "metric").collect(engine="streaming").rows()
print(json.dumps([[str(week)[:10], metric, mean] for week, metric, mean in rows]))"""

PANDAS = """import pandas, json
rows = READS
days = rows.groupby(["date", "metric"], as_index=False)["value"].mean()
days["week"] = days["date"] - pandas.to_timedelta(days["date"].dt.weekday, unit="D")
weeks = days.groupby(["week", "metric"], as_index=False)["value"].mean()
print(json.dumps([[str(week)[:10], metric, mean] for week, metric, mean in weeks.itertuples(index=False)]))"""
OTHERS = {"DuckDB": (DUCKDB, DUCKDB_READS), "Polars": (POLARS, POLARS_READS), "pandas": (PANDAS, PANDAS_READS)}


def write(path, rows, shape):
    """Writes rows of one shape, about 29 bytes each. Returns the last day."""
    chance = random.Random(1)
    first = datetime.date(2025, 11, 24)
    days = [first + datetime.timedelta(days=i) for i in range(DAYS)]
    german = [day.strftime("%d.%m.%Y") for day in days]
    with open(path, "w") as file:
        file.write("date,metric,value\n" if shape == "plain" else '"Datum";"Kennzahl";"Wert"\n')
        for start in range(0, rows, 100_000):
            numbers = range(start, min(start + 100_000, rows))
            if shape == "plain":
                file.writelines(
                    f"{days[i * DAYS // rows]},{chance.choice(NAMES)},{chance.random() * 1000:.3f}\n" for i in numbers
                )
            else:
                for _ in numbers:
                    value = f"{chance.random() * 1000:.3f}".replace(".", ",")
                    file.write(f'"{chance.choice(german)}";"{chance.choice(NAMES)}";"{value}"\n')
    return days[-1]


def once(command, folder):
    """Returns the output, wall-clock seconds, CPU seconds and peak MiB of one run."""
    code = (
        "import json, resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "out = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "wall = time.perf_counter() - start\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "figures = (wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "sys.stderr.write(json.dumps((out.returncode, *figures)) + '\\n' + out.stderr.decode())\n"
        "sys.stdout.buffer.write(out.stdout)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, *command], cwd=folder, capture_output=True, check=True)
    first, _, errors = run.stderr.decode().partition("\n")
    status, *figures = json.loads(first)
    if status != 0:
        sys.exit(f"{command[0]} failed:\n{errors}")
    return run.stdout, figures


def headsup_means(output):
    """Maps (Monday of the week, metric) to the mean, for closed weeks."""
    means = {}
    for metric in json.loads(output)["metrics"]:
        for week in metric["weeks"]:
            monday = datetime.date.fromisoformat(week["ending"]) - datetime.timedelta(days=6)
            means[str(monday), metric["name"]] = week["value"]
    return means


def agree(outputs):
    """Checks that headsup's weekly means equal those of the others. Returns their number."""
    ours = headsup_means(outputs["headsup"])
    for name in OTHERS:
        theirs = {(week, metric): mean for week, metric, mean in json.loads(outputs[name])}
        for key, mean in ours.items():
            if abs(theirs[key] - mean) > 1e-9 * abs(mean):
                sys.exit(f"{key}: headsup says {mean}, {name} {theirs[key]}")
    if not ours:
        sys.exit("headsup shows no weeks")
    return len(ours)


def compare(headsup, rows, shape, runs, folder):
    """Prints the table of one size and shape."""
    csv = pathlib.Path(folder, "metrics.csv")
    as_of = write(csv, rows, shape)
    pathlib.Path(folder, "headsup.toml").write_text(CONFIG)
    render = [headsup, "render", ".", "--as-of", as_of, "--for", "me", "--format", "json", "--out", "-"]
    commands = {"headsup": [str(part) for part in render]}
    commands |= {name: [sys.executable, "-c", code.replace("READS", reads[shape])] for name, (code, reads) in OTHERS.items()}
    outputs, figures = {}, {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            outputs[name], used = once(command, folder)
            figures[name].append(used)
    means = agree(outputs)
    print(f"\n{rows:,} rows, {shape}, {csv.stat().st_size / 1e6:.1f} MB; all agree on {means} weekly means\n")
    print("| | wall s | of headsup's | CPU s | peak MiB |")
    print("|---|---:|---:|---:|---:|")
    base = statistics.median(wall for wall, _, _ in figures["headsup"])
    for name, used in figures.items():
        wall, cpu = (statistics.median(figure[i] for figure in used) for i in (0, 1))
        memory = max(figure[2] for figure in used)
        print(f"| {name} | {wall:.2f} | {wall / base:.1f} × | {cpu:.2f} | {memory:.0f} |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--rows", type=int, nargs="+", default=[50_000, 500_000, 5_000_000])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--shapes", nargs="+", choices=["plain", "office"], default=["plain", "office"])
    options = arguments.parse_args()
    for shape in options.shapes:
        for rows in options.rows:
            with tempfile.TemporaryDirectory() as folder:
                compare(options.headsup.resolve(), rows, shape, options.runs, folder)


if __name__ == "__main__":
    main()
