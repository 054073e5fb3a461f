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
