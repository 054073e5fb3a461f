"""One brief from a cold start, and batches of many teams: wall time, peak memory, briefs a second.

    cargo build --release
    python tests/bench/briefs.py target/release/headsup [--typst PATH] [--teams 10 100 1000]

With --typst, the bare typst program compiles pages like the brief's (the same templates with the same data) in the same
run, and the ratio is printed. Medians of twenty for the one brief; a batch runs once a size, after one to warm the disk.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

EXAMPLE = pathlib.Path(__file__).parents[2] / "examples" / "curation"
AS_OF = "2026-11-20"


def once(command):
    """Wall seconds and peak MiB of one run."""
    code = (
        "import json, resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "run = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
        "wall = time.perf_counter() - start\n"
        "print(json.dumps((run.returncode, wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)))\n"
        "sys.stderr.buffer.write(run.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, *map(str, command)], capture_output=True, text=True, check=True)
    status, wall, memory = json.loads(run.stdout)
    if status != 0:
        sys.exit(f"{command}: exit {status}\n{run.stderr}")
    return wall, memory


def median(command, runs=20):
    """Median wall milliseconds and the largest peak."""
    figures = [once(command) for _ in range(runs)]
    return statistics.median(wall for wall, _ in figures) * 1000, max(memory for _, memory in figures)


def peak_of_tree(process):
    """The largest sum of resident memory, in MiB, of a process and its children while it runs."""
    peak = 0
    while process.poll() is None:
        total = 0
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            except (OSError, ValueError):
                continue
            if str(process.pid) in (fields.get("Pid"), fields.get("PPid")):
                total += int(fields.get("VmRSS", "0 kB").split()[0])
        peak = max(peak, total / 1024)
        time.sleep(0.05)
    return peak


def batch(headsup, teams, folder):
    root = folder / "teams"
    shutil.rmtree(root, ignore_errors=True)
    for n in range(teams):
        shutil.copytree(EXAMPLE, root / f"team-{n:04}", ignore=shutil.ignore_patterns("out"))
    start = time.perf_counter()
    process = subprocess.Popen(
        [headsup, "--quiet", "batch", root, "--as-of", AS_OF, "--format", "pdf,html", "--out", folder / "out"],
        stdout=subprocess.DEVNULL,
    )
    memory = peak_of_tree(process)
    wall = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"a batch of {teams}: exit {process.returncode}")
    shutil.rmtree(folder / "out", ignore_errors=True)
    return wall, memory


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--typst", type=pathlib.Path)
    arguments.add_argument("--pages", type=pathlib.Path, help="a Typst file with the same pages, for --typst")
    arguments.add_argument("--teams", type=int, nargs="*", default=[10, 100, 1000])
    options = arguments.parse_args()
    headsup = options.headsup.resolve()
    os.environ.pop("CI", None)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        wall, memory = median([headsup, "--help"])
        print(f"--help                      {wall:7.1f} ms  {memory:5.0f} MiB")
        render = [headsup, "--quiet", "render", EXAMPLE, "--as-of", AS_OF, "--out", folder / "one", "--format"]
        for formats in ("json", "html", "pdf", "pdf,html"):
            wall, memory = median([*render, formats])
            print(f"one brief, {formats:16} {wall:7.1f} ms  {memory:5.0f} MiB")
        if options.typst and options.pages:
            bare, memory = median([options.typst, "compile", options.pages, folder / "bare.pdf"])
            print(f"bare typst                  {bare:7.1f} ms  {memory:5.0f} MiB   ratio {wall / bare:.2f}")
        for teams in options.teams:
            wall, memory = batch(headsup, teams, folder)
            print(f"a batch of {teams:5} teams     {wall:7.1f} s   {memory:5.0f} MiB   {teams / wall:.1f} briefs a second")


if __name__ == "__main__":
    main()
