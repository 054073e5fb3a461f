"""Measures time and memory for large numbers of one thing: for each kind, a team with 1,000, 10,000 and 100,000 of it.

    python tests/bench/bounds.py target/dist/headsup [--kinds rows asks] [--sizes 1000 10000 100000] [--formats json]
                                 [--for shared] [--command render] [--limit 60] [--keep FOLDER]

A kind is linear where ten times as much takes about ten times as long. A size that does not end within the limit is said
so, and larger ones are left out. Peak memory is what the system says of the process.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

AS_OF = "2026-11-20"
TASKS = "key,title,status,milestone,parent,created,done_on,labels"
ASKS = "id,asked_on,text,stage,status,needed_by,milestone,tasks"
STEPS = "id,objective,milestone,due,agreed_due,aliases,carried_from,reason,confidential"


class Team:
    """A team folder that is being generated: its config and its files."""

    def __init__(self, folder):
        self.folder = folder
        self.brief = []
        self.sources = []
        (folder / "data" / "g").mkdir(parents=True)
        (folder / "private").mkdir()

    def table(self, table, header, rows, name=None, more=""):
        name = name or f"data/{table}.csv"
        with open(self.folder / name, "w") as file:
            file.write(header + "\n")
            file.writelines(row + "\n" for row in rows)
        self.source(table, name, more)

    def source(self, table, name, more=""):
        self.sources.append(f'[[source]]\ntable = "{table}"\nfile = "{name}"\n{more}')

    def close(self):
        head = 'version = 1\n[team]\nname = "T"\nmanager = "Dana"\nboss = "Alex"\n'
        brief = "\n".join(['[brief]', 'on_error = "banner"', *self.brief]) + "\n"
        (self.folder / "headsup.toml").write_text(head + brief + "".join(self.sources))

    def one_task(self):
        self.table("tasks", TASKS, ["T-1,Open,doing,,,2026-10-05,,"])

    def steps(self, n, objectives=5, more=lambda at: ",,,"):
        self.table("milestones", STEPS, (f"m{at},Objective {at % objectives},Step {at},2026-12-11,2026-12-04,{more(at)}" for at in range(n)))


def day(at, first=7, months=4):
    return f"2026-{first + at % months:02}-{1 + at % 28:02}"


def rows(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,,,2026-10-05,,a" for at in range(n)))


def done(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},done,m{at % 7},,2026-06-05,{day(at)}," for at in range(n)))
    team.steps(7, 2)


def parents(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,,T{max(at - 1, 0)},2026-10-05,," for at in range(n)))


def milestones(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,m{at},,2026-10-05,," for at in range(n)))
    team.steps(n)


def reasons(team, n):
    """Late milestones, each with its reason."""
    team.one_task()
    rows = (f"m{at},Objective {at % 5},Step {at},2026-11-02,2026-11-02,,,Waits for part {at}," for at in range(n))
    team.table("milestones", STEPS, rows)


def objectives(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},done,m{at},,2026-07-05,{day(at, 8)}," for at in range(n)))
    team.table("objectives", "id,objective", (f"o{at},Objective {at}" for at in range(n)))
    team.table("milestones", STEPS, (f"m{at},o{at},Step {at},2026-12-11,,,,," for at in range(n)))


def named(team, n):
    """Objectives that no table defines."""
    team.table("milestones", STEPS, (f"m{at},Objective {at},Step {at},2026-12-11,,,,," for at in range(n)))


def asks(team, n):
    team.one_task()
    team.table("asks", ASKS, (f"a{at},2026-11-01,Ask number {at},raised,open,2026-12-01,," for at in range(n)))


def moving(team, n):
    """Asks that take tasks away from one milestone."""
    team.table("tasks", TASKS, (f"T{at},Task {at},{'done' if at % 2 else 'doing'},m{at % 3},,2026-07-05,{day(at) if at % 2 else ''},l{at}" for at in range(n)))
    team.steps(3, 1)
    team.table("asks", ASKS, (f"a{at},2026-11-01,Drop part {at},raised,open,2026-12-01,m{at % 3},l{at}" for at in range(n)))


def references(team, n):
    """Asks and agreements that name milestones, and milestones that are carried from others."""
    team.one_task()
    team.steps(n, 5, lambda at: f",m{max(at - 1, 0)},,")
    team.table("asks", ASKS, (f"a{at},2026-11-01,Ask number {at},raised,open,,m{at}," for at in range(n)))
    team.table("agreements", "date,objective,milestone,what,to", (f"2026-11-18,,m{at},date,2026-12-18" for at in range(n)))


def broken(team, n):
    """References to missing items."""
    team.one_task()
    team.steps(n)
    team.table("asks", ASKS, (f"a{at},2026-11-01,Ask number {at},raised,open,,nothing{at}," for at in range(n)))


def aliases(team, n):
    """Aliases of one milestone, and tasks that use them."""
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,al{at},,2026-10-05,," for at in range(n)))
    names = ";".join(f"al{at}" for at in range(n))
    team.table("milestones", STEPS, [f'm0,Objective,Step,2026-12-11,2026-12-04,"{names}",,,'])


def alias_each(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,,,2026-10-05,,al{at};x" for at in range(n)))
    team.steps(n, 5, lambda at: f"al{at};bl{at},,,")


def alike(team, n):
    """Milestones with the same name, which tasks use."""
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,Step,,2026-10-05,," for at in range(n)))
    team.table("milestones", STEPS, (f"m{at},Objective {at % 5},Step,2026-12-11,2026-12-04,same,,," for at in range(n)))


def unmatched(team, n):
    """Tasks with an unknown milestone and an unknown status."""
    team.table("tasks", TASKS, (f"T{at},Task {at},State {at},Nothing {at},,2026-10-05,," for at in range(n)))
    team.steps(3)


def people(team, n):
    team.one_task()
    team.table("people", "date,person,kind,text,ask", (f"2026-11-18,Person{at} Name{at},highlight,thing {at},wish {at}" for at in range(n)))


def members(team, n):
    """People who are named in asks."""
    team.table("people", "date,person,kind,text", (f"2026-11-01,Person{at} Name{at},concern,thing {at}" for at in range(n)))
    team.table("asks", ASKS, (f"a{at},2026-11-01,Write to x{at}@example.org,raised,open,,," for at in range(n)))


def wins(team, n):
    team.one_task()
    team.table("wins", "date,text,kind,amount,evidence", (f"2026-11-18,Win number {at},revenue,{at} EUR,report {at}" for at in range(n)))


def goals(team, n):
    team.one_task()
    team.table("goals", "goal,who,progress,date", (f"Goal {at},team,{at % 100}%,2026-11-{1 + at % 20:02}" for at in range(n)))


def agreements(team, n):
    team.table("objectives", "id,objective,scope_agreed_on", ["o1,Objective,2026-10-01"])
    team.table("milestones", STEPS, ["m1,o1,Step,2026-12-11,,,,,"])
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,m1,,2026-10-05,,l{at}" for at in range(n)))
    team.table("agreements", "date,objective,milestone,what,to", (f"2026-11-18,o1,m1,scope,l{at}" for at in range(n)))


def events(team, n):
    team.table("metrics", "date,value", (f"2026-{1 + at // 28:02}-{1 + at % 28:02},{at}" for at in range(308)))
    team.table("events", "date,text,metric,kind", (f"2026-11-{1 + at % 20:02},Event {at},,{'off' if at % 9 == 0 else ''}" for at in range(n)))


def risks(team, n):
    team.one_task()
    team.table("risks", "id,risk,likelihood,impact,date", (f"R-{at},Risk {at},{1 + at % 5},{1 + at % 4},2026-11-18" for at in range(n)))


def risk_log(team, n):
    """Rows of one risk."""
    team.one_task()
    team.table("risks", "id,risk,likelihood,impact,date", (f"R-1,Risk,{1 + at % 5},{1 + at % 4},2026-11-{1 + at % 20:02}" for at in range(n)))


def milestone_log(team, n):
    """Rows of one milestone."""
    team.one_task()
    header = "id,objective,milestone,due,agreed_due,progress,as_of"
    team.table("milestones", header, (f"m1,Objective,Step,2026-12-{1 + at % 28:02},2026-12-04,{at % 100}%,2026-11-{1 + at % 20:02}" for at in range(n)))


def metrics(team, n):
    """Rows of a thousand metrics."""
    each = max(n // 1000, 1)
    team.table("metrics", "date,metric,value", (f"2026-{1 + at % 11:02}-{1 + at % 28:02},Metric {metric},{at}" for metric in range(min(n, 1000)) for at in range(each)))


def metric_names(team, n):
    """Metrics of two days each."""
    team.table("metrics", "date,metric,value", (f"2026-11-{6 + 7 * at:02},Metric {metric},{metric}" for metric in range(n // 2) for at in range(2)))


def unreadable(team, n):
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,,,the {at}th,," for at in range(n)))


def repeated(team, n):
    team.table("tasks", TASKS, (f"T{at // 2},Task {at // 2},doing,,,2026-10-05,," for at in range(n)))


def differing(team, n):
    """Rows with the same key and different contents."""
    team.table("tasks", TASKS, (f"T1,Task {at},doing,,,2026-10-05,," for at in range(n)))


def files(team, n):
    for at in range(n):
        (team.folder / f"data/g/{at}.csv").write_text(f"key,title,status,created\nT{at},x,doing,2026-11-01\n")
    team.source("tasks", "data/g/*.csv")


def confidential(team, n):
    """Half of the tasks, below one another, with as many asks that name them."""
    rows = (f"T{at},Task {at},doing,,T{at // 3},2026-10-05,,l{at},{'yes' if at % 2 else ''}" for at in range(n))
    team.table("tasks", TASKS + ",confidential", rows)
    team.table("asks", ASKS, (f"a{at},2026-11-01,Ask number {at},raised,open,,,l{at}" for at in range(n)))


def private(team, n):
    """Asks in a private file, and reasons that may reveal them."""
    team.one_task()
    team.table("asks", ASKS, (f"a{at},2026-11-01,Budget for part {at} of plan {at},raised,open,,m{at}," for at in range(n)), "private/asks.csv")
    team.steps(n, 5, lambda at: f",,No budget for part {at} of plan {at},")


def labels(team, n):
    team.brief.append("confidential_labels = [" + ",".join(f'"secret{at}"' for at in range(n // 2)) + "]")
    team.table("tasks", TASKS, (f"T{at},Task {at},doing,,,2026-10-05,,l{at};x{at}" for at in range(n)))


def history(team, n):
    """A snapshot of as many tasks and milestones, and a plan that names them."""
    milestones(team, n)
    team.recorded = True


KINDS = {it.__name__: it for it in (
    rows, done, parents, milestones, reasons, objectives, named, asks, moving, references, broken, aliases, alias_each, alike,
    unmatched, people, members, wins, goals, agreements, events, risks, risk_log, milestone_log, metrics, metric_names, unreadable,
    repeated, differing, files, confidential, private, labels, history)}


def run(command, limit):
    """Returns seconds and peak MiB, or None if the run does not end."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - began > limit:
                child.kill()
                os.wait4(child.pid, 0)
                return None
            time.sleep(0.005)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 65):
            said.seek(0)
            sys.exit(f"{command}: exit {child.returncode}\n{said.read()[-2000:].decode(errors='replace')}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def main():
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("program")
    about.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    about.add_argument("--sizes", nargs="+", type=int, default=[1000, 10000, 100000])
    about.add_argument("--formats", default="json")
    about.add_argument("--for", dest="copy", default="shared")
    about.add_argument("--command", default="render", choices=["render", "check", "week"])
    about.add_argument("--limit", type=float, default=60)
    about.add_argument("--keep", type=pathlib.Path, help="keep the teams here")
    given = about.parse_args()
    print(f"{'kind':14}" + "".join(f"{size:>22,}" for size in given.sizes))
    slow = 0
    for kind in given.kinds:
        cells = []
        for size in given.sizes:
            folder = (given.keep or pathlib.Path(tempfile.mkdtemp())) / f"{kind}-{size}"
            shutil.rmtree(folder, ignore_errors=True)
            team = Team(folder)
            KINDS[kind](team, size)
            team.close()
            out = ["--format", given.formats, "--for", given.copy, "--out", folder / "made"] if given.command == "render" else []
            out += ["--yes"] if given.command == "week" else []
            command = lambda as_of: [given.program, "--quiet", given.command, folder, "--as-of", as_of, *out]
            if getattr(team, "recorded", False):
                subprocess.run([given.program, "--quiet", "render", folder, "--as-of", "2026-11-13", "--format", "json"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                subprocess.run([given.program, "--quiet", "record", folder, "--as-of", "2026-11-13"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            took = run([str(part) for part in command(AS_OF)], given.limit)
            if not given.keep:
                shutil.rmtree(folder.parent)
            if took is None:
                cells.append(f"> {given.limit:.0f} s")
                slow += 1
                break
            cells.append(f"{took[0]:8.2f} s {took[1]:7.0f} MiB")
        print(f"{kind:14}" + "".join(f"{cell:>22}" for cell in cells), flush=True)
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
