// SPDX-License-Identifier: AGPL-3.0-or-later
// The note being typed: kept in this browser at every keystroke and sent to the server soon after, one message at a
// time. An account types one note at a time, so sending the same again makes no second one.
// <form data-autosave="name"> with fields csrf, key, note, text, base; [data-autosave-said] tells what happened.
const PAUSE_MS = 900;
const AGAIN_MS = 3000;
const GIVE_UP_MS = 8000;

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name)) || null;
  } catch {
    return null;
  }
};

/** Whether the list below shows it already: then it was written down, and nothing is left to keep. */
const isWritten = (text) =>
  [...document.querySelectorAll(".notes > li")]
    .slice(0, 8)
    .some((row) => row.textContent.replace(/\s+/g, " ").includes(text.trim().replace(/\s+/g, " ")));

const autosave = (form) => {
  const name = form.dataset.autosave;
  const { text, note, key, base } = Object.fromEntries(
    ["text", "note", "key", "base"].map((n) => [n, form.elements[n]]),
  );
  const said = form.querySelector("[data-autosave-said]");
  let timer = 0;
  let sending = null;
  let sent = text.value;
  let left = false; // the form itself is on its way

  const keep = (more) =>
    localStorage.setItem(name, JSON.stringify({ text: text.value, note: note.value, key: key.value, ...more }));

  const restore = () => {
    const kept = read(name);
    if (!kept || !kept.text) return;
    const other = kept.note && kept.note !== note.value;
    if (other || (kept.left && isWritten(kept.text))) return localStorage.removeItem(name);
    if (kept.text === text.value) return;
    text.value = kept.text;
    key.value = kept.key || key.value; // the same note, sent once
    said.textContent = said.dataset.restored ?? "";
    later(0);
  };

  const send = async () => {
    const value = text.value;
    if (left || sending || value === sent || !value.trim()) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("done", "false");
    body.delete("key"); // its own number makes a repeat harmless; the key is for writing it down
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), GIVE_UP_MS);
    sending = fetch(form.action, {
      method: "POST",
      body,
      headers: { "HX-Request": "true" },
      redirect: "error",
      signal: stop.signal,
    });
    try {
      const reply = await sending;
      const holder = document.createElement("template");
      holder.innerHTML = await reply.text();
      const out = holder.content.querySelector("output");
      if (out) said.textContent = out.textContent;
      if (reply.ok && out) {
        sent = base.value = value; // another machine of this account is told from this one by it
        note.value = out.dataset.note;
        keep();
      }
      if (reply.status >= 500) later(AGAIN_MS);
    } catch {
      said.textContent = said.dataset.lost ?? "";
      later(AGAIN_MS);
    } finally {
      clearTimeout(limit);
      sending = null;
    }
    if (text.value !== value) later(PAUSE_MS);
  };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  };

  text.addEventListener("input", () => {
    keep();
    later(PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    const again = () => setTimeout(() => form.requestSubmit(event.submitter), 0);
    if (sending || !navigator.onLine) {
      event.preventDefault();
      event.stopPropagation();
      said.textContent = navigator.onLine ? "" : (said.dataset.lost ?? "");
      if (sending) sending.catch(() => {}).finally(again); // its number is on its way: wait for it
      else addEventListener("online", again, { once: true });
      return;
    }
    clearTimeout(timer);
    left = true;
    keep({ left: true });
    setTimeout(() => (left = false), AGAIN_MS);
  });
  addEventListener("online", () => later(0));
  restore();
};

/** A suggestion leads to where something is to be typed: the caret goes there too. */
const leadTo = (event) => {
  const link = event.target.closest?.(".console-next a[href^='#']");
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  place.scrollIntoView({ block: "center" });
  const inside = place.matches("h3") ? place.parentElement.querySelector(".outcome textarea, .outcome select") : null;
  const first = place.matches("section") ? place.querySelector(".actions a, .actions button") : null;
  (inside ?? first ?? place).focus();
};

/** Whoever relayed a question by its button is at the next one; whose question somebody else took, at the heading. */
const followRelay = (root) => {
  let inside = false; // before the list was exchanged
  let pressed = false; // the button itself, not its key from elsewhere
  const panel = () => document.getElementById("cho-chuyen");
  const isPost = (detail) => detail.requestConfig?.verb === "post";
  root.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (isPost(detail)) pressed = panel()?.contains(document.activeElement) ?? false;
  });
  root.addEventListener("htmx:beforeSwap", ({ detail }) => {
    inside = detail.target?.id === "cho-chuyen" && detail.target.contains(document.activeElement);
  });
  root.addEventListener("htmx:afterSettle", ({ detail }) => {
    const heading = panel()?.querySelector("h2");
    if (!heading) return;
    const nowhere = [document.body, heading].includes(document.activeElement);
    if (isPost(detail) && pressed && nowhere)
      (panel().querySelector(".actions button") ?? heading).focus();
    else if (inside && nowhere) heading.focus();
  });
};

export const consoleBegin = (root) => {
  root.addEventListener("click", leadTo);
  followRelay(root);
  for (const form of root.querySelectorAll("form[data-autosave]")) autosave(form);
};
