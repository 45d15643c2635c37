// SPDX-License-Identifier: AGPL-3.0-or-later
// Phones in the hall as browsers: what happens reaches them without a reload and is read aloud; the network may go and
// come back. Nothing here reloads a page by hand, but where a reload is what is tried.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { launch, overflows, PHONE, violations, visitor } from './browser.mjs';
import { rule } from './harness.mjs';
import { Proxy } from './lost_network.mjs';
import { cutOff, HALL, Hall, hears, JOIN, join, marked, seen, watch } from './phone_page.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test('R60, R62, R71, R74: what the hall sees reaches a phone by itself, in words and aloud', async () => {
    rule(60, 62, 71, 74);
    const hall = await Hall.open('announced', { now: '2024-06-20T07:55:00+07:00' });
    const { context, page, complaints } = await visitor(browser, hall.ward.url, { viewport: PHONE });
    try {
        await join(page, hall.ward.url, hall.code, 'Nguyễn Thị Một');
        await watch(page);
        assert.deepEqual(await page.evaluate(() => [scrollY, document.activeElement.tagName]), [0, 'MAIN'], 'joined: another page, at its beginning');
        assert.equal(await page.getByRole('button', { name: 'Đăng ký phát biểu' }).count(), 0, 'not open yet');
        await page.fill('#content', 'Đang gõ dở câu này');
        await hall.done(hall.chutich.dialogue(1, 'open'));
        await page.getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor();
        await hears(page, 'Chưa có ai đang phát biểu');

        await hall.act('step', { step: 1 });
        await page.locator('.hall-card__step', { hasText: 'Phần 1' }).waitFor();
        await hears(page, 'Phần 1');
        await hall.act('scene', { scene: 'message', text: 'Xe biển số 67 chắn cổng, xin dời giúp.' });
        await hears(page, 'Xe biển số 67');
        await hall.act('clear_screen');
        await page.locator('.hall-card', { hasText: 'Xe biển số 67' }).waitFor({ state: 'detached' });

        await hall.act('order', { topic: 'urban' });
        await hears(page, 'Nội dung đang bàn');
        await page.getByLabel(/Tôi nói về nội dung đang bàn/).check();
        await page.getByRole('button', { name: 'Đăng ký phát biểu' }).press('Enter');
        await page.locator('[data-my-place]').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Thôi đăng ký', 'the keyboard stays where it was');
        assert.match((await hall.thuky.get(HALL)).body.queue.find(({ name }) => name === 'Nguyễn Thị Một').reasons.join(' '), /topic/);
        await page.getByRole('button', { name: 'Thôi đăng ký' }).click();
        await hall.act('order', { topic: 'none' });
        await page.getByLabel(/Tôi nói về nội dung đang bàn/).waitFor({ state: 'detached' });

        // A fetch that began before the relay is answered after it: what was brought meanwhile is still there.
        let release, held;
        const begun = new Promise((resolve) => { held = resolve; });
        await page.route(`**${JOIN}`, async (route) => {
            const reply = await route.fetch();
            held();
            await new Promise((resolve) => { release = resolve; });
            await route.fulfill({ response: reply });
        }, { times: 1 });
        await page.evaluate(() => window.htmx.trigger(document.body, 'live:reset', {}));
        await begun;
        const number = await hall.relayed('Bao giờ sửa mặt đường hẻm 7?');
        await page.locator('#cau-hoi [data-live-item]', { hasText: number }).waitFor();
        const settled = page.evaluate(() => new Promise((resolve) => { document.body.addEventListener('htmx:afterSettle', resolve, { once: true }); }).then(() => null));
        release();
        await settled;
        assert.equal(await page.locator('#cau-hoi [data-live-item]', { hasText: number }).count(), 1);
        const item = page.locator('#cau-hoi [data-live-item]', { hasText: number });
        await item.getByRole('button', { name: 'Tôi cũng quan tâm' }).click();
        await item.getByText('1 người cùng quan tâm').waitFor();
        await hall.opinion(number, 'call');
        const card = page.locator('.hall-card');
        await card.locator('h3', { hasText: number }).waitFor();
        await hears(page, 'Bao giờ sửa mặt đường hẻm 7?');
        await hall.act('speak', { side: 'authority' });
        await hears(page, 'Đang phát biểu:');
        await hall.opinion(number, 'answer', { kind: 'answer', mode: 'spoken', text: 'Phường sửa trong tháng 7.' });
        await card.getByText('Phường sửa trong tháng 7.').waitFor();
        await hears(page, 'Phường sửa trong tháng 7.');
        await item.getByRole('button').waitFor({ state: 'hidden' }); // answered: nothing to support any more
        await hall.act('end_turn');

        await hall.act('scene', { scene: 'break', text: 'Tiếp tục lúc 9 giờ 30' });
        await hears(page, 'Hội nghị tạm nghỉ: Tiếp tục lúc 9 giờ 30');
        await hall.done(hall.chutich.dialogue(1, 'adjourn', { resumes_at: '2024-06-20T09:30:00+07:00' }));
        await hall.done(hall.chutich.dialogue(1, 'resume'));
        assert.equal(await page.inputValue('#content'), 'Đang gõ dở câu này');
        assert.deepEqual(await violations(page), []);
        assert.equal(await overflows(page), false);
        await hall.done(hall.chutich.dialogue(1, 'close'));
        await page.getByText('Hội nghị chưa mở hoặc đã kết thúc. Ông/bà vẫn gửi').waitFor();
        const { same, aloud } = await seen(page);
        assert.equal(same, true, 'never loaded anew');
        for (const words of aloud) assert.equal(words.trim(), words, 'whole sentences');
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
        await hall.stop();
    }
});

test('R64, R83: the answer to one’s own question comes by itself, with the choice to agree or go on; before the relay too', async () => {
    rule(64, 83);
    const hall = await Hall.open('open');
    const { context, page, complaints } = await visitor(browser, hall.ward.url, { viewport: PHONE });
    try {
        await join(page, hall.ward.url, hall.code, 'Trần Văn Hai');
        await page.fill('#content', 'Xin hỏi về đèn đường hẻm 12.');
        await page.getByRole('button', { name: 'Gửi', exact: true }).click();
        await page.waitForURL('**/bien-nhan**');
        const [number] = /\d{4}-\d{4}/.exec(await page.locator('main').textContent());
        await page.getByRole('link', { name: 'Trở lại hội trường' }).click();
        await page.locator('[data-say^="mine-"]', { hasText: number }).waitFor();
        await watch(page);
        await hall.done(hall.thuky.opinion(number, 'relay', { field: 'urban' }));
        await page.locator(`[data-say="mine-${number}"]`, { hasText: 'đã chuyển' }).waitFor();
        await hall.opinion(number, 'call');
        await hall.opinion(number, 'answer', { kind: 'answer', mode: 'spoken', text: 'Lắp đèn trong quý III.' });
        await page.getByRole('button', { name: 'Tôi đồng ý' }).waitFor();
        await hears(page, 'Lắp đèn trong quý III.');
        await page.fill(`#tiep-${number}`, 'Xin cho biết ngày cụ thể.');
        await hall.act('scene', { scene: 'queue' }); // something else happens while it is being typed
        assert.equal(await page.inputValue(`#tiep-${number}`), 'Xin cho biết ngày cụ thể.');
        await page.getByRole('button', { name: 'Trao đổi tiếp' }).click();
        await page.getByRole('button', { name: 'Trao đổi tiếp' }).waitFor({ state: 'detached' });
        assert.equal((await seen(page)).same, true);
        assert.match(JSON.stringify((await hall.thuky.get(`/api/v1/opinions/${number}`)).body), /Xin cho biết ngày cụ thể\./);
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
        await hall.stop();
    }
});

test('R74: a phone that reads English goes on in English when something happens', async () => {
    rule(74);
    const hall = await Hall.open('open');
    const { context, page, complaints } = await visitor(browser, hall.ward.url, { viewport: PHONE });
    try {
        await page.goto('/ngon-ngu/en?ve=/');
        await page.goto(JOIN);
        await page.fill('#code', hall.code);
        await page.getByRole('button', { name: 'Take part' }).click();
        await page.locator('#dien-thoai').waitFor();
        await hall.act('hand_up', { name: 'Bà Bảy Ví Dụ', khom: 'khom2' });
        await page.locator('.hall-queue li', { hasText: 'Bà Bảy Ví Dụ' }).waitFor();
        await page.locator('.hall-card h3', { hasText: '1 person waiting' }).waitFor();
        await hall.relayed('Hẻm 12 chưa có đèn.');
        await page.locator('#cau-hoi .quote', { hasText: 'Hẻm 12' }).waitFor();
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
        await hall.stop();
    }
});

test('R74: a browser behind a proxy that passes nothing: marked after five seconds, each event once, what was sent arrives once', async () => {
    rule(74);
    const hall = await Hall.open('open');
    const proxy = await Proxy.start(hall.ward.url);
    try {
        await cutOff(hall, browser, { url: proxy.url, cut: () => proxy.cut(), join: () => proxy.join() });
    } finally {
        proxy.end();
        await hall.stop();
    }
});

test('R74: sent, arrived, the answer lost; the page loaded anew meanwhile: still one question, with its receipt', async () => {
    rule(74);
    const hall = await Hall.open('open');
    const proxy = await Proxy.start(hall.ward.url);
    const { context, page } = await visitor(browser, proxy.url, { viewport: PHONE });
    try {
        await join(page, proxy.url, hall.code, 'Lê Thị Ba');
        for (const [text, reloads] of [['Câu hỏi thứ nhất, mất câu trả lời.', false], ['Câu hỏi thứ hai, tải lại trang.', true]]) {
            await page.fill('#content', text);
            const lost = proxy.loseAnswerTo('/gui HTTP/1.1');
            await page.getByRole('button', { name: 'Gửi', exact: true }).click();
            await lost;
            await hall.arrivedOnce(text);
            if (reloads) await page.reload();
            await page.waitForURL('**/bien-nhan**');
            assert.match(await page.locator('.receipt__code').textContent(), /^\d{4} \d{4} \d{4} \d{4}$/);
            await hall.arrivedOnce(text);
            await page.getByRole('link', { name: 'Trở lại hội trường' }).click();
            assert.equal(await page.inputValue('#content'), '', 'the box is free');
        }
    } finally {
        await context.close();
        proxy.end();
        await hall.stop();
    }
});

test('R74: what a phone sends and the hall refuses comes back with the words why, and everything typed', async () => {
    rule(74);
    const hall = await Hall.open('open');
    const { context, page } = await visitor(browser, hall.ward.url, { viewport: PHONE });
    try {
        await join(page, hall.ward.url, hall.code, 'Phạm Văn Bốn');
        await hall.act('close_list');
        await page.locator('.hall-card', { hasText: 'danh sách đã đóng' }).waitFor();
        await page.fill('#content', 'Câu đang gõ dở');
        await page.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
        await page.locator('.error-summary').waitFor();
        assert.equal(await page.inputValue('#content'), 'Câu đang gõ dở', 'the other form keeps its words');
        await page.locator('#content').evaluate((e) => { e.required = false; });
        await page.fill('#content', '');
        await page.getByRole('button', { name: 'Gửi', exact: true }).click();
        await page.locator('.error-summary a[href="#content"]').waitFor();
        await page.fill('#content', 'Nay đã đủ chữ.');
        await page.getByRole('button', { name: 'Gửi', exact: true }).click();
        await page.waitForURL('**/bien-nhan**');
        await hall.arrivedOnce('Nay đã đủ chữ.');
    } finally {
        await context.close();
        await hall.stop();
    }
});
