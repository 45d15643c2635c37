// SPDX-License-Identifier: AGPL-3.0-or-later
// What the last row of the hall sees of a screen: every letter large enough, nothing cut off, nothing over anything else.
import assert from 'node:assert/strict';

export const WALLS = [{ width: 1920, height: 1080 }, { width: 1280, height: 720 }, { width: 1024, height: 768 }];
const LETTERS_PX = 44; // at 1920 pixels: read from 20 m (web/src/hall.css)

/** In the page: sizes of letters, and whatever sticks out of its place or lies over something. */
function look() {
    const shown = [...document.querySelectorAll('.hall *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()));
    const lines = shown.flatMap((element) => [...element.childNodes].filter((n) => n.nodeType === 3 && n.textContent.trim()).flatMap((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].map((box) => ({ element, box }));
    }));
    const boxOf = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [head, main, foot] = ['.hall__head', '.hall__main', '.hall__foot'].map(boxOf), wrong = [];
    const says = ({ element, box }) => `"${element.textContent.trim().slice(0, 30)}" ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`;
    for (const line of lines) {
        const { left, right, top, bottom } = line.box;
        if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) wrong.push(`off the screen: ${says(line)}`);
    }
    if (main.top < head.bottom - 1 || main.bottom > foot.top + 1) wrong.push(`main ${main.top}-${main.bottom} between ${head.bottom} and ${foot.top}`);
    // Boxes of lines reach over each other a little within a text; letters of two elements may not.
    for (const [i, a] of lines.entries())
        for (const b of lines.slice(i + 1)) {
            if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
            const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            if (wide > 2 && high > Math.min(a.box.height, b.box.height) * 0.2) wrong.push(`${says(a)} over ${says(b)}`);
        }
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) wrong.push(`page ${scrollWidth} x ${scrollHeight}`);
    return { wrong, letters: Math.min(...shown.map((e) => parseFloat(getComputedStyle(e).fontSize))) };
}

/** Fails when somebody in the last row could not read all that the screen shows. */
export async function readable(page, what) {
    const { width, height } = page.viewportSize(), { wrong, letters } = await page.evaluate(look);
    assert.deepEqual(wrong, [], `${what} at ${width} x ${height}`);
    const least = LETTERS_PX * Math.min(width, height * 16 / 9) / 1920;
    assert.ok(letters >= least, `${what} at ${width} x ${height}: ${letters} px of ${least}`);
}

/** The text is there to its last word, or its beginning with the sign that there is more, and where. */
export async function whole(page, text, where) {
    const flat = (s) => s.replace(/\s+/g, ' ').trim(), main = flat(await page.locator('.hall__main').innerText());
    if (main.includes(flat(text))) return true;
    const start = main.indexOf(flat(text).slice(0, 40)), end = main.lastIndexOf('…');
    assert.ok(start >= 0 && end > start, `neither whole nor with a sign that there is more: ${main}`);
    assert.ok(flat(text).startsWith(main.slice(start, end)), 'the beginning, letter by letter');
    if (where) assert.match(main, where);
    return false;
}
