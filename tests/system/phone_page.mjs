// SPDX-License-Identifier: AGPL-3.0-or-later
// A phone in the hall as a browser has it: joined by its page, watched for what it hears and reads aloud, and cut off
// while something is under way.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { PHONE } from './browser.mjs';
import { Ward } from './harness.mjs';

export const HALL = '/api/v1/dialogues/1/hall', JOIN = '/hoi-truong/1', SCREEN = '/man-hinh/1';
export const PULSE_MS = 2000, SILENCE_MS = 5000; // src/http/server.h, web/src/live.js

export async function join(page, url, code, name) {
    await page.goto(url + JOIN);
    await page.fill('#code', code);
    await page.fill('#name', name);
    await page.getByRole('button', { name: 'Tham gia' }).click();
    await page.locator('#dien-thoai').waitFor();
}

/** Writes down in the page what is read aloud, which opinions it hears of, and when the offline mark comes and goes. */
export const watch = (page) => page.evaluate(() => {
    Object.assign(window, { sameDocument: true, aloud: [], heard: [], marks: [] });
    new MutationObserver(() => window.aloud.push(document.getElementById('thong-bao').lastElementChild.textContent))
        .observe(document.getElementById('thong-bao'), { childList: true });
    new MutationObserver(() => window.marks.push([document.body.hasAttribute('data-offline'), performance.now()]))
        .observe(document.body, { attributeFilter: ['data-offline'] });
    document.body.addEventListener('live:opinion', ({ detail }) => window.heard.push(`${detail.subject} ${detail.what}`));
});
export const seen = (page) => page.evaluate(() => ({ aloud: window.aloud, heard: window.heard, marks: window.marks, same: window.sameDocument }));
export const hears = (page, text) => page.locator('#thong-bao', { hasText: text }).waitFor({ state: 'attached' });
export const marked = (page) => page.locator('body[data-offline]').waitFor();
export const unmarked = (page) => page.locator('body:not([data-offline])').waitFor();

export class Hall {
    static async open(stage, options) {
        const hall = new Hall();
        hall.ward = await Ward.demo(stage, options);
        if (options?.local) hall.ward.url = `http://127.0.0.1:${new URL(hall.ward.url).port}`; // it listens everywhere
        for (const who of ['chutich', 'thuky', 'vanphong']) hall[who] = await hall.ward.signIn(who);
        hall.code = (await hall.thuky.get(HALL)).body.code;
        return hall;
    }
    async done(reply, status = 200) {
        const { body, ...rest } = await reply;
        assert.equal(rest.status, status, JSON.stringify(body));
        return body;
    }
    act(action, more = {}) { return this.done(this.thuky.post(HALL, { action, ...more })); }
    opinion(number, action, more) { return this.done(this.chutich.opinion(number, action, more)); }
    async relayed(content) {
        const { number } = await this.done(this.ward.anyone.post('/api/v1/dialogues/1/opinions',
            { content, author: { type: 'resident', name: 'Nguyễn Văn A' } }), 201);
        await this.done(this.thuky.opinion(number, 'relay', { field: 'urban' }));
        return number;
    }
    async texts() {
        const list = [];
        for (let path = '/api/v1/dialogues/1/opinions?limit=200'; path;) {
            const { body } = await this.thuky.get(path);
            list.push(...body.items.map(({ content }) => content));
            path = body.next && `/api/v1/dialogues/1/opinions?limit=200&after=${body.next}`;
        }
        return list;
    }
    async arrivedOnce(text) {
        for (let tries = 0; tries < 100 && !(await this.texts()).some((one) => one?.includes(text)); tries++) await wait(100);
        assert.equal((await this.texts()).filter((one) => one?.includes(text)).length, 1, text);
    }
    async stop() {
        const { status, stdout, stderr } = await this.ward.run('verify');
        await this.ward.stop();
        assert.equal(status, 0, stdout + stderr);
    }
}

/** One phone types and sends into the dead network, another raises a hand, a third and the screen only listen. */
export async function cutOff(hall, far, net) {
    const contexts = await Promise.all([1, 2, 3, 4].map(() => far.newContext({ viewport: PHONE, locale: 'vi-VN' })));
    try {
        await tryCut(hall, contexts, net);
    } finally {
        await Promise.all(contexts.map((context) => context.close()));
    }
}

async function tryCut(hall, contexts, net) {
    const [asks, raises, listens, screen] = await Promise.all(contexts.map((context) => context.newPage()));
    await Promise.all([asks, raises, listens].map((page, i) => join(page, net.url, hall.code, `Người ${i + 1}`)));
    await screen.goto(net.url + SCREEN);
    await Promise.all([asks, raises, listens].map(watch));
    const told = [await hall.relayed('Hẻm 12 chưa có đèn.')];
    await listens.locator('#cau-hoi', { hasText: told[0] }).waitFor();
    await wait(SILENCE_MS + PULSE_MS); // nothing happens in the hall: the pulse alone
    for (const page of [asks, raises, listens]) assert.deepEqual((await seen(page)).marks, [], 'a quiet hall is no dead network');

    await asks.fill('#content', 'Câu hỏi gửi vào lúc mất mạng.');
    const cutAt = await listens.evaluate(() => performance.now());
    await net.cut();
    await asks.getByRole('button', { name: 'Gửi', exact: true }).click();
    await raises.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
    for (let i = 0; i < 3; i++) told.push(await hall.relayed(`Câu hỏi ${i} lúc mất mạng.`));
    await hall.act('scene', { scene: 'message', text: 'Xin đừng rời hội trường.' });
    await Promise.all([asks, raises, listens].map(marked));
    const [[, at]] = (await seen(listens)).marks;
    assert.ok(at - cutAt >= SILENCE_MS - PULSE_MS - 200, `marked ${at - cutAt} ms after the cut: not before five seconds of silence`);
    await listens.getByText('Mất kết nối. Trang sẽ tự cập nhật khi có mạng lại.').waitFor();
    await asks.getByText('sẽ tự đi ngay khi có mạng').waitFor();
    assert.equal(await asks.inputValue('#content'), 'Câu hỏi gửi vào lúc mất mạng.', 'still there to be read');
    assert.equal(await listens.getByText('sẽ tự đi ngay khi có mạng').isVisible(), false, 'nothing of its own waits');
    await screen.locator('.hall__title').first().waitFor(); // what it showed stays

    await net.join();
    told.push(await hall.relayed('Mạng đã có lại.'));
    await Promise.all([raises, listens].map(unmarked));
    await listens.locator('#cau-hoi', { hasText: told.at(-1) }).waitFor();
    await screen.locator('.hall__title', { hasText: 'Xin đừng rời hội trường.' }).waitFor();
    await raises.locator('[data-my-place]').waitFor();
    await asks.waitForURL('**/bien-nhan**');
    const { heard, same } = await seen(listens);
    assert.equal(same, true);
    assert.deepEqual(heard.filter((what) => what.endsWith(' relayed')), told.map((number) => `${number} relayed`), 'each once, in order');
    for (const number of told) assert.equal(await listens.locator('#cau-hoi [data-live-item]', { hasText: number }).count(), 1);
    await hall.arrivedOnce('Câu hỏi gửi vào lúc mất mạng.');
    const { queue } = (await hall.thuky.get(HALL)).body;
    assert.equal(queue.filter(({ name }) => name === 'Người 2').length, 1, 'one hand');
}
