"""A similar brief made in Python, for tests/bench/briefs.py: pandas reads and averages, matplotlib draws, Jinja2
fills the page, WeasyPrint prints it. It says what a two-page brief says, with none of headsup's checks and forecasts.

    python brief.py TEAM-FOLDER OUT.pdf
"""

import io
import pathlib
import sys

import jinja2
import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import pandas as pd
import weasyprint

TODAY = pd.Timestamp("2026-11-20")
START, END = pd.Timestamp("2026-10-01"), pd.Timestamp("2026-12-31")

PAGE = jinja2.Template("""<!doctype html><html lang="en"><meta charset="utf-8"><title>Curation</title><style>
@page { size: A4; margin: 16mm } body { font: 9pt "Noto Sans", sans-serif } h1 { font-size: 16pt } h2 { font-size: 10pt;
border-bottom: .6pt solid } table { width: 100%; border-spacing: 0 } td { vertical-align: top; padding: 2pt 6pt 2pt 0 }
.tiles { display: flex; flex-wrap: wrap } .tile { width: 25% } svg, img { max-width: 100% }</style>
<h1>{{ headline }}</h1><p>{{ summary }}</p>
<h2>This quarter</h2>{{ timeline }}
<table>{% for m in milestones %}<tr><td>{{ m.milestone }}<td>{{ m.agreed_due.date() }}<td>{{ m.due.date() }}<td>{{ m.status }}
<td>{{ m.reason if m.reason == m.reason else "" }}{% endfor %}</table>
<h2>Asks</h2><table>{% for a in asks %}<tr><td>{{ a.id }}<td>{{ a.text }}<td>{{ a.why }}<td>{{ a.needed_by }}{% endfor %}</table>
<h2>Wins</h2><ul>{% for w in wins %}<li>{{ w.text }} ({{ w.people }}){% endfor %}</ul>
<h2>Work</h2>{% for chart in burnups %}{{ chart }}{% endfor %}
<h2>Numbers</h2><div class="tiles">{% for t in tiles %}<div class="tile"><b>{{ t.name }}</b> {{ t.value }}{{ t.chart }}</div>{% endfor %}</div>
<h2>People</h2><ul>{% for p in people %}<li>{{ p.person }}: {{ p.text }}{% endfor %}</ul>
<h2>Goals</h2><table>{% for g in goals %}<tr><td>{{ g.goal }}<td>{{ g.target }}<td>{{ g.progress }}{% endfor %}</table></html>""")


def svg(figure):
    text = io.StringIO()
    figure.savefig(text, format="svg")
    plt.close(figure)
    return text.getvalue().split("?>", 1)[1].split(">", 1)[1]


def timeline(milestones):
    figure, axes = plt.subplots(figsize=(7, 1.6))
    for lane, (_, rows) in enumerate(milestones.groupby("objective")):
        axes.plot(rows.agreed_due, [lane] * len(rows), "o", mfc="none")
        axes.plot(rows.due, [lane] * len(rows), "o")
        for row in rows.itertuples():
            axes.annotate(row.milestone, (row.due, lane), fontsize=6, rotation=15)
    axes.axvline(TODAY)
    axes.set_xlim(START, END)
    return svg(figure)


def burnup(tasks, weeks):
    done = [(tasks.Resolved <= week).sum() for week in weeks]
    scope = [(tasks.Created <= week).sum() for week in weeks]
    figure, axes = plt.subplots(figsize=(3.4, 1.6))
    axes.fill_between(weeks, done, alpha=0.3)
    axes.plot(weeks, scope)
    axes.set_xlim(START, END)
    return svg(figure)


def tile(name, values):
    weekly = values.resample("W-FRI").mean().tail(26)
    figure, axes = plt.subplots(figsize=(1.7, 0.5))
    axes.plot(weekly.index, weekly)
    axes.axhspan(weekly.mean() - 2 * weekly.std(), weekly.mean() + 2 * weekly.std(), alpha=0.2)
    axes.set_axis_off()
    return {"name": name, "value": f"{weekly.iloc[-1]:,.1f}", "chart": svg(figure)}


def main(folder, out):
    read = lambda name, **options: pd.read_csv(folder / "data" / f"{name}.csv", **options)
    milestones = read("milestones", parse_dates=["agreed_due", "due", "done_on"])
    tasks = read("jira")
    for column in ("Created", "Resolved"):
        tasks[column] = pd.to_datetime(tasks[column], format="%d/%b/%y %I:%M %p")
    metrics = read("metrics")
    metrics.index = pd.to_datetime(metrics.pop("Date"), format="%a, %d-%b-%Y", errors="coerce")
    metrics = metrics[metrics.index.notna()]  # removes a row "Total 2025"
    numbers = metrics.apply(lambda column: pd.to_numeric(column.astype(str).str.replace(r"[%,]", "", regex=True), errors="coerce"))
    weeks = pd.date_range(START, TODAY, freq="W-FRI")
    asks = read("asks")
    rows = lambda table: list(table.itertuples())
    page = PAGE.render(
        headline=f"{(milestones.due > milestones.agreed_due).sum()} of {len(milestones)} milestones have slipped",
        summary=f"{tasks.Resolved.notna().sum()} of {len(tasks)} tasks are done.",
        timeline=timeline(milestones), milestones=rows(milestones), asks=rows(asks[asks.status == "open"]),
        wins=rows(read("wins").tail(6)), people=rows(read("people").tail(4)), goals=rows(read("goals").tail(4)),
        burnups=[burnup(part, weeks) for part in (tasks.iloc[::2], tasks.iloc[1::2])],
        tiles=[tile(name, numbers[name]) for name in numbers.columns],
    )
    weasyprint.HTML(string=page).write_pdf(out)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
