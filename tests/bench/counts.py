"""Instructions that headsup executes, counted by callgrind (Debian: valgrind), whatever the load.

    python tests/bench/counts.py target/dist/headsup [--keep]

Prints each count and how far it is from the kept one in counts.json; --keep takes today's for the kept ones. On one
thread, so that the count is the same each time but for a few parts in a thousand.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
KEPT = HERE / "counts.json"
EXAMPLE = HERE.parents[1] / "examples" / "curation"


def count(command):
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    environment.pop("CI", None)
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *map(str, command)],
        capture_output=True, text=True, check=True, env=environment,
    )
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--keep", action="store_true")
    options = arguments.parse_args()
    headsup = options.headsup.resolve()
    with tempfile.TemporaryDirectory() as folder:
        render = [headsup, "--quiet", "render", EXAMPLE, "--as-of", "2026-11-20", "--out", folder, "--format"]
        commands = {
            "--help": [headsup, "--help"],
            "one brief, json": [*render, "json"],
            "one brief, html": [*render, "html"],
            "one brief, pdf": [*render, "pdf"],
            "inspect, the example's tracker": [headsup, "inspect", EXAMPLE / "data" / "jira.csv", "--format", "json"],
        }
        counts = {name: count(command) for name, command in commands.items()}
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for name, now in counts.items():
        before = kept.get(name)
        change = f"{now / before - 1:+.1%}" if before else "not kept yet"
        print(f"{name:32} {now / 1e6:8.1f} million instructions   {change}")
    if options.keep:
        KEPT.write_text(json.dumps(counts, indent=2) + "\n")


if __name__ == "__main__":
    main()
