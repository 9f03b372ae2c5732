// A form that holds what is not kept yet says so, and leaving the page asks first.

const changed = new Set();

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-form]");
  if (form) changed.add(form.id);
});

document.addEventListener("submit", (event) => { // sent by the browser itself, which leaves the page
  if (!event.defaultPrevented) changed.delete(event.target.id);
});

document.addEventListener("htmx:afterSettle", ({ detail }) => { // what was refused is still not kept
  const form = detail.requestConfig?.elt;
  if (form?.matches?.("form[data-form]") && !document.querySelector("#model-form > .refusal")) changed.delete(form.id);
});

document.addEventListener("htmx:confirm", (event) => { // something else on the page would take the open form away
  const { elt } = event.detail;
  if (changed.size === 0 || !elt.closest?.("#model-form") || elt.matches("form[data-form]")) return;
  if (confirm("What you typed into the open form is not kept yet. Leave it?")) changed.clear();
  else event.preventDefault();
});

addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});
