// SPDX-License-Identifier: AGPL-3.0-or-later
// A part of the page becomes what the server says it is now, in place: focus, caret and what is being typed stay.
import htmx from "htmx.org/dist/htmx.esm.js";
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// hx-swap="morph" (the element itself) and "morph:innerHTML".
const morphStyle = (swap) => {
  if (swap === "morph" || swap === "morph:outerHTML") return "outerHTML";
  return swap === "morph:innerHTML" ? "innerHTML" : null;
};
// A form somebody has begun to fill in stays as it is, and what was opened stays open.
const begun = (form) =>
  form.hasAttribute("data-kept") || // came back refused
  form.hasAttribute("aria-busy") || // is on its way
  [...form.elements].some((field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected && form.dataset.touched)
      : field.type === "checkbox" || field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.matches("textarea, input") && field.type !== "hidden" && field.value !== field.defaultValue,
  );

// On a desk (data-keep-begun) what leaves the list while somebody writes in it stays until it is sent or left alone.
const mayGo = (node, except) => {
  if (node.nodeType !== Node.ELEMENT_NODE || !node.closest("[data-keep-begun]")) return true;
  const forms = node.tagName === "FORM" ? [node] : all("form", node);
  const writes = forms.some((form) => form !== except && begun(form));
  if (writes) node.toggleAttribute("data-gone", node.tagName === "ARTICLE");
  return !writes;
};

/** What is being written for an opinion that is not on the table any more says so, and asks before it is sent. */
const markElsewhere = () => {
  const table = document.querySelector("[data-on-table]")?.dataset.onTable;
  for (const form of all("form[data-about]")) {
    const elsewhere = form.dataset.about !== table;
    form.toggleAttribute("data-elsewhere", elsewhere);
    if (elsewhere) form.dataset.confirm = form.dataset.aboutSays;
    else delete form.dataset.confirm;
  }
};

/** except: the form that this is the answer to, which comes back as the server has it. */
export const morph = (target, content, style, except = null) => {
  const morphed = Idiomorph.morph(target, content, {
    morphStyle: style,
    ignoreActiveValue: true,
    callbacks: {
      beforeNodeMorphed: (old) => !(old.tagName === "FORM" && old !== except && begun(old)),
      beforeNodeRemoved: (old) => mayGo(old, except),
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
    },
  });
  markElsewhere();
  return morphed;
};

htmx.defineExtension("morph", {
  isInlineSwap: (swap) => morphStyle(swap) === "outerHTML",
  handleSwap(swap, target, fragment) {
    const style = morphStyle(swap);
    if (style === "outerHTML" && !fragment.firstElementChild) return []; // another page came (signed out): keep this one
    if (style) return morph(target, style === "outerHTML" ? fragment.firstElementChild : fragment.childNodes, style);
  },
});
