// SPDX-License-Identifier: AGPL-3.0-or-later
// The secretary's console is one screen for written questions too: the oldest that wait, each relayed by a button, the
// first by a key; the note being typed, the other fields and the first screen stay as they are.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { DESK, launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { browser as form } from './form_browser.mjs';
import { password, rule, Ward } from './harness.mjs';

const CONSOLE = '/lam-viec/hoi-truong/1';
const LONG = `${'Đường hẻm 9 ngập mỗi khi mưa lớn, học sinh đi học phải lội nước. '.repeat(12)}Xin phường cho biết bao giờ sửa.`;
const state = async (hall, number) => (await hall.thuky.get(`/api/v1/opinions/${number}`)).body.state;
const waiting = async (hall) => (await hall.thuky.get('/api/v1/dialogues/1/opinions?state=received&limit=200')).body.items.map(({ number }) => number);
/** Nothing waits any more. */
async function clear(hall) {
    for (const number of await waiting(hall)) await hall.done(hall.thuky, number, 'relay');
}
/** As many questions, the oldest first. */
async function ask(hall, ...contents) {
    const numbers = [];
    for (const content of contents) numbers.push((await hall.submit({ content, author: { type: 'resident', name: 'Nguyễn Thị Thử', khom: 'khom2' } })).number);
    return numbers;
}

for (const engine of await engines())
    describe(`what waits on the console, on ${engine.name}, without the script`, () => {
        let ward, hall;
        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward, ['thuky', 'chutich', 'diachinh']);
            await clear(hall);
        });
        after(() => ward?.stop());

        test('R75: relayed by a plain form and back at the console; by somebody else meanwhile, it says so; the chair has no such list', async () => {
            rule(75);
            const secretary = await form(ward, 'thuky');
            const numbers = await ask(hall, 'Chợ thiếu nước.', LONG, 'Thiếu đèn.', 'Rác chậm gom.', 'Cống hở.');
            const page = async (who = secretary) => (await who.get(CONSOLE)).body;
            const shown = (html) => [...html.matchAll(/id="cho-(\d{4}-\d{4})"/g)].map(([, number]) => number);
            const first = await page();
            assert.match(first, /Chờ chuyển \(5\)/);
            assert.deepEqual(shown(first), numbers.slice(0, 3));
            assert.match(first, /href="\/lam-viec\/thu-ky\/1">còn 2 ý kiến nữa<\/a>/);
            assert.ok(!first.includes('Xin phường cho biết bao giờ sửa.'), 'a long one behind the first is shown in short');
            const relayed = await secretary.post(`${CONSOLE}/chuyen/${numbers[0]}`, {}, CONSOLE);
            assert.deepEqual([relayed.status, relayed.headers.get('location')], [303, CONSOLE]);
            assert.equal(await state(hall, numbers[0]), 'relayed');
            const next = await page();
            assert.match(next, /Đã ghi nhận: Chuyển/);
            assert.deepEqual(shown(next), numbers.slice(1, 4));
            assert.ok(next.includes('Xin phường cho biết bao giờ sửa.'), 'the first one can be read to its end');

            await hall.done(hall.thuky, numbers[1], 'relay');
            const late = await secretary.post(`${CONSOLE}/chuyen/${numbers[1]}`, {}, CONSOLE);
            assert.equal(late.status, 409);
            assert.match(late.body, new RegExp(`Ý kiến ${numbers[1]} vừa được người khác chuyển`));
            assert.deepEqual(shown(late.body), numbers.slice(2));
            for (const who of ['chutich', 'diachinh']) {
                const other = await form(ward, who);
                assert.doesNotMatch(await page(other), /Chờ chuyển|Thiếu đèn/, who);
                assert.equal((await other.get(`${CONSOLE}?cho=1`)).status, 403);
                const reply = await other.post(`${CONSOLE}/chuyen/${numbers[2]}`, {}, '/lam-viec/mat-khau');
                assert.ok([403, 404].includes(reply.status), `${who}: ${reply.status}`);
            }
            assert.equal(await state(hall, numbers[2]), 'received');
            await clear(hall);
            assert.match(await page(), /Chờ chuyển \(0\)[^]*Không có ý kiến nào chờ chuyển/);
        });
    });

describe('what waits on the console, with the script', () => {
    let ward, hall, browser, page, context, complaints;
    before(async () => {
        [ward, browser] = await Promise.all([Ward.demo('open'), launch()]);
        hall = await Hall.enter(ward, ['thuky', 'chutich']);
        await clear(hall);
        ({ page, context, complaints } = await visitor(browser, ward.url, { viewport: DESK }));
        page.setDefaultTimeout(10_000);
        await signIn(page, 'thuky', password);
    });
    after(async () => {
        await context?.close();
        await browser?.close();
        await ward?.stop();
    });
    const open = async () => {
        const listening = page.waitForResponse((r) => r.url().includes('/events'));
        await page.goto(CONSOLE);
        await listening;
        await page.evaluate(() => { window.sameDocument = true; });
    };
    const heading = (n) => page.locator('#cho-h', { hasText: `Chờ chuyển (${n})` }).waitFor();
    const said = (words) => page.locator('#thong-bao', { hasText: words }).waitFor();

    test('R75: a question appears while a note is being written; relayed by a key, the next stands first; nothing is loaded anew', async () => {
        rule(75);
        await open();
        await heading(0);
        await page.locator('#up-name').fill('Bà Năm');
        await page.locator('#ghi-text').pressSequentially('Chủ tịch nói');
        const [first, second, third] = await ask(hall, 'Chợ thiếu nước.', 'Thiếu đèn đường.', 'Rác chậm gom.');
        await heading(3);
        await said('Chờ chuyển (3)');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'ghi-text');
        await page.keyboard.type(' jj'); // a letter in a field is a letter
        assert.equal(await page.locator('#ghi-text').inputValue(), 'Chủ tịch nói jj');
        assert.equal(await state(hall, first), 'received');
        assert.match(await page.locator(`#cho-${first}`).innerText(), /Khóm 2/);

        await page.keyboard.press('Escape');
        await page.keyboard.press('j');
        await said(`Đã chuyển ý kiến ${first}`);
        await heading(2);
        assert.equal(await state(hall, first), 'relayed');
        assert.equal(await page.locator('.waiting__row').first().getAttribute('id'), `cho-${second}`);
        assert.equal(await page.locator('.waiting__row').first().locator('kbd').textContent(), 'j');
        assert.equal(await page.locator('#ghi-text').inputValue(), 'Chủ tịch nói jj');
        assert.equal(await page.locator('#up-name').inputValue(), 'Bà Năm');

        await page.locator(`#chuyen-${second}`).focus(); // by Tab and Enter: the focus goes to the next one, then to the heading
        await page.keyboard.press('Enter');
        await page.locator(`#chuyen-${third}:focus`).waitFor();
        await page.keyboard.press('Enter');
        await page.locator('#cho-h:focus', { hasText: '(0)' }).waitFor();
        assert.ok(await page.evaluate(() => window.sameDocument), 'never loaded anew');
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(complaints, []);
    });

    test('R75: relayed by somebody else a moment before: said clearly, nothing typed is lost, and the suggestion leads here', async () => {
        rule(75);
        await open();
        const [first, second] = await ask(hall, 'Cống hở.', 'Xin ghế đá.');
        await heading(2);
        await page.locator('#ghi-text').fill('Đang ghi dở');
        await page.locator('#ghi-text').press('Escape');
        await page.route(`**/chuyen/${first}`, async (route) => {
            await hall.done(hall.thuky, first, 'relay');
            await route.continue();
        }, { times: 1 });
        await page.keyboard.press('j');
        await page.locator('#cho-noi', { hasText: `Ý kiến ${first} vừa được người khác chuyển` }).waitFor();
        await heading(1);
        assert.equal(await page.locator('.waiting__row').first().getAttribute('id'), `cho-${second}`);
        assert.equal(await page.locator('#ghi-text').inputValue(), 'Đang ghi dở');
        assert.ok(await page.evaluate(() => window.sameDocument), 'never loaded anew');
        assert.deepEqual(await violations(page), []);
        await clear(hall);
    });

    test('one screen with none, one and twelve waiting: note, notes and queue stay on it, at a desk; on a phone nothing sticks out', async () => {
        for (const name of ['Nguyễn Thị Một', 'Trần Văn Hai']) await hall.thuky.post('/api/v1/dialogues/1/hall', { action: 'hand_up', name, khom: 'khom1' });
        await page.setViewportSize(DESK);
        await page.goto(CONSOLE);
        await page.locator('#ghi-text').fill('Chủ trì kết luận việc thứ nhất.');
        await Promise.all([page.waitForNavigation(), page.locator('#ghi-text').press('Control+Enter')]);
        for (const [count, more] of [[0, []], [1, [LONG]], [12, Array.from({ length: 11 }, (_, i) => (i % 2 ? LONG : `Câu hỏi ngắn số ${i}.`))]]) {
            if (more.length) await ask(hall, ...more);
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                for (const size of [DESK, PHONE]) {
                    await page.setViewportSize(size);
                    await page.goto(CONSOLE);
                    await heading(count);
                    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/waiting-${count}-${scheme}-${size.width}.png`, fullPage: size === PHONE });
                    assert.equal(await overflows(page), false, `${count} at ${size.width}`);
                    if (size === PHONE) continue;
                    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight + 1), false);
                    for (const part of ['#ghi-text', '#ghi-form button', '#cho-h', '.notes li', '#q-h', '.console-side .queue li']) {
                        const box = await page.locator(part).first().boundingBox();
                        assert.ok(box.y + Math.min(box.height, 60) <= size.height, `${part} with ${count} waiting: ${box.y}`);
                    }
                }
                assert.deepEqual(await violations(page), [], `${count} ${scheme}`);
            }
        }
        assert.deepEqual(complaints.filter((line) => !/status of 409/.test(line)), []);
    });
});
