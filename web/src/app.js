// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages do beyond HTML: live updates, an offline mark, drafts, keys on desks. Every page works without it.
import htmx from "htmx.org/dist/htmx.esm.js";
import { consoleBegin } from "./console.js";
import { hallBegin } from "./hall.js";
import { alive, doubt, liveBegin, sayChanges } from "./live.js";
import { all } from "./morph.js";
import { draftsRestore } from "./send.js";

const page = document.body;
window.htmx = htmx;

// --- keys: <button data-key="r">; single letters, outside fields, and only while the switch on the page is on -------
const keysOff = () => localStorage.getItem("keys") === "off";
const keysShow = () => {
  page.toggleAttribute("data-keys-off", keysOff());
  for (const box of all("[data-keys-switch]")) box.checked = !keysOff();
};

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("textarea, select, input");
  if (event.key === "Enter" && event.ctrlKey && field?.form?.method === "post") {
    event.preventDefault();
    return field.form.requestSubmit(field.form.querySelector("button:not([type=button])"));
  }
  if (event.key === "Escape" && field && !keysOff() && document.querySelector("[data-key]")) return field.blur();
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || keysOff()) return;
  if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog"))
    return;
  const key = event.key.toLowerCase();
  const wanted = all("[data-key]").find((element) => element.dataset.key === key && element.offsetParent !== null);
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  if (wanted.matches("input, textarea, select")) wanted.focus();
  else wanted.click();
  if (wanted.matches("details[open] > summary"))
    wanted.parentElement.querySelector("textarea, select, input:not([type=hidden])")?.focus();
});
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  localStorage.setItem("keys", event.target.checked ? "on" : "off");
  keysShow();
});

// --- the QR of a receipt holds its code behind the #, which no server and no log ever sees --------------------------
const codeFromAddress = (root) => {
  const box = root.querySelector("[data-from-hash]");
  if (!box || !/^#\d{16}$/.test(location.hash)) return;
  box.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
};

// --- after a swap: focus goes to what asks for it, or back to where it was -----------------------------------------
let focused = "";
const settle = (root, fetched = false) => {
  draftsRestore(root);
  codeFromAddress(root);
  const wanted = root.querySelector("[data-focus]");
  if (!wanted || fetched) return; // what a page brings by itself takes nobody's caret
  wanted.removeAttribute("data-focus"); // once: whoever writes elsewhere since is not called back
  wanted.focus();
};
page.addEventListener("htmx:beforeSwap", (event) => {
  focused = document.activeElement?.id || "";
  const sent = event.detail.requestConfig?.elt;
  if (!sent?.matches("form") || event.detail.xhr.status >= 400) return;
  sent.reset(); // it was taken: nothing begun to keep
  delete sent.dataset.touched;
  sent.closest("details.action")?.removeAttribute("open");
});
page.addEventListener("htmx:afterSettle", (event) => {
  settle(event.detail.elt.parentElement || document, event.detail.requestConfig?.verb === "get");
  if (focused && document.activeElement === page) document.getElementById(focused)?.focus();
});
page.addEventListener("htmx:afterSettle", sayChanges);
page.addEventListener("htmx:sendError", doubt);
page.addEventListener("htmx:afterRequest", (event) => event.detail.successful && alive());
page.addEventListener("page:changed", () => {
  htmx.process(document.querySelector("main"));
  settle(document);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  if (event.target.closest("[data-fullscreen]")) document.documentElement.requestFullscreen?.();
});

document.documentElement.classList.add("js");
keysShow();
settle(document);
consoleBegin(document);
hallBegin();
liveBegin();
