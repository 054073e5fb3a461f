// Opens HTML files in headless Chromium, light and dark, narrow and wide, and prints what axe-core finds wrong as JSON:
//   node .ci/browse.mjs FILE.html …                 [{ file, width, scheme, rule, impact, help, nodes }]
//   node .ci/browse.mjs --pictures DIR FILE.html …  a picture of each, for people to look at
// Also wrong: anything a page asks the network for, any console message, a page wider than its window, and a wide table
// that the heads of its columns do not sort.
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("target/tools/package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const args = process.argv.slice(2);
const pictures = args[0] === "--pictures" ? args.splice(0, 2)[1] : null;
const widths = pictures ? [360, 800, 1280] : [360, 1280];
if (pictures) mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
});
const wrong = [];
for (const scheme of ["light", "dark"]) {
  // axe is a script, which the page's own policy would forbid.
  const context = await browser.newContext({ colorScheme: scheme, bypassCSP: true });
  for (const file of args) {
    const page = await context.newPage();
    const url = pathToFileURL(resolve(file)).href;
    const say = (width, rule, help, nodes = []) => wrong.push({ file, width, scheme, rule, help, nodes });
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:")) say(0, "network", request.url());
    });
    page.on("console", (message) => say(0, "console", message.text()));
    await page.goto(url);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      if (pictures) {
        await page.screenshot({ path: `${pictures}/${basename(file, ".html")}-${width}-${scheme}.png`, fullPage: true });
        continue;
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) say(width, "overflow", `the page is ${wide} px wide`);
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() =>
        axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const { id, help, nodes } of violations) say(width, id, help, nodes.map((node) => node.html.slice(0, 200)));
    }
    await page.close();
  }
}
// Here the page keeps its own policy, as for readers: its script must run and sort.
if (!pictures) {
  const context = await browser.newContext();
  for (const file of args) {
    const page = await context.newPage();
    const say = (rule, help) => wrong.push({ file, width: 0, scheme: "light", rule, help, nodes: [] });
    page.on("console", (message) => say("console", message.text()));
    await page.goto(pathToFileURL(resolve(file)).href);
    const unsorted = await page.evaluate(() => [...document.querySelectorAll("table.dense")].filter((table) => {
      const texts = () => [...table.tBodies[0].rows].map((row) => row.cells[0].textContent);
      const before = texts();
      if (before.length < 3) return false;
      const [head] = table.tHead.rows[0].cells;
      const press = () => head.querySelector("button")?.click();
      press();
      const up = texts();
      press();
      const sorted = [...before].sort((a, b) => a.localeCompare(b, document.documentElement.lang));
      return head.ariaSort !== "descending" || up.join() !== sorted.join() || texts()[0] !== sorted.at(-1);
    }).length);
    if (unsorted > 0) say("sort", `${unsorted} tables are not sorted by their first column`);
    await page.close();
  }
}
await browser.close();
console.log(JSON.stringify(wrong, null, 1));
