"""Checks a batch of a thousand generated teams, twenty of them broken: its results, a kill in its middle, four shards.

    .ci/release
    python tests/bench/batch_proof.py target/dist/headsup [--teams 1000] [--broken 20] [--kill-at 0.2 0.5 0.8]

Each claim is checked and printed; the first false one ends the run with exit code 1. The teams are generated from their
number: each has other milestones, tasks, metrics, delimiters and letters, so that no two briefs are the same.
"""

import argparse
import datetime
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

AS_OF = datetime.date(2026, 11, 20)
NAMES = ["Curation", "Ingest", "Données", "Größe", "Prüfung & Co", "データ", "Поиск", "O'Hara", "R2-D2", "Billing"]
VERBS = ["Ship", "Clean", "Speed up", "Measure", "Move", "Document", "Rebuild"]
THINGS = ["the feed", "supplier risk", "the importer", "first results", "the index", "late records", "onboarding"]


def day(offset):
    return (AS_OF + datetime.timedelta(days=offset)).isoformat()


def made(folder, number):
    """Writes one team, generated from its number."""
    chance = random.Random(number)
    sign = chance.choice([",", ";", "\t"])
    (folder / "data").mkdir(parents=True)

    def write(name, header, rows):
        lines = [sign.join(f'"{cell}"' for cell in row) for row in [header.split(), *rows]]
        (folder / "data" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    milestones = [
        (f"m{n}", chance.choice(["Speed", "Quality", "Reach"]), f"{chance.choice(VERBS)} {chance.choice(THINGS)} {n}",
         day(due), day(due + chance.choice([0, 0, 7, 21])), chance.choice(["", "40%", "90%"]))
        for n, due in enumerate(sorted(chance.sample(range(-40, 60), chance.randint(3, 8))))
    ]
    write("milestones.csv", "id objective milestone agreed_due due progress", milestones)
    tasks = []
    for n in range(chance.randint(10, 60)):
        created = chance.randint(-80, -1)
        done = chance.randint(created, 0) if chance.random() < 0.6 else None
        tasks.append((f"T-{n}", f"{chance.choice(VERBS)} {chance.choice(THINGS)}, part {n}", chance.choice(milestones)[0],
                      "doing" if done is None else "done", day(created), "" if done is None else day(done)))
    write("tasks.csv", "key title milestone status created done_on", tasks)
    weeks = range(-7 * chance.randint(8, 70), 1, 7)
    write("metrics.csv", "date errors speed", [(day(w), chance.randint(1, 60), chance.randint(100, 999)) for w in weeks])
    write("wins.csv", "date text kind", [(day(-chance.randint(0, 9)), f"{chance.choice(VERBS)} {chance.choice(THINGS)}",
                                          chance.choice(["feature", "quality", "morale"])) for _ in range(3)])
    write("asks.csv", "id asked_on text needed_by stage status",
          [("a1", day(-9), f"A decision on {chance.choice(THINGS)}", day(9), "raised", "open")])
    name = f"{chance.choice(NAMES)} {number}"
    sources = "".join(f'[[source]]\ntable = "{t}"\nfile = "data/{t}.csv"\n'
                      for t in ("milestones", "tasks", "metrics", "wins", "asks"))
    config = (f'[team]\nname = "{name}"\nmanager = "Manager {number}"\n{sources}'
              '[[metric]]\nname = "Errors"\ncolumn = "errors"\naggregate = "mean"\nbetter = "down"\n'
              '[[metric]]\nname = "Speed"\ncolumn = "speed"\naggregate = "sum"\nbetter = "up"\n')
    (folder / "headsup.toml").write_text(config, encoding="utf-8")


def replaced(folder, file, old, new):
    path = folder / file
    text = path.read_bytes()
    assert old in text, f"{path} has no {old}"
    path.write_bytes(text.replace(old, new, 1))


# The ways in which team folders are broken.
BREAKS = [
    lambda f: replaced(f, "headsup.toml", b"manager", b"manger"),
    lambda f: (f / "data/metrics.csv").unlink(),
    lambda f: replaced(f, "data/milestones.csv", b"2026-", b"2026-31-"),
    lambda f: replaced(f, "data/asks.csv", b'"text"', b'"number of pages"'),
    lambda f: (f / "headsup.toml").write_bytes(b"[team\nname = 1"),
    lambda f: (f / "data/wins.csv").write_bytes(b"\x00\x01\x02\x03" * 100),
    lambda f: (f / "data/asks.csv").write_bytes(b""),
    lambda f: replaced(f, "data/tasks.csv", b'"T-1"', b'"T-0"'),
    lambda f: replaced(f, "headsup.toml", b'aggregate = "mean"', b'aggregate = "average"'),
    lambda f: (f / "data/metrics.csv").write_bytes(b"date,errors,speed\n2026-11-20,many,1\n"),
]


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def claim(true, what):
    print(f"{'holds' if true else 'FALSE'}  {what}", flush=True)
    if not true:
        sys.exit(1)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--teams", type=int, default=1000)
    arguments.add_argument("--broken", type=int, default=20)
    arguments.add_argument("--kill-at", type=float, nargs="*", default=[0.2, 0.5, 0.8], help="shares of the briefs")
    options = arguments.parse_args()
    teams, broken = options.teams, options.broken
    for name in ("CI", "GITHUB_ACTIONS"):
        os.environ.pop(name, None)
    # batch.json contains the times of its run; with this variable they are fixed.
    os.environ["SOURCE_DATE_EPOCH"] = "1795132800"

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        root = folder / "teams"
        for n in range(teams):
            made(root / f"region-{n % 7}" / f"team-{n:04}", n)
        step = teams // broken
        for n in range(broken):
            number = n * step + step // 2
            BREAKS[n % len(BREAKS)](root / f"region-{number % 7}" / f"team-{number:04}")

        def batch(out, *more):
            return [options.headsup.resolve(), "batch", root, "--as-of", AS_OF.isoformat(), "--format", "pdf,html",
                    "--out", folder / out, *more]

        def run(*command):
            start = time.perf_counter()
            ended = subprocess.run(command, capture_output=True, text=True)
            return ended.returncode, ended.stderr, time.perf_counter() - start

        code, said, seconds = run(*batch("whole"))
        reasons = [line for line in said.splitlines() if "  exit " in line]
        whole = files(folder / "whole")
        pdfs = sum(name.suffix == ".pdf" and bytes.startswith(b"%PDF-") for name, bytes in whole.items())
        result = json.loads(whole[pathlib.Path("batch.json")])
        failed = [team for team in result["teams"] if "failed" in team]
        claim(code == 1, f"exit {code} where {broken} teams are broken")
        claim(pdfs == teams - broken, f"{pdfs} briefs as PDF, in {seconds:.1f} s: {pdfs / seconds:.1f} a second")
        claim(len(reasons) == broken == len(failed), f"a table of {len(reasons)} reasons, and {len(failed)} in batch.json")
        claim(all(team["failed"]["exit"] == 65 for team in failed), "each is the input's fault: exit 65, none a fault of headsup")
        for reason in reasons[: len(BREAKS)]:
            print(f"         {reason[:150]}")

        run_again, _, seconds = run(*batch("whole"))
        claim(run_again == 1 and files(folder / "whole") == whole, f"run again, no byte changes ({seconds:.1f} s)")

        for n, share in enumerate(options.kill_at):
            # Kills either the main program only, so that its workers must notice, or all processes.
            whom = "the program" if n % 2 else "all its processes"
            out = folder / f"killed-{share}"
            process = subprocess.Popen(batch(out.name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       start_new_session=True)
            while process.poll() is None and (len(list(out.rglob("*.pdf"))) if out.exists() else 0) < share * pdfs:
                time.sleep(0.02)
            if whom == "the program":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            time.sleep(0.5)
            left = files(out)
            half = [n for n, b in left.items() if not n.name.startswith(".headsup-partial-") and whole.get(n) != b]
            claim(not half and len(left) < len(whole),
                  f"{whom} killed at {len(left)} of {len(whole)} files: each of them is whole")
            code, _, seconds = run(*batch(out.name))
            claim(code == 1 and files(out) == whole, f"run again ({seconds:.1f} s): the same bytes as the run that nobody killed")

        start = time.perf_counter()
        for index in range(1, 5):
            run(*batch("parts", "--shard", f"{index}/4"))
        code, _, _ = run(options.headsup.resolve(), "batch", folder / "parts", "--merge")
        parts = {n: b for n, b in files(folder / "parts").items() if not n.name.endswith("-of-4.json")}
        claim(code == 1 and parts == whole,
              f"four shards merged ({time.perf_counter() - start:.1f} s): the same {len(whole)} files, byte for byte")


if __name__ == "__main__":
    main()
