"""Kills headsup at any moment, two hundred times, and checks the files that remain.

    .ci/release
    python tests/bench/kills.py target/dist/headsup [--kills 200] [--seed 1]

`render`, `record`, `add` and `batch` are killed (SIGKILL) in turn: half of the times at a moment drawn from the length of
a whole run, half of the times just after the first file is touched, which is when something could break. Afterwards
every file of the user's says what it said before or what the command was to make it say, every brief is the old one or
the new one, and the same command run again ends well and leaves nothing of the killed run behind.
"""

import argparse
import collections
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

EXAMPLE = pathlib.Path(__file__).parents[2] / "examples" / "curation"
AS_OF = "2026-11-20"
PARTIAL = ".headsup-partial-"


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_partial(name):
    return pathlib.PurePath(name).name.startswith(PARTIAL)


def names(folder):
    """Returns every file below a folder, and when its folder last changed. Fast enough to be called in a loop."""
    return [(entry.path, entry.stat().st_mtime_ns) for entry in os.scandir(folder)]


class Kind:
    """A command, the folder that it changes, before and after, and the killed runs of it."""

    def __init__(self, headsup, home, name, arguments, before, touched, appends=()):
        self.name, self.appends = name, appends
        self.command = [headsup, *arguments]
        self.before, self.touched = before, touched
        self.work = home / "work"
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(before, self.work)
        start = time.perf_counter()
        self.finish()
        self.seconds = time.perf_counter() - start
        self.old, self.new = files(before), files(self.work)

    def finish(self):
        ended = subprocess.run(self.command, cwd=self.work, capture_output=True, text=True)
        if ended.returncode != 0:
            sys.exit(f"{self.name}: exit {ended.returncode}\n{ended.stderr}")

    def kill(self, chance, at_a_write):
        """Kills one run. Returns whether it was killed before its end, and how many files were new by then."""
        shutil.rmtree(self.work)
        shutil.copytree(self.before, self.work)
        watched = self.work / self.touched
        quiet = names(watched)
        process = subprocess.Popen(self.command, cwd=self.work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        if at_a_write:
            while process.poll() is None:
                try:
                    if names(watched) != quiet:
                        break
                except FileNotFoundError:
                    break
            time.sleep(chance.random() * 0.004 * chance.choice([0, 1, 10]))
        else:
            time.sleep(chance.random() * 1.05 * self.seconds)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        killed = process.wait() == -signal.SIGKILL
        left = files(self.work)
        for name, bytes in left.items():
            if is_partial(name):
                continue
            if bytes not in (self.old.get(name), self.new.get(name)):
                sys.exit(f"{self.name}: {name} is neither the old file nor the new one")
        lost = [name for name in self.old if name not in left]
        if lost:
            sys.exit(f"{self.name}: lost {lost}")
        changed = sum(bytes != self.old.get(name) for name, bytes in left.items() if not is_partial(name))
        # A command that appends may have appended already; others can be repeated.
        if not any(left[name] != self.old[name] for name in self.appends):
            self.finish()
            after = files(self.work)
            if {name: bytes for name, bytes in after.items() if not is_partial(name)} != self.new:
                sys.exit(f"{self.name}: run again, it does not come to the same end")
            if rest := [name for name in after if is_partial(name)]:
                sys.exit(f"{self.name}: {rest} of the killed run is still there")
        return killed, changed


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    headsup, chance = options.headsup.resolve(), random.Random(options.seed)
    for name in ("CI", "GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)

    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        team = home / "team"
        shutil.copytree(EXAMPLE, team, ignore=shutil.ignore_patterns("out"))
        render = ["render", ".", "--as-of", AS_OF, "--format", "pdf,html,md,txt,json"]
        # Briefs of other data exist already, which the killed run was replacing.
        wins = team / "data" / "wins.csv"
        text = wins.read_text()
        wins.write_text(text.rsplit("\n", 2)[0] + "\n")
        subprocess.run([headsup, "--quiet", *render], cwd=team, check=True, stdout=subprocess.DEVNULL)
        wins.write_text(text)

        teams = home / "teams"
        for n in range(6):
            shutil.copytree(team, teams / f"team-{n}")
        (teams / "out").mkdir()

        kinds = [
            Kind(headsup, home / "render", "render", render, team, "out"),
            Kind(headsup, home / "record", "record",
                 ["record", ".", "--as-of", AS_OF, "--replace", "--grant", "A-07"], team, "data", ["data/asks.csv"]),
            Kind(headsup, home / "add", "add",
                 ["add", "--date", AS_OF, "person", "A. Osei", "seen twice", "--kind", "concern"], team, "private",
                 ["private/concerns.csv"]),
            Kind(headsup, home / "batch", "batch", ["batch", ".", "--as-of", AS_OF, "--format", "html,json"], teams, "out"),
        ]
        counts = collections.Counter()
        for n in range(options.kills):
            kind = kinds[n % len(kinds)]
            killed, changed = kind.kill(chance, at_a_write=n // len(kinds) % 2 == 1)
            counts[kind.name, "runs"] += 1
            counts[kind.name, "killed"] += killed
            counts[kind.name, "midway"] += killed and 0 < changed
        for kind in kinds:
            runs, killed, midway = (counts[kind.name, what] for what in ("runs", "killed", "midway"))
            print(f"{kind.name:7} {runs:4} runs, {killed:4} killed before their end, {midway:4} of them with a part written")
        print("no file of the user's half written or lost; every brief the old or the new one; each run again ended well")


if __name__ == "__main__":
    main()
