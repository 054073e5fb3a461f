// Prints as JSON what ical.js and node-ical read from a calendar file:
//   node meetings.mjs FILE.ics
// From ical.js: each VEVENT's RECURRENCE-ID, and the SHA-256 of its attachments. From node-ical: the dates of the
// overrides, and whether each has an attachment.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("target/tools/package.json"));
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")).href);
const nodeIcal = require("node-ical");

const text = readFileSync(process.argv[2], "utf8");
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents("vevent").map((event) => ({
  recurrence: event.getFirstPropertyValue("recurrence-id")?.toString() ?? null,
  start: event.getFirstPropertyValue("dtstart").toString(),
  rule: event.hasProperty("rrule"),
  attachments: event.getAllProperties("attach").map((attach) => {
    const value = attach.getFirstValue();
    const encoded = value instanceof ICAL.Binary ? value.value : String(value);
    return attach.getParameter("encoding") === "BASE64"
      ? createHash("sha256").update(Buffer.from(encoded, "base64")).digest("hex")
      : encoded;
  }),
}));
const overrides = Object.values(nodeIcal.sync.parseICS(text))
  .filter((item) => item.type === "VEVENT")
  .flatMap((item) => [item, ...Object.values(item.recurrences ?? {})])
  .map((item) => ({ start: item.start.toISOString(), override: item.recurrenceid !== undefined, attached: item.attach !== undefined }));
console.log(JSON.stringify({ events, overrides }));
