// SPDX-License-Identifier: AGPL-3.0-or-later
// Live pages: one EventSource per page, closed while nobody looks (browsers open six connections to a host).
// <body data-events="/api/v1/dialogues/1/events">; an event {subject, what, html?} brings its fragment to every
// [data-live="subject"] (without html: wakes hx-trigger="live:change" there, as at every [data-live-own~="subject"]), and
// wakes hx-trigger="live:opinion from:body" (or live:queue, live:clock ..., live:reset: fetch anew).
// The server's pulse tells a quiet hall from a dead network: five seconds without any sign of life show the mark (R74),
// and the stream is opened anew after the last event that was heard, so that each is heard once.
import htmx from "htmx.org/dist/htmx.esm.js";
import { all, morph } from "./morph.js";

const NAMES = ["dialogue", "opinion", "queue", "clock", "scene", "presence", "reset"];
const SILENCE_MS = 5000;
const LOOK_MS = 500;
const OPENING_MS = 3000; // a way to nowhere is given up and tried anew
const AGAIN_MS = 400; // and up to three times as much more: not everybody at once
const page = document.body;
const signal = (name, data) => htmx.trigger(page, `live:${name}`, data);

let source = null;
let again = 0;
let lastId = "";
let heardAt = performance.now(); // anything of the server
let streamAt = heardAt; // the stream: when it was tried, then its last word
let opened = false;
let lookedAt = heardAt;
let doubted = !navigator.onLine; // of a page without a stream: a request has failed

/** Of the server or of its absence; what was missed meanwhile is told by the stream itself. */
export const alive = () => {
  heardAt = performance.now();
  doubted = false;
  page.removeAttribute("data-offline");
};
export const doubt = () => {
  if (!page.dataset.events && !doubted) heardAt = performance.now();
  doubted = true;
};
/** Whether the server is heard: what is sent now will arrive. */
export const heard = () =>
  navigator.onLine && (!page.dataset.events || performance.now() - heardAt < OPENING_MS);

// --- what is said aloud: <body>'s #thong-bao reads what changed at [data-say], once each ------------------------------
const sayings = () => new Map(all("[data-say]").map((e) => [e.dataset.say, e.textContent.replace(/\s+/g, " ").trim()]));
let said = sayings();
const SAID_KEPT = 4;
/** After any change of the page: a blind participant hears what the hall sees on the screen (R71). */
export const sayChanges = () => {
  const now = sayings();
  const news = [...now].filter(([what, text]) => text && said.get(what) !== text).map(([, text]) => text);
  said = now;
  const place = document.getElementById("thong-bao");
  if (!news.length || !place) return;
  const line = document.createElement("p");
  line.textContent = news.join(". ");
  place.append(line);
  // One event may follow another at once: what a reader has not come to yet must still be there.
  while (place.childElementCount > SAID_KEPT) place.firstElementChild.remove();
};

// --- the lists of opinions: <div data-live-list="relayed on_floor" data-live-with="TEMPLATE_ID"> ---------------------
// A card that is new here goes on top; or, where the list names its states, to the end if it is in one of them, within a
// copy of the template in which NUMBER stands for its own.
const insert = (list, html, number) => {
  const pattern = document.getElementById(list.dataset.liveWith ?? "");
  if (!pattern) return void (html.includes("data-state=") && list.insertAdjacentHTML("afterbegin", html));
  const item = pattern.content.firstElementChild.cloneNode(true);
  item.innerHTML = html + item.innerHTML.replaceAll("NUMBER", number);
  if (!list.dataset.liveList.split(" ").includes(item.firstElementChild.dataset.state)) return;
  list.append(item);
  list.closest("[hidden]")?.removeAttribute("hidden");
};
/** What can be done with an opinion in these states only: <form data-while="relayed on_floor">. */
const leaveWhatFits = (card) => {
  for (const form of all("[data-while]", card.closest("[data-live-item]") ?? card))
    form.hidden = !form.dataset.while.split(" ").includes(card.dataset.state);
};

/** Brings the fragment that an event carries to its places; it was rendered once for all, in Vietnamese. */
const bring = ({ subject, html }) => {
  const here = `[data-live="${CSS.escape(subject ?? "")}"]`;
  const list = document.querySelector("[data-live-list]");
  if (list && !all(here).length) insert(list, html, subject);
  for (const place of all(here)) morph(place, html, "outerHTML");
  for (const place of all(here)) (htmx.process(place), leaveWhatFits(place));
};

// Fragments are Vietnamese: a phone that reads English fetches its own page instead.
const englishPhone = () => (document.documentElement.lang === "en" ? document.querySelector("[data-live-own]") : null);

/** Wakes the places that fetch what they show. */
const wake = (data, brought) => {
  const subject = CSS.escape(data.subject ?? "");
  const places = `[data-live-own~="${subject}"]${brought ? "" : `, [data-live="${subject}"]`}`;
  const own = englishPhone();
  for (const place of own ? [own] : all(places)) htmx.trigger(place, "live:change", data);
};

// A page that was asked for before an event and comes after it shows what was before: the event is brought again.
const KEPT = 200;
const recent = []; // [when it came, data] of those with a fragment
export const bringSince = (when) => {
  for (const [at, data] of recent) if (at >= when) bring(data);
};
const asked = new WeakMap();
page.addEventListener("htmx:beforeSend", (event) => asked.set(event.detail.xhr, performance.now()));
page.addEventListener("htmx:afterSwap", (event) => bringSince(asked.get(event.detail.xhr) ?? Infinity));

const receive = (name, text) => {
  let data = {};
  try {
    data = JSON.parse(text);
  } catch {
    return;
  }
  const brings = data.html && !englishPhone();
  if (brings) {
    if (recent.push([performance.now(), data]) > KEPT) recent.shift();
    bring(data);
  }
  wake(data, brings);
  sayChanges();
  signal(name, data);
};

// --- the stream --------------------------------------------------------------------------------------------------------
const close = () => {
  source?.close();
  source = null;
};

const listen = () => {
  clearTimeout(again);
  again = 0;
  if (!page.dataset.events || source || (document.hidden && !page.hasAttribute("data-always"))) return;
  const url = new URL(page.dataset.events, location.href);
  url.searchParams.set("pulse", "1");
  if (lastId) url.searchParams.set("after", lastId);
  const stream = new EventSource(url);
  source = stream;
  streamAt = performance.now();
  opened = false;
  const hear = () => {
    opened = true;
    streamAt = performance.now();
    alive();
  };
  stream.onopen = () => {
    hear();
    if (!url.searchParams.has("after")) signal("reset", {}); // since the page was made, something may have happened
  };
  stream.onerror = () => reopen(AGAIN_MS * (1 + 3 * Math.random()));
  stream.addEventListener("pulse", hear);
  for (const name of NAMES)
    stream.addEventListener(name, (event) => {
      hear();
      if (event.lastEventId) lastId = event.lastEventId;
      receive(name, event.data);
    });
};
const reopen = (pause) => {
  close();
  clearTimeout(again);
  again = setTimeout(listen, pause);
};

const look = () => {
  const now = performance.now();
  const slept = now - lookedAt > 4 * LOOK_MS; // the phone was in a pocket: nothing is known yet
  lookedAt = now;
  if (slept) heardAt = now;
  const quiet = now - heardAt;
  if (page.dataset.events ? !document.hidden && quiet >= SILENCE_MS : doubted && quiet >= SILENCE_MS)
    page.setAttribute("data-offline", "");
  if (source && (slept || now - streamAt >= (opened ? SILENCE_MS : OPENING_MS))) reopen(0);
};

document.addEventListener("visibilitychange", () => {
  if (!page.dataset.events) return;
  if (document.hidden && !page.hasAttribute("data-always")) {
    close();
  } else if (!source) {
    heardAt = performance.now();
    listen();
    signal("reset", {});
  }
});
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => event.persisted && (listen(), signal("reset", {})));
addEventListener("offline", doubt);
addEventListener("online", () => {
  if (!page.dataset.events) return alive();
  doubted = false;
  reopen(0);
});

export const liveBegin = () => {
  setInterval(look, LOOK_MS);
  listen();
};
