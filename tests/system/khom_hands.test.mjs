// SPDX-License-Identifier: AGPL-3.0-or-later
// A khóm raises hands for its people: by the API, in a browser that is told what happens, and without the script. It
// speaks for its own people alone, takes down what it raised, and is told why when it can't.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { browser as form } from './form_browser.mjs';
import { password, rule, Ward } from './harness.mjs';

const HALL = '/api/v1/dialogues/1/hall', PAGE = '/lam-viec/khom/1/phat-bieu';
let ward, early, browser, khom1, khom2, secretary, chair;

before(async () => {
    [ward, early, browser] = await Promise.all([Ward.demo('open'), Ward.demo('announced'), launch()]);
    [khom1, khom2, secretary, chair] = await Promise.all(['khom1', 'khom2', 'thuky', 'chutich'].map((who) => ward.signIn(who)));
});
after(async () => {
    await browser?.close();
    await Promise.all([ward?.stop(), early?.stop()]);
});

const act = (client, action, parameters = {}) => client.post(HALL, { action, ...parameters });
async function done(reply) {
    const { status, body } = await reply;
    assert.equal(status, 200, JSON.stringify(body));
    return body;
}
async function refused(reply, ...wanted) {
    const { status, body } = await reply;
    assert.deepEqual([status, body.code, ...body.field ? [body.field] : []], wanted);
}
const queue = async () => (await khom2.get(HALL)).body.queue;
const waiting = async (name) => (await queue()).find((turn) => turn.name === name);

async function at(path, walk, options = {}) {
    const { page, context, complaints } = await visitor(browser, ward.url, options);
    page.setDefaultTimeout(10_000);
    try {
        await signIn(page, 'khom2', password);
        const listening = options.javaScriptEnabled === false ? null : page.waitForResponse((r) => /\/(su-kien|events)\b/.test(r.url()));
        await page.goto(path);
        await listening;
        await walk(page);
        assert.deepEqual(complaints.filter((line) => !/status of 4\d\d/.test(line)), []);
    } finally {
        await context.close();
    }
}

test('by the API: for its own people alone, with or without a name, and down again (R63, R74)', async () => {
    rule(63, 74);
    const one = await done(act(khom2, 'hand_up', { name: 'Trần Thị Một', khom: 'khom2', kind: 'intervention', author_type: 'resident' }));
    assert.equal((await waiting('Trần Thị Một')).khom, 'khom2');
    const nameless = await done(act(khom2, 'hand_up'));
    assert.equal((await queue()).find(({ turn }) => turn === nameless.turn).khom, 'khom2');
    await refused(act(khom2, 'hand_up', { name: 'Người khóm khác', khom: 'khom1' }), 403, 'forbidden', 'khom');
    await refused(act(khom1, 'hand_down', { turn: one.turn }), 403, 'forbidden', 'turn');
    await refused(act(khom2, 'hand_down'), 422, 'required', 'turn');
    await refused(act(khom2, 'call_turn', { turn: one.turn }), 403, 'forbidden');
    await done(act(khom2, 'hand_down', { turn: one.turn }));
    await refused(act(khom2, 'hand_down', { turn: one.turn }), 409, 'wrong_state');
    await done(act(khom2, 'hand_down', { turn: nameless.turn }));
    await refused((await early.signIn('khom2')).post(HALL, { action: 'hand_up', name: 'Sớm' }), 409, 'wrong_state');
});

test('at the desk: raised by keyboard, its place is seen and follows the queue, and is taken down', async () => {
    await at('/lam-viec/khom', async (page) => {
        assert.deepEqual(await violations(page), []);
        await page.locator('summary', { hasText: 'Đăng ký phát biểu' }).press('Enter');
        await page.locator('#dang-ky-1-name').fill('Lê Văn Hai');
        await page.locator('#dang-ky-1-kind').selectOption('question');
        await page.locator('#dang-ky-1-author_type').selectOption('business');
        await page.locator('#dang-ky-1 button[type=submit]').press('Enter');
        await page.waitForURL(`**${PAGE}`);
        const row = page.locator('#luot-1 li', { hasText: 'Lê Văn Hai' });
        await row.getByText('đến lượt doanh nghiệp').waitFor();
        const turn = await waiting('Lê Văn Hai'), down = await row.getByRole('button').elementHandle();
        assert.equal(turn.khom, 'khom2');

        await page.locator('#dang-ky-1-name').fill('Người đang gõ dở');
        await done(act(khom2, 'hand_up', { name: 'Ngô Thị Ba', kind: 'point_of_order' }));
        const other = page.locator('#luot-1 li', { hasText: 'Ngô Thị Ba' });
        await other.getByText('Thứ 1 trong danh sách').waitFor();
        assert.match(await down.evaluate((e) => (e.isConnected ? e.closest('li').textContent : 'taken away')), /Lê Văn Hai/, 'the list moved under the pointer');
        assert.equal(await page.locator('#dang-ky-1-name').inputValue(), 'Người đang gõ dở');
        await done(act(chair, 'call_turn'));
        await other.waitFor({ state: 'detached' });
        await page.locator('#luot-1').getByText('Đang phát biểu: Ngô Thị Ba').waitFor();
        await done(act(chair, 'skip_turn'));
        await other.getByText('Đã mời, vắng mặt').waitFor();

        await row.getByRole('button').press('Enter');
        await row.waitFor({ state: 'detached' });
        assert.equal(await waiting('Lê Văn Hai'), undefined);
        await page.setViewportSize(PHONE);
        assert.equal(await overflows(page), false);
        assert.deepEqual(await violations(page), []);
    });
});

test('on the desk itself the list follows too, beside a form that is being filled in', async () => {
    await at('/lam-viec/khom', async (page) => {
        await page.locator('summary', { hasText: 'Đăng ký phát biểu' }).click();
        await page.locator('#dang-ky-1-name').click();
        await page.keyboard.type('Đỗ Thị');
        const { turn } = await done(act(khom2, 'hand_up', { name: 'Huỳnh Văn Tư' }));
        await page.locator('#luot-1').getByText('Huỳnh Văn Tư').first().waitFor();
        await done(secretary.post('/api/v1/dialogues/1/opinions', { content: 'Hẻm 2 tối.', channel: 'slip',
            author: { type: 'resident', khom: 'khom2' }, reply_by: 'khom' }).then(({ body }) => ({ status: 200, body })));
        await page.getByText('Hẻm 2 tối.').waitFor();
        await page.keyboard.type(' Năm');
        assert.equal(await page.locator('#dang-ky-1-name').inputValue(), 'Đỗ Thị Năm');
        await done(act(khom2, 'hand_down', { turn }));
    });
});

test('without the script: raised, refused with all that was typed, taken down', async () => {
    await at(PAGE, async (page) => {
        const send = page.locator('#dang-ky-1 button');
        await page.fill('#dang-ky-1-name', 'Bùi Văn Sáu');
        await send.click();
        const row = page.locator('#luot-1 li', { hasText: 'Bùi Văn Sáu' });
        await row.waitFor();
        await done(act(secretary, 'close_list'));
        await page.fill('#dang-ky-1-name', 'Đến muộn');
        await page.locator('#dang-ky-1-author_type').selectOption('business');
        await send.click();
        await page.locator('.error-summary').getByText('Danh sách đăng ký phát biểu đã đóng').waitFor();
        assert.equal(await page.inputValue('#dang-ky-1-name'), 'Đến muộn');
        assert.equal(await page.inputValue('#dang-ky-1-author_type'), 'business');
        await done(act(secretary, 'open_list'));
        await row.getByRole('button').click();
        await row.waitFor({ state: 'detached' });
        assert.equal(await waiting('Bùi Văn Sáu'), undefined);
    }, { javaScriptEnabled: false });
});

test('forms of others and what was taken down before are refused; a phone\'s hand has no button here', async () => {
    const { code } = (await secretary.get(HALL)).body;
    const { body } = await ward.anyone.post('/api/v1/dialogues/1/tickets', { code, name: 'Máy Của Tôi', khom: 'khom2' });
    const phone = { post: (path, json) => fetch(new URL(path, ward.url), { method: 'POST', body: JSON.stringify(json),
        headers: { authorization: `Ticket ${body.ticket}`, 'content-type': 'application/json' } }) };
    assert.equal((await phone.post(HALL, { action: 'hand_up', name: 'Máy Của Tôi', khom: 'khom2' })).status, 200);
    const hand = await form(ward, 'khom2'), page = (await hand.get(PAGE)).body;
    assert.match(page, /Người dân Khóm 2/);
    assert.doesNotMatch(page, /Máy Của Tôi/); // the secretary has not read it
    const { turn } = (await secretary.get(HALL)).body.queue.find(({ name }) => name === 'Máy Của Tôi');
    assert.ok(!page.includes(`name="turn" value="${turn}"`));
    const gone = await hand.post(`${PAGE}/thoi`, { turn: '9999' }, PAGE);
    assert.equal(gone.status, 422);
    assert.match(gone.body, /error-summary/);
    const officer = await form(ward, 'diachinh');
    assert.equal((await officer.get(PAGE)).status, 403);
    assert.equal((await officer.post(PAGE, { name: 'Không phải khóm' }, '/lam-viec/chuyen-mon')).status, 403);
});

test('before the conference the page says so, and has no form', async () => {
    const hand = await form(early, 'khom2'), { status, body } = await hand.get(PAGE);
    assert.equal(status, 200);
    assert.match(body, /Hội nghị chưa mở hoặc đã kết thúc/);
    assert.ok(!body.includes('dang-ky-1'));
});
