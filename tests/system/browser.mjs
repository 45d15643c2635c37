// SPDX-License-Identifier: AGPL-3.0-or-later
// Debian's Chromium, driven without a downloaded browser. Every page it opens is watched: an error in the
// console, a failed request to our own server or a request to anybody else makes the test fail.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { password } from './harness.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
function wrapped(words, program) {
    const script = join(mkdtempSync(join(tmpdir(), 'doithoai-browser-')), 'chromium');
    writeFileSync(script, `#!/bin/sh\nexec ${words.join(' ')} ${program} "$@"\n`, { mode: 0o755 });
    return script;
}

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 800 };

/** The one without a window of its own takes half the processor. */
const CHROMIUMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** `within`: the words before the program, e.g. ['ip', 'netns', 'exec', 'far'], to put it into a network of its own. */
export function launch({ within } = {}) {
    const asRoot = process.getuid?.() === 0;
    const program = process.env.CHROMIUM ?? CHROMIUMS.find(existsSync) ?? CHROMIUMS[0];
    return chromium.launch({
        executablePath: within ? wrapped(within, program) : program,
        // A page lives for a second here: code compiled to be fast is never worth what it took.
        args: ['--js-flags=--no-opt,--no-maglev', '--disable-dev-shm-usage', ...(asRoot ? ['--no-sandbox'] : [])],
    });
}

/** What htmx says of a request that was under way when its page was left; any other that failed is told by the browser. */
const GIVEN_UP = /^htmx:(afterRequest|sendError|sendAbort)\b/;

/** A fresh visitor: { context, page, complaints }. `options` go to the browser context. */
export async function visitor(browser, baseURL, options = {}) {
    const context = await browser.newContext({ baseURL, viewport: DESK, locale: 'vi-VN', ...options });
    const complaints = [];
    context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
    context.on('console', (line) => {
        if (['error', 'warning'].includes(line.type()) && !GIVEN_UP.test(line.text())) complaints.push(`console: ${line.text()}`);
    });
    context.on('requestfailed', (request) => {
        const why = request.failure()?.errorText;
        if (why !== 'net::ERR_ABORTED') complaints.push(`${why}: ${request.url()}`);
    });
    context.on('request', (request) => {
        if (!request.url().startsWith(baseURL) && /^https?:/.test(request.url())) {
            complaints.push(`foreign request: ${request.url()}`);
        }
    });
    context.on('response', (reply) => {
        if (reply.status() >= 500) complaints.push(`${reply.status()} ${reply.url()}`);
    });
    return { context, page: await context.newPage(), complaints };
}

/** Signs in through the page, as a person does. */
export async function signIn(page, username, secret) {
    await page.goto('/lam-viec/dang-nhap');
    await page.locator('input[name=username]').fill(username);
    await page.locator('input[name=password]').fill(secret);
    await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('/dang-nhap')),
        page.locator('input[name=password]').press('Enter')]);
}

/** `walk(page, fetches)` at a desk whose stream listens: fetches() counts what the desk fetched again by itself. */
export async function atDesk(browser, ward, username, path, walk) {
    const { page, context, complaints } = await visitor(browser, ward.url);
    let count = 0;
    page.setDefaultTimeout(10_000);
    page.on('request', (request) => { count += request.headers()['hx-request'] === 'true'; });
    try {
        await signIn(page, username, password);
        const listening = page.waitForResponse((r) => /\/(su-kien|events)\b/.test(r.url()));
        await page.goto(path);
        await listening;
        await page.evaluate(() => { window.sameDocument = true; });
        await walk(page, () => count);
        assert.ok(await page.evaluate(() => window.sameDocument), 'never loaded anew');
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
    }
}

/** WCAG 2.2 AA by axe: the violations, each with the places it was seen. Works under a strict CSP. */
export async function violations(page) {
    const session = await page.context().newCDPSession(page);
    const evaluate = async (expression) => {
        const { result, exceptionDetails } = await session.send('Runtime.evaluate',
            { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    };
    if (!await evaluate('typeof axe === "object"')) await evaluate(`${axeSource};0`);
    const found = await evaluate(`axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag',
        values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })
        .then((result) => result.violations.map((v) => v.id + ': ' + v.help + ' at '
            + v.nodes.map((n) => n.target.join(' ')).slice(0, 5).join(', ')))`);
    await session.detach();
    return found;
}

/** Whether anything sticks out to the right at this width. */
export function overflows(page) {
    return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}
