// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms: what was typed is kept in the tab until it is sent, sent once, and waits for the network. It keeps no personal
// data beyond that: drafts live in sessionStorage.
//   <form data-draft="/doi-thoai/1/gui-y-kien">   its empty fields come back (data-draft-whole: all that stand as the
//                                 server gave them); the page that confirms says data-draft-done with the same name
//   <form data-send>              goes out by fetch, again and again with one key until the server has answered (R74)
import { all, morph } from "./morph.js";
import { alive, bringSince, heard, sayChanges } from "./live.js";

const TRY_MS = 8000;
const PAUSE_MS = 1500;
const TWICE_MS = 3000;
const page = document.body;
const draftKey = (form) => `draft:${form.dataset.draft}`;
const draftFields = (form) => all("textarea[name], input[type=text][name], input[type=date][name], select[name]", form);
const draftRead = (name) => JSON.parse(sessionStorage.getItem(name) || "{}");

/** sending: the whole body of a form that is on its way. */
const draftKeep = (form, sending) => {
  const kept = Object.fromEntries(draftFields(form).map((field) => [field.name, field.value]));
  sessionStorage.setItem(draftKey(form), JSON.stringify({ kept, sending }));
};

/** Nobody has written here since the page came. */
const isFree = (form, field) => {
  if (!field.value || !form.hasAttribute("data-draft-whole")) return !field.value;
  if (field.matches("select")) return field.selectedOptions[0]?.defaultSelected ?? true;
  return field.value === field.defaultValue;
};

/** It may have arrived already: with the key it had it is one, and the answer is the one it had. */
const resume = (form, sending) => {
  if (!form || form.hasAttribute("aria-busy")) return;
  const body = new URLSearchParams(sending);
  body.set("csrf", form.elements.csrf.value);
  deliver(form, body);
};

export const draftsRestore = (root) => {
  const sends = all("form[data-draft][data-send]", root)[0];
  for (const done of all("[data-draft-done]", root)) {
    const name = `draft:${done.dataset.draftDone}`;
    const { sending } = draftRead(name);
    sessionStorage.removeItem(name);
    if (sending) resume(sends, sending); // it is here, but nobody has seen its receipt
  }
  for (const form of all("form[data-draft]", root)) {
    const { kept = {}, sending } = draftRead(draftKey(form));
    for (const field of draftFields(form)) if (kept[field.name] && isFree(form, field)) field.value = kept[field.name];
    if (sending && form === sends) resume(form, sending);
  }
};

document.addEventListener("input", (event) => {
  const { form } = event.target;
  if (form) form.dataset.touched = "1";
  if (form?.dataset.draft) draftKeep(form);
  const counter = event.target.maxLength > 0 && document.getElementById(`${event.target.id}-count`);
  if (counter) counter.textContent = String(event.target.maxLength - [...event.target.value].length);
});

// --- on its way --------------------------------------------------------------------------------------------------------
let waiting = 0;
const wait = (more) => {
  waiting += more;
  page.toggleAttribute("data-waiting", waiting > 0);
};

const busy = (form, is) => {
  if (is) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  for (const field of all("textarea, input[type=text]", form)) field.readOnly = is;
};

const title = () => document.querySelector("h1")?.textContent;

/** Whoever pressed a button that is gone is still where it was; on what is another page, at its beginning. */
const keepFocus = (section, was) => {
  const another = title() !== was;
  if (another) scrollTo(0, 0);
  if (document.activeElement !== page) return;
  const place = another ? document.querySelector("main") : document.getElementById(section)?.querySelector("button, textarea");
  place?.focus({ preventScroll: true });
};

/** The page as the answer says it is, in place; another page is gone to. */
const show = ({ reply, text, when }, form) => {
  if (reply.ok && new URL(reply.url).pathname !== location.pathname) return location.assign(reply.url);
  const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  if (!main) return location.reload();
  const section = form.closest("section")?.id ?? "", was = title();
  delete form.dataset.touched;
  morph(document.querySelector("main"), main.innerHTML, "innerHTML", form);
  bringSince(when);
  page.dispatchEvent(new CustomEvent("page:changed"));
  keepFocus(section, was);
  sayChanges();
};

const post = async (form, body) => {
  const when = performance.now();
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), TRY_MS);
  try {
    const reply = await fetch(form.action, { method: "POST", body, signal: stop.signal });
    if (reply.status >= 502) return null;
    return { reply, text: await reply.text(), when };
  } catch {
    return null;
  } finally {
    clearTimeout(limit);
  }
};

/** Until the network says it is back, or a moment. */
const pause = () =>
  new Promise((resolve) => {
    const go = () => (clearTimeout(timer), removeEventListener("online", go), resolve());
    const timer = setTimeout(go, PAUSE_MS);
    addEventListener("online", go);
  });

const bodyOf = (form, submitter) => {
  const fields = new FormData(form);
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  return new URLSearchParams(fields);
};

const deliver = async (form, body) => {
  busy(form, true);
  if (form.dataset.draft) draftKeep(form, body.toString());
  let done = await post(form, body);
  if (!done) {
    wait(1);
    do await pause();
    while (!(done = await post(form, body)));
    wait(-1);
  }
  alive();
  busy(form, false);
  if (form.dataset.draft && done.reply.ok) sessionStorage.removeItem(draftKey(form));
  else if (form.dataset.draft) draftKeep(form); // refused: what was typed stays, as something new
  show(done, form);
};

/** A form whose answer is a page of its own leaves this one only while the server is heard. */
const holdBack = async (form, submitter) => {
  busy(form, true);
  wait(1);
  do await pause();
  while (!heard());
  wait(-1);
  busy(form, false);
  form.requestSubmit(submitter);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return event.preventDefault();
  if (form.dataset.sent || form.hasAttribute("aria-busy")) return event.preventDefault();
  if (form.hasAttribute("data-send")) {
    event.preventDefault();
    return void deliver(form, bodyOf(form, event.submitter));
  }
  if (!heard() && form.dataset.draft) {
    event.preventDefault();
    return void holdBack(form, event.submitter);
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, TWICE_MS);
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));
