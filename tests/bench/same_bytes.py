"""Checks that the same inputs give the same bytes: twenty runs of one build or several, in random environments.

    .ci/release
    python tests/bench/same_bytes.py target/dist/headsup [ANOTHER_BUILD …] [--runs 20]

Time zone, locale, folder, number of threads, umask, home and width of the terminal differ from run to run.
"""

import argparse
import hashlib
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

EXAMPLE = pathlib.Path(__file__).parents[2] / "examples" / "curation"
ZONES = ["UTC", "Pacific/Kiritimati", "America/Adak", "Asia/Kathmandu", "Europe/Berlin", "nowhere"]
LOCALES = ["C", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "ja_JP.eucJP", ""]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path, nargs="+")
    arguments.add_argument("--runs", type=int, default=20)
    options = arguments.parse_args()
    chance, first = random.Random(1), None
    with tempfile.TemporaryDirectory() as home:
        for n in range(options.runs):
            build = options.headsup[n % len(options.headsup)].resolve()
            team = pathlib.Path(home, chance.choice(["a", "b/c", "d e/ü & co"]), str(n))
            shutil.copytree(EXAMPLE, team, ignore=shutil.ignore_patterns("out"))
            zone, locale, threads = chance.choice(ZONES), chance.choice(LOCALES), chance.randint(1, 9)
            umask = chance.choice([0o000, 0o022, 0o077])
            surroundings = {"PATH": os.environ["PATH"], "TZ": zone, "LC_ALL": locale, "RAYON_NUM_THREADS": str(threads),
                            "COLUMNS": str(chance.randint(20, 200)), "HOME": chance.choice(["/nonexistent", home])}
            ended = subprocess.run(
                [build, "--quiet", "render", ".", "--as-of", "2026-11-20", "--format", "pdf,html,md,txt,json"],
                cwd=team, env=surroundings, umask=umask, capture_output=True, text=True)
            if ended.returncode != 0:
                sys.exit(f"run {n}: exit {ended.returncode}\n{ended.stderr}")
            made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((team / "out").iterdir())}
            first = first or made
            if made != first:
                wrong = [name for name in first if made.get(name) != first[name]]
                sys.exit(f"run {n} ({build}, {zone}, {locale}, {threads} threads, umask {umask:03o}) differs in {wrong}")
    print(f"{options.runs} runs of {len(options.headsup)} build(s): the same {len(first)} files, byte for byte")


if __name__ == "__main__":
    main()
