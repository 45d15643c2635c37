// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms without a browser: cookies and the page's own token, as somebody without JavaScript sends them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ask as send } from './ask.mjs';
import { password } from './harness.mjs';

const token = (html) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** { get(path), post(path, fields, from), submit(path, pairs): { status, headers, body } }. `from`: the page with the form. */
export function visitor(ward) {
    const cookies = new Map();
    const ask = async (path, options) => {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const reply = await send(new URL(path, ward.url), { ...options, headers: { cookie, ...options.headers } });
        for (const one of reply.headers.getSetCookie()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(one);
            if (value === '') cookies.delete(name);
            else cookies.set(name, value);
        }
        return reply;
    };
    const get = (path) => ask(path, {});
    /** Exactly these pairs, the page's own token and key among them. */
    const submit = (path, pairs, headers = {}) => ask(path, { method: 'POST', body: new URLSearchParams(pairs).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(ward.url).origin, ...headers } });
    /** A body that no URLSearchParams would write. */
    const raw = (path, body) => ask(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(ward.url).origin } });
    const post = async (path, fields, from = path) =>
        submit(path, { csrf: token((await get(from)).body), key: randomUUID().replaceAll('-', ''), ...fields });
    return { get, post, submit, raw };
}

/** The same, signed in. */
export async function browser(ward, username) {
    const it = visitor(ward), page = await it.get('/lam-viec/dang-nhap');
    assert.equal((await it.submit('/lam-viec/dang-nhap', { csrf: token(page.body), username, password })).status, 303, `${username} signs in`);
    return it;
}
