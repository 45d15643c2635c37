// SPDX-License-Identifier: AGPL-3.0-or-later
// The hall: clocks that run on between events, and one's place in the queue.
import htmx from "htmx.org/dist/htmx.esm.js";
import { all } from "./morph.js";
import { shareTick } from "./share.js";

const TICK_MS = 250;
const page = document.body;
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

// Whoever asks to speak may say that it is about what is discussed now: the phone's form follows.
const topicOf = () => document.querySelector(".hall-card")?.dataset.topic ?? "";
let topic = topicOf();
const followTopic = () => {
  if (topicOf() === topic) return;
  topic = topicOf();
  if (document.querySelector("#luot")) htmx.trigger(page, "live:reset", {});
};

export const hallBegin = () => {
  setInterval(tick, TICK_MS);
  setInterval(shareTick, TICK_MS);
  page.addEventListener("live:queue", placeInQueue);
  page.addEventListener("live:queue", followTopic);
};
