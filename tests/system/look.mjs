// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking at a page as the law of accessibility does: on a phone and at a desk nothing that axe finds, nothing sticking
// out, and a quiet console all the way. LOOK=folder keeps pictures.
import assert from 'node:assert/strict';
import { DESK, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { password } from './harness.mjs';

/** A page at both widths; axe, which is slow, at those given. */
async function look(page, path, widths) {
    await page.setViewportSize(PHONE);
    const reply = await page.goto(path);
    assert.equal(reply.status(), 200, path);
    assert.match(reply.headers()['content-type'], /text\/html/, path);
    for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size);
        assert.equal(await overflows(page), false, `${path} sticks out at ${size.width}`);
        if (widths.includes(size)) assert.deepEqual(await violations(page), [], `${path} at ${size.width}`);
        if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${path.replace(/[/?=&]/g, '_')}-${size.width}.png`, fullPage: true });
    }
}

/** Visits of [stage, who, path] in the wards by stage, one browser for each who; `widths`: where axe looks too. */
export async function walk(browser, wards, visits, widths = [PHONE, DESK]) {
    const people = new Map();
    for (const [stage, who, path] of visits) {
        const key = `${stage} ${who}`;
        people.set(key, [...people.get(key) ?? [], path]);
    }
    for (const [key, paths] of people) {
        const [stage, who] = key.split(' ');
        const { page, context, complaints } = await visitor(browser, wards[stage].url);
        try {
            if (who) await signIn(page, who, password);
            for (const path of paths) await look(page, path, widths);
            assert.deepEqual(complaints, [], key);
        } finally {
            await context.close();
        }
    }
}
