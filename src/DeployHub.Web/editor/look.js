// How the editor looks: by the site's tokens, which follow the theme by themselves.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const wash = (colour, share) => `color-mix(in oklab, ${colour} ${share}%, transparent)`;

const frame = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: ".8125rem" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--tblr-font-monospace)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".375rem 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": { backgroundColor: wash("var(--accent)", 26) },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: wash("var(--accent)", 6) },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--ink-2)", borderRight: "1px solid var(--line)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunk)", color: "var(--ink-2)", border: "1px solid var(--line-2)" },
  ".cm-matchingBracket, .cm-nonmatchingBracket": { backgroundColor: wash("var(--accent)", 18), outline: "none" },
  ".cm-selectionMatch": { backgroundColor: wash("var(--needs)", 24) },
  ".cm-searchMatch": { backgroundColor: wash("var(--needs)", 32), outline: "1px solid var(--line-2)" },
  ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: wash("var(--needs)", 60) },

  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--ink)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel": { fontFamily: "var(--tblr-body-font-family)", fontSize: ".8125rem" },
  ".cm-panel.cm-keys": { padding: ".25rem .625rem", color: "var(--ink-2)" },
  ".cm-panel label": { fontSize: "inherit" },
  ".cm-textfield": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-2)", fontSize: "inherit" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-2)", borderRadius: "4px", fontSize: "inherit" },
  ".cm-button:active": { backgroundImage: "none", backgroundColor: "var(--sunk)" },
  ".cm-panel [name=close]": { color: "var(--ink)" },

  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line-2)", borderRadius: "6px", boxShadow: "0 8px 24px oklch(15% .03 265 / 18%)", maxWidth: "min(30rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--tblr-font-monospace)", fontSize: ".8125rem", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".1875rem .5rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-solid)", color: "#fff" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: ".85", fontFamily: "var(--tblr-body-font-family)" },
  ".cm-completionInfo": { padding: ".375rem .625rem", fontFamily: "var(--tblr-body-font-family)", fontSize: ".8125rem" },
  ".cm-meaning": { padding: ".375rem .625rem", fontSize: ".8125rem", fontFamily: "var(--tblr-body-font-family)" },
  ".cm-meaning strong": { fontFamily: "var(--tblr-font-monospace)" },
  ".cm-meaning span": { color: "var(--ink-2)" },
  ".cm-meaning p": { margin: ".25rem 0 0" },

  ".cm-diagnostic": { padding: ".25rem .625rem", fontFamily: "var(--tblr-body-font-family)", fontSize: ".8125rem" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--halted)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--needs)" },
  ".cm-diagnostic-info": { borderLeft: "4px solid var(--line-2)" },
  ".cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline wavy 1px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintRange-error": { textDecorationColor: "var(--halted)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--needs)" },
  ".cm-lintRange-info": { textDecorationColor: "var(--ink-2)" },
  // Shape and colour: an error is filled and square, a warning a diamond, a hint a ring.
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 .1875rem" },
  ".cm-lint-marker": { content: "none", width: ".625rem", height: ".625rem", margin: ".3125rem 0" },
  ".cm-lint-marker-error": { content: "none", backgroundColor: "var(--halted)" },
  ".cm-lint-marker-warning": { content: "none", backgroundColor: "var(--needs)", rotate: "45deg", scale: ".85" },
  ".cm-lint-marker-info": { content: "none", border: "2px solid var(--ink-2)", borderRadius: "50%" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: tags.string, color: "var(--passed)" },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: "var(--rolled-back)" },
  { tag: [tags.meta, tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--ink-2)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ink-2)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--halted)" },
]);

export const look = [frame, syntaxHighlighting(colours)];
