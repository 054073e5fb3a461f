// Folds the sections that are rarely read on a small screen: the heading opens them. Without it they are open.
if (matchMedia("(max-width: 40rem)").matches) {
  for (const section of document.querySelectorAll("section.rare")) {
    const [heading, blocks] = section.children;
    const count = blocks.querySelectorAll("li, tbody tr, .meter").length;
    const folded = document.createElement("details");
    const summary = document.createElement("summary");
    const number = document.createElement("span");
    number.className = "quiet";
    number.textContent = count > 1 ? count : "";
    summary.append(heading, number);
    folded.append(summary, blocks);
    section.append(folded);
  }
  addEventListener("beforeprint", () => document.querySelectorAll(".rare details").forEach((folded) => (folded.open = true)));
}

// Puts the rows of a wide table in the order of the column whose head is pressed. Without it the table is the same, in
// the order of the brief. A cell sorts by the number it carries, else by its text; an empty one comes last.
for (const table of document.querySelectorAll("table.dense")) {
  const [body] = table.tBodies;
  const heads = [...table.tHead.rows[0].cells];
  if (body.rows.length < 3) continue;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const cell = (row) => row.cells[column];
      const key = (row) => cell(row).dataset.sort ?? cell(row).textContent.trim();
      const numbers = [...body.rows].some((row) => "sort" in cell(row).dataset);
      const empty = (row) => (numbers ? !("sort" in cell(row).dataset) : key(row) === "");
      const order = (a, b) => (numbers ? key(a) - key(b) : key(a).localeCompare(key(b), document.documentElement.lang));
      const rows = [...body.rows].sort((a, b) => empty(a) - empty(b) || (empty(a) ? 0 : down ? order(b, a) : order(a, b)));
      body.append(...rows);
    });
  });
}

// Tells what a chart shows where a reader points, and by the arrow keys where the chart has the focus. Without it the
// browser shows the same as titles.
for (const svg of document.querySelectorAll("svg:has(.spots)")) {
  const spots = [...svg.querySelectorAll(".spots rect")];
  const says = spots.map((spot) => spot.firstElementChild.textContent);
  spots.forEach((spot) => spot.replaceChildren());
  const tip = document.createElement("output");
  tip.className = "tip";
  let at = spots.length - 1;
  const hide = () => {
    spots[at].classList.remove("at");
    tip.remove();
  };
  const show = (next) => {
    hide();
    at = Math.min(Math.max(next, 0), spots.length - 1);
    spots[at].classList.add("at");
    tip.textContent = says[at];
    svg.after(tip);
    const { left, width, top, bottom } = spots[at].getBoundingClientRect();
    const middle = left + width / 2 - tip.offsetWidth / 2;
    tip.style.left = `${Math.min(Math.max(middle, 4), document.documentElement.clientWidth - tip.offsetWidth - 4)}px`;
    tip.style.top = `${top > tip.offsetHeight + 8 ? top - tip.offsetHeight - 4 : bottom + 4}px`;
  };
  svg.tabIndex = 0;
  svg.addEventListener("pointerover", (event) => (spots.includes(event.target) ? show(spots.indexOf(event.target)) : hide()));
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("focus", () => show(at));
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") hide();
    if (!step) return;
    event.preventDefault();
    show(at + step);
  });
}
