// The code editor of a model's document: it stands in the place of the text area, which keeps the text, so that forms, live remarks and
// whoever has no script know only the text area. Its styles are adopted by a shadow root: the policy allows none inside the page.

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, insertCompletionText, pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers, showPanel } from "@codemirror/view";
import { Kept } from "./kept.js";
import { look } from "./look.js";
import { meaning, proposals } from "./proposals.js";

const severities = { Error: "error", Warning: "warning", Hint: "info" };

/** What the schema says arrives later; until then nothing is proposed. */
const known = { schema: null, words: [] };

function open(field) {
  const host = Object.assign(document.createElement("div"), { className: "code-editor" });
  field.after(host);
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ root, parent: root, state: EditorState.create({ doc: field.value, extensions: [extensions(field), EditorView.updateListener.of((update) => update.docChanged && tell(field, update.state))] }) });
  field.hidden = true;
  for (const label of field.labels) label.addEventListener("click", () => view.focus());
  return view;
}

function extensions(field) {
  return [
    lintGutter(), lineNumbers(), foldGutter({ markerDOM: foldMark }), codeFolding(), history(), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(),
    indentOnInput(), bracketMatching(), closeBrackets(), search({ top: true }), yaml(), indentUnit.of("  "), EditorState.tabSize.of(2), EditorView.lineWrapping, look,
    autocompletion({ override: [complete], icons: false, defaultKeymap: false }), hoverTooltip(explain), showPanel.of(keysPanel),
    keymap.of([
      { key: "Tab", run: acceptCompletion }, { key: "Tab", run: insertSpaces, shift: indentLess },
      ...completionKeymap, ...closeBracketsKeymap, ...searchKeymap, ...foldKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap,
    ]),
    EditorView.contentAttributes.of({ "aria-label": field.labels[0].textContent, "aria-describedby": "editor-keys", tabindex: "0", spellcheck: "false", autocapitalize: "none" }),
  ];
}

/** The text area has the text as soon as it changes, and says so as if somebody had typed there. */
function tell(field, state) {
  field.value = state.doc.toString();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function insertSpaces(view) {
  if (!view.state.selection.main.empty) return indentMore(view);
  const { head } = view.state.selection.main;
  const column = head - view.state.doc.lineAt(head).from;
  view.dispatch(view.state.replaceSelection(" ".repeat(2 - (column % 2))), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

function foldMark(isOpen) {
  return Object.assign(document.createElement("span"), { textContent: isOpen ? "⌄" : "›", title: isOpen ? "Fold" : "Unfold" });
}

function keysPanel() {
  const dom = Object.assign(document.createElement("div"), { className: "cm-keys", id: "editor-keys", textContent: "Tab indents; Escape, then Tab, leaves. Ctrl+Space proposes what fits, F8 goes to the next remark, Ctrl+F searches." });
  return { dom };
}

// ── What may stand here ────────────────────────────────────────────────────────────────────────────────────────────
function complete(context) {
  if (!known.schema) return null;
  const { from, to, at, options } = proposals(known.schema, context.state.doc.toString(), context.pos, known.words);
  if (options.length === 0 || (!context.explicit && at === "name" && from === context.pos)) return null;
  return {
    from, to, validFor: /^[\w.:-]*$/,
    options: options.map(({ label, apply, type, detail, info, isRequired }) => ({
      label, type, detail: isRequired ? `${detail}, required` : detail, info: info && (() => Object.assign(document.createElement("div"), { textContent: info })), boost: isRequired ? 50 : 0,
      apply: (view, option, begin, end) => write(view, option, apply, begin, end),
    })),
  };
}

function write(view, option, text, from, to) {
  view.dispatch({ ...insertCompletionText(view.state, text, from, to), annotations: pickedCompletion.of(option) });
  if (text.endsWith(": ")) startCompletion(view);
}

function explain(view, position) {
  const found = known.schema && meaning(known.schema, view.state.doc.toString(), position, known.words);
  return found && { pos: found.from, end: found.to, above: true, create: () => ({ dom: explained(found) }) };
}

function explained({ title, type, says }) {
  const dom = Object.assign(document.createElement("div"), { className: "cm-meaning" });
  dom.append(Object.assign(document.createElement("strong"), { textContent: title }), " ", Object.assign(document.createElement("span"), { textContent: type }));
  if (says) dom.append(Object.assign(document.createElement("p"), { textContent: says }));
  return dom;
}

// ── What the server said of it ─────────────────────────────────────────────────────────────────────────────────────
const remarksOf = (field) => [...document.querySelectorAll(`.remark-place[data-for="${field.id}"]`)];

function showRemarks(view, field) {
  const diagnostics = remarksOf(field).map((place) => ({ ...rangeOf(view.state.doc, place), severity: severities[place.closest("[data-severity]").dataset.severity] ?? "info", message: place.dataset.sentence }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** From the place to the end of what stands there. */
function rangeOf(doc, { dataset }) {
  const line = doc.line(Math.min(Number(dataset.line), doc.lines));
  const from = Math.min(line.from + Number(dataset.column) - 1, line.to);
  const length = line.text.slice(from - line.from).match(/^(?:[^\s:]+|:(?!\s|$))*/)[0].length;
  return { from, to: Math.max(from, from + length) };
}

function goTo(view, place) {
  const { from } = rangeOf(view.state.doc, place);
  view.dispatch({ selection: { anchor: from, head: view.state.doc.lineAt(from).to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

// ── What was typed and not saved ───────────────────────────────────────────────────────────────────────────────────
function keepTyped(view, field) {
  const kept = new Kept(storage(), field.dataset.keep);
  const saved = field.dataset.saved === "yes" ? field.value : null;
  const offers = kept.offers(field.value, saved !== null);
  const seen = field.form.elements.Seen;
  field.addEventListener("input", () => kept.keep(field.value === saved ? null : field.value, kept.visit, seen.value));
  offer(view, kept, offers, seen);
}

function storage() {
  try {
    return localStorage;
  } catch { // somebody allows none
    return null;
  }
}

function offer(view, kept, offers, seen) {
  const card = document.getElementById("kept-text");
  const [newest, ...rest] = offers;
  card.hidden = !newest;
  if (!newest) return;

  const at = new Date(newest.at);
  const time = card.querySelector("time");
  time.dateTime = at.toISOString();
  time.textContent = at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  card.querySelector("code").textContent = newest.text;
  const decide = (takes) => () => {
    if (takes && newest.seen) seen.value = newest.seen; // it was typed over that text: another one that was saved since is a conflict
    if (takes) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: newest.text }, userEvent: "input.paste" });
    kept.keep(null, newest.visit);
    offer(view, kept, rest, seen);
    view.focus();
  };
  card.querySelector("[data-take]").onclick = decide(true);
  card.querySelector("[data-discard]").onclick = decide(false);
}

// ── Start ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const field = document.querySelector("textarea[data-code]");
if (field) {
  const view = open(field);
  showRemarks(view, field);
  keepTyped(view, field);
  document.addEventListener("htmx:afterSettle", ({ target }) => target.id === "said" && showRemarks(view, field));
  document.addEventListener("click", ({ target }) => {
    const place = target.closest?.(".remark-place");
    if (place?.dataset.for === field.id) goTo(view, place);
  });
  known.words = JSON.parse(field.dataset.names);
  known.schema = await fetch(field.dataset.schema).then((answer) => answer.json()).catch(() => null);
}
