// SPDX-License-Identifier: AGPL-3.0-or-later
// A page driven as somebody without a mouse drives it: Tab, Enter, arrows, typing. On the way every stop must be seen:
// a ring around it, inside the window, not covered; and no stop may hold the focus fast.
import assert from 'node:assert/strict';

/** Runs in the page: what has the focus, and whether a person can see that. */
function stopNow(target) {
    const e = document.activeElement, style = getComputedStyle(e);
    const name = `${e.tagName.toLowerCase()} ${e.id || e.getAttribute('name') || e.innerText?.trim().slice(0, 60) || ''}`.trim();
    if (e === document.body) return { name, body: true };
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$|transparent/.test(style.outlineColor);
    const seen = [...e.getClientRects()].some((r) => [0.5, 0.1, 0.9].some((along) => [0.5, 0.1, 0.9].some((down) => {
        const at = document.elementFromPoint(r.left + r.width * along, r.top + r.height * down);
        return at !== null && (e.contains(at) || at.contains(e) && at.closest('label') !== null);
    })));
    // A date or a time has several stops inside one element.
    return { name, here: e === target, inside: /^(date|time|datetime-local)$/.test(e.type ?? ''), ring, seen };
}

/** Runs in the page: how many stops Tab ought to make. Radio buttons of one name are one stop. */
function stopsThere() {
    const all = 'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select:not([disabled]), '
        + 'textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';
    const groups = new Set();
    return [...document.querySelectorAll(all)].filter((e) => {
        if (!e.checkVisibility({ checkVisibilityCSS: true }) || e.tabIndex < 0) return false;
        if (e.type !== 'radio') return true;
        const group = `${e.form?.id} ${e.name}`;
        return !groups.has(group) && groups.add(group);
    }).length;
}

const INSIDE = 8; // stops inside one date and time

export class Keyboard {
    constructor(page) {
        this.page = page;
        this.main = page.locator('main');
        page.setDefaultTimeout(8000);
    }

    link(name, within = this.main) {
        return within.getByRole('link', { name });
    }

    button(name, within = this.main) {
        return within.getByRole('button', { name });
    }

    /** One Tab; what it led to must be visible. Leaving the page at its end is no stop. */
    async #tab(target) {
        await this.page.keyboard.press('Tab');
        const stop = await this.page.evaluate(stopNow, target);
        const where = `${new URL(this.page.url()).pathname}: ${stop.name}`;
        if (stop.body) return stop;
        assert.ok(stop.ring, `no ring around what has the focus, ${where}`);
        assert.ok(stop.seen, `what has the focus is not to be seen, ${where}`);
        return stop;
    }

    /** Tab until `target` has the focus: once around the page, no further. */
    async to(target) {
        await target.first().waitFor();
        const element = await target.elementHandle();
        const passed = [];
        let ends = 0, same = 0;
        if (await this.page.evaluate((e) => e === document.activeElement, element)) return;
        while (ends < 2) {
            const stop = await this.#tab(element);
            if (stop.here) return;
            ends += stop.body ? 1 : 0;
            same = stop.name === passed[passed.length - 1] && stop.inside ? same + 1 : 0;
            assert.ok(same < INSIDE, `Tab does not leave ${stop.name}`);
            passed.push(stop.name);
            assert.ok(passed.length < 900, `Tab goes round without an end: ${passed.slice(-12).join(' | ')}`);
        }
        assert.fail(`Tab never reaches ${target}: ${passed.join(' | ')}`);
    }

    /** From the top of a page over the link that skips its head. */
    async skip() {
        await this.to(this.page.locator('.skip-link'));
        await this.page.keyboard.press('Enter');
    }

    /** Enter, and the page that follows is there. */
    async enter() {
        const loaded = this.page.waitForEvent('load');
        await this.page.keyboard.press('Enter');
        await loaded;
    }

    async follow(target) {
        await this.to(target);
        await this.enter();
        await this.skip();
    }

    async press(target) {
        await this.to(target);
        await this.enter();
    }

    async open(summary) {
        await this.to(summary);
        await this.page.keyboard.press('Enter');
    }

    async write(field, text) {
        await this.to(field);
        await this.page.keyboard.press('Control+A');
        await this.page.keyboard.press('Delete');
        await this.page.keyboard.insertText(text);
    }

    /** Arrows through a list of choices. */
    async choose(field, value) {
        await this.to(field);
        const now = () => field.evaluate((e) => e.value);
        await this.page.keyboard.press('Home');
        for (let i = 0; i < 60 && await now() !== value; i++) await this.page.keyboard.press('ArrowDown');
        assert.equal(await now(), value);
    }

    async tick(box) {
        await this.to(box);
        await this.page.keyboard.press('Space');
    }

    async signIn(username, password) {
        await this.page.goto('/lam-viec/dang-nhap');
        await this.write(this.page.getByLabel('Tên đăng nhập'), username);
        await this.write(this.page.getByLabel('Mật khẩu', { exact: true }), password);
        await this.enter();
        await this.skip();
    }

    /** All around the page: Tab makes every stop there is, leaves at the end, and Shift+Tab comes back in. */
    async tour() {
        await this.page.evaluate(() => document.activeElement?.blur());
        const there = await this.page.evaluate(stopsThere), where = new URL(this.page.url()).pathname;
        const passed = [];
        let last = '';
        await this.to(this.page.locator('.skip-link'));
        for (let stop = { name: 'skip' }; !stop.body; stop = await this.#tab(null)) {
            if (!(stop.inside && stop.name === last)) passed.push(stop.name);
            last = stop.name;
            assert.ok(passed.length <= there, `${where}: Tab does not end: ${passed.slice(-12).join(' | ')}`);
        }
        assert.equal(passed.length, there, `${where}: ${passed.join(' | ')}`);
        await this.page.keyboard.press('Shift+Tab');
        assert.equal((await this.page.evaluate(stopNow, null)).body, undefined, `${where}: no way back`);
    }
}
