// SPDX-License-Identifier: AGPL-3.0-or-later
// Door, invitees, milestones, and the pages of party, archivist, custodian, culture and register follow what others do
// without reloading; what is half typed stays, the caret too; and of a sealed matter the events tell no number.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { atDesk, launch, violations } from './browser.mjs';
import { browser as form } from './form_browser.mjs';
import { Listener } from './listener.mjs';
import { done, rule, Ward } from './harness.mjs';

let ward, browser;

before(async () => { [ward, browser] = await Promise.all([Ward.demo('open'), launch()]); });
after(async () => {
    await browser?.close();
    await ward?.stop();
});

const by = (username) => ward.by(username);
const at = (username, path, walk) => atDesk(browser, ward, username, path, walk);
const slip = async (content, more = {}) => (await done((await by('thuky')).post('/api/v1/dialogues/1/opinions',
    { content, channel: 'slip', author: { type: 'resident' }, ...more }))).number;

const door = async (username, action, more) => done((await by(username)).post('/api/v1/dialogues/1/attendance', { action, ...more }));

describe('the door', () => {
    const DOOR = '/lam-viec/diem-danh/1';
    const present = async (page) => Number(await page.locator('#so-nguoi + .figures b').first().innerText());

    test('two tables: who comes in at one is seen at the other at once, beside a half typed name (R34, R87)', async () => {
        rule(34, 87);
        await at('vanphong', DOOR, async (page) => {
            const before = await present(page);
            const waiting = page.locator('#chua-den ~ ul > li').first();
            const id = Number((await waiting.getAttribute('id')).slice('cho-'.length));
            await page.locator('#part').selectOption('businesses');
            await page.locator('#name').pressSequentially('Bà Nguyễn Thị V');
            await door('thuky', 'check_in', { number: id });
            await page.locator(`#den-${id}`).waitFor();
            assert.equal(await page.locator(`#cho-${id}`).count(), 0, 'no longer among those who have not come');
            assert.equal(await present(page), before + 1);
            await page.keyboard.type('í Dụ');
            assert.equal(await page.locator('#name').inputValue(), 'Bà Nguyễn Thị Ví Dụ');
            assert.equal(await page.locator('#part').inputValue(), 'businesses');
            await door('thuky', 'walk_in', { part: 'residents', name: 'Ông Trần Ví Dụ', consent: true });
            await page.getByText('Ông Trần Ví Dụ', { exact: true }).waitFor();
            await page.keyboard.type('!');
            assert.equal(await page.locator('#name').inputValue(), 'Bà Nguyễn Thị Ví Dụ!');
            await door('thuky', 'undo_check_in', { number: id });
            await page.locator(`#cho-${id}`).waitFor();
            assert.equal(await present(page), before + 1);
            assert.deepEqual(await violations(page), []);
        });
    });

    test('what was sought for stays sought for, and the list of it alone comes anew', async () => {
        const list = (await (await by('thuky')).get('/api/v1/dialogues/1/invitees?limit=200')).body.items;
        const { name } = list.find((one) => one.name && !one.arrived && !one.struck);
        await at('thuky', `${DOOR}?tim=${encodeURIComponent(name)}`, async (page) => {
            const rows = page.locator('#chua-den ~ ul > li');
            const texts = await rows.locator('b').allInnerTexts();
            assert.ok(texts.length > 0 && texts.every((text) => text.includes(name)), texts.join());
            const id = Number((await rows.first().getAttribute('id')).slice('cho-'.length));
            await door('vanphong', 'check_in', { number: id });
            await page.locator(`#cho-${id}`).waitFor({ state: 'detached' });
            assert.equal(await rows.count(), texts.length - 1);
        });
    });

    test('the list of those invited: an apology appears, while another one is being written', async () => {
        await at('vanphong', '/lam-viec/dai-bieu/1', async (page) => {
            const open = page.locator('tbody tr:has([id^=bao-vang-])');
            const [mine, other] = await Promise.all([0, 1].map(async (i) => (await open.nth(i).getAttribute('id')).slice('moi-'.length)));
            await page.locator(`#viec-${mine} > summary`).click();
            await page.locator(`#vang-${mine}`).pressSequentially('Đi công');
            await door('thuky', 'absent', { number: Number(other), text: 'Bận trực cơ quan' });
            await page.locator(`#moi-${other}`, { hasText: 'Bận trực cơ quan' }).waitFor();
            await page.keyboard.type(' tác');
            assert.equal(await page.locator(`#vang-${mine}`).inputValue(), 'Đi công tác');
            assert.ok(await page.locator(`#vang-${mine}`).isVisible(), 'what was opened is open');
        });
    });
});

test('milestones and the culture officer\'s log: what others write down, beside a line that is being written (R94)', async () => {
    rule(94);
    const office = await form(ward, 'vanphong');
    await at('vanphong', '/lam-viec/chuan-bi/1', async (milestones) => {
        const read = milestones.locator('tr', { hasText: 'Đọc thông báo trên loa' });
        const days = Number(/đã đọc (\d+) ngày/.exec(await read.innerText())[1]);
        await at('vanhoa', '/lam-viec/van-hoa/1', async (page) => {
            await page.locator('#note').pressSequentially('Loa khóm');
            const line = { day: '2024-06-20', time: '06:10', times: '2', reader: 'Người đọc thay', note: '' };
            assert.equal((await office.post('/lam-viec/van-hoa/1/phat-thanh', line, '/lam-viec/van-hoa/1')).status, 303);
            await page.getByText('Người đọc thay').waitFor();
            await page.keyboard.type(' 2 hỏng');
            assert.equal(await page.locator('#note').inputValue(), 'Loa khóm 2 hỏng');
        });
        await read.getByText(`đã đọc ${days + 1} ngày`).waitFor();
    });
});

test('the Party committee\'s figures, and the register, follow the hall (R90)', async () => {
    rule(90);
    await at('danguy', '/lam-viec/dang-uy/1', async (page) => {
        const received = () => page.locator('.figures li', { hasText: 'ý kiến đã nhận' }).locator('b').innerText();
        const before = Number(await received());
        await at('hdnd', '/lam-viec/so/1', async (register) => {
            const entries = register.locator('.facts dd').first();
            const was = await entries.innerText();
            await slip('Xin thêm thùng rác.');
            await register.locator('.facts dd').first().and(register.locator(`dd:not(:text-is("${was}"))`)).waitFor();
        });
        await page.locator('.figures li', { hasText: 'ý kiến đã nhận' }).locator(`b:text-is("${before + 1}")`).waitFor();
    });
});

test('the custodian sees what was sealed at once; the events of what follows tell nobody else which one', async () => {
    const number = await slip('Tổ trưởng thu tiền không biên lai.');
    const heard = await Listener.open(`${ward.url}/api/v1/dialogues/1/events`, '', { headers: { authorization: (await by('hdnd')).authorization } });
    after(() => heard.end());
    await at('baomat1', '/lam-viec/niem-phong', async (page) => {
        await done((await by('thuky')).opinion(number, 'divert', { to: 'denunciation', reason: 'Là tố cáo.' }));
        const row = page.locator('.queue li', { hasText: number });
        await row.getByText('chưa báo nơi giải quyết').waitFor();
        await heard.atLeast(1);
        const told = heard.events.length;
        await done((await by('baomat2')).opinion(number, 'notify', { agency: 'Thanh tra', text: 'Đã chuyển đơn.', how: 'letter', proof: { kind: 'signature', text: 'Ký sổ' } }));
        await row.getByText('chưa báo nơi giải quyết').waitFor({ state: 'detached' });
        const later = heard.events.slice(told).map(({ event, data }) => [event, data.subject, data.what]);
        assert.deepEqual(later, [['dialogue', '1', 'sealed']]);
        assert.deepEqual(await violations(page), []);
    });
});

test('the archivist: a paper that waits for its number, and the register once it has it (R103)', async () => {
    rule(103);
    await at('vanthu', '/lam-viec/van-thu/so', async (register) => {
        await at('vanthu', '/lam-viec/van-thu', async (page) => {
            const waiting = page.locator('#cho-so tbody tr', { hasText: 'Thông báo kết luận' });
            await done((await by('chutich')).dialogue(1, 'close'));
            await waiting.waitFor();
            await done((await by('vanthu')).post('/api/v1/dialogues/1/documents/conclusion/number', { date: '2024-06-20' }));
            await waiting.waitFor({ state: 'detached' });
        });
        await register.getByText(/TB-UBND/).first().waitFor();
    });
});
