"""Measures how long the live preview takes from a saved CSV to the new page: median and maximum of twenty saves.

    python tests/bench/watch.py target/dist/headsup

The aim is 200 ms for the example team, of which 40 ms is the wait for an editor to finish its writing.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

EXAMPLE = pathlib.Path(__file__).parents[2] / "examples" / "curation"


def get(url):
    return urllib.request.urlopen(url, timeout=30).read()


def main(headsup):
    os.environ.pop("CI", None)
    with tempfile.TemporaryDirectory() as folder:
        team = pathlib.Path(folder) / "team"
        shutil.copytree(EXAMPLE, team, ignore=shutil.ignore_patterns("out"))
        wins = team / "data" / "wins.csv"
        watch = subprocess.Popen(
            [headsup, "--quiet", "watch", team, "--as-of", "2026-11-20"], stdout=subprocess.PIPE, text=True
        )
        try:
            address = watch.stdout.readline().strip()
            figures = []
            for n in range(21):
                version = get(f"{address}version?0").decode()
                text = wins.read_text()
                time.sleep(0.2)
                start = time.perf_counter()
                wins.write_text(text.rstrip("\n") + f"\n2026-11-19,Saved for the {n}th time,speed,revenue,,,,,,\n")
                get(f"{address}version?{version}")
                page = get(f"{address}brief.html").decode()
                figures.append((time.perf_counter() - start) * 1000)
                assert f"Saved for the {n}th time" in page, "the page is not of the newest file"
            figures = figures[1:]
            print(f"from a saved CSV to the new page: median {statistics.median(figures):.0f} ms, longest {max(figures):.0f} ms")
        finally:
            watch.kill()


if __name__ == "__main__":
    main(sys.argv[1])
