// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms without a browser: cookies and the page's own token, as somebody without JavaScript sends them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { password } from './harness.mjs';

const token = (html) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** { get(path), post(path, fields, from): { status, headers, body } }, signed in. `from`: the page with the form. */
export async function browser(ward, username) {
    const signIn = await fetch(new URL('/lam-viec/dang-nhap', ward.url), { redirect: 'manual' });
    let cookie = signIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const send = async (path, fields) => fetch(new URL(path, ward.url), { method: 'POST', redirect: 'manual',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: new URL(ward.url).origin },
        body: new URLSearchParams(fields) });
    const reply = await send('/lam-viec/dang-nhap', { csrf: token(await signIn.text()), username, password });
    assert.equal(reply.status, 303, `${username} signs in`);
    cookie = reply.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const get = async (path) => {
        const page = await fetch(new URL(path, ward.url), { headers: { cookie }, redirect: 'manual' });
        return { status: page.status, headers: page.headers, body: await page.text() };
    };
    const post = async (path, fields, from = path) => {
        const page = await get(from);
        const done = await send(path, { csrf: token(page.body), key: randomUUID().replaceAll('-', ''), ...fields });
        return { status: done.status, headers: done.headers, body: await done.text() };
    };
    return { get, post };
}
