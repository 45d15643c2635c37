// SPDX-License-Identifier: AGPL-3.0-or-later
// The share of the floor on the hall's screen counts on between events. [data-share] holds the people's [data-seconds],
// then the authority's, each with a [data-percent]; data-counts: that side speaks. The bars are the last two <rect>.
const born = new WeakMap();
const text = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const now = (side) => {
  const said = `${side.dataset.seconds} ${side.hasAttribute("data-counts")}`;
  if (born.get(side)?.said !== said) born.set(side, { said, at: performance.now() });
  const since = side.hasAttribute("data-counts") ? performance.now() - born.get(side).at : 0;
  return Math.floor(Number(side.dataset.seconds) + since / 1000);
};

/** Shows where both sides stand at this moment. */
export const shareTick = () => {
  for (const share of document.querySelectorAll("[data-share]")) {
    const sides = [...share.querySelectorAll("[data-seconds]")];
    if (!sides.some((side) => side.hasAttribute("data-counts"))) continue;
    const [people, authority] = sides.map(now);
    const all = people + authority;
    const right = all > 0 ? Math.floor((authority * 100) / all) : 0;
    const percents = [all > 0 ? 100 - right : 0, right];
    const bars = [...share.querySelectorAll("rect")].slice(-2);
    [people, authority].forEach((seconds, i) => {
      sides[i].textContent = text(seconds);
      share.querySelectorAll("[data-percent]")[i].textContent = String(percents[i]);
      bars[i].setAttribute("width", String(percents[i]));
    });
    bars[1].setAttribute("x", String(100 - right));
  }
};
