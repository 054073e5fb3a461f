"""Computes the figures of metrics independently of headsup, from random daily data.

    python tests/check/metrics.py target/debug/headsup [how many teams]

Each made team closes its weeks and begins its fiscal year on other days; its data have gaps, zeros, cells left empty,
and begin and end in the middle of weeks and months. The rules are those of the Working Backwards WBR app: weeks of
seven days to the closing day, last year's week 364 days earlier, last year's part of a month, quarter or year cut at
the same date, sums unknown where a day's cell is empty. Where that app compares what cannot be compared, the rules
are headsup's own: a change is a ratio between two values above zero, else a difference; figures to date and months are
compared where nine in ten days of both have a value; two weeks of a sum by the weekdays that both have, at least half
a week. Prints each figure that differs, and how many were compared.
"""

import calendar
import csv
import datetime as dt
import json
import pathlib
import random
import subprocess
import sys
import tempfile

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = [name.lower() for name in calendar.month_name[1:]]
WEEK, YEAR_OF_WEEKS = dt.timedelta(days=7), dt.timedelta(days=364)
ONE = dt.timedelta(days=1)


def year_before(day):
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def months_into(day, starts):
    return (day.month - starts) % 12


def first_of(day, months_back):
    month = day.year * 12 + day.month - 1 - months_back
    return dt.date(month // 12, month % 12 + 1, 1)


class Metric:
    """A column: a value for each day, None if its cell is empty; other days have no row."""

    def __init__(self, name, kind, values):
        self.name, self.kind, self.values = name, kind, values

    def over(self, start, end):
        rows = [value for day, value in self.values.items() if start <= day <= end]
        known = [value for value in rows if value is not None]
        if not known or (self.kind == "sum" and len(known) < len(rows)):
            return None
        return sum(known) / (len(known) if self.kind == "mean" else 1)


    def has(self, day):
        return self.values.get(day) is not None

    def covers(self, start, end):
        days = (end - start).days + 1
        return 10 * sum(self.has(start + at * ONE) for at in range(days)) >= 9 * days


NO_CHANGE = (None, None)


def change(now, then):
    """Returns the change as a ratio, and as a difference if a ratio makes no sense."""
    if now is None or then is None:
        return NO_CHANGE
    return (now / then - 1, None) if now > 0 and then > 0 else (None, now - then)


def change_of_weeks(metric, now, then):
    """Returns the change between the weeks that end on these days."""
    value, before = (metric.over(closing - 6 * ONE, closing) for closing in (now, then))
    both = [back for back in range(7) if metric.has(now - back * ONE) and metric.has(then - back * ONE)]
    if metric.kind == "sum" and value is not None and before is not None and len(both) < 7:
        if 2 * len(both) < 7:
            return NO_CHANGE
        value, before = (sum(metric.values[closing - back * ONE] for back in both) for closing in (now, then))
    return change(value, before)


def change_of_spans(metric, now, then):
    if not (metric.covers(*now) and metric.covers(*then)):
        return NO_CHANGE
    return change(metric.over(*now), metric.over(*then))


def figures(metric, last, starts):
    """Returns all figures as of `last`, the last day of the last closed week."""
    week = lambda closing: metric.over(closing - 6 * ONE, closing)
    found = {"latest": week(last)}
    found["wow"], found["wow_diff"] = change_of_weeks(metric, last, last - WEEK)
    found["yoy"], found["yoy_diff"] = change_of_weeks(metric, last, last - YEAR_OF_WEEKS)
    begins = {
        "mtd": first_of(last, 0),
        "qtd": first_of(last, months_into(last, starts) % 3),
        "ytd": first_of(last, months_into(last, starts)),
    }
    for name, begin in begins.items():
        found[name] = metric.over(begin, last)
        found[name + "_yoy"] = change_of_spans(metric, (begin, last), (year_before(begin), year_before(last)))[0]
    for back in range(6):
        closing = last - back * WEEK
        found[f"week -{back}"] = week(closing)
        found[f"week -{back} a year before"] = week(closing - YEAR_OF_WEEKS)
    newest = first_of(last, 0 if (last + ONE).day == 1 else 1)
    months = [(first_of(newest, back), first_of(newest, back - 1) - ONE) for back in range(12)]
    for back, month in enumerate(months):
        found[f"month -{back}"] = metric.over(*month)
    found["mom"], found["mom_diff"] = change_of_spans(metric, months[0], months[1])
    return found


def shown(state):
    """Returns the same figures from headsup's JSON."""
    names = ["latest", "wow", "wow_diff", "yoy", "yoy_diff", "mom", "mom_diff"]
    names += [name + year for name in ("mtd", "qtd", "ytd") for year in ("", "_yoy")]
    found = {name: state[name] for name in names}
    back = lambda points, at: points[-1 - at]["value"] if at < len(points) else None
    for at in range(6):
        found[f"week -{at}"] = back(state["weeks"], at)
        found[f"week -{at} a year before"] = back(state["weeks_prior_year"], at)
    for at in range(12):
        found[f"month -{at}"] = back(state["months"], at)
    return found


def made(chance):
    """Generates a table of days: some metrics have no values on some weekdays, a few cells are empty, some are zero."""
    first = dt.date(2022, 1, 1) + chance.randrange(500) * ONE
    days = [first + at * ONE for at in range(chance.randrange(420, 1200))]
    metrics = []
    for at, kind in enumerate(["sum", "mean", "sum", "mean"]):
        level, empty = 10 ** chance.randrange(6), chance.choice([0, 0, 0.004])
        value = lambda: round(level * chance.random(), 3) if chance.random() > 0.02 else 0.0
        metrics.append(Metric(f"m{at}", kind, {day: None if chance.random() < empty else value() for day in days}))
    return days, metrics


def compare(program, folder, seed):
    chance = random.Random(seed)
    days, metrics = made(chance)
    as_of = days[-1] - chance.randrange(60) * ONE
    closes, starts = chance.randrange(7), chance.randrange(1, 13)
    (folder / "data").mkdir(exist_ok=True)
    with open(folder / "data" / "metrics.csv", "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["date"] + [metric.name for metric in metrics])
        for day in days:
            table.writerow([day] + ["" if metric.values[day] is None else metric.values[day] for metric in metrics])
    config = f'version = 1\n[team]\nname = "T"\nmanager = "M"\nboss = "B"\n[calendar]\nweek_ends = "{DAYS[closes]}"\n'
    config += f'fiscal_year_starts = "{MONTHS[starts - 1]}"\n[[source]]\ntable = "metrics"\nfile = "data/metrics.csv"\n'
    for metric in metrics:
        config += f'[[metric]]\nname = "{metric.name}"\ncolumn = "{metric.name}"\naggregate = "{metric.kind}"\n'
    (folder / "headsup.toml").write_text(config)
    run = [program, "render", folder, "--as-of", str(as_of), "--format", "json", "--out", "-", "--quiet"]
    states = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)["metrics"]
    for metric in metrics:
        metric.values = {day: value for day, value in metric.values.items() if day <= as_of}
        last = as_of - ((as_of.weekday() - closes) % 7) * ONE
        ours = shown(next(state for state in states if state["name"] == metric.name))
        for figure, theirs in figures(metric, last, starts).items():
            same = (ours[figure] is None) == (theirs is None)
            if same and theirs is not None:
                same = abs(ours[figure] - theirs) <= 1e-9 * max(1.0, abs(theirs))
            yield same, f"team {seed}, {metric.kind} {metric.name} as of {as_of}, {figure}: {ours[figure]}, not {theirs}"


def main():
    program, teams = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    compared = differ = 0
    for seed in range(teams):
        with tempfile.TemporaryDirectory() as folder:
            for same, line in compare(program, pathlib.Path(folder), seed):
                compared += 1
                if not same:
                    differ += 1
                    print(line)
    print(f"{compared} figures of {teams} teams compared, {differ} differ")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
