// SPDX-License-Identifier: AGPL-3.0-or-later
// Who takes part by phone: a resident or a business, from a khóm; the question keeps both. What the chair asks back
// reaches the asker's phone and is answered there.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { Hall } from './api_ward.mjs';
import { launch, overflows, PHONE, violations, visitor } from './browser.mjs';
import { Client, rule, Ward } from './harness.mjs';
import { Proxy } from './lost_network.mjs';
import { CheckedClient } from './schema.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets', JOIN = '/hoi-truong/1';
const FIRM = 'Lò gạch Tân Mỹ', pictures = process.env.DOITHOAI_PICTURES;

let ward, hall, code, browser;
before(async () => {
    [ward, browser] = await Promise.all([Ward.demo('open'), launch()]);
    hall = await Hall.enter(ward, ['thuky', 'chutich', 'diachinh', 'hdnd']);
    ({ code } = (await hall.thuky.get(HALL)).body);
    await empty();
});
after(async () => {
    await browser?.close();
    const { status, stdout, stderr } = await ward.run('verify');
    await ward.stop();
    assert.equal(status, 0, stdout + stderr);
});

const act = (client, action, parameters = {}) => client.post(HALL, { action, ...parameters });
const done = async (...asked) => {
    const { status, body } = await act(...asked);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
};
const now = async (client = hall.thuky) => (await client.get(HALL)).body;
async function empty() {
    for (const { turn } of (await now()).queue) await done(hall.thuky, 'hand_down', { turn });
}
const ticket = async (fields) => {
    const { status, body } = await hall.anyone.post(TICKETS, { code, ...fields });
    assert.equal(status, 201, JSON.stringify(body));
    return new CheckedClient(hall.document, new Client(ward.url, `Ticket ${body.ticket}`));
};
async function picture(page, name) {
    if (!pictures) return;
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}
const enter = async (url = ward.url, options = {}) => {
    const one = await visitor(browser, url, { viewport: PHONE, ...options });
    one.page.setDefaultTimeout(30_000);
    return one;
};
async function join(page, { name = '', khom = 'khom2', firm } = {}) {
    await page.goto(JOIN);
    await page.fill('#code', code);
    await page.fill('#name', name);
    await page.selectOption('[name=khom]', khom);
    if (firm) {
        await page.getByLabel('Doanh nghiệp', { exact: true }).check();
        await page.fill('#organisation', firm);
    }
    await page.getByRole('button', { name: 'Tham gia' }).click();
    await page.locator('#dien-thoai').waitFor();
}
const ask = async (page, text) => {
    await page.fill('#content', text);
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.waitForURL('**/bien-nhan**');
    const [number] = /\d{4}-\d{4}/.exec(await page.locator('main').textContent());
    await page.getByRole('link', { name: 'Trở lại hội trường' }).click();
    await page.locator('[data-say^="mine-"]', { hasText: number }).waitFor();
    return number;
};

test('R63: a business joins by phone, with its name or not at all, and speaks in the businesses’ turn', async () => {
    rule(63);
    const { context, page, complaints } = await enter();
    try {
        await page.goto(JOIN);
        assert.equal(await page.locator('#organisation').isVisible(), false, 'asked when it is needed');
        assert.equal(await page.getByLabel('Người dân', { exact: true }).isChecked(), true);
        await page.fill('#code', code);
        await page.fill('#name', 'Trần Thị Bình');
        await page.selectOption('[name=khom]', 'khom2');
        await page.getByLabel('Doanh nghiệp', { exact: true }).check();
        await page.getByRole('button', { name: 'Tham gia' }).click();
        await page.locator('.error-summary a[href="#organisation"]').waitFor();
        assert.equal(await page.inputValue('#name'), 'Trần Thị Bình');
        assert.equal(await page.getByLabel('Doanh nghiệp', { exact: true }).isChecked(), true);
        assert.deepEqual(await violations(page), []);
        assert.equal(await overflows(page), false);
        await picture(page, 'vao-doanh-nghiep');
        await page.fill('#organisation', FIRM);
        await page.getByRole('button', { name: 'Tham gia' }).click();
        await page.locator('#luot', { hasText: `tên doanh nghiệp, cơ sở: ${FIRM}` }).waitFor();

        const [first, second] = [await ticket({ khom: 'khom2', name: 'Một' }), await ticket({ khom: 'khom2', name: 'Hai' })];
        await done(first, 'hand_up');
        await done(second, 'hand_up');
        await page.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
        await page.locator('[data-my-place]', { hasText: '2' }).waitFor();
        const { queue } = await now();
        assert.deepEqual(queue.map(({ name }) => name), ['Một', FIRM, 'Hai']);
        assert.deepEqual([queue[1].author_type, queue[1].khom, queue[1].reasons], ['business', 'khom2', ['first_time', 'round_robin']]);
        await page.locator('.hall-queue li', { hasText: 'Doanh nghiệp' }).getByText('đến lượt doanh nghiệp').waitFor();
        assert.equal(await page.locator('.hall-queue', { hasText: FIRM }).count(), 0, 'not read yet');
        await done(hall.thuky, 'show_name', { turn: queue[1].turn });
        await page.locator('.hall-queue', { hasText: FIRM }).waitFor();
        assert.deepEqual(complaints.filter((line) => !/status of 422/.test(line)), []);
    } finally {
        await context.close();
        await empty();
    }
});

test('R63: by the API a ticket says who it is; unknown kinds, no name and one too long are refused', async () => {
    rule(63);
    const refused = (fields, ...how) => hall.refused(hall.anyone.post(TICKETS, { code, ...fields }), ...how);
    await refused({ author_type: 'anonymous' }, 422, 'invalid', 'author_type');
    await refused({ author_type: 'company' }, 422, 'invalid', 'author_type');
    await refused({ author_type: 'business' }, 422, 'required', 'organisation');
    await refused({ author_type: 'business', organisation: '' }, 422, 'required', 'organisation');
    await refused({ author_type: 'business', organisation: 'x'.repeat(201) }, 422, 'too_long', 'organisation');
    await refused({ author_type: 'business', organisation: FIRM, firm: 'x' }, 422, 'unknown_field', 'firm');
    const firm = await ticket({ author_type: 'business', organisation: FIRM, khom: 'khom4' });
    await done(firm, 'hand_up');
    const [turn] = (await now()).queue;
    assert.deepEqual([turn.name, turn.author_type, turn.khom], [FIRM, 'business', 'khom4']);
    assert.equal((await now(hall.anyone)).queue[0].name, null);
    await done(firm, 'hand_down');
    await done(firm, 'hand_up', { author_type: 'resident', name: 'Riêng tôi', khom: 'khom1' }); // what the hand says goes before
    const [own] = (await now()).queue;
    assert.deepEqual([own.name, own.author_type, own.khom], ['Riêng tôi', 'resident', 'khom1']);
    await done(firm, 'hand_down');
});

test('R75: a phone’s question keeps khóm and business; the public knows the business, once relayed, and of its speaker the initials', async () => {
    rule(75);
    const { context, page, complaints } = await enter();
    const plain = await enter(ward.url, { javaScriptEnabled: false });
    try {
        await join(page, { name: 'Trần Thị Bình', khom: 'khom3', firm: FIRM });
        const number = await ask(page, 'Xin hướng dẫn thuê đất làm kho.');
        const { author } = (await hall.thuky.get(`/api/v1/opinions/${number}`)).body;
        assert.deepEqual([author.type, author.organisation, author.name, author.khom], ['business', FIRM, 'Trần Thị Bình', 'khom3']);
        assert.equal((await hall.anyone.get(`/api/v1/opinions/${number}`)).status, 404);
        await hall.done(hall.thuky, number, 'relay', { field: 'economy' });
        const open = (await hall.anyone.get(`/api/v1/opinions/${number}`)).body;
        assert.deepEqual([open.author.type, open.author.organisation, open.khom], ['business', FIRM, 'khom3']);
        for (const words of [JSON.stringify(open), (await ward.anyone.get(`/y-kien/${number}`)).body]) assert.ok(!words.includes('Trần Thị Bình'));

        await join(plain.page, { name: 'Lê Văn Tám', khom: 'khom5' });
        const second = await ask(plain.page, 'Hẻm 5 thiếu thùng rác.');
        const { body } = await hall.thuky.get(`/api/v1/opinions/${second}`);
        assert.deepEqual([body.author.type, body.author.name, body.author.khom], ['resident', 'Lê Văn Tám', 'khom5']);
        assert.equal(body.khom, 'khom5');

        const phone = await ticket({ khom: 'khom4', name: 'Bà Chín' }); // the API says who; the khóm is the ticket's
        const third = await hall.submit({ content: 'Đường tối quá.', author: { type: 'resident', name: 'Bà Chín' } }, phone);
        assert.equal((await hall.thuky.get(`/api/v1/opinions/${third.number}`)).body.khom, 'khom4');
        const other = await hall.submit({ content: 'Nước yếu quá.', author: { type: 'resident', khom: 'khom1' } }, phone);
        assert.equal((await hall.thuky.get(`/api/v1/opinions/${other.number}`)).body.khom, 'khom1');
        assert.deepEqual(complaints, []);
    } finally {
        await Promise.all([context.close(), plain.context.close()]);
    }
});

test('R60: the fourth kind of hand: to add to what somebody else has said', async () => {
    rule(60);
    const { context, page, complaints } = await enter();
    try {
        await join(page, { name: 'Ngô Thị Mười' });
        await picture(page, 'dien-thoai-nut');
        await page.getByRole('button', { name: 'Góp thêm ý' }).click();
        await page.locator('[data-my-place]').waitFor();
        assert.equal((await now()).queue[0].kind, 'intervention');
        assert.equal(await overflows(page), false);
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
        await empty();
    }
});

test('R64: what the chair asks back comes to the asker’s phone by itself, is answered there, and no reload is needed', async () => {
    rule(64);
    const { context, page, complaints } = await enter();
    const plain = await enter(ward.url, { javaScriptEnabled: false });
    try {
        await join(page, { name: 'Phạm Thị Hoa' });
        const number = await ask(page, 'Cống trước nhà tôi bị nghẹt.');
        await hall.done(hall.thuky, number, 'relay', { field: 'urban' });
        await page.locator(`[data-say="mine-${number}"]`, { hasText: 'đã chuyển' }).waitFor();
        await page.evaluate(() => { window.sameDocument = true; });
        assert.equal(await page.locator(`#phan-hoi-${number}`).count(), 0);
        await hall.done(hall.chutich, number, 'ask_back', { text: 'Cống nghẹt từ khi nào?' });
        await page.locator(`[data-say="asked-${number}"]`, { hasText: 'Cống nghẹt từ khi nào?' }).waitFor();
        await page.locator('#thong-bao', { hasText: 'Chủ trì hỏi lại: Cống nghẹt từ khi nào?' }).waitFor({ state: 'attached' });
        await page.fill(`#phan-hoi-${number}`, 'Từ tháng ba, sau khi làm đường.');
        await done(hall.thuky, 'scene', { scene: 'queue' }); // something else happens meanwhile
        await hall.done(hall.thuky, number, 'classify', { topic: 'Thoát nước' });
        assert.equal(await page.inputValue(`#phan-hoi-${number}`), 'Từ tháng ba, sau khi làm đường.');
        assert.deepEqual(await violations(page), []);
        assert.equal(await overflows(page), false);
        await picture(page, 'hoi-lai');
        await page.getByRole('button', { name: 'Gửi trả lời' }).click();
        await page.getByText('Ông/bà đã trả lời:').waitFor();
        assert.equal(await page.locator(`#phan-hoi-${number}`).count(), 0, 'answered');
        assert.ok((await hall.chutich.get(`/api/v1/opinions/${number}`)).body.exchanges.some(({ text }) => text === 'Từ tháng ba, sau khi làm đường.'));
        await hall.done(hall.chutich, number, 'ask_back', { text: 'Ở số nhà nào?' });
        await page.locator(`[data-say="asked-${number}"]`, { hasText: 'Ở số nhà nào?' }).waitFor();
        await page.locator(`#phan-hoi-${number}`).waitFor();
        assert.equal(await page.evaluate(() => window.sameDocument), true);

        await join(plain.page, { name: 'Vũ Văn Sen' });
        const second = await ask(plain.page, 'Ngõ 3 hay mất điện.');
        await hall.done(hall.thuky, second, 'relay', { field: 'urban' });
        await hall.done(hall.chutich, second, 'ask_back', { text: 'Mất điện vào giờ nào?' });
        await plain.page.reload();
        await plain.page.locator(`#phan-hoi-${second}`).evaluate((e) => { e.required = false; });
        await plain.page.getByRole('button', { name: 'Gửi trả lời' }).click();
        await plain.page.locator(`.error-summary a[href="#phan-hoi-${second}"]`).waitFor();
        await plain.page.fill(`#phan-hoi-${second}`, 'Buổi tối.');
        await plain.page.getByRole('button', { name: 'Gửi trả lời' }).click();
        await plain.page.getByText('Ông/bà đã trả lời: Buổi tối.').waitFor();
        assert.deepEqual(complaints, []);
    } finally {
        await Promise.all([context.close(), plain.context.close()]);
    }
});

test('R64, R74: a reply typed while the network is gone goes out when it is back, once', async () => {
    rule(64, 74);
    const proxy = await Proxy.start(ward.url);
    const { context, page } = await enter(proxy.url);
    try {
        await join(page, { name: 'Đặng Thị Lụa' });
        const number = await ask(page, 'Chợ chưa có nhà vệ sinh.');
        await hall.done(hall.thuky, number, 'relay', { field: 'urban' });
        await hall.done(hall.chutich, number, 'ask_back', { text: 'Chợ nào?' });
        await page.fill(`#phan-hoi-${number}`, 'Chợ phường, khu bán cá.');
        await proxy.cut();
        await page.getByRole('button', { name: 'Gửi trả lời' }).click();
        await page.getByText('sẽ tự đi ngay khi có mạng').waitFor();
        assert.equal(await page.inputValue(`#phan-hoi-${number}`), 'Chợ phường, khu bán cá.');
        await proxy.join();
        await page.getByText('Ông/bà đã trả lời: Chợ phường, khu bán cá.').waitFor({ timeout: 20_000 });
        const { exchanges } = (await hall.chutich.get(`/api/v1/opinions/${number}`)).body;
        assert.equal(exchanges.filter(({ text }) => text === 'Chợ phường, khu bán cá.').length, 1);
    } finally {
        await context.close();
        proxy.end();
    }
});
