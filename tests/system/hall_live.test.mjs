// SPDX-License-Identifier: AGPL-3.0-or-later
// A morning in the hall as it is seen: chair, secretary, a screen and three phones open at once, none of them reloaded
// by hand. Then the same by plain forms, and with the server killed while somebody speaks. Waits only for what is shown.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { Client, password, rule, Ward } from './harness.mjs';
import { readable } from './wall.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets';
const CONSOLE = '/lam-viec/hoi-truong/1', JOIN = '/hoi-truong/1', SCREEN = '/man-hinh/1';
const WALL = { width: 1920, height: 1080 };
const SCENES = ['welcome', 'programme', 'speaker', 'question', 'answer', 'queue', 'figures', 'break', 'rules', 'message'];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const seconds = (text) => text.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const clockOf = (page) => page.locator('[data-clock]').first();
const clock = async (page) => seconds(await clockOf(page).textContent());

/** Waits until the clock, on the page as it stands, shows less (a turn) or more (the authority's, without limit). */
async function runs(page, way = -1) {
    const was = await clock(page);
    await page.evaluate(([first, sign]) => new Promise((resolve) => {
        const look = () => {
            const [m, s] = document.querySelector('[data-clock]').textContent.trim().split(':').map(Number);
            if ((m * 60 + s - first) * sign > 0) resolve();
            else requestAnimationFrame(look);
        };
        look();
    }), [was, way]);
}

async function join(page, code, name, khom) {
    await page.goto(JOIN);
    await page.fill('#code', code);
    await page.fill('#name', name);
    if (khom) await page.selectOption('[name=khom]', { label: khom });
    await page.getByRole('button', { name: 'Tham gia' }).click();
    await page.getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor();
}

async function raise(page) {
    await page.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
    await page.locator('[data-my-place]').waitFor();
}

/** One letter on the console, outside its fields; waits until the answer of its form is there. */
async function key(page, letter) {
    await page.locator(`[data-key="${letter}"]`).first().waitFor();
    const answered = page.waitForResponse((r) => r.request().method() === 'GET' && r.url().endsWith(CONSOLE));
    await page.keyboard.press(letter);
    await answered;
    await page.waitForLoadState();
}

/** Visitors that stay open through a describe; at its end none of them may have complained. */
class People {
    #all = [];
    async open(ward, options) {
        const one = await visitor(browser, ward.url, options);
        this.#all.push(one);
        return one.page;
    }
    async leave() {
        const said = this.#all.flatMap(({ complaints }) => complaints);
        await Promise.all(this.#all.map(({ context }) => context.close()));
        assert.deepEqual(said.filter((line) => !/status of 4\d\d/.test(line)), []);
    }
}

describe('everybody at once', () => {
    const people = new People();
    let ward, api, chair, secretary, screen, phones, code, asked;
    const hall = async () => (await ward.anyone.get(HALL)).body;
    const verified = async () => {
        const { status, stdout, stderr } = await ward.run('verify');
        assert.equal(status, 0, stdout + stderr);
    };

    before(async () => {
        ward = await Ward.demo('open');
        api = { chair: await ward.signIn('chutich'), secretary: await ward.signIn('thuky') };
        chair = await people.open(ward, { viewport: DESK });
        secretary = await people.open(ward, { viewport: DESK });
        screen = await people.open(ward, { viewport: WALL });
        phones = await Promise.all([1, 2, 3].map(() => people.open(ward, { viewport: PHONE })));
        await signIn(chair, 'chutich', password);
        await signIn(secretary, 'thuky', password);
        await chair.goto(CONSOLE);
        await secretary.goto(CONSOLE);
        await screen.goto(SCREEN);
        code = (await chair.locator('strong').filter({ hasText: /^[A-Z0-9]{6}$/ }).first().textContent()).trim();
    });
    after(async () => {
        try {
            await people.leave();
        } finally {
            await ward?.stop();
        }
    });

    test('R74: a phone joins by the code on the console; a wrong code is told and takes nothing that was typed', async () => {
        rule(74);
        const [phone] = phones;
        await phone.goto(JOIN);
        assert.deepEqual(await violations(phone), []);
        await phone.fill('#code', 'SAI');
        await phone.fill('#name', 'Nguyễn Thị Một');
        await phone.selectOption('[name=khom]', { label: 'Khóm 1' });
        await phone.getByRole('button', { name: 'Tham gia' }).click();
        await phone.locator('.error-summary', { hasText: 'Mã không đúng' }).waitFor();
        assert.equal(await phone.inputValue('#code'), 'SAI');
        assert.equal(await phone.inputValue('#name'), 'Nguyễn Thị Một');
        assert.equal(await phone.locator('[name=khom] option:checked').textContent(), 'Khóm 1');
        await join(phone, code, 'Nguyễn Thị Một', 'Khóm 1');
        await join(phones[1], code, 'Trần Văn Hai', 'Khóm 1');
        await join(phones[2], code, 'Lê Thị Ba', 'Khóm 2');
        for (const page of phones) {
            assert.deepEqual(await violations(page), []);
            assert.equal(await overflows(page), false);
        }
    });

    test('R63: hands of two khóm in a fair order, its reasons on phone and console alike', async () => {
        rule(63);
        for (const phone of phones) await raise(phone);
        await secretary.getByRole('button', { name: 'Hiện các tên đã đọc (3)' }).waitFor();
        await key(secretary, 'y');
        const list = (page, box) => page.locator(`${box} li strong`);
        for (const [page, box] of [[chair, '.console-side .queue'], [secretary, '.console-side .queue'], [phones[0], '.hall-queue']]) {
            for (const name of ['Nguyễn Thị Một', 'Lê Thị Ba', 'Trần Văn Hai']) await list(page, box).filter({ hasText: name }).waitFor();
            assert.deepEqual(await list(page, box).allTextContents(), ['Nguyễn Thị Một', 'Lê Thị Ba', 'Trần Văn Hai']);
            const reasons = page.locator(`${box} li`, { hasText: 'Lê Thị Ba' });
            assert.match(await reasons.textContent(), /lần đầu phát biểu, đến lượt Khóm 2/);
            assert.equal(await reasons.locator('.muted').evaluate((e) => { // seen whole, not cut off
                const box = e.closest('.queue__text') ?? e;
                return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
            }), true);
        }
        await phones[1].locator('[data-my-place]', { hasText: '3' }).waitFor();
    });

    test('R60, R62: the chair calls by one key; the clock runs on screen and phones without a reload; ended by a key', async () => {
        rule(60, 62);
        await api.secretary.post(HALL, { action: 'scene', scene: 'speaker' });
        await key(chair, 'n');
        await screen.locator('.hall__title', { hasText: 'Nguyễn Thị Một' }).waitFor();
        for (const page of [screen, chair, ...phones]) {
            await page.locator('[data-clock][data-running]').waitFor();
            await runs(page);
        }
        await phones[0].getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor(); // called: no longer waits
        await phones[1].locator('[data-my-place]', { hasText: '2' }).waitFor();
        await key(chair, 'p');
        await phones[1].locator('.hall-card .tag', { hasText: 'tạm dừng' }).waitFor();
        await key(chair, 'p');
        await key(chair, 'm');
        assert.ok(await clock(chair) > 180, 'one minute more than the three of a turn');
        await key(chair, 'e');
        await screen.locator('.hall__title', { hasText: 'Mời người tiếp theo' }).waitFor();
    });

    test('R63: somebody called by mistake goes back to their place by one key', async () => {
        rule(63);
        const before = (await hall()).queue.map(({ name }) => name);
        await key(chair, 'n');
        await screen.locator('.hall__title', { hasText: before[0] }).waitFor();
        await key(chair, 'u');
        await screen.locator('.hall__title', { hasText: before[0] }).waitFor({ state: 'detached' });
        assert.deepEqual((await hall()).queue.map(({ name }) => name), before);
        await phones[2].locator('[data-my-place]', { hasText: '1' }).waitFor();
    });

    test('R75: a question from a phone gets a receipt, and no screen before the secretary relays it', async () => {
        rule(75);
        const [phone] = phones;
        await phone.fill('#content', 'Bao giờ sửa mặt đường hẻm 7?');
        await phone.getByRole('button', { name: 'Gửi', exact: true }).click();
        await phone.waitForURL('**/bien-nhan**');
        [asked] = /\d{4}-\d{4}/.exec(await phone.locator('main').textContent());
        const early = await api.chair.post(HALL, { action: 'scene', scene: 'question', opinion: asked });
        assert.equal(early.status, 409);
        await screen.goto(`${SCREEN}?canh=question&y=${asked}`); // nor by asking for it by hand
        assert.equal(await screen.getByText('hẻm 7').count(), 0);
        await screen.goto(SCREEN);
        await phone.getByRole('link', { name: 'Trở lại hội trường' }).click();
        assert.equal(await phone.inputValue('#content'), '', 'sent: the box is free for the next one');
        await phone.locator('.queue li', { hasText: asked }).waitFor();

        await secretary.goto('/lam-viec/thu-ky/1');
        await secretary.locator(`#cho-${asked} button`).click();
        await secretary.waitForSelector(`#cho-${asked}`, { state: 'detached' });
        await secretary.goto(CONSOLE);
        await secretary.selectOption('#scene', 'question');
        await secretary.selectOption('#opinion', asked);
        await secretary.getByRole('button', { name: 'Đưa lên màn hình' }).click();
        await screen.locator('.hall__text', { hasText: 'Bao giờ sửa mặt đường hẻm 7?' }).waitFor();
        assert.deepEqual(await violations(screen), []);
    });

    test('R75: another phone supports it once', async () => {
        rule(75);
        const support = () => phones[1].locator(`form[action$="/ung-ho/${asked}"] button`);
        const item = (phone) => phone.locator('[data-live-item]', { hasText: asked });
        await support().click(); // it came by itself when it was relayed
        for (const phone of [phones[1], phones[2]]) await item(phone).getByText('1 người cùng quan tâm').waitFor();
        await support().click();
        await phones[1].locator('.error-summary').waitFor();
        const { body } = await api.secretary.get(`/api/v1/opinions/${asked}`);
        assert.equal(body.support, 1);
    });

    test('one key takes everything off the screen, and it is not blank', async () => {
        await key(chair, 'x');
        await screen.locator('.hall__title', { hasText: 'Kính chào quý vị' }).waitFor();
        assert.equal(await screen.getByText('hẻm 7').count(), 0);
        await screen.locator('.hall__qr path').waitFor();
    });

    test('R74: what the secretary notes is kept, and struck with a trace', async () => {
        rule(74);
        await key(chair, 'n');
        await secretary.goto(CONSOLE);
        await secretary.keyboard.press('g');
        await secretary.keyboard.type('Người dân nêu việc rác tồn ở chợ.');
        await secretary.keyboard.press('Control+Enter');
        const note = secretary.locator('.notes li', { hasText: 'rác tồn ở chợ' });
        await note.waitFor();
        assert.match(await note.textContent(), /Lê Thị Ba/, 'whoever spoke then');
        assert.equal(await secretary.inputValue('#ghi-text'), '', 'kept: the box is free');
        await note.getByRole('button', { name: 'Gạch bỏ' }).click();
        await secretary.locator('del', { hasText: 'rác tồn ở chợ' }).waitFor();
        await key(chair, 'e');
    });

    test('R83: the author goes on after the answer, from the phone', async () => {
        rule(83, 64);
        const act = async (action, more) => {
            const reply = await api.chair.opinion(asked, action, more);
            assert.equal(reply.status, 200, JSON.stringify(reply.body));
        };
        await act('call');
        await act('answer', { kind: 'answer', mode: 'spoken', text: 'Phường sửa trong tháng 7.' });
        const [phone] = phones;
        const mine = phone.locator('.queue li', { hasText: asked }).first();
        await mine.locator('blockquote', { hasText: 'tháng 7' }).waitFor();
        await mine.locator('textarea').fill('Xin cho biết ngày khởi công.');
        await mine.getByRole('button', { name: 'Trao đổi tiếp' }).click();
        await phone.locator('.queue li', { hasText: asked }).getByRole('button', { name: 'Trao đổi tiếp' })
            .waitFor({ state: 'detached' });
        const { body } = await api.secretary.get(`/api/v1/opinions/${asked}`);
        assert.match(JSON.stringify(body), /Xin cho biết ngày khởi công\./);
    });

    test('R63: when the list is closed a hand is refused with the words why, and opens again', async () => {
        rule(63);
        await chair.getByRole('button', { name: 'Đóng danh sách' }).click();
        await phones[0].locator('.hall-card', { hasText: 'danh sách đã đóng' }).waitFor();
        await phones[0].getByRole('button', { name: 'Đăng ký phát biểu' }).click();
        await phones[0].locator('.error-summary').waitFor();
        await chair.getByRole('button', { name: 'Mở danh sách' }).click();
        await chair.getByRole('button', { name: 'Đóng danh sách' }).waitFor();
        await raise(phones[0]);
    });

    test('R62, R63: people, authority and nobody add up to the time that has gone', async () => {
        rule(62, 63);
        await key(chair, 'a'); // the authority begins, without the queue
        await runs(chair, 1);
        const { share } = await hall();
        assert.ok(share.authority_ms > 0 && share.people_ms > 0);
        assert.equal(share.people_ms + share.authority_ms + share.none_ms, share.elapsed_ms);
        await key(chair, 'e');
    });

    test('at every scene: nothing sticks out, no letter is too small, no barrier', async () => {
        const own = await people.open(ward, { viewport: WALL });
        for (const scene of SCENES) {
            const about = ['question', 'answer'].includes(scene) ? { opinion: asked } : {};
            const text = ['message', 'break'].includes(scene) ? { text: 'Nghỉ mười lăm phút, mời bà con dùng nước ở hiên.' } : {};
            const { status, body } = await api.secretary.post(HALL, { action: 'scene', scene, ...about, ...text });
            assert.equal(status, 200, JSON.stringify(body));
            for (const light of ['', '?nen=sang']) {
                await own.goto(SCREEN + light);
                assert.deepEqual(await violations(own), [], scene + light);
                await readable(own, scene + light); // longer texts and other projectors: hall_screens.test.mjs
            }
        }
        await own.goto(`${SCREEN}?canh=speaker`);
        for (const page of [chair, secretary]) {
            await page.goto(CONSOLE);
            assert.deepEqual(await violations(page), []);
            assert.equal(await overflows(page), false);
        }
    });

    test('the register holds it all', verified);
});

test('R74, R75: without the script a phone joins, asks and raises a hand', async () => {
    rule(74, 75);
    const ward = await Ward.demo('open');
    const people = new People();
    try {
        const secretary = await ward.signIn('thuky');
        const { code } = (await secretary.get(HALL)).body;
        const phone = await people.open(ward, { viewport: PHONE, javaScriptEnabled: false });
        await join(phone, code.toLowerCase(), 'Phạm Văn Bốn', 'Khóm 2');
        await raise(phone);
        assert.equal((await phone.locator('[data-my-place]').textContent()).trim(), '1');
        await phone.fill('#content', 'Hỏi về lịch tiêm chủng.');
        await phone.getByRole('button', { name: 'Gửi', exact: true }).click();
        await phone.waitForURL('**/bien-nhan**');
        await phone.goto(JOIN);
        await phone.getByRole('button', { name: 'Thôi đăng ký' }).click();
        await phone.getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor();
        assert.deepEqual((await secretary.get(HALL)).body.queue, []);
    } finally {
        await people.leave();
        await ward.stop();
    }
});

for (const engine of await engines()) test(`R62, R74: killed in the middle of a speech on ${engine.name}; screen, phone and console come back by themselves with clock, queue and notes`, async () => {
    rule(62, 74);
    const ward = await engine.demo('open');
    // Their refused attempts to come back are meant, so nobody listens to what they complain of.
    const [context, hand, desk] = await Promise.all([WALL, PHONE, DESK].map((viewport) => browser.newContext({ viewport, baseURL: ward.url })));
    try {
        const [chair, secretary] = [await ward.signIn('chutich'), await ward.signIn('thuky')];
        const { code } = (await secretary.get(HALL)).body;
        for (const [name, khom] of [['Nguyễn Thị Một', 'khom1'], ['Trần Văn Hai', 'khom1'], ['Lê Thị Ba', 'khom2']]) {
            const { body } = await ward.anyone.post(TICKETS, { code, name, khom });
            const { status } = await new Client(ward.url, `Ticket ${body.ticket}`).post(HALL, { action: 'hand_up', name, khom });
            assert.equal(status, 200);
        }
        await secretary.post(HALL, { action: 'show_names', turn: Math.max(...(await secretary.get(HALL)).body.queue.map(({ turn }) => turn)) });
        await chair.post(HALL, { action: 'call_turn' });
        await secretary.post(HALL, { action: 'scene', scene: 'speaker' });
        const [screen, phone, writer] = await Promise.all([context, hand, desk].map((one) => one.newPage()));
        await screen.goto(ward.url + SCREEN);
        await join(phone, code, 'Phạm Văn Bốn', 'Khóm 2');
        await raise(phone);
        await signIn(writer, 'thuky', password);
        await writer.goto(CONSOLE);
        await writer.fill('#ghi-text', 'Hẻm 7 ngập nửa mét.');
        await writer.locator('#ghi-text').press('Control+Enter');
        await writer.locator('.notes li', { hasText: 'Hẻm 7 ngập nửa mét.' }).waitFor();
        await writer.fill('#ghi-text', 'Đang ghi dở câu này');
        await writer.locator('[data-autosave-said]', { hasText: /^Đã lưu/ }).waitFor();
        await phone.fill('#content', 'Xin hỏi về đèn đường.');
        await runs(screen);
        await runs(phone);
        const before = (await ward.anyone.get(HALL)).body, { body: notes } = await secretary.get(`${HALL}/notes`);
        for (const page of [screen, phone, writer]) await page.evaluate(() => { window.sameDocument = true; });

        await ward.quit('SIGKILL');
        await runs(screen); // nothing to reach: what it shows stays, and counts on
        await runs(phone);
        await screen.locator('.hall__title', { hasText: 'Nguyễn Thị Một' }).waitFor();
        ward.clock = ['--now', '2024-06-20T09:42:00+07:00']; // else the sample's clock would begin anew
        await ward.start(['--listen', new URL(ward.url).host]);
        const started = performance.now();

        const now = (await ward.anyone.get(HALL)).body;
        assert.equal(now.speaker.name, 'Nguyễn Thị Một');
        assert.ok(now.speaker.spoken_ms > before.speaker.spoken_ms, 'the time of the fall is the speaker’s');
        assert.deepEqual(now.queue, before.queue);
        assert.equal(now.share.people_ms + now.share.authority_ms + now.share.none_ms, now.share.elapsed_ms);
        const again = await ward.signIn('chutich');
        assert.equal((await again.post(HALL, { action: 'call_turn' })).status, 200);
        await Promise.all([screen.locator('.hall__title', { hasText: 'Lê Thị Ba' }).waitFor(), // by itself
            phone.locator('.hall-card__now', { hasText: 'Lê Thị Ba' }).waitFor(),
            writer.locator('#dieu-hanh .panel--now', { hasText: 'Lê Thị Ba' }).waitFor()]);
        console.log(`# back on screen, phone and console ${(performance.now() - started).toFixed(0)} ms after the start`);
        for (const page of [screen, phone, writer]) assert.equal(await page.evaluate(() => window.sameDocument), true);
        assert.equal(await phone.inputValue('#content'), 'Xin hỏi về đèn đường.', 'what was being typed stays');
        assert.deepEqual((await (await ward.signIn('thuky')).get(`${HALL}/notes`)).body, notes);
        await writer.locator('.notes li', { hasText: 'Hẻm 7 ngập nửa mét.' }).waitFor();
        assert.equal(await writer.inputValue('#ghi-text'), 'Đang ghi dở câu này');
        await writer.locator('#ghi-text').press('Control+Enter'); // and it is taken
        await writer.locator('.notes li', { hasText: 'Đang ghi dở câu này' }).waitFor();
        const { status, stderr } = await ward.run('verify');
        assert.equal(status, 0, stderr);
    } finally {
        await Promise.all([context, hand, desk].map((one) => one.close()));
        await ward.stop();
    }
});
