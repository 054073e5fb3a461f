#!/usr/bin/env python3
"""Computes the numbers of the example brief independently of headsup.

Reads examples/curation (CSVs and headsup.toml) with Python's standard library alone and works out, from the
definitions in the README and not from the Rust code, what the brief of one date must say. Its result is kept in
curation.json; tests/headsup/example.rs compares the program with it, field by field.

    tests/check/curation.py [TEAM_DIR] [AS_OF] > tests/check/curation.json
"""

import bisect
import csv
import datetime as dt
import json
import math
import pathlib
import random
import sys
import tomllib

DAY = dt.timedelta(1)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def iso(text):
    return dt.date.fromisoformat(text) if text else None


def jira_day(text):
    """`06/Oct/26 9:29 AM`."""
    return dt.datetime.strptime(text, "%d/%b/%y %I:%M %p").date() if text else None


def log(team_dir, *files):
    """Returns the rows of logs kept by hand, read as one table."""
    rows = []
    for file in files:
        with open(team_dir / file, encoding="utf-8-sig", newline="") as handle:
            rows += list(csv.DictReader(handle))
    return rows


def newest_of_each(rows, key):
    """Keeps the newest row of each id in a log, in the order of the first rows."""
    by = {}
    for row in rows:
        by[row[key]] = row
    return by


# Tasks and milestones


def read_tasks(path, milestones):
    """Returns the tasks that count as work, without epics and sub-tasks."""
    with open(path, encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader)
        at = lambda row, name: [row[i] for i, h in enumerate(header) if h == name and row[i]]
        one = lambda row, name: (at(row, name) or [""])[0]
        names = {}
        for milestone in milestones.values():
            for name in [milestone["id"], milestone["milestone"], *milestone["aliases"].split(";")]:
                if name.strip():
                    names[name.strip().lower()] = milestone["id"]
        words = {"to do": "todo", "blocked": "todo", "in progress": "doing", "in review": "doing"}
        words |= {"done": "done", "closed": "done", "won't do": "dropped"}
        tasks, records, unmatched = [], 0, {}
        for row in reader:
            records += 1
            if one(row, "Issue Type") in ("Epic", "Sub-task"):
                continue
            found = set()
            for value in at(row, "Fix Version/s"):
                if value.lower() in names:
                    found.add(names[value.lower()])
                else:
                    unmatched[value] = unmatched.get(value, 0) + 1
            epic = one(row, "Custom field (Epic Link)")
            if not found and epic.lower() in names:
                found.add(names[epic.lower()])
            assert len(found) <= 1, row
            status = words[one(row, "Status").lower()]
            resolved = jira_day(one(row, "Resolved"))
            milestone = found.pop() if found else None
            tasks.append({
                "key": one(row, "Issue key"),
                "title": one(row, "Summary"),
                "status": status,
                "created": jira_day(one(row, "Created")),
                "started": jira_day(one(row, "Custom field (Actual start)")),
                "done_on": resolved if status == "done" else None,
                "dropped_on": resolved if status == "dropped" else None,
                "reopened": status not in ("done", "dropped") and resolved is not None,
                "due": jira_day(one(row, "Due Date")),
                "assignee": one(row, "Assignee"),
                "labels": at(row, "Labels"),
                "milestone": milestone,
                "objective": milestones[milestone]["objective"] if milestone else None,
            })
        return tasks, records, unmatched


def agreed_dates(milestones, agreements, as_of):
    agreed = {m["id"]: iso(m["agreed_due"]) for m in milestones.values()}
    for row in sorted(agreements, key=lambda r: r["date"]):
        if row["what"] == "date" and row["milestone"] and iso(row["date"]) <= as_of:
            agreed[row["milestone"]] = iso(row["to"])
    return agreed


def planned_units(steps, start, day):
    """Returns what the milestones should have earned by `day`; steps are (agreed, weight) in agreed order."""
    total, before = 0.0, start
    for agreed, weight in steps:
        if day >= agreed:
            total += weight
        elif day > before:
            total += weight * (day - before).days / (agreed - before).days
        before = agreed
    return total


def earned_days(steps, start, done):
    """Days after `start` at which planned(t) equals `done` (Lipke's earned schedule)."""
    before, total = start, 0.0
    for agreed, weight in steps:
        if done <= total + weight:
            return (before - start).days + (done - total) / weight * (agreed - before).days
        total += weight
        before = agreed
    return (before - start).days


# Metrics


def read_metrics(path):
    """{column: {day: number}}; the yearly totals of the sheet are ignored."""
    columns, records = {}, 0
    with open(path, encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            records += 1
            if row["Date"].startswith("Total"):
                continue
            day = dt.datetime.strptime(row["Date"], "%a, %d-%b-%Y").date()
            for name, cell in row.items():
                if name != "Date" and cell not in ("", "--", "n/a"):
                    columns.setdefault(name, {})[day] = float(cell.replace(",", "").rstrip("%"))
    return columns, records


def usual_weekdays(days, close):
    """Returns the weekdays with a value in at least half of the 13 weeks up to `close`, from the first value on."""
    first_close = min(days) + DAY * ((close - min(days)).days % 7)
    closes = [close - 7 * DAY * i for i in range(1, 14) if close - 7 * DAY * i >= first_close]
    seen = {}
    for end in closes:
        for day in (end - DAY * i for i in range(7)):
            seen[day.weekday()] = seen.get(day.weekday(), 0) + (day in days)
    return {weekday for weekday, count in seen.items() if 2 * count >= len(closes)}


def fold(days, first, last, how, usual=()):
    """Aggregates the days of a period. A missing value is not zero: a sum without a usual day is unknown."""
    values = [days[d] for d in sorted(days) if first <= d <= last]
    if not values:
        return None
    if how == "sum":
        span = [first + DAY * i for i in range((last - first).days + 1)]
        if any(d not in days and d.weekday() in usual for d in span):
            return None
    return {"sum": math.fsum, "mean": lambda v: math.fsum(v) / len(v), "last": lambda v: v[-1]}[how](values)


def year_before(day):
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day.replace(year=day.year - 1, day=28)


def change(now, then, is_rate):
    if now is None or then is None:
        return None
    if is_rate:
        return (now - then) / 100
    return now / then - 1 if then != 0 else None


def usual_range(values):
    """At most 52 weeks that end 8 weeks ago: mean ± 3 σ, σ the larger of mR̄ ÷ 1.128 and SD (Wheeler, guarded)."""
    kept = min(len(values), max(len(values) - 8, -(-len(values) // 2), 6))
    own = values[max(0, kept - 52) : kept]
    if len(own) < 6:
        return None
    centre = math.fsum(own) / len(own)
    moving = math.fsum(abs(b - a) for a, b in zip(own, own[1:])) / (len(own) - 1)
    spread = math.sqrt(math.fsum((v - centre) ** 2 for v in own) / (len(own) - 1))
    sigma = max(moving / 1.128, spread)
    return {
        "centre": centre,
        "lower": centre - 3 * sigma,
        "upper": centre + 3 * sigma,
        "provisional": len(own) < 17,
        "points": len(own),
    }


def path_to(target, days, quarter, close, latest):
    """Returns the line from the last value before the quarter to the target on its last day."""
    before = [d for d in sorted(days) if d < quarter[0]] or [min(days)]
    start, value = max(before[-1], quarter[0]), days[before[-1]]
    today = value + (target - value) * ((close - start).days / (quarter[1] - start).days)
    return {"from": value, "to": target, "today": today, "on_path": latest >= today}


def last_day_of_quarter(start):
    month = start.month + 2
    return dt.date(start.year + month // 12, month % 12 + 1, 1) - DAY


def metric_state(section, columns, as_of, ends_on, quarter_start):
    days = {d: v for d, v in columns[section.get("column", section["name"])].items() if d <= as_of}
    how, is_rate = section.get("aggregate", "mean"), section.get("unit") == "%"
    newest = max(days)
    close = as_of - DAY * ((as_of.weekday() - WEEKDAYS.index(ends_on)) % 7)
    while close > newest:
        close -= 7 * DAY
    first = min(days)
    ends, end = [], close
    while end >= first:
        ends.append(end)
        end -= 7 * DAY
    ends.reverse()
    usual = usual_weekdays(days, close)
    week = lambda end: fold(days, end - 6 * DAY, end, how, usual)
    weeks = [(end, week(end)) for end in ends]
    prior = [(end - 364 * DAY, week(end - 364 * DAY)) for end in ends]
    latest = weeks[-1][1]
    state = {"name": section["name"], "latest": latest}
    state["wow"] = change(latest, week(close - 7 * DAY), is_rate)
    state["yoy"] = change(latest, week(close - 364 * DAY), is_rate)
    starts = {"mtd": close.replace(day=1), "qtd": quarter_start, "ytd": close.replace(month=1, day=1)}
    for name, start in starts.items():
        now = fold(days, start, close, how, usual)
        then = fold(days, year_before(start), year_before(close), how, usual)
        state[name], state[f"{name}_yoy"] = now, change(now, then, is_rate)
    months, month_end = [], close.replace(day=1) - DAY
    while len(months) < 12:
        months.append((month_end, fold(days, month_end.replace(day=1), month_end, how, usual)))
        month_end = month_end.replace(day=1) - DAY
    months.reverse()
    state["mom"] = change(months[-1][1], months[-2][1], is_rate)
    state["weeks"] = [{"ending": str(e), "value": v} for e, v in weeks]
    state["weeks_prior_year"] = [{"ending": str(e), "value": v} for e, v in prior]
    state["months"] = [{"ending": str(e), "value": v} for e, v in months]
    values = [v for _, v in weeks if v is not None]
    state["range"] = usual_range(values)
    target = section.get("target")
    for step in section.get("targets", []):
        if step["from"] <= as_of:
            target = step["value"]
    state["target"] = target
    if section.get("kind") in ("stock", "cumulative") and target is not None:
        quarter_end = last_day_of_quarter(quarter_start)
        state["path"] = path_to(target, days, (quarter_start, quarter_end), close, latest)
        state["range"] = None
    better = {"up": 1, "down": -1}[section["better"]]
    state["target_met"] = None if target is None else better * (latest - target) >= 0
    return state


# Forecast: the gamma-Poisson model of the definitions in its simplest form, to compare with within a tolerance


def in_parallel(own, order):
    """How often a finished task was not of the earliest open milestone, of what it would be if any were as likely.

    Two tasks of a team that works in order four times out of five stand beside the data.
    """
    lives = sorted((t["done_on"], t["created"], order.index(t["milestone"])) for t in own if t["done_on"])
    elsewhere = expected = 0.0
    for at, (day, _, place) in enumerate(lives):
        left = [0] * len(order)
        for _, created, of in lives[at:]:
            left[of] += created <= day
        first = next((i for i, n in enumerate(left) if n), place)
        if left[first] < sum(left):
            elsewhere += place != first
            expected += 1 - left[first] / sum(left)
    return min(1.0, (elsewhere + 0.4) / (expected + 2))


def poisson(mean):
    count, product, least = 0, random.random(), math.exp(-mean)
    while product > least:
        count, product = count + 1, product * random.random()
    return count


def takes_over(own):
    """Returns for each objective the share of its work in half a year by people who also work on another objective."""
    people = {o: [t["assignee"] for t in tasks if t["assignee"]] for o, tasks in own.items()}
    share = lambda of, to: sum(p in people[to] for p in people[of]) / max(1, len(people[of]))
    return {of: {to: share(of, to) for to in own if to != of and share(of, to)} for of in own}


def forecast(tasks, milestones, agreed, as_of, trials=10000):
    """Returns P50, P85 and odds for each milestone.

    Finished tasks a week since the week of the first, of which those 13 weeks back count half; a rate known as well as
    so many weeks tell it; weeks as uneven as they were (variance / mean, 1.5 with the weight of 4 weeks beside it), at
    least Poisson. A week's tasks go to the earliest milestone or, as often as the past did so, to any by what is left.
    They are spread over five working days. Where an objective is done, those who share its people go on with them, by
    their rates.
    """
    random.seed(1)
    objectives = sorted({m["objective"] for m in milestones.values()})
    own = {o: [t for t in tasks if t["objective"] == o] for o in objectives}
    recent = lambda t: t["done_on"] and as_of - 182 * DAY < t["done_on"] <= as_of
    takers = takes_over({o: [t for t in own[o] if recent(t)] for o in objectives})
    order, rate, known, uneven, share, left_now, ends = {}, {}, {}, {}, {}, {}, {}
    for o in objectives:
        order[o] = sorted((m["id"] for m in milestones.values() if m["objective"] == o), key=agreed.get)
        first = min(t["done_on"] for t in own[o] if t["done_on"])
        closes = [as_of - 7 * DAY * i for i in range(104) if as_of - 7 * DAY * i >= first]
        past = [sum(1 for t in own[o] if t["done_on"] and c - 6 * DAY <= t["done_on"] <= c) for c in closes]
        weights = [2 ** (-age / 13) for age in range(len(past))]
        known[o] = sum(weights)
        rate[o] = sum(w * n for w, n in zip(weights, past)) / known[o]
        spread = sum(w * (n - rate[o]) ** 2 for w, n in zip(weights, past)) / rate[o]
        uneven[o] = max(1.0, (spread + 1.5 * 4) / (known[o] - 1 + 4))
        share[o] = in_parallel(own[o], order[o])
        left = [sum(1 for t in own[o] if t["milestone"] == m and t["status"] in ("todo", "doing")) for m in order[o]]
        left_now[o] = [0 if iso(milestones[m]["done_on"]) else n for m, n in zip(order[o], left)]
        ends.update({m: [] for m, n in zip(order[o], left_now[o]) if n})
    for _ in range(trials):
        left, week = {o: list(n) for o, n in left_now.items()}, 0
        pace = {o: random.gammavariate(rate[o] * known[o] / uneven[o], uneven[o] / known[o]) for o in objectives}
        while any(map(any, left.values())) and week < 104:
            counts = {}
            for o in objectives:
                mean = random.gammavariate(pace[o] / (uneven[o] - 1), uneven[o] - 1) if uneven[o] > 1 else pace[o]
                counts[o] = poisson(mean)
            freed = dict.fromkeys(objectives, 0.0)
            for of in objectives:
                to = {o: s for o, s in takers[of].items() if any(left[o])}
                if not any(left[of]):
                    for o, s in to.items():
                        freed[o] += counts[of] * s * rate[o] / sum(rate[other] for other in to)
            for o in objectives:
                if any(left[o]):
                    extra = int(freed[o]) + (random.random() < freed[o] % 1)
                    live(left[o], counts[o] + extra, share[o], order[o], ends, as_of + 7 * DAY * week)
            week += 1
    result = {}
    for milestone, days in ends.items():
        days.sort()
        # An agreed date within a week counts at the end of that week.
        close = agreed[milestone] + DAY * ((as_of - agreed[milestone]).days % 7)
        result[milestone] = {
            "p50": str(days[trials // 2]),
            "p85": str(days[int(trials * 0.85)]),
            "odds": bisect.bisect_right(days, close) / trials,
        }
    return result


def live(left, count, share, order, ends, begins):
    """Spreads tasks over the working days of a week. As-of is a Friday, so the first is three days later."""
    for n in range(1, count + 1):
        open_now = [i for i, k in enumerate(left) if k]
        if not open_now:
            break
        at = open_now[0]
        if random.random() < share:
            at = random.choices(open_now, [left[i] for i in open_now])[0]
        left[at] -= 1
        if not left[at]:
            ends[order[at]].append(begins + DAY * (2 + math.ceil(5 * n / (count + 1))))


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    team = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "examples/curation"
    as_of = iso(sys.argv[2] if len(sys.argv) > 2 else "2026-11-20")
    config = tomllib.loads((team / "headsup.toml").read_text(encoding="utf-8"))
    ends_on = config["calendar"]["week_ends"]
    start = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    history = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((team / "history").glob("*.json"))]
    history = [s for s in history if iso(s["on"]) < as_of]
    last = history[-1]
    since = iso(last["on"])

    objectives = newest_of_each(log(team, "data/objectives.csv"), "id")
    milestones = newest_of_each(log(team, "data/milestones.csv"), "id")
    agreements = [a for a in log(team, "data/agreements.csv") if iso(a["date"]) <= as_of]
    agreed = agreed_dates(milestones, agreements, as_of)
    tasks, task_records, unmatched = read_tasks(team / "data/jira.csv", milestones)
    columns, metric_records = read_metrics(team / "data/metrics.csv")
    public_asks = newest_of_each(log(team, "data/asks.csv"), "id")
    private_asks = newest_of_each(log(team, "private/asks.csv"), "id")
    asks = public_asks | private_asks

    simulated = forecast(tasks, milestones, agreed, as_of)
    out = {"as_of": str(as_of), "since": str(since), "objectives": [], "metrics": []}
    for objective in objectives.values():
        own = [t for t in tasks if t["objective"] == objective["id"] and t["status"] != "dropped"]
        steps = sorted((m for m in milestones.values() if m["objective"] == objective["id"]), key=lambda m: agreed[m["id"]])
        rows, weights = [], []
        for m in steps:
            held = [t for t in own if t["milestone"] == m["id"]]
            done = sum(t["status"] == "done" for t in held)
            weights.append((agreed[m["id"]], len(held)))
            done_on = iso(m["done_on"])
            rows.append({
                "id": m["id"],
                "name": m["milestone"],
                "original": m["agreed_due"],
                "agreed": str(agreed[m["id"]]),
                "due": m["due"],
                "done_on": m["done_on"] or None,
                "done_slip_days": (done_on - agreed[m["id"]]).days if done_on else None,
                "slip_before_days": last["milestones"][m["id"]]["slip_days"],
                "progress": 1.0 if done_on else done / len(held),
                "tasks_done": done,
                "tasks_all": len(held),
                "simulated": simulated.get(m["id"]),
            })
        done, scope = sum(t["status"] == "done" for t in own), len(own)
        elapsed = (as_of - start).days
        state = {
            "id": objective["id"],
            "name": objective["objective"],
            "done": done,
            "of": scope,
            "done_since": sum(1 for t in own if t["done_on"] and t["done_on"] > since),
            "progress": done / scope,
            "planned": planned_units(weights, start, as_of) / scope,
            "spi": earned_days(weights, start, done) / elapsed,
            "scope": None,
            "milestones": rows,
        }
        agreed_on = iso(objective["scope_agreed_on"])
        if agreed_on:
            every = [t for t in tasks if t["objective"] == objective["id"]]
            baseline = [t for t in every if t["created"] <= agreed_on and not (t["dropped_on"] and t["dropped_on"] <= agreed_on)]
            added = [t for t in every if t["created"] > agreed_on and t["status"] != "dropped"]
            dropped = [t for t in baseline if t["status"] == "dropped"]
            covered = set()
            for row in agreements:
                if row["what"] != "scope" or row["objective"] != objective["id"]:
                    continue
                words = {w.strip() for w in row["to"].replace(";", ",").split(",") if w.strip()}
                named = {t["key"] for t in added if t["key"] in words or words & set(t["labels"])}
                covered |= named if words else {t["key"] for t in added if t["created"] <= iso(row["date"])}
            state["scope"] = {
                "baseline": len(baseline),
                "added": len(added),
                "dropped": len(dropped),
                "now": len(baseline) + len(added) - len(dropped),
                "unagreed": len([t for t in added if t["key"] not in covered]),
            }
        out["objectives"].append(state)

    for section in config["metric"]:
        out["metrics"].append(metric_state(section, columns, as_of, ends_on, start))

    out["asks"] = [
        {
            "id": a["id"],
            "age_days": (as_of - iso(a["asked_on"])).days,
            "new": a["id"] not in last["asks"],
            "overdue": bool(a["needed_by"]) and iso(a["needed_by"]) < as_of,
            "confidential": a.get("confidential") == "yes",
        }
        for a in asks.values()
        if a["status"] == "open"
    ]
    out["decided"] = sorted(a["id"] for a in asks.values() if a["status"] != "open" and iso(a["answered_on"]) >= since)

    said = [s for s in history if iso(s["on"]) <= as_of - 14 * DAY][-1]
    by_key = {t["key"]: t for t in tasks}
    finished = [t for t in tasks if t["done_on"] and t["done_on"] > iso(said["on"])]
    out["said"] = {
        "on": said["on"],
        "of": len(said["next"]),
        "done": sum(by_key[k]["status"] == "done" for k in said["next"]),
        "tasks": {k: by_key[k]["status"] == "done" for k in said["next"]},
        "unplanned": sorted(t["key"] for t in finished if t["key"] not in said["next"]),
    }
    due_by = as_of + 14 * DAY
    out["next"] = sorted(
        t["key"] for t in tasks if t["status"] == "doing" or (t["status"] == "todo" and t["due"] and t["due"] <= due_by)
    )
    finished_since = [t for t in tasks if t["done_on"] and t["done_on"] > since]
    out["outside_share"] = sum(1 for t in finished_since if not t["milestone"]) / len(finished_since)
    out["unattached"] = sorted(
        t["key"]
        for t in tasks
        if not t["milestone"]
        and (t["status"] in ("todo", "doing") or (t["done_on"] and t["done_on"] > since))
    )
    out["unmatched"] = unmatched
    out["reopened"] = sorted(t["key"] for t in tasks if t["reopened"])
    wins = [w for w in log(team, "data/wins.csv") if since < iso(w["date"]) <= as_of]
    out["value"] = [w["text"] for w in wins if w["drives"] in ("revenue", "retention")]
    out["beyond"] = [w["text"] for w in wins if w["drives"] == "beyond"]
    out["goals"] = {}
    for goal in log(team, "data/goals.csv"):
        before = out["goals"].get(goal["goal"], {}).get("progress")
        out["goals"][goal["goal"]] = {"progress": float(goal["progress"].rstrip("%")) / 100, "before": before}
    out["records"] = {"data/jira.csv": task_records, "data/metrics.csv": metric_records}
    for file in ["objectives", "milestones", "wins", "people", "asks", "goals", "agreements", "events"]:
        out["records"][f"data/{file}.csv"] = len(log(team, f"data/{file}.csv"))
    json.dump(out, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
