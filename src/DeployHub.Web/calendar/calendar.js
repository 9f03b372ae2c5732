// The calendar where script runs: the list by day that the page brings becomes a month, week, day or list that one can drag in.
// FullCalendar brings its style as files and sets single properties by script, so the page's policy against inline style stays as it is.

import { Calendar } from "fullcalendar";
import dayGrid from "fullcalendar/daygrid";
import interaction from "fullcalendar/interaction";
import list from "fullcalendar/list";
import classic from "fullcalendar/themes/classic";
import timeGrid from "fullcalendar/timegrid";
import "fullcalendar/skeleton.css";
import "fullcalendar/themes/classic/theme.css";
import "fullcalendar/themes/classic/palette.css";

const views = { month: "dayGridMonth", week: "timeGridWeek", day: "timeGridDay", list: "thirtyDays" };
const day = 86400000;
const host = document.getElementById("calendar");
const dialog = document.getElementById("move");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const isGrid = host.dataset.look === "month";

// ── What is shown ──────────────────────────────────────────────────────────────────────────────────────────────────
const state = (slot) => slot.outcome ?? slot.status;
const few = (keys) => keys.length > 2 ? `${keys[0]}, ${keys[1]} and ${keys.length - 2} more` : keys.join(" and ");

function slotEvents(slot) {
  const events = [];
  if (slot.start) events.push({
    id: slot.reserved ?? slot.number, title: `${slot.title}${slot.services ? ` of ${few(slot.services)}` : ""} · ${slot.number}`, start: slot.start, end: slot.end, url: `/deployments/${slot.number}`,
    editable: slot.mayMove, className: `is-slot is-${state(slot).toLowerCase()}`,
  });
  if (slot.startedAt && (!slot.start || !isGrid)) events.push({
    title: `${slot.number} really ${slot.endedAt ? "ran" : "runs"}`, start: slot.startedAt, end: slot.endedAt ?? new Date().toISOString(), url: `/deployments/${slot.number}`,
    editable: false, className: "is-actual",
  });
  return events;
}

/** A month shows whole days, so a day on which something opens is an open day. */
function ground(times, title, kind) {
  if (!isGrid) return times.map((time) => ({ title, start: time.start, end: time.end, display: "background", className: kind }));

  const days = new Set();
  for (const time of times)
    for (let at = new Date(time.start); at < new Date(time.end); at = new Date(at.getTime() + day)) days.add(localDay(at));
  return [...days].map((at) => ({ title, start: at, allDay: true, display: "background", className: kind }));
}

const localDay = (at) => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;

function eventsOf(view) {
  return [
    ...(isGrid ? ground(view.windows.flatMap((window) => window.times), "", "is-window") : view.windows.flatMap((window) => ground(window.times, window.name, "is-window"))),
    ...view.freezes.flatMap((freeze) => ground(freeze.times, freeze.name, "is-freeze")),
    ...view.partners.flatMap((freeze) => ground([freeze], freeze.name, "is-partner")),
    ...view.holidays.map((holiday) => ({ title: `${holiday.name} · public holiday, ${holiday.calendar}`, start: holiday.day, allDay: true, editable: false, className: "is-holiday" })),
    ...view.busy.map((busy) => ({ title: `${busy.name}: ${busy.sentence.match(/“(.*)”/)?.[1] ?? "busy"}`, start: busy.start, end: busy.end, editable: false, className: "is-busy" })),
    ...view.slots.flatMap(slotEvents),
  ];
}

async function read({ startStr, endStr }) {
  const asked = new URLSearchParams({ from: new Date(startStr).toISOString(), to: new Date(endStr).toISOString() });
  for (const name of ["service", "environment", "mine"]) if (host.dataset[name]) asked.set(name, host.dataset[name]);
  const answer = await fetch(`/api/v1/calendar?${asked}`);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).title ?? "The calendar could not be read. Look again in a moment.");
  return eventsOf(await answer.json());
}

/** What the page brought stays until something else could be read, and beneath a sentence that says why where nothing can. */
function told(error) {
  const sentence = document.createElement("p");
  sentence.className = "notice";
  sentence.setAttribute("role", "alert");
  sentence.textContent = error instanceof TypeError ? "DeployHub does not answer. What you see may be old." : error.message;
  host.parentElement.querySelector(":scope > .notice[role=alert]")?.remove();
  host.before(sentence);
}

// ── Moving a slot: nothing is moved before the page has said what that means and somebody has said why ─────────────
const typed = (at) => at.toISOString().slice(0, 16);

async function ask(info) {
  const { event } = info;
  const end = event.end ?? new Date(event.start.getTime() + (info.oldEvent.end - info.oldEvent.start));
  const asked = new URLSearchParams({ handler: "Ask", move: event.id, slotStart: typed(event.start), slotEnd: typed(end) });
  try {
    const answer = await fetch(`${host.dataset.ask}&${asked}`);
    if (!answer.ok) throw new Error("The slot could not be moved. Look again in a moment.");
    dialog.innerHTML = await answer.text();
  } catch (error) {
    told(error);
    return info.revert();
  }

  dialog.onclose = () => info.revert();
  dialog.showModal();
  dialog.querySelector("textarea").focus();
}

/** The verdict follows what is typed, and one click takes a free slot. */
async function judge(form) {
  const asked = new URLSearchParams({ handler: "Verdict", move: form.elements.Move.value, slotStart: form.elements.SlotStart.value, slotEnd: form.elements.SlotEnd.value });
  const answer = await fetch(`/calendar?${asked}`).catch(() => null); // the page judges again when it is sent
  if (answer?.ok) form.querySelector("#move-verdict").innerHTML = await answer.text();
}

document.addEventListener("change", (event) => {
  if (event.target.form?.id === "move-form" && event.target.type === "datetime-local") judge(event.target.form);
});

document.addEventListener("click", (event) => {
  const free = event.target.closest("[data-free]");
  if (free) {
    event.preventDefault();
    const form = free.closest("form");
    [form.elements.SlotStart.value, form.elements.SlotEnd.value] = free.dataset.free.split("/");
    judge(form);
  }

  if (event.target.closest("dialog [data-leave]")) {
    event.preventDefault();
    dialog.close();
  }
});

/** In the list view an event is a link, and a link cannot be the item of a list as well. */
function asLinks(element) {
  if (element.getAttribute("role") !== "listitem") return;

  element.removeAttribute("role");
  const list = element.closest('[role="list"][aria-label="Events"]');
  for (const name of ["role", "aria-label"]) list?.removeAttribute(name);
}

/** The column of hours heads no row that one could read. */
function withoutEmptyHeaders() {
  for (const header of canvas.querySelectorAll('[role="rowheader"]')) {
    if (header.textContent.trim()) continue;

    header.setAttribute("role", "presentation");
    header.removeAttribute("aria-label");
  }
}

// ── The calendar ───────────────────────────────────────────────────────────────────────────────────────────────────
const brought = [...host.children];
const canvas = host.appendChild(document.createElement("div"));
new Calendar(canvas, {
  plugins: [dayGrid, timeGrid, list, interaction, classic],
  views: { thirtyDays: { type: "list", duration: { days: 30 } } },
  initialView: views[host.dataset.look],
  initialDate: host.dataset.date,
  headerToolbar: false,
  height: "auto",
  firstDay: 1,
  nowIndicator: true,
  dayMaxEvents: 6,
  moreLinkDidMount: ({ el }) => el.removeAttribute("aria-label"), // what stands there says it
  dayCellDidMount: ({ el }) => el.removeAttribute("aria-label"),
  locale: "en-gb",
  eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  events: (range, done, failed) => read(range).then((events) => {
    for (const element of brought.splice(0)) element.remove();
    done(events);
    requestAnimationFrame(withoutEmptyHeaders);
  }, (error) => {
    told(error);
    if (brought.length > 0) canvas.remove();
    failed(error);
  }),
  eventDrop: ask,
  eventResize: ask,
  eventDidMount: ({ el, event }) => {
    el.title = event.title;
    requestAnimationFrame(() => asLinks(el));
  },
  dayHeaderDidMount: ({ el }) => el.querySelector("[aria-hidden]")?.removeAttribute("aria-hidden"),
}).render();

for (const element of document.querySelectorAll("[data-zone]"))
  element.textContent = zone === "UTC" ? "Times are in UTC." : `Times are yours, in ${zone}.`;
