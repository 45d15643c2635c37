// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody is typing while the hall goes on: it stays where it is, belongs to what it was begun for, and nobody's
// caret is moved.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { DESK, launch, PHONE, signIn, visitor } from './browser.mjs';
import { password, rule, Ward } from './harness.mjs';

const CONSOLE = '/lam-viec/hoi-truong/1', DESK_PAGE = '/lam-viec/thu-ky/1', HALL = '/api/v1/dialogues/1/hall';

describe('typing while the hall goes on', () => {
    let ward, hall, browser;
    const complaints = [];
    const open = async (path, username, viewport = DESK) => {
        const one = await visitor(browser, ward.url, { viewport });
        complaints.push(one.complaints);
        if (username) await signIn(one.page, username, password);
        await one.page.goto(path);
        return one.page;
    };
    const spoken = async (content) => (await hall.submit({ content, channel: 'spoken', field: 'construction' }, hall.thuky)).number;
    const typed = (page, selector) => page.locator(selector).inputValue();

    before(async () => {
        [ward, browser] = await Promise.all([Ward.demo('open'), launch()]);
        hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong']);
    });
    after(async () => {
        await browser?.close();
        await ward?.stop();
        assert.deepEqual(complaints.flat(), []);
    });

    test('R76: an outcome begun for one opinion says so when another is called, and asks before it is sent', async () => {
        rule(76);
        const first = await spoken('Cống hẻm 2 nghẹt.');
        const page = await open(CONSOLE, 'chutich');
        await page.locator('#ban-h', { hasText: first }).waitFor();
        assert.equal(await page.locator('form[data-elsewhere]').count(), 0);
        await page.locator('#kq-text').pressSequentially('Phường nạo vét');
        const second = await spoken('Vỉa hè chợ bị chiếm.');
        await page.locator('#ban-h', { hasText: second }).waitFor();
        await page.locator('#kq-answer[data-elsewhere]').waitFor();
        assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById('kq-answer'), '::before').content),
            `"Phần này đang ghi cho ý kiến ${first}, không phải ý kiến đang đối thoại."`);
        assert.equal(await typed(page, '#kq-text'), 'Phường nạo vét');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'kq-text');
        const asked = page.waitForEvent('dialog');
        const pressed = page.locator('button[form=kq-answer]').click();
        const dialog = await asked;
        assert.ok(dialog.message().includes(first));
        await dialog.dismiss();
        await pressed;
        const states = await Promise.all([first, second].map(async (number) => (await hall.vanphong.get(`/api/v1/opinions/${number}`)).body.state));
        assert.deepEqual(states, ['on_floor', 'on_floor']);
        page.once('dialog', (again) => again.accept());
        await Promise.all([page.waitForNavigation(), page.locator('button[form=kq-answer]').click()]);
        assert.equal((await hall.vanphong.get(`/api/v1/opinions/${first}`)).body.answers[0].text, 'Phường nạo vét');
        assert.equal((await hall.vanphong.get(`/api/v1/opinions/${second}`)).body.answers.length, 0);
        await page.context().close();
    });

    test('R77: a directive half typed, a date and an answer outlive another button of the console', async () => {
        rule(77);
        const number = await spoken('Đèn hẻm 5 hỏng.');
        const page = await open(`${CONSOLE}?y=${number}`, 'thuky');
        await page.locator('#kq-assign summary').click();
        await page.locator('#kq-directive').fill('Thay đèn LED, báo khóm');
        await page.locator('#kq-due').fill('2024-07-08');
        await page.locator('#kq-text').fill('Ngày mai');
        await page.locator('#ghi-text').fill('Bà con vỗ tay.');
        await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Ghi', exact: true }).click()]);
        await page.goto(`${CONSOLE}?y=${number}`);
        assert.deepEqual([await typed(page, '#kq-directive'), await typed(page, '#kq-due'), await typed(page, '#kq-text')],
            ['Thay đèn LED, báo khóm', '2024-07-08', 'Ngày mai']);
        await Promise.all([page.waitForNavigation(), page.locator('button[form=kq-assign]').click()]);
        const { responsible, due } = (await hall.vanphong.get(`/api/v1/opinions/${number}`)).body;
        assert.deepEqual([responsible, due.legal], ['diachinh', '2024-07-08']);
        await page.context().close();
    });

    test('a refused form calls its reader once, and never again at what others do', async () => {
        const page = await open(DESK_PAGE, 'thuky');
        await page.locator('#content').fill('Đường');
        await page.locator('#tiep-nhan summary').click();
        await page.selectOption('[name=author_type]', 'business');
        await page.locator('#content').press('Control+Enter'); // a business without a name
        await page.locator('#tiep-nhan .error-summary:focus').waitFor();
        const box = page.locator('#content');
        await box.focus();
        await box.pressSequentially(' hẻm');
        const { number } = await hall.submit({ content: 'Có người gửi lúc này' });
        await page.locator(`#cho-${number}`).waitFor();
        await box.pressSequentially(' 3');
        assert.equal(await box.inputValue(), 'Đường hẻm 3');
        complaints.at(-1).splice(0); // the browser tells of the refusal
        await page.context().close();
    });

    test('what is typed for one dialogue is kept for that one alone, and let go when it was taken', async () => {
        const page = await open('/doi-thoai/1/gui-y-kien', null, PHONE), kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => !name.startsWith('htmx-')));
        await page.locator('#content').fill('Đề nghị nâng hẻm 9.');
        assert.deepEqual(await kept(), ['draft:/doi-thoai/1/gui-y-kien']);
        await page.reload();
        assert.equal(await typed(page, '#content'), 'Đề nghị nâng hẻm 9.');
        await Promise.all([page.waitForURL('**/bien-nhan**'), page.getByRole('button', { name: 'Gửi ý kiến' }).click()]);
        await page.getByText('Đã nhận ý kiến').first().waitFor();
        assert.deepEqual(await kept(), []);
        await page.context().close();
    });

    test('the list of the newest opinions takes in opinions alone, and none that is not shown', async () => {
        const page = await open('/doi-thoai/1', null, PHONE), list = page.locator('[data-live-list]');
        const numbers = () => list.locator('[data-live]').evaluateAll((all) => all.map((one) => one.dataset.live)), there = await numbers();
        const { items } = (await hall.anyone.get('/api/v1/dialogues/1/opinions?limit=200')).body;
        const { number: old } = items.find(({ number, state }) => state === 'relayed' && !there.includes(number));
        await hall.done(hall.thuky, old, 'classify', { visibility: 'staff' });
        const { body } = await hall.thuky.post(HALL, { action: 'hand_up', name: 'Lê Văn Ví Dụ', khom: 'khom1' });
        assert.ok(body.version > 0);
        const shown = await spoken('Hẻm 12 chưa có đèn');
        await list.getByText('Hẻm 12 chưa có đèn').first().waitFor();
        assert.deepEqual(await numbers(), [shown, ...there]);
        await page.context().close();
    });
});
