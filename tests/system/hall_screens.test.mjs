// SPDX-License-Identifier: AGPL-3.0-or-later
// The walls of the hall: screens that follow the console beside screens with a scene of their own, one tap that takes
// everything off all of them, and letters that are read from the last row whatever somebody wrote.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Hall } from './api_ward.mjs';
import { launch, signIn, violations, visitor } from './browser.mjs';
import { password, rule, Ward } from './harness.mjs';
import { readable, WALLS, whole } from './wall.mjs';

const HALL = '/api/v1/dialogues/1/hall', SCREEN = '/man-hinh/1';
const WALL = { width: 1920, height: 1080 };

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

describe('several screens at the same time', () => {
    const opened = [];
    let ward, hall, number, follows, queue, question, message;
    const screen = async (query = '', options = {}) => {
        const one = await visitor(browser, ward.url, { viewport: WALL, ...options });
        opened.push(one);
        await one.page.goto(SCREEN + query);
        await one.page.evaluate(() => { window.sameDocument = true; }).catch(() => {});
        return one.page;
    };
    const act = async (action, more = {}) => {
        const { status, body } = await hall.thuky.post(HALL, { action, ...more });
        assert.equal(status, 200, JSON.stringify(body));
    };
    const shows = (page, text) => page.locator('.hall__main', { hasText: text }).waitFor();
    const neutral = (page) => shows(page, 'Kính chào quý vị');
    const QUESTION = 'Bao giờ sửa cầu Ba Mương?', WORDS = 'Xe 69B đỗ chắn cổng, mời chủ xe ra dời.';

    before(async () => {
        ward = await Ward.demo('open');
        hall = await Hall.enter(ward, ['thuky', 'chutich']);
        ({ number } = await hall.submit({ content: QUESTION }));
        await hall.done(hall.thuky, number, 'relay', { field: 'construction' });
        follows = await screen();
        queue = await screen('?canh=queue');
        question = await screen(`?canh=question&y=${number}`);
        message = await screen();
        await signIn(message, 'thuky', password); // words of one's own come onto a screen from a desk alone
        await message.goto(`${SCREEN}?canh=message&text=${encodeURIComponent(WORDS)}`);
    });
    after(async () => {
        const said = opened.flatMap(({ complaints }) => complaints);
        await Promise.all(opened.map(({ context }) => context.close()));
        await ward?.stop();
        assert.deepEqual(said, []);
    });
    test('each stays on its own scene while the others change', async () => {
        await act('scene', { scene: 'rules' });
        await shows(follows, 'Nội quy');
        await act('hand_up', { name: 'Bà Bảy Ví Dụ', khom: 'khom2' });
        await shows(queue, 'Bà Bảy Ví Dụ');
        await act('call_turn');
        await act('scene', { scene: 'speaker' });
        await follows.locator('.hall__title', { hasText: 'Bà Bảy Ví Dụ' }).waitFor();
        await queue.locator('[aria-current] [data-clock]').waitFor();
        await shows(question, QUESTION);
        await shows(message, WORDS);
        await act('scene', { scene: 'programme' });
        await shows(follows, 'Chương trình');
        await shows(queue, 'Bà Bảy Ví Dụ');
        await shows(question, QUESTION);
        for (const page of [follows, queue, question]) assert.equal(await page.evaluate(() => window.sameDocument), true);
    });

    test('one tap takes everything off every screen, whatever its address asks for', async () => {
        await act('scene', { scene: 'question', opinion: number });
        await shows(follows, QUESTION);
        await act('clear_screen');
        for (const page of [follows, queue, question, message]) {
            await neutral(page);
            const text = await page.textContent('body');
            for (const gone of [QUESTION, WORDS, 'Bà Bảy Ví Dụ']) assert.ok(!text.includes(gone), gone);
        }
    });

    test('the next scene of the console brings back queue and programme, nobody’s words', async () => {
        await act('scene', { scene: 'rules' });
        await shows(follows, 'Nội quy');
        await shows(queue, 'Bà Bảy Ví Dụ');
        for (const page of [question, message]) await neutral(page);
        await act('scene', { scene: 'question', opinion: number }); // shown to all anew: still not where it was taken off
        await shows(follows, QUESTION);
        await neutral(question);
        await question.goto(`${SCREEN}?canh=question&y=${number}`); // asked for again, by hand
        await shows(question, QUESTION);
    });

    test('a tap by mistake is undone on all of them', async () => {
        await act('clear_screen');
        for (const page of [follows, queue, question]) await neutral(page);
        await act('undo');
        for (const page of [follows, question]) await shows(page, QUESTION);
        await shows(queue, 'Bà Bảy Ví Dụ');
    });

    test('without the script the page that loads itself anew each minute brings nothing back', async () => {
        const address = `${SCREEN}?canh=question&y=${number}`, { body } = await ward.anyone.get(address);
        const [, again] = /<noscript><meta http-equiv="refresh" content="60; url=([^"]+)">/.exec(body);
        const load = async (path) => (await ward.anyone.get(path.replaceAll('&amp;', '&'))).body;
        assert.ok((await load(again)).includes(QUESTION));
        await act('clear_screen');
        const page = await load(again);
        assert.ok(!page.includes(QUESTION) && page.includes('Kính chào quý vị'));
        assert.equal(/url=([^"]+)">/.exec(page)[1], again, 'and goes on with the same address');
        assert.ok((await load(address)).includes(QUESTION), 'its address opened anew shows it');
        assert.match((await ward.anyone.get(SCREEN)).body, /content="60">/);
    });

    test('the register holds it all', async () => {
        const { status, stdout, stderr } = await ward.run('verify');
        assert.equal(status, 0, stdout + stderr);
    });
});

/** Words as somebody would write them, that many letters in all; LARGE and without a space as well. */
const SENTENCE = 'Tuyến đường hẻm 7 trước nhà văn hóa khóm xuống cấp nghiêm trọng, mỗi khi mưa lớn nước ngập gần nửa mét khiến học sinh và người già đi lại rất khó khăn. ';
const words = (letters) => (SENTENCE.repeat(Math.ceil(letters / SENTENCE.length)).slice(0, letters - 1) + '?').replace(/ \?$/, 'a?');
const TEXTS = [['short', 'Bao giờ sửa cầu Ba Mương?'], ...[300, 1000, 5000].map((n) => [`${n} letters`, words(n)]),
    ['1,000 large letters', words(1000).toUpperCase()], ['300 letters without a space', words(360).replace(/[^\p{L}]/gu, '').slice(0, 300)]];

describe('every scene, whatever somebody wrote', () => {
    let ward, hall, page, context, complaints;
    const act = async (action, more = {}) => {
        const { status, body } = await hall.thuky.post(HALL, { action, ...more });
        assert.equal(status, 200, JSON.stringify(body));
    };
    const sql = (text) => execFileSync('sqlite3', [`${ward.data}/doithoai.db`, text]);
    /** The shared scene at each projector; its texts whole or with where the rest is. */
    const seen = async (what, text, where) => {
        let all = true;
        for (const size of WALLS) {
            await page.setViewportSize(size);
            await page.goto(SCREEN);
            if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${what.replace(/\W+/g, '-')}-${size.width}.png` });
            await readable(page, what);
            if (text) all = await whole(page, text, where) && all;
        }
        return all;
    };

    before(async () => {
        ward = await Ward.demo('open');
        hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong']);
        ({ context, page, complaints } = await visitor(browser, ward.url, { viewport: WALL }));
    });
    after(async () => {
        await context?.close();
        await ward?.stop();
        assert.deepEqual(complaints, []);
    });

    for (const [name, text] of TEXTS)
        test(`question, answer, message and break: ${name}`, async () => {
            const { number } = await hall.submit({ content: text });
            await hall.done(hall.thuky, number, 'relay', { field: 'construction' });
            const where = new RegExp(`Toàn văn: \\S+/y-kien/${number}`), usual = text.length <= 300;
            await act('scene', { scene: 'question', opinion: number });
            assert.ok(await seen(`question, ${name}`, text, where) || !usual, 'the usual lengths are shown whole');
            await hall.done(hall.chutich, number, 'answer', { mode: 'spoken', kind: 'answer', text });
            await act('scene', { scene: 'answer', opinion: number });
            assert.ok(await seen(`answer, ${name}`, text, where) || !usual);
            for (const scene of ['message', 'break']) {
                await act('scene', { scene, text });
                assert.ok(await seen(`${scene}, ${name}`, text, /Thư ký đọc toàn văn/) || !usual);
            }
        });

    test('an answer owed by a body with a long name', async () => {
        const { number } = await hall.submit({ content: 'Ai sửa cầu?' }), body = words(190);
        await hall.done(hall.thuky, number, 'relay', { field: 'democracy' });
        await hall.done(hall.chutich, number, 'assign', { to: body, due: '2024-07-10' });
        await act('scene', { scene: 'answer', opinion: number });
        await seen('answer owed', body);
    });

    test('speaker and queue with long names, a full queue, nobody; figures, rules and the welcome', async () => {
        for (const scene of ['welcome', 'programme', 'speaker', 'queue', 'figures', 'rules']) {
            await act('scene', { scene });
            await seen(`${scene}, as it begins`);
        }
        for (const [i, name] of ['Bà Bảy Ví Dụ', words(190), words(120).toUpperCase(), 'Ông Sáu', 'Trần Văn Hai', 'Lê Thị Ba', 'Võ Bốn', 'Năm', 'Bảy'].entries())
            await act('hand_up', { name, khom: `khom${i % 5 + 1}` });
        for (const called of [0, 1, 2, 3]) {
            await act('call_turn');
            const { body } = await hall.anyone.get(HALL);
            for (const scene of ['speaker', 'queue', 'figures']) {
                await act('scene', { scene });
                await seen(`${scene} ${called}`);
                if (scene === 'speaker') assert.ok((await page.locator('.hall__title').innerText()).startsWith(body.speaker.name.slice(0, 60)));
            }
        }
    });

    test('R63: why a business waits where it does is read whole in the queue, the longest reason there is too', async () => {
        const { queue } = (await hall.anyone.get(HALL)).body;
        for (const { turn } of queue) await act('hand_down', { turn });
        for (const n of [1, 2, 3, 4, 5]) await act('hand_up', { name: `Công ty Ví Dụ ${n}`, author_type: 'business', topic: 'security' });
        await act('order', { topic: 'security' });
        await act('scene', { scene: 'queue' });
        await seen('queue of businesses');
        const reasons = await page.locator('.hall__why').allInnerTexts();
        assert.ok(reasons.length >= 3, `${reasons.length} rows`);
        assert.match(reasons[0], /^cùng nội dung đang bàn, lần đầu phát biểu, đến lượt doanh nghiệp$/);
        assert.deepEqual(reasons.filter((text) => text.includes('…')), []);
        await act('order', { topic: 'none' });
    });

    test('title, ward and place as long as they may be, and a programme of long titles', async () => {
        sql(`UPDATE dialogue SET title = '${words(500)}', place = '${words(190)}'`);
        for (const scene of ['question', 'speaker', 'queue', 'figures', 'rules', 'programme', 'welcome']) {
            const [first] = (await hall.anyone.get('/api/v1/dialogues/1/opinions?limit=1')).body.items;
            await act('scene', { scene, ...(scene === 'question' ? { opinion: first.number } : {}) });
            await seen(`${scene}, long head`);
        }
        sql(`UPDATE agenda_item SET title = '${words(240)}' WHERE step > 1`);
        await act('scene', { scene: 'programme' });
        for (const step of [1, 3, 5]) {
            await act('step', { step });
            await seen(`programme at ${step}`);
            assert.equal((await page.locator('[aria-current=step] span').first().innerText()).trim(), String(step), 'the one that runs is there');
        }
    });
});

describe('the share of the floor', () => {
    const WARNING = 'Cơ quan đã nói quá phần thời gian dự kiến', CONSOLE = '/lam-viec/hoi-truong/1';
    const people = [];
    let ward, hall;
    const enter = async (path, username, viewport = WALL) => {
        const one = await visitor(browser, ward.url, { viewport });
        people.push(one);
        if (username) await signIn(one.page, username, password);
        await one.page.goto(path);
        return one.page;
    };
    const at = async (instant) => {
        await ward.quit();
        ward.clock = ['--now', instant];
        await ward.start();
        hall = await Hall.enter(ward, ['thuky', 'chutich']);
    };
    const act = async (action, more = {}) => {
        const { status, body } = await hall.thuky.post(HALL, { action, ...more });
        assert.equal(status, 200, JSON.stringify(body));
    };
    const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    const sides = (page) => page.locator('[data-share]').evaluate((share) => ({
        times: [...share.querySelectorAll('[data-seconds]')].map((e) => e.textContent),
        percents: [...share.querySelectorAll('[data-percent]')].map((e) => Number(e.textContent)),
        bars: [...share.querySelectorAll('rect')].slice(-2).map((e) => Number(e.getAttribute('width'))),
        patterns: [...share.querySelectorAll('rect')].slice(-2).map((e) => e.getAttribute('fill')),
        words: share.innerText,
    }));
    /** Waits until that side's time on the page, as it stands, is a later one. */
    const counts = (page, side) => page.evaluate((i) => new Promise((resolve) => {
        const time = () => document.querySelectorAll('[data-share] [data-seconds]')[i].textContent, was = time();
        const look = () => (time() !== was ? resolve() : requestAnimationFrame(look));
        look();
    }), side);

    before(async () => {
        ward = await Ward.demo('open');
        await at('2024-06-20T09:00:00+07:00');
        await act('hand_up', { name: 'Bà Bảy Ví Dụ', khom: 'khom2' });
        await act('call_turn');
        await at('2024-06-20T09:06:00+07:00'); // six minutes of the people's, then ten of the authority's
        await act('speak', { side: 'authority', to: 'diachinh' });
        await at('2024-06-20T09:16:00+07:00');
    });
    after(async () => {
        await Promise.all(people.map(({ context }) => context.close()));
        await ward?.stop();
        assert.deepEqual(people.flatMap(({ complaints }) => complaints), []);
    });

    test('R62, R63: a bar with times and percents, in words and hatched too; it counts on by itself', async () => {
        rule(62, 63);
        for (const scene of ['figures', 'speaker', 'queue']) {
            const page = await enter(`${SCREEN}?canh=${scene}`), first = await sides(page);
            await page.evaluate(() => { window.sameDocument = true; });
            assert.match(first.words, /Nhân dân, doanh nghiệp\s+(5:5\d|6:\d\d) · 3\d%\s+Cơ quan\s+(9:5\d|10:\d\d) · 6\d%/);
            assert.deepEqual(first.percents, first.bars);
            assert.equal(first.percents[0] + first.percents[1], 100);
            assert.deepEqual(first.patterns, [null, 'url(#gach)']);
            await counts(page, 1);
            const later = await sides(page);
            assert.equal(later.times[0], first.times[0], 'the people’s time stands while an officer speaks');
            assert.ok(seconds(later.times[1]) > seconds(first.times[1]));
            assert.equal(await page.evaluate(() => window.sameDocument), true);
            for (const size of WALLS) {
                await page.setViewportSize(size);
                if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/share-${scene}-${size.width}.png` });
                await readable(page, `share, ${scene}`);
            }
            assert.deepEqual(await violations(page), []);
        }
    });

    test('R62, R63: one-way time over its budget is told to the chair alone, on console and desk, and goes by itself', async () => {
        rule(62, 63);
        const console = await enter(CONSOLE, 'chutich'), desk = await enter('/lam-viec/chu-tri/1', 'chutich'), deputy = await enter(CONSOLE, 'phochutich');
        for (const page of [console, desk, deputy]) {
            await page.locator('.notice--warn', { hasText: WARNING }).waitFor();
            assert.deepEqual(await violations(page), []);
        }
        if (process.env.LOOK) for (const [name, page] of Object.entries({ console, desk })) await page.screenshot({ path: `${process.env.LOOK}/over-${name}.png` });
        const { code } = (await hall.thuky.get(HALL)).body;
        const phone = await enter('/hoi-truong/1', null, { width: 360, height: 740 });
        await phone.fill('#code', code);
        await phone.getByRole('button', { name: 'Tham gia' }).click();
        await phone.locator('.hall-card').waitFor();
        const others = [phone, await enter(CONSOLE, 'thuky'), await enter('/lam-viec/thu-ky/1', 'thuky'), await enter(CONSOLE, 'vanphong'),
            await enter(`${SCREEN}?canh=figures`), await enter(`${SCREEN}?canh=speaker`), await enter(SCREEN)];
        for (const page of others) assert.ok(!(await page.content()).includes(WARNING), page.url());
        assert.equal((await others[1].request.get('/lam-viec/chu-tri/1')).status(), 403);
        await act('limits', { percent: 90 });
        for (const page of [console, desk]) await page.locator('.notice--warn', { hasText: WARNING }).waitFor({ state: 'detached' });
        await act('limits', { percent: 20 }); // and comes back without a reload
        for (const page of [console, desk]) await page.locator('.notice--warn', { hasText: WARNING }).waitFor();
    });
});
