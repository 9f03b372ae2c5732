// Everything the pages need beyond htmx. Pages read and decide without it.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], .code-editor");

// ── Times: the same words as RelativeTime.cs, said again while the page stays open ─────────────────────────────────
const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const local = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function relative(at, now) {
  const seconds = Math.abs(now - at) / 1000;
  if (seconds < 45) return at <= now ? "just now" : "in a moment";
  if (seconds >= 14 * 86400) {
    const day = `${at.getUTCDate()} ${month[at.getUTCMonth()]}`;
    return at.getUTCFullYear() === now.getUTCFullYear() ? day : `${day} ${at.getUTCFullYear()}`;
  }
  const amount = seconds < 59.5 * 60 ? `${Math.max(1, Math.round(seconds / 60))} min`
    : seconds < 23.5 * 3600 ? `${Math.round(seconds / 3600)} h`
    : `${Math.round(seconds / 86400)} d`;
  return at <= now ? `${amount} ago` : `in ${amount}`;
}

function span(seconds) {
  const two = (large, unit, small, smallUnit) => (small ? `${large} ${unit} ${small} ${smallUnit}` : `${large} ${unit}`);
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return two(Math.floor(whole / 60), "min", whole % 60, "s");
  if (whole < 86400) return two(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min");
  return two(Math.floor(whole / 86400), "d", Math.floor((whole % 86400) / 3600), "h");
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function tellTimes() {
  const now = new Date();
  for (const time of $$("time.when")) {
    const at = new Date(time.dateTime);
    say(time, relative(at, now));
    if (!time.title.includes(localZone)) time.title = `${local.format(at)} ${localZone} · ${time.title}`;
  }
  for (const element of $$("[data-since]")) say(element, span((now - new Date(element.dataset.since)) / 1000));
}

setInterval(tellTimes, 1000);

// ── Theme ──────────────────────────────────────────────────────────────────────────────────────────────────────────
function setTheme(theme) {
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  document.documentElement.dataset.bsTheme = theme;
  $('meta[name="color-scheme"]').content = theme || "light dark";
  for (const choice of $$("[data-theme-form] button")) choice.setAttribute("aria-pressed", choice.value === theme);
}

function toggleTheme() {
  const dark = document.documentElement.dataset.bsTheme
    ? document.documentElement.dataset.bsTheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(dark ? "light" : "dark");
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-form]")) return;
  event.preventDefault();
  setTheme(event.submitter?.value ?? "");
  event.target.closest("details").open = false;
});

// What was kept for days without a network does not stay behind on a shared device; answers that wait there do.
document.addEventListener("submit", (event) => {
  if (event.target.matches('[action="/sign-out"]')) globalThis.caches?.delete("tasks");
});

// ── Menus, dialogs, drawer ─────────────────────────────────────────────────────────────────────────────────────────
function openDrawer(drawer, open) {
  drawer.open = open;
  if (open) $(".drawer-panel", drawer).focus();
  else $("summary", drawer).focus();
}

function show(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  $("input", dialog)?.select();
}

document.addEventListener("click", (event) => {
  for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const drawer = $(".api-drawer[open]");
  if (drawer && !drawer.contains(event.target)) drawer.open = false;

  const opener = event.target.closest("[data-show]");
  if (opener) show(opener.dataset.show);
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the backdrop

  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy);

  const follow = event.target.closest("[data-follow]");
  if (follow) setFollow(follow, follow.getAttribute("aria-pressed") !== "true");
});

async function copyText(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch { // plain http on another host has no clipboard
    const field = Object.assign(document.createElement("textarea"), { value: button.dataset.copy });
    button.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  button.classList.add("done");
  $("#flash").setAttribute("aria-label", "Copied");
  setTimeout(() => button.classList.remove("done"), 1200);
}

// ── Palette: places are filtered here, everything else comes from /find ────────────────────────────────────────────
function filterPlaces(text) {
  for (const place of $$("#palette [data-places] li")) place.hidden = !place.textContent.toLowerCase().includes(text.trim().toLowerCase());
}

$("[data-palette]")?.addEventListener("focus", (event) => {
  if (innerWidth > 640 && event.target.value === "") show("palette");
});

$("#palette")?.addEventListener("input", (event) => filterPlaces(event.target.value));

$("#palette")?.addEventListener("keydown", (event) => {
  const links = $$("a", event.currentTarget).filter((link) => link.checkVisibility());
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? $("input", event.currentTarget)).focus();
  else if (event.key === "Enter" && at < 0 && links.length) links[0].click();
  else return;
  event.preventDefault();
});

// ── Log: follow, search ────────────────────────────────────────────────────────────────────────────────────────────
function setFollow(button, on) {
  button.setAttribute("aria-pressed", on);
  if (on) toEnd(button);
}

function toEnd(button) {
  const log = document.getElementById(button.dataset.follow);
  if (log) log.scrollTop = log.scrollHeight;
}

document.addEventListener("scroll", (event) => { // scrolling up lets go
  const log = event.target;
  if (!log.classList?.contains("log")) return;
  const button = $(`[data-follow="${log.id}"][aria-pressed="true"]`);
  if (button && log.scrollHeight - log.scrollTop - log.clientHeight > 80) setFollow(button, false);
}, true);

document.addEventListener("input", (event) => { // <input data-filter="log"> hides the lines, rows or cells that do not match
  const name = event.target.dataset?.filter;
  if (!name) return;
  const text = event.target.value.trim().toLowerCase();
  for (const item of $$("li, tbody > tr", document.getElementById(name))) item.hidden = text !== "" && !item.textContent.toLowerCase().includes(text);
});

// A link into the log shows its lines in place: what somebody has typed elsewhere on the page stays.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="#L"], a[href$="#log-search"]');
  if (!link || !$("#log-search") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.href, { source: "#log-search", target: "#log-search", swap: "outerHTML", replace: link.href });
});

function settle() {
  tellTimes();
  for (const button of $$('[data-follow][aria-pressed="true"]')) toEnd(button);
}

document.addEventListener("htmx:beforeSwap", (event) => { // a whole page nobody asked for (the sign-in, the page after a form) is gone to, not put into a part
  const { serverResponse, requestConfig, pathInfo, xhr } = event.detail;
  const asked = requestConfig.elt.closest("[hx-select]") && new URL(pathInfo.finalRequestPath.split("#")[0], location.href).href === xhr.responseURL;
  if (asked || !/^\s*<!doctype/i.test(serverResponse ?? "")) return;
  event.detail.shouldSwap = false;
  location.assign(xhr.responseURL);
});

document.addEventListener("htmx:afterSettle", settle);
document.addEventListener("htmx:sseMessage", settle);

// ── Keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────
let pressedG = 0;

function moveRow(step) {
  const links = $$("[data-rows] tbody > tr:not([hidden]), [data-rows] > li:not([hidden])").map((row) => $("a", row)).filter(Boolean);
  const at = links.findIndex((link) => link.closest("tr, li").contains(document.activeElement));
  links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
}

const keys = {
  "?": () => show("keys"),
  "/": () => show("palette"),
  t: toggleTheme,
  a: () => { const drawer = $(".api-drawer"); if (drawer) openDrawer(drawer, !drawer.open); },
  l: () => $("#log-text")?.focus(),
  f: () => { const button = $("[data-follow]"); if (button) setFollow(button, button.getAttribute("aria-pressed") !== "true"); },
  n: () => $(".page-actions .btn-primary")?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
};

document.addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return show("palette");
  }
  if (event.key === "Escape") {
    for (const menu of $$("details.menu[open]")) { menu.open = false; $("summary", menu).focus(); }
    const drawer = $(".api-drawer[open]");
    if (drawer) openDrawer(drawer, false);
  }
  if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target) || $("dialog[open]")) return;

  if (Date.now() - pressedG < 1200) {
    const place = $(`.side-nav [data-key="${CSS.escape(event.key)}"]`);
    pressedG = 0;
    if (place) return place.click();
  }
  if (event.key === "g") pressedG = Date.now();
  else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

// ── Live parts ─────────────────────────────────────────────────────────────────────────────────────────────────────
// Browsers allow six connections to a host over HTTP/1.1, so the seventh open run page would stop every page of the site: a tab
// that stays hidden gives its streams back, a shown one takes them up again after the last event it saw.
const lastSeen = new Map();
let hiding;

document.addEventListener("htmx:sseMessage", (event) => {
  const stream = event.target.closest("[sse-connect]");
  if (stream && event.detail.lastEventId) lastSeen.set(stream.getAttribute("sse-connect"), event.detail.lastEventId);
});

htmx.createEventSource = (url) => {
  const address = new URL(url, location.href);
  if (lastSeen.has(url)) address.searchParams.set("from", lastSeen.get(url));
  return new EventSource(address);
};

document.addEventListener("htmx:beforeRequest", (event) => { // nobody sees the bell of a page that is hidden
  if (document.hidden && event.detail.elt.id === "bell") event.preventDefault();
});

document.addEventListener("htmx:sseError", () => { $(".live-lost").hidden = document.hidden; });
document.addEventListener("htmx:sseOpen", () => { $(".live-lost").hidden = true; });

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(() => $$("[sse-connect]").forEach((stream) => sourceOf(stream)?.close()), 20000);
  else for (const stream of $$("[sse-connect]")) if (sourceOf(stream)?.readyState === EventSource.CLOSED) resume(stream);
});

// A morph never takes away what somebody has typed, ticked, chosen or opened; what nobody touched opens and closes as the page says.
const chosen = new WeakSet();
document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  if (summary) chosen.add(summary.parentElement);
});

Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => {
  if (name === "open" && node instanceof HTMLDetailsElement) return !chosen.has(node);
  if (name === "value" && "defaultValue" in node) return node.value === node.defaultValue;
  if (name === "checked") return node.checked === node.defaultChecked;
  if (name === "selected") return node.selected === node.defaultSelected;
  return true;
};

const sourceOf = (stream) => stream["htmx-internal-data"]?.sseEventSource;

function resume(stream) { // what htmx does with a new element
  for (const element of [stream, ...$$("[sse-swap], [hx-trigger*='sse:']", stream)]) htmx.trigger(element, "htmx:afterProcessNode");
}

// ── A key is proposed from the name, as long as nobody wrote one ───────────────────────────────────────────────────
const plain = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
const keyOf = (name) => plain(name).replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, 64).replace(/-+$/, "");

document.addEventListener("input", ({ target }) => {
  if (target.dataset.keyOf) target.dataset.touched = target.value === "" ? "" : "yes";
  const key = target.id && $(`[data-key-of="${CSS.escape(target.id)}"]`);
  if (key && (key.dataset.touched ??= key.value === "" || key.dataset.keyProposed === "yes" ? "" : "yes") === "") key.value = keyOf(target.value);
});

// ── A remark leads to its place in the text ────────────────────────────────────────────────────────────────────────
document.addEventListener("click", (event) => {
  const place = event.target.closest(".remark-place");
  const text = place && document.getElementById(place.dataset.for);
  if (!text || text.hidden) return; // the code editor goes there by itself
  const lines = text.value.split("\n");
  const line = Math.min(Number(place.dataset.line), lines.length) - 1;
  const begin = lines.slice(0, line).reduce((sum, before) => sum + before.length + 1, 0);
  text.focus();
  text.setSelectionRange(begin + Number(place.dataset.column) - 1, begin + lines[line].length);
  text.scrollTop = (line - 5) * parseFloat(getComputedStyle(text).lineHeight);
});

// ── What a checklist could not send before it was left ─────────────────────────────────────────────────────────────
async function sendWhatWaits(pause = 5000) {
  const { person } = document.body.dataset;
  const used = (await indexedDB.databases?.() ?? []).some((database) => database.name === "deployhub-tasks"); // asking makes none
  if (!person || !used || $("#on-device")) return; // the checklist sends its own
  const { sendAll } = await import("./outbox.js");
  const { inTheWay, refusedBy } = await sendAll(person, () => $('[name="__RequestVerificationToken"]').value);
  for (const address of new Set(refusedBy)) tellOfRefusal(address.replace(/^\/api\/v1(.*)\/answers$/, "$1/tasks"));
  if (inTheWay) setTimeout(sendWhatWaits, pause, Math.min(pause * 2, 300_000)); // what only has to wait for its turn goes from the next page
}

function tellOfRefusal(checklist) {
  const link = Object.assign(document.createElement("a"), { href: checklist, textContent: "Its checklist says why." });
  const told = Object.assign(document.createElement("p"), { className: "flash", textContent: "An answer that waited on this device was refused. " });
  told.append(link);
  $("#flash").append(told);
}

// ── Start ──────────────────────────────────────────────────────────────────────────────────────────────────────────
tellTimes();
if (!/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of $$("kbd")) if (key.textContent === "⌘K") key.textContent = "Ctrl K";
$(".refusal")?.focus();
sendWhatWaits();
