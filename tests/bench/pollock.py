#!/usr/bin/env python3
"""Scores `headsup inspect --format csv` on the files of the Pollock benchmark, by its measures.

Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023. The files are in
its repository, github.com/HPI-Information-Systems/Pollock: a checkout, or its folders `polluted_files/csv` and
`polluted_files/clean` with `pollock_weights.json`, is the first argument; the program to score is the second.

    tests/bench/pollock.py ~/Pollock target/debug/headsup [--worst 20]

A file scores 0 to 10: whether it loads, and precision, recall and F1 of the header's cells, of the records and of all
cells, each as multisets. Headers and records are compared after cells that are numbers are written alike and letters are
small. The benchmark's own script writes dates, times and prices alike too, so that its score cannot be lower than this
one. The simple score is the mean over all files, the weighted one weighs each by how often its fault occurs.
"""

import collections
import csv
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

csv.field_size_limit(sys.maxsize)


def rows(text):
    return list(csv.reader(text.lstrip("\ufeff").splitlines(keepends=True)))


def alike(cell):
    """Returns a cell in the form in which it is compared."""
    if cell in ("True", "true"):
        return "1"
    if cell in ("False", "false"):
        return "0"
    for kind in (int, float):
        try:
            return str(kind(cell))
        except ValueError:
            pass
    return cell.lower()


def measures(wanted, found):
    """Returns precision, recall and F1 of two lists, ignoring their order."""
    if not wanted:
        return [1.0, 1.0, 1.0]
    both = sum((collections.Counter(wanted) & collections.Counter(found)).values())
    if not both:
        return [0.0, 0.0, 0.0]
    first, second = both / len(wanted), both / len(found)
    return [first, second, 2 * first * second / (first + second)]


def score(clean, output, loaded):
    """Returns the ten measures of one file."""
    if not loaded:
        return [0.0] * 10
    wanted, found = rows(clean), rows(output)
    if not wanted:
        return [1.0] * 10
    header = measures([alike(c) for c in wanted[0]], [alike(c) for c in (found or [[]])[0]])
    if not wanted[0]:
        header = [1.0, 1.0, 1.0]
    record = measures(*(["".join(map(alike, row)) for row in table[1:]] for table in (wanted, found)))
    cell = measures(*([c for row in table for c in row] for table in (wanted, found)))
    return [1.0, *header, *record, *cell]


def one(program, folder, name):
    """Returns the measures of a file, and the reason if it was refused."""
    clean = (folder / "polluted_files/clean" / name).read_bytes().decode("utf-8", "replace")
    run = subprocess.run(
        [program, "inspect", "--format", "csv", str(folder / "polluted_files/csv" / name)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    said = run.stderr.decode("utf-8", "replace").splitlines()
    return name, score(clean, run.stdout.decode("utf-8"), run.returncode == 0), said[0] if said and run.returncode else ""


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder, program = Path(sys.argv[1]), sys.argv[2]
    worst = int(sys.argv[4]) if len(sys.argv) > 4 and sys.argv[3] == "--worst" else 0
    names = sorted(os.listdir(folder / "polluted_files/csv"))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: one(program, folder, name), names))
    weights = json.loads((folder / "pollock_weights.json").read_text())
    totals = [sum(values) for _, values, _ in results]
    whole = sum(weights.get(name, 0) for name, _, _ in results)
    weighted = sum(total * weights.get(name, 0) for (name, _, _), total in zip(results, totals)) / whole
    titles = ["loads"] + [f"{what} {how}" for what in ("header", "record", "cell") for how in ("P", "R", "F1")]
    for at, title in enumerate(titles):
        print(f"{title:<12}{sum(values[at] for _, values, _ in results) / len(results):.4f}")
    print(f"{len(results)} files: simple {sum(totals) / len(totals):.3f}, weighted {weighted:.3f} of 10")
    for total, (name, _, said) in sorted(zip(totals, results), key=lambda pair: pair[0])[:worst]:
        print(f"{total:6.2f}  {name}  {said}")


if __name__ == "__main__":
    main()
