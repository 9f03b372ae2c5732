// Reads a calendar from standard input with ical.js, which knows nothing of the library that wrote it, and says what it holds as JSON.
// node read-feed.mjs <path of ical.js>

import { pathToFileURL } from "node:url";
import { text } from "node:stream/consumers";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
const calendar = new ICAL.Component(ICAL.parse(await text(process.stdin)));
const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component, { strictExceptions: true });
  return {
    uid: event.uid, sequence: event.sequence, summary: event.summary, description: event.description,
    status: component.getFirstPropertyValue("status"), transparency: component.getFirstPropertyValue("transp"),
    start: event.startDate.toJSDate().toISOString(), end: event.endDate.toJSDate().toISOString(),
    stamp: component.getFirstPropertyValue("dtstamp").toJSDate().toISOString(),
  };
});
console.log(JSON.stringify({ version: calendar.getFirstPropertyValue("version"), product: calendar.getFirstPropertyValue("prodid"), entries }));
