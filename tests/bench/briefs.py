"""One brief from a cold start, and batches of many teams: wall time, peak memory, and ratios to others on the same pages.

    tests/bench/run            builds and installs what is compared, and calls this
    python tests/bench/briefs.py target/dist/headsup [--typst PATH] [--teams 10 100 1000]

All that is compared runs turn by turn in one run; figures are medians of wall time and the largest peak. The bare typst
program is given the very pages that headsup sets (`templates export`, `templates data`) and two processes of it compile
them for the rate of a batch. The Python brief (peers/brief.py) and the R Markdown one (peers/brief.Rmd, where R is
installed) say about the same with none of the checks.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "curation"
AS_OF = "2026-11-20"
MEASURED = """import json, resource, subprocess, sys, time
start = time.perf_counter()
run = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
wall = time.perf_counter() - start
print(json.dumps((run.returncode, wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)))
sys.stderr.buffer.write(run.stderr)
"""


def once(command):
    """Returns wall-clock milliseconds and peak MiB of one run."""
    run = subprocess.run([sys.executable, "-c", MEASURED, *map(str, command)], capture_output=True, text=True, check=True)
    status, wall, memory = json.loads(run.stdout)
    if status != 0:
        sys.exit(f"{command}: exit {status}\n{run.stderr}")
    return wall * 1000, memory


def turn_by_turn(commands, rounds):
    """Maps names to median milliseconds and the largest peak. Slow commands run in a quarter of the rounds."""
    figures = {name: [once(command)] for name, command in commands.items()}
    for turn in range(1, rounds):
        for name, command in commands.items():
            if figures[name][0][0] < 1000 or turn % 4 == 0:
                figures[name].append(once(command))
    return {name: (statistics.median(wall for wall, _ in runs), max(peak for _, peak in runs)) for name, runs in figures.items()}


def pages_for_typst(headsup, folder):
    """Returns the arguments with which typst compiles the example's pages, without the name of the PDF."""
    templates, fonts = folder / "templates", folder / "fonts"
    subprocess.run([headsup, "--quiet", "templates", "export", templates], check=True, stdout=subprocess.DEVNULL)
    data = [headsup, "--quiet", "templates", "data", EXAMPLE, "--as-of", AS_OF, "--for", "boss", "--out", templates]
    subprocess.run(data, check=True, stdout=subprocess.DEVNULL)
    metadata = subprocess.run(["cargo", "metadata", "--format-version=1"], capture_output=True, text=True, check=True)
    noto = next(p for p in json.loads(metadata.stdout)["packages"] if p["name"] == "ttf-noto-sans")
    fonts.mkdir()
    for face in (pathlib.Path(noto["manifest_path"]).parent / "assets").glob("*.ttf"):
        shutil.copy(face, fonts)
    return ["compile", "--root", templates, "--ignore-system-fonts", "--font-path", fonts, "--features", "a11y-extras",
            "--pdf-standard", "ua-1,a-2a", templates / "pdf" / "brief.typ"]


def rate_of_two(command, folder, seconds=10):
    """Returns how often per second two parallel processes run the command."""
    loop = (
        "import subprocess, sys, time\n"
        "end, n = time.perf_counter() + float(sys.argv[1]), 0\n"
        "while time.perf_counter() < end:\n"
        "    subprocess.run(sys.argv[2:], check=True); n += 1\n"
        "print(n)\n"
    )
    start = time.perf_counter()
    both = [
        subprocess.Popen([sys.executable, "-c", loop, str(seconds), *map(str, command), str(folder / f"bare-{i}.pdf")],
                         stdout=subprocess.PIPE, text=True)
        for i in range(2)
    ]
    made = sum(int(process.communicate()[0]) for process in both)
    return made / (time.perf_counter() - start)


def watched(process, peaks):
    """Repeatedly appends the resident memory of a process and its children, in MiB, while it runs."""
    while process.poll() is None:
        total = 0
        try:
            tasks = pathlib.Path(f"/proc/{process.pid}/task").glob("*/children")
            children = [child for task in tasks for child in task.read_text().split()]
        except OSError:
            break
        for pid in [str(process.pid), *children]:
            try:
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            total += int(re.search(r"VmRSS:\s*(\d+)|$", status)[1] or 0)
        peaks.append(total / 1024)
        time.sleep(0.05)


def like_the_example(folder, n):
    """Writes a team like the example in which every text is unique, so that no two briefs share a line."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out"))
    config = folder / "headsup.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("Curation", f"Curation {n}"), encoding="utf-8")
    for path in folder.glob("*/*.csv"):
        head, *rows = path.read_text(encoding="utf-8").split("\n")
        own = lambda text: re.sub(r"\b(a|an|and|by|for|from|of|the|to|with)\b(?= [A-Za-z])", rf"\1 {n}", text)
        path.write_text("\n".join([head, *map(own, rows)]), encoding="utf-8")


def batch(headsup, teams, formats, folder):
    """Returns seconds and peak MiB of a batch: the median of five runs, or of two if there are many teams."""
    root = folder / "teams"
    shutil.rmtree(root, ignore_errors=True)
    for n in range(teams):
        like_the_example(root / f"team-{n:04}", n)
    command = [headsup, "--quiet", "batch", root, "--as-of", AS_OF, "--format", formats, "--out", folder / "out"]
    walls, peaks = [], []
    for _ in range(5 if teams < 1000 else 2):
        shutil.rmtree(folder / "out", ignore_errors=True)
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        watch = threading.Thread(target=watched, args=(process, peaks))
        watch.start()
        status = process.wait()
        walls.append(time.perf_counter() - start)
        watch.join()
        if status != 0:
            sys.exit(f"a batch of {teams}: exit {status}")
    return statistics.median(walls), max(peaks)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("headsup", type=pathlib.Path)
    arguments.add_argument("--typst", type=pathlib.Path, help="the bare typst program")
    arguments.add_argument("--teams", type=int, nargs="*", default=[10, 100, 1000])
    arguments.add_argument("--rounds", type=int, default=20)
    options = arguments.parse_args()
    headsup = options.headsup.resolve()
    os.environ.pop("CI", None)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        render = [headsup, "--quiet", "render", EXAMPLE, "--as-of", AS_OF, "--for", "boss", "--out", folder / "one", "--format"]
        commands = {"--help": [headsup, "--help"]}
        commands |= {f"one brief, {formats}": [*render, formats] for formats in ("json", "html", "pdf", "pdf,html")}
        if options.typst:
            compile_pages = [options.typst.resolve(), *pages_for_typst(headsup, folder)]
            commands["bare typst, the same pages"] = [*compile_pages, folder / "bare.pdf"]
        commands["Python, a like brief"] = [sys.executable, HERE / "peers" / "brief.py", EXAMPLE, folder / "python.pdf"]
        if shutil.which("Rscript"):
            knit = f"rmarkdown::render('{HERE}/peers/brief.Rmd', output_dir = '{folder}', params = list(folder = '{EXAMPLE}'), quiet = TRUE)"
            commands["R Markdown, a like page"] = ["Rscript", "-e", knit]
        figures = turn_by_turn(commands, options.rounds)
        ours = figures["one brief, pdf,html"][0]
        print(f"{'':28} {'median':>10} {'peak':>9}   headsup (pdf,html) takes")
        for name, (wall, memory) in figures.items():
            ratio = "" if name.startswith(("--", "one")) else f"{ours / wall:.2f} of it"
            print(f"{name:28} {wall:7.1f} ms {memory:5.0f} MiB   {ratio}")
        bare = rate_of_two(compile_pages, folder) if options.typst else None
        if bare:
            print(f"two bare typst processes     {bare:.1f} pages a second")
        for teams in options.teams:
            wall, memory = batch(headsup, teams, "pdf,html", folder)
            ratio = f", {teams / wall / bare:.2f} of two bare typst processes" if bare else ""
            print(f"a batch of {teams:5} teams {wall:11.1f} s  {memory:5.0f} MiB   {teams / wall:.1f} briefs a second{ratio}")


if __name__ == "__main__":
    main()
