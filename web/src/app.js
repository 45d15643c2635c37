// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages do beyond HTML: live updates, an offline mark, drafts, keys on desks. Every page works without it.
// It keeps no personal data: drafts live in sessionStorage of the tab, until sent.
import htmx from "htmx.org/dist/htmx.esm.js";
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";
import { consoleBegin } from "./console.js";

const SILENCE_MS = 5000;
const page = document.body;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

window.htmx = htmx;

// hx-swap="morph" (the element itself) and "morph:innerHTML": keeps focus, caret and what is being typed.
const morphStyle = (swap) => {
  if (swap === "morph" || swap === "morph:outerHTML") return "outerHTML";
  return swap === "morph:innerHTML" ? "innerHTML" : null;
};
// A form somebody has begun to fill in stays as it is, and what was opened stays open.
const begun = (form) =>
  form.hasAttribute("data-kept") || // came back refused
  [...form.elements].some((field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected && form.dataset.touched)
      : field.type === "checkbox" || field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.matches("textarea, input") && field.type !== "hidden" && field.value !== field.defaultValue,
  );
// On a desk (data-keep-begun) what leaves the list while somebody writes in it stays until it is sent or left alone.
const mayGo = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE || !node.closest("[data-keep-begun]")) return true;
  const writes = node.tagName === "FORM" ? begun(node) : all("form", node).some(begun);
  if (writes) node.toggleAttribute("data-gone", node.tagName === "ARTICLE");
  return !writes;
};
const morph = (target, content, style) =>
  Idiomorph.morph(target, content, {
    morphStyle: style,
    ignoreActiveValue: true,
    callbacks: {
      beforeNodeMorphed: (old) => !(old.tagName === "FORM" && begun(old)),
      beforeNodeRemoved: mayGo,
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
    },
  });
htmx.defineExtension("morph", {
  isInlineSwap: (swap) => morphStyle(swap) === "outerHTML",
  handleSwap(swap, target, fragment) {
    const style = morphStyle(swap);
    if (style === "outerHTML" && !fragment.firstElementChild) return []; // another page came (signed out): keep this one
    if (style) return morph(target, style === "outerHTML" ? fragment.firstElementChild : fragment.childNodes, style);
  },
});

// --- live: one EventSource per page, closed while nobody looks (browsers open six connections to a host) ---------
// <body data-events="/api/v1/dialogues/1/events">; an event {subject, what, html?} brings its fragment to every
// [data-live="subject"] (without html: wakes hx-trigger="live:change" there), and wakes hx-trigger="live:opinion from:body"
// (or live:queue, live:clock ..., live:reset: fetch anew).
const NAMES = ["dialogue", "opinion", "queue", "clock", "scene", "presence", "reset"];
let source = null;
let silence = 0;

// Each failed attempt to come back calls this again: the first one's five seconds go on.
const online = (is) => {
  if (!is) {
    silence ||= setTimeout(() => page.setAttribute("data-offline", ""), SILENCE_MS);
    return;
  }
  clearTimeout(silence);
  silence = 0;
  page.removeAttribute("data-offline");
};

const receive = (name, text) => {
  let data = {};
  try {
    data = JSON.parse(text);
  } catch {
    return;
  }
  const here = `[data-live="${CSS.escape(data.subject ?? "")}"]`;
  const list = data.html && document.querySelector("[data-live-list]");
  if (list && !all(here).length) list.insertAdjacentHTML("afterbegin", data.html); // new here: on top
  for (const place of all(here)) {
    if (data.html) morph(place, data.html, "outerHTML");
    else htmx.trigger(place, "live:change", data);
  }
  if (data.html) for (const place of all(here)) htmx.process(place);
  htmx.trigger(page, `live:${name}`, data);
};

const listen = () => {
  const url = page.dataset.events;
  if (!url || source || document.hidden) return;
  source = new EventSource(url);
  source.onopen = () => online(true);
  source.onerror = () => {
    online(false);
    if (source && source.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(listen, SILENCE_MS * (0.5 + Math.random()));
    }
  };
  for (const name of NAMES) source.addEventListener(name, (event) => receive(name, event.data));
};

document.addEventListener("visibilitychange", () => {
  if (!page.dataset.events) return;
  if (document.hidden && !page.hasAttribute("data-always")) {
    source?.close();
    source = null;
  } else if (!source) {
    listen();
    htmx.trigger(page, "live:reset", {});
  }
});
addEventListener("pagehide", () => source?.close());
addEventListener("offline", () => online(false));
addEventListener("online", () => online(true));

// --- drafts: <form data-draft="y-kien">; the page that confirms says data-draft-done="y-kien" -----------------------
const draftKey = (form) => `draft:${form.dataset.draft}`;
const draftFields = (form) => all("textarea[name], input[type=text][name], select[name]", form);

const draftsRestore = (root) => {
  for (const done of all("[data-draft-done]", root)) sessionStorage.removeItem(`draft:${done.dataset.draftDone}`);
  for (const form of all("form[data-draft]", root)) {
    const kept = JSON.parse(sessionStorage.getItem(draftKey(form)) || "{}");
    for (const field of draftFields(form)) if (!field.value && kept[field.name]) field.value = kept[field.name];
  }
};

document.addEventListener("input", (event) => {
  if (event.target.form) event.target.form.dataset.touched = "1";
  const form = event.target.form;
  if (form?.dataset.draft) {
    const kept = Object.fromEntries(draftFields(form).map((field) => [field.name, field.value]));
    sessionStorage.setItem(draftKey(form), JSON.stringify(kept));
  }
  const counter = event.target.maxLength > 0 && document.getElementById(`${event.target.id}-count`);
  if (counter) counter.textContent = String(event.target.maxLength - [...event.target.value].length);
});

// --- forms: not twice; and a form sent without a network waits for it (the idempotency key makes a repeat harmless) ----
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return event.preventDefault();
  if (form.dataset.sent) return event.preventDefault();
  if (form.method !== "post") return;
  if (!navigator.onLine && form.dataset.draft) {
    event.preventDefault();
    page.setAttribute("data-offline", "waiting");
    addEventListener("online", () => form.requestSubmit(event.submitter), { once: true });
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000);
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

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
const settle = (root) => {
  draftsRestore(root);
  codeFromAddress(root);
  const wanted = root.querySelector("[data-focus]");
  if (wanted) wanted.focus();
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
  settle(event.detail.elt.parentElement || document);
  if (focused && document.activeElement === page) document.getElementById(focused)?.focus();
});
page.addEventListener("htmx:sendError", () => online(false));
page.addEventListener("htmx:afterRequest", (event) => event.detail.successful && online(true));

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  if (event.target.closest("[data-fullscreen]")) document.documentElement.requestFullscreen?.();
});

// --- the hall: clocks that run on between events, and one's place in the queue ---------------------------------------
const born = new WeakMap();
const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const tick = () => {
  const now = performance.now();
  for (const clock of all("[data-clock]")) {
    const said = `${clock.dataset.spoken} ${clock.hasAttribute("data-running")}`;
    const seen = born.get(clock);
    if (!seen || seen.said !== said) born.set(clock, { said, at: now });
    if (!clock.hasAttribute("data-running")) continue;
    const spoken = Number(clock.dataset.spoken) + (now - born.get(clock).at) / 1000;
    const limit = Number(clock.dataset.limit);
    const left = limit - spoken;
    clock.textContent = !limit ? clockText(spoken) : left < 0 ? `+${clockText(-left)}` : clockText(left);
    clock.toggleAttribute("data-warn-now", limit > 0 && left <= Number(clock.dataset.warn));
    clock.toggleAttribute("data-over", limit > 0 && left < 0);
  }
};
let gone = ""; // my turn that left the queue: it comes back when the call is undone
const placeInQueue = () => {
  const mine = document.querySelector("[data-my-turn]");
  const queue = document.querySelector("[data-queue]");
  if (!queue || (!mine && !gone)) return;
  const turns = queue.dataset.queue.split(" ");
  const place = mine ? turns.indexOf(mine.dataset.myTurn) + 1 : 0;
  if (place > 0) {
    mine.querySelector("[data-my-place]").textContent = String(place);
  } else if (mine || turns.includes(gone)) {
    gone = mine ? mine.dataset.myTurn : "";
    htmx.trigger(page, "live:reset", {}); // called, taken down or back again: the page says which
  }
};
setInterval(tick, 250);
page.addEventListener("live:queue", placeInQueue);

document.documentElement.classList.add("js");
keysShow();
settle(document);
consoleBegin(document);
listen();
