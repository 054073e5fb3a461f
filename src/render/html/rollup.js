// Filters and sorts the teams, and shows one part at a time where there are tabs. Without it all is there, one part below
// the other, the worst news first.
const table = document.querySelector(".teams table");
const body = table.tBodies[0];
const rows = [...body.rows];
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const bar = document.querySelector(".filters");
const search = bar.querySelector("input");
const buttons = [...bar.querySelectorAll("button")];
const output = bar.querySelector("output");
const all = document.querySelector(".all");
// A screen or two: what is not shown is not laid out.
const PAGE = 60;
let is = "";
let most = PAGE;
const filter = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const row of body.rows) {
    const stays = (!is || (row.dataset.is ?? "").split(" ").includes(is)) && words.every((word) => texts.get(row).includes(word));
    found += stays;
    row.hidden = !stays || found > most;
  }
  const shown = Math.min(found, most);
  output.textContent = shown < rows.length ? bar.dataset.shown.replace("{n}", shown).replace("{of}", found < rows.length ? found : rows.length) : "";
  all.hidden = found <= most;
  all.textContent = all.dataset.all.replace("{n}", found);
};
all.addEventListener("click", () => {
  most = Infinity;
  filter();
});
bar.hidden = false;
filter();
search.addEventListener("input", filter);
buttons.forEach((button) => {
  button.setAttribute("aria-pressed", button.dataset.is === "");
  button.addEventListener("click", () => {
    if (button.dataset.is.startsWith("#")) {
      location.hash = button.dataset.is;
      return;
    }
    is = button.dataset.is;
    buttons.forEach((other) => other.setAttribute("aria-pressed", other === button));
    filter();
  });
});
[...table.tHead.rows[0].cells].forEach((head, column) => {
  const by = head.dataset.by;
  if (!by) return;
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const first = by === "down" ? "descending" : "ascending";
    const down = head.getAttribute("aria-sort") === first ? first === "ascending" : first === "descending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => (by === "text" ? row.cells[column].textContent : row.cells[column].dataset.k);
    const order = (a, b) => (by === "text" ? a.localeCompare(b, document.documentElement.lang) : a - b);
    const keyed = rows.map((row) => [key(row), row]);
    keyed.sort(([a], [b]) => (a === undefined) - (b === undefined) || (a === undefined ? 0 : down ? order(b, a) : order(a, b)));
    body.append(...keyed.map(([, row]) => row));
    filter();
  });
});
const tabs = [...document.querySelectorAll(".tabs a")];
if (tabs.length > 0) {
  const part = (tab) => document.querySelector(tab.hash);
  const show = () => {
    const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const tab = tabs.find((tab) => target && part(tab).contains(target)) ?? tabs[0];
    tabs.forEach((other) => {
      part(other).hidden = other !== tab;
      if (other === tab) other.setAttribute("aria-current", "page");
      else other.removeAttribute("aria-current");
    });
    if (target?.hidden) {
      most = Infinity;
      filter();
    }
    target?.scrollIntoView();
  };
  addEventListener("hashchange", show);
  show();
}
