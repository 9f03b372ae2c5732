// The checklist of a run: answers are written down on the device first and sent when the network lets them through. Each is sent with
// a key of its own, so that sending it twice does nothing twice. Without this file the forms are posted like any other.

import { all, forget, keep, newKey, sendAll } from "./outbox.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const here = $("#on-device");
const { person, personName, answers: address } = here.dataset;
const every = 5000;

// ── Answering ──────────────────────────────────────────────────────────────────────────────────────────────────────
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.answer") || !event.submitter?.value) return;
  event.preventDefault();

  const said = event.submitter.value;
  const problem = missingIn(form, said);
  tell(form, problem);
  if (problem) return;

  form.inert = true;
  try {
    await keep(answerOf(form, said));
    await show();
    await send();
  } catch (error) { // a full or locked device: nothing was written down, so nothing is taken away
    tell(form, `This device could not keep the answer (${error.name}). Nothing was sent; try again.`);
  } finally {
    form.inert = false;
  }
});

/** The rules of the server that can be told without it; it has the last word. */
function missingIn(form, said) {
  const { evidence, evidenceMissing, unexplained } = form.dataset;
  const note = $("[name='Answer.Note']", form).value.trim();
  if (said !== "Done") return note ? "" : unexplained;
  for (const field of $$("[data-value]", form)) {
    const value = field.value.trim();
    if (!value) return field.dataset.missing;
    if (field.dataset.pattern && !matches(field.dataset.pattern, value)) return field.dataset.malformed;
  }
  const files = filesOf(form).length > 0;
  if (evidence === "File" && !files) return evidenceMissing;
  return evidence === "Note" && !note && !files && !$("[data-value]", form) ? evidenceMissing : "";
}

function matches(pattern, value) {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch { // .NET knows expressions that browsers do not
    return true;
  }
}

const filesOf = (form) => new FormData(form).getAll("Answer.Files").filter((file) => file.size > 0);

function answerOf(form, said) {
  const field = (name) => $(`[name="Answer.${name}"]`, form).value;
  return {
    key: newKey(), address, person, personName, task: form.dataset.answer, title: form.dataset.title, files: filesOf(form),
    body: {
      stage: field("Stage"), subject: field("Subject"), step: Number(field("Step")), attempt: Number(field("Attempt")), answer: said, note: field("Note").trim(), takenOver: $("[name='Answer.TakenOver']", form)?.value.trim() || undefined,
      values: Object.fromEntries($$("[data-value]", form).filter((value) => value.value.trim()).map((value) => [value.dataset.value, value.value.trim()])),
      onDeviceAt: new Date().toISOString(),
    },
  };
}

function tell(form, sentence) {
  const problem = $(".field-problem", form);
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

// ── Sending ────────────────────────────────────────────────────────────────────────────────────────────────────────
let again;

async function send() {
  clearTimeout(again);
  const { tried, waits } = await sendAll(person, freshToken);
  if (tried) document.body.dispatchEvent(new Event("answered"));
  if (waits) again = setTimeout(send, every);
  await show();
}

/** The page may be days old, and so may its form's token. Null without a network, or when nobody is signed in any more. */
async function freshToken() {
  try {
    const answer = await fetch(`${location.pathname}?handler=State`, { cache: "no-store", credentials: "same-origin" });
    const isOther = answer.headers.get("X-Person") !== person; // somebody else has signed in meanwhile, in another tab or on this device
    here.toggleAttribute("data-signed-out", answer.redirected || (answer.ok && isOther));
    if (!answer.ok || answer.redirected || isOther) return null;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    return $('[name="__RequestVerificationToken"]', fresh)?.value ?? $('[name="__RequestVerificationToken"]')?.value ?? null;
  } catch {
    return null;
  }
}

// ── Showing ────────────────────────────────────────────────────────────────────────────────────────────────────────
const element = (name, text, attributes = {}) => Object.assign(document.createElement(name), { textContent: text, ...attributes });
const said = { Done: "done", NotDone: "not done", Problem: "problem" };
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

async function show() {
  const kept = await all();
  const [waiting, refusals] = [kept.filter((answer) => !answer.refused), kept.filter((answer) => answer.refused)];
  const strangers = waiting.filter((answer) => answer.person !== person);
  const body = element("div", "", { className: "card-body" });
  if (waiting.length) body.append(element("p", waitingSentence(waiting, strangers)), listOf(waiting));
  if (refusals.length) body.append(element("p", `${count(refusals.length, "answer")} of this device ${refusals.length === 1 ? "was" : "were"} refused. Nothing of it counts.`), listOf(refusals));
  here.replaceChildren(body);
  here.hidden = kept.length === 0;
  showForms(waiting.filter((answer) => answer.address === address).map((answer) => answer.task));
}

function waitingSentence(waiting, strangers) {
  const wait = `${count(waiting.length, "answer")} ${waiting.length === 1 ? "waits" : "wait"} on this device`;
  if (strangers.length) return `${wait}, ${strangers.length} of ${strangers[0].personName}, who has to sign in here to send ${strangers.length === 1 ? "it" : "them"}.`;
  return here.hasAttribute("data-signed-out") ? `${wait}. Sign in again to send ${waiting.length === 1 ? "it" : "them"}.` : `${wait} until there is a network again.`;
}

function listOf(answers) {
  const list = element("ul", "", { className: "plain" });
  for (const answer of answers) {
    const { body, files } = answer;
    const shown = [body.note && `“${body.note}”`, ...Object.entries(body.values).map(([name, value]) => `${name}: ${value}`), files.length && files.map((file) => file.name).join(", ")];
    const item = element("li", `${answer.title}: ${said[body.answer]} at ${clock(body.onDeviceAt)}. `);
    item.append(element("span", shown.filter(Boolean).join(" · "), { className: "quiet" }));
    if (answer.refused) {
      const dismiss = element("button", "Dismiss", { type: "button", className: "btn btn-sm" });
      dismiss.addEventListener("click", async () => { await forget(answer.id); await show(); });
      item.append(element("p", answer.refused, { className: "field-problem" }), dismiss);
    }
    list.append(item);
  }
  return list;
}

/** What is answered here already is not asked again, and what follows it may be answered next. */
function showForms(answered) {
  for (const form of $$("form.answer")) {
    const { answer, after } = form.dataset;
    const isAnswered = answered.includes(answer);
    const card = form.closest("details");
    if (isAnswered && !card.hasAttribute("data-answered")) card.open = false;
    card.toggleAttribute("data-answered", isAnswered);
    const wasHidden = form.hidden;
    form.hidden = isAnswered || (after !== "" && !answered.includes(after));
    if (after !== "" && wasHidden && !form.hidden) card.open = true;
  }
}

// ── Start ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const isStamped = (part) => /\.[a-z0-9]{10}\.\w+$/.test(part); // its content is in its name, so it never changes

async function keepPage() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return; // needs https, or this machine
  await navigator.serviceWorker.register("/tasks-worker.js", { scope: "/deployments/" });
  const cache = await caches.open("tasks");
  const parts = $$("script[src], link[rel~=stylesheet], link[rel~=preload], link[rel~=modulepreload], link[rel~=icon], img").map((part) => part.src || part.href).filter((part) => new URL(part).origin === location.origin);
  await Promise.all([...new Set(parts)].map(async (part) => (isStamped(part) && await cache.match(part)) || cache.add(part)));
  const page = await fetch(location.pathname);
  if (page.ok && !page.redirected) await cache.put(location.pathname, page); // the sign-in is no checklist
  $("#kept-on-device").hidden = false;
}

let keepingPage; // as it is now, not as it was opened
const keepPageSoon = () => {
  clearTimeout(keepingPage);
  keepingPage = setTimeout(() => keepPage().catch(() => {}), 1000); // no network, or no room: what was kept stays
};

document.addEventListener("htmx:afterSettle", () => { show(); keepPageSoon(); });
document.addEventListener("htmx:sseMessage", send);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
show().then(send);
keepPageSoon();
