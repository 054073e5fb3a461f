// Opens the overview page of a batch in a browser, follows the link of the first team, and prints as JSON where it
// leads:
//   node follow.mjs INDEX.html
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("target/tools/package.json"));
const { chromium } = require("playwright-core");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
await page.goto(pathToFileURL(resolve(process.argv[2])).href);
const link = page.locator(".teams th a").first();
const promised = await link.textContent();
await link.click();
await page.waitForLoadState();
const kicker = await page.locator(".kicker").first().textContent();
const found = kicker.includes(promised) ? promised : kicker;
console.log(JSON.stringify({ promised, found, address: page.url(), charts: await page.locator("svg[role=img]").count() }));
await browser.close();
