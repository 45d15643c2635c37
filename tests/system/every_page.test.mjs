// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page there is, by the route tables themselves: a new row without a visit here makes this red.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { browser as form } from './form_browser.mjs';
import { root, Ward } from './harness.mjs';
import { walk } from './look.mjs';

const OPEN = 'open', CLOSED = 'closed';
const ANYBODY = '';
let browser, issued;
const wards = {}, sessions = new Map();

before(async () => {
    [wards.open, wards.closed, wards.signed, wards.early, browser] = await Promise.all(
        [Ward.demo('open'), Ward.demo('closed'), Ward.demo('open'), Ward.demo('drafting'), launch()]);
    await withhold();
});
after(async () => {
    await browser?.close();
    await Promise.all(Object.values(wards).map((ward) => ward.stop()));
});

async function by(stage, username) {
    const key = `${stage} ${username}`;
    if (!sessions.has(key)) sessions.set(key, username === ANYBODY ? wards[stage].anyone : await wards[stage].signIn(username));
    return sessions.get(key);
}
async function done(reply) {
    const { status, body } = await reply;
    assert.ok(status < 300, JSON.stringify(body));
    return body;
}

/** A numbered answer that was sealed afterwards; signed minutes that lost a part. */
async function withhold() {
    const desk = (await (await by(CLOSED, 'vanthu')).get('/lam-viec/van-thu')).body;
    const opinion = /cap-so\/1\/answer\?opinion=(\d{4}-\d{4})/.exec(desk)[1];
    issued = (await done((await by(CLOSED, 'vanthu')).post('/api/v1/dialogues/1/documents/answer/number', { opinion, date: '2024-07-02' }))).id;
    const sealing = { to: 'denunciation', reason: 'Là tố cáo.' };
    await done((await by(CLOSED, 'vanphong')).opinion(opinion, 'divert', sealing));

    const secretary = await by('signed', 'thuky'), chair = await by('signed', 'chutich');
    const { number } = await done(secretary.post('/api/v1/dialogues/1/opinions',
        { content: 'Tổ trưởng thu tiền không biên lai.', channel: 'slip', author: { type: 'resident' } }));
    await done(chair.dialogue(1, 'close'));
    const hand = await form(wards.signed, 'thuky'), page = '/lam-viec/bien-ban/1';
    const version = /name="if_version" value="(\d+)"/.exec((await hand.get(page)).body)[1];
    const saved = await hand.post(page, { if_version: version, text: `II. DIỄN BIẾN\nÝ kiến 1 (${number}).\nNội dung: Tổ trưởng thu tiền không biên lai.\nIII. TỔNG HỢP\nHết.` });
    assert.equal(saved.status, 303);
    for (const who of [secretary, chair]) await done(who.dialogue(1, 'sign_minutes'));
    await done(secretary.opinion(number, 'divert', sealing));
}

/** Pattern of the route: the visits, each [stage, who, path]. */
const PAGES = {
    '/': [[OPEN, ANYBODY, '/']],
    '/doi-thoai/{id}': [[OPEN, ANYBODY, '/doi-thoai/1'], [CLOSED, ANYBODY, '/doi-thoai/1']],
    '/doi-thoai/{id}/gui-y-kien': [[OPEN, ANYBODY, '/doi-thoai/1/gui-y-kien'], [CLOSED, ANYBODY, '/doi-thoai/1/gui-y-kien']],
    '/doi-thoai/{id}/y-kien': [[OPEN, ANYBODY, '/doi-thoai/1/y-kien?q=duong']],
    '/doi-thoai/{id}/van-ban/{file}': [[CLOSED, ANYBODY, '/doi-thoai/1/van-ban/plan.html'], [CLOSED, 'vanphong', '/doi-thoai/1/van-ban/synthesis.html']],
    '/y-kien/{number}': [[CLOSED, ANYBODY, '/y-kien/2024-0002']],
    '/tra-cuu': [[OPEN, ANYBODY, '/tra-cuu']],
    '/tro-giup': [[OPEN, ANYBODY, '/tro-giup']],
    '/quyen-rieng-tu': [[OPEN, ANYBODY, '/quyen-rieng-tu']],
    '/kha-nang-tiep-can': [[OPEN, ANYBODY, '/kha-nang-tiep-can']],
    '/man-hinh/{id}': [[OPEN, ANYBODY, '/man-hinh/1'], [OPEN, 'thuky', '/man-hinh/1']],
    '/hoi-truong/{id}': [[OPEN, ANYBODY, '/hoi-truong/1']],
    '/lam-viec/dang-nhap': [[OPEN, ANYBODY, '/lam-viec/dang-nhap']],
    '/lam-viec': ['chutich', 'phochutich', 'khom2', 'vanhoa', 'danguy', 'vanthu', 'baomat1', 'quantri'].map((who) => [OPEN, who, '/lam-viec']),
    '/lam-viec/y-kien/{number}': [[OPEN, 'chutich', '/lam-viec/y-kien/2024-0017'], [CLOSED, 'diachinh', '/lam-viec/y-kien/2024-0002']],
    '/lam-viec/thu-ky/{dialogue}': [[OPEN, 'thuky', '/lam-viec/thu-ky/1'], [CLOSED, 'thuky', '/lam-viec/thu-ky/1']],
    '/lam-viec/chu-tri/{dialogue}': [[OPEN, 'phochutich', '/lam-viec/chu-tri/1'], [CLOSED, 'chutich', '/lam-viec/chu-tri/1']],
    '/lam-viec/bien-ban/{dialogue}': [[CLOSED, 'thuky', '/lam-viec/bien-ban/1'], [CLOSED, 'vanphong', '/lam-viec/bien-ban/1']],
    '/lam-viec/hoi-truong/{id}': [[OPEN, 'thuky', '/lam-viec/hoi-truong/1'], [OPEN, 'chutich', '/lam-viec/hoi-truong/1']],
    '/lam-viec/dai-bieu/{dialogue}': [[OPEN, 'vanphong', '/lam-viec/dai-bieu/1'], [OPEN, 'khom2', '/lam-viec/dai-bieu/1']],
    '/lam-viec/diem-danh/{dialogue}': [[OPEN, 'vanphong', '/lam-viec/diem-danh/1']],
    '/lam-viec/chuan-bi/{dialogue}': [[OPEN, 'vanphong', '/lam-viec/chuan-bi/1']],
    '/lam-viec/bao-cao/{dialogue}': [[CLOSED, 'vanphong', '/lam-viec/bao-cao/1']],
    '/lam-viec/chuyen-mon': [OPEN, CLOSED].map((stage) => [stage, 'diachinh', '/lam-viec/chuyen-mon']),
    '/lam-viec/van-phong/moi': [[CLOSED, 'vanphong', '/lam-viec/van-phong/moi']],
    '/lam-viec/van-phong/{dialogue}': [[CLOSED, 'vanphong', '/lam-viec/van-phong/1']],
    '/lam-viec/van-phong/{dialogue}/chuong-trinh': [[CLOSED, 'vanphong', '/lam-viec/van-phong/1/chuong-trinh'], ['early', 'vanphong', '/lam-viec/van-phong/1/chuong-trinh']],
    '/lam-viec/khom': [[CLOSED, 'khom2', '/lam-viec/khom'], [OPEN, 'khom2', '/lam-viec/khom']],
    '/lam-viec/khom/{dialogue}': [[OPEN, 'khom2', '/lam-viec/khom/1'], [CLOSED, 'khom2', '/lam-viec/khom/1']],
    '/lam-viec/khom/{dialogue}/phat-bieu': [[OPEN, 'khom2', '/lam-viec/khom/1/phat-bieu'], [CLOSED, 'khom2', '/lam-viec/khom/1/phat-bieu']],
    '/lam-viec/giam-sat/da-doc': [[CLOSED, 'hdnd', '/lam-viec/giam-sat/da-doc']],
    '/lam-viec/giam-sat/{dialogue}': [[CLOSED, 'hdnd', '/lam-viec/giam-sat/1'], [CLOSED, 'hdnd', '/lam-viec/giam-sat/1?qua-han=1&state=']],
    '/lam-viec/giam-sat/{dialogue}/y-kien/{number}': [[CLOSED, 'hdnd', '/lam-viec/giam-sat/1/y-kien/2024-0003']],
    '/lam-viec/dang-uy/{dialogue}': [[CLOSED, 'danguy', '/lam-viec/dang-uy/1'], [OPEN, 'danguy', '/lam-viec/dang-uy/1']],
    '/lam-viec/van-thu': [[CLOSED, 'vanthu', '/lam-viec/van-thu']],
    '/lam-viec/van-thu/so': [[CLOSED, 'vanthu', '/lam-viec/van-thu/so'], [CLOSED, 'vanthu', '/lam-viec/van-thu/so?nam=2019']],
    '/lam-viec/van-thu/cap-so/{dialogue}/{type}': [[CLOSED, 'vanthu', '/lam-viec/van-thu/cap-so/1/conclusion']],
    '/lam-viec/van-hoa/{dialogue}': [[CLOSED, 'vanhoa', '/lam-viec/van-hoa/1'], ['early', 'vanhoa', '/lam-viec/van-hoa/1']],
    '/lam-viec/niem-phong': [[CLOSED, 'baomat1', '/lam-viec/niem-phong'], ['signed', 'baomat1', '/lam-viec/niem-phong']],
    '/lam-viec/niem-phong/bien-ban/{dialogue}': [['signed', 'baomat1', '/lam-viec/niem-phong/bien-ban/1']],
    '/lam-viec/niem-phong/{number}': [[CLOSED, 'baomat1', '/lam-viec/niem-phong/2024-0012']],
    '/lam-viec/quan-tri': [[CLOSED, 'quantri', '/lam-viec/quan-tri']],
    '/lam-viec/quan-tri/tai-khoan/moi': [[CLOSED, 'quantri', '/lam-viec/quan-tri/tai-khoan/moi']],
    '/lam-viec/quan-tri/tai-khoan/{username}': [[CLOSED, 'quantri', '/lam-viec/quan-tri/tai-khoan/khom2'], [CLOSED, 'quantri', '/lam-viec/quan-tri/tai-khoan/quantri']],
    '/lam-viec/quan-tri/khom': ['quantri', 'vanphong'].map((who) => [CLOSED, who, '/lam-viec/quan-tri/khom']),
    '/lam-viec/quan-tri/ngay-nghi': [[CLOSED, 'vanphong', '/lam-viec/quan-tri/ngay-nghi']],
    '/lam-viec/quan-tri/ngay-nghi/{year}': [[CLOSED, 'quantri', '/lam-viec/quan-tri/ngay-nghi/2030'], [CLOSED, 'vanphong', '/lam-viec/quan-tri/ngay-nghi/2024']],
    '/lam-viec/quan-tri/cai-dat': [[CLOSED, 'quantri', '/lam-viec/quan-tri/cai-dat']],
    '/lam-viec/mat-khau': [[CLOSED, 'danguy', '/lam-viec/mat-khau']],
    '/lam-viec/thu-chua-gui': [[CLOSED, 'quantri', '/lam-viec/thu-chua-gui']],
    '/lam-viec/dien-tap/{dialogue}': [[OPEN, 'vanphong', '/lam-viec/dien-tap/1'], [CLOSED, 'quantri', '/lam-viec/dien-tap/1']],
    '/lam-viec/so': [[CLOSED, 'vanphong', '/lam-viec/so']],
    '/lam-viec/so/{dialogue}': [[OPEN, 'hdnd', '/lam-viec/so/1'], [CLOSED, 'vanphong', '/lam-viec/so/1']],
};
/** every_act.test.mjs walks them by the table of actions. */
const ACTS = ['/lam-viec/y-kien/{number}/{action}', '/lam-viec/doi-thoai/{id}/{action}'];
const style = async () => /<link rel="stylesheet" href="([^"]+)"/.exec((await (await by(OPEN, ANYBODY)).get('/')).body)[1];
/** No page of its own; what comes instead: its type, or where it leads. */
const NO_PAGE = {
    '/static/{name}': [OPEN, ANYBODY, style, /text\/css/],
    '/ngon-ngu/{code}': [OPEN, ANYBODY, '/ngon-ngu/vi?ve=/', '/'],
    '/bien-nhan': [OPEN, ANYBODY, '/bien-nhan', '/tra-cuu'],
    '/doi-thoai/{id}/su-kien': null, // a stream without an end
    '/lam-viec/su-kien': null,
    '/man-hinh/{id}/canh': [OPEN, ANYBODY, '/man-hinh/1/canh', /text\/html/],
    '/lam-viec/van-thu/so/{file}': [CLOSED, 'vanthu', '/lam-viec/van-thu/so/1.pdf', /application\/pdf/],
    '/lam-viec/niem-phong/van-ban/{id}': [CLOSED, 'baomat1', async () => `/lam-viec/niem-phong/van-ban/${issued}`, /application\/pdf/],
};

/** Patterns of what can be got, from the tables in the sources, without the API. */
async function patterns() {
    const web = join(root, 'src/web');
    const folders = (await readdir(web, { withFileTypes: true })).filter((one) => one.isDirectory()).map(({ name }) => `${name}/routes.c`);
    const found = [];
    for (const file of [...folders, 'routes.c', 'static.c']) {
        const source = await readFile(join(web, file), 'utf8').catch(() => '');
        const words = Object.fromEntries([...source.matchAll(/^#define (\w+) +"([^"]*)"$/gm)].map(([, word, text]) => [word, `"${text}"`]));
        const rows = source.match(/\{HTTP_GET\b/g)?.length ?? 0;
        const read = [...source.matchAll(/\{HTTP_GET,\s*([^,]+),/g)].map(([, given]) =>
            given.trim().replace(/\b[A-Z]+\b/g, (word) => words[word] ?? word).replace(/"\s*"/g, '').replaceAll('"', ''));
        assert.equal(read.length, rows, file);
        found.push(...read);
    }
    return found.filter((pattern) => !pattern.startsWith('/api/') && !['/healthz', '/metrics'].includes(pattern));
}

test('every route that can be got has its visit, and no visit is without a route', async () => {
    const there = await patterns();
    assert.ok(there.length > 50, `${there.length}`);
    const known = [...Object.keys(PAGES), ...ACTS, ...Object.keys(NO_PAGE)];
    assert.deepEqual(there.filter((pattern) => !known.includes(pattern)), [], 'write a visit for it');
    assert.deepEqual(known.filter((pattern) => !there.includes(pattern)), [], 'no such route');
});

test('what is no page of its own answers as said', async () => {
    for (const [pattern, given] of Object.entries(NO_PAGE)) {
        if (given === null) continue;
        const [stage, who, path, wanted] = given;
        const reply = await (await by(stage, who)).get(typeof path === 'string' ? path : await path(), { accept: 'text/html' });
        if (typeof wanted === 'string') assert.equal(reply.headers.get('location'), wanted, pattern);
        else assert.match(reply.headers.get('content-type'), wanted, pattern);
    }
});

describe('every page on a phone and at a desk', () => {
    const visits = Object.values(PAGES).flat();
    const who = [...new Set(visits.map(([, name]) => name))];
    for (const name of who) test(name === ANYBODY ? 'for everybody' : `for ${name}`, () => walk(browser, wards, visits.filter(([, one]) => one === name)));
});
