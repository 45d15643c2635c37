// SPDX-License-Identifier: AGPL-3.0-or-later
// The tools of the system tests themselves: the browser starts, and its watchers see what they must see.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { launch, overflows, violations, visitor, PHONE } from './browser.mjs';

const BAD = '<!doctype html><html><title>x</title><body><img src="/a.png"><div style="width:900px">x</div>'
    + '<script>console.error("boo")</script><img alt="" src="http://192.0.2.1/x.png"></body></html>';
const GOOD = '<!doctype html><html lang="vi"><head><title>Đối thoại</title></head>'
    + '<body><main><h1>Đối thoại</h1><p>Xin chào</p></main></body></html>';

async function withPage(html, policy, check) {
    const server = createServer((request, reply) => {
        reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
        reply.end(request.url === '/' ? html : '');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launch();
    try {
        const one = await visitor(browser, `http://127.0.0.1:${server.address().port}`, { viewport: PHONE });
        await one.page.goto('/', { waitUntil: 'domcontentloaded' });
        await check(one);
    } finally {
        await browser.close();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
}

test('the watchers see a console error, a foreign request, a page too wide and a missing label', async () => {
    await withPage(BAD, 'img-src *', async ({ page, complaints }) => {
        assert.ok((await violations(page)).some((line) => line.startsWith('html-has-lang')));
        assert.ok((await violations(page)).some((line) => line.startsWith('image-alt')));
        assert.equal(await overflows(page), true);
        assert.ok(complaints.some((line) => line.includes('boo')));
        assert.ok(complaints.some((line) => line.includes('foreign request')));
    });
});

test('a clean page under a strict policy raises no complaint', async () => {
    await withPage(GOOD, "default-src 'self'", async ({ page, complaints }) => {
        assert.deepEqual(await violations(page), []);
        assert.equal(await overflows(page), false);
        assert.deepEqual(complaints, []);
    });
});
