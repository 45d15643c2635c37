// SPDX-License-Identifier: AGPL-3.0-or-later
// The desks around the hall follow what others do: it appears without reloading, a burst is one fetch or a few, and
// what somebody is writing stays theirs: the words, the caret, what was opened, even when its card leaves the list.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { atDesk, launch, signIn, violations, visitor } from './browser.mjs';
import { done, password, rule, Ward } from './harness.mjs';

let ward, browser;

before(async () => {
    [ward, browser] = await Promise.all([Ward.demo('open'), launch()]);
    await done((await by('chutich')).dialogue(1, 'close'));
});
after(async () => {
    await browser?.close();
    await ward?.stop();
});

const by = (username) => ward.by(username);
async function slip(content, more = {}) {
    const secretary = await by('thuky');
    const { number } = await done(secretary.post('/api/v1/dialogues/1/opinions',
        { content, channel: 'slip', author: { type: 'resident' }, ...more }));
    await done(secretary.opinion(number, 'relay'));
    return number;
}
const assign = async (number, to) => done((await by('vanphong')).opinion(number, 'assign', { to }));
async function owedBy(username, content) {
    const number = await slip(content);
    await assign(number, username);
    return number;
}

const at = (username, path, walk) => atDesk(browser, ward, username, path, walk);

const card = (page, number) => page.locator(`#y-kien-${number}`);

/** Opens the form folded in a card and begins to write. */
async function begin(page, form, text) {
    await page.locator(`details:has(form[id^="${form}"]) > summary`).click();
    await page.locator(`form[id^="${form}"] textarea`).first().click();
    await page.keyboard.type(text);
}
const written = (page, form) => page.locator(`form[id^="${form}"] textarea`).first().inputValue();

describe('what others do appears on the desk', () => {
    test('the specialist: a new task beside the answer being written; what leaves the list leaves the words (R77, R78)', async () => {
        rule(77, 78);
        const [mine, other] = [await owedBy('diachinh', 'Đường hẻm 7 ngập.'), await owedBy('diachinh', 'Cống hẻm 8 nghẹt.')];
        await at('diachinh', '/lam-viec/chuyen-mon', async (page) => {
            await begin(page, `draft-${mine}`, 'Phường đã khảo sát');
            const number = await owedBy('diachinh', 'Nắp cống hẻm 9 vỡ.');
            await card(page, number).waitFor();
            await page.keyboard.type(' và sẽ sửa.');
            assert.equal(await written(page, `draft-${mine}`), 'Phường đã khảo sát và sẽ sửa.');
            assert.ok(await page.locator(`#draft-${mine}`).isVisible(), 'what was opened is open');

            await Promise.all([assign(mine, 'congan'), assign(other, 'congan')]);
            await card(page, other).waitFor({ state: 'detached' }); // nobody was writing there
            await page.getByText('vừa rời khỏi danh sách').and(page.locator(':visible')).waitFor();
            await page.keyboard.type(' Hết.');
            assert.equal(await written(page, `draft-${mine}`), 'Phường đã khảo sát và sẽ sửa. Hết.');
            assert.deepEqual(await violations(page), []);
            await owedBy('diachinh', 'Thêm một việc nữa.').then((one) => card(page, one).waitFor());
            assert.equal(await written(page, `draft-${mine}`), 'Phường đã khảo sát và sẽ sửa. Hết.', 'and goes on staying');
        });
    });

    test('the office: an overseer\'s second remark, while the first is being replied to (R99)', async () => {
        rule(99);
        const [first, second] = [await owedBy('diachinh', 'Xin thùng rác ở chợ.'), await owedBy('diachinh', 'Xin ghế đá ở công viên.')];
        await done((await by('hdnd')).opinion(first, 'remark', { text: 'Cần nêu rõ ngày đặt thùng.' }));
        await at('vanphong', '/lam-viec/van-phong/1', async (page) => {
            await begin(page, `remark_reply-${first}`, 'Thùng rác được đặt');
            await done((await by('hdnd')).opinion(second, 'remark', { text: 'Cần nêu rõ ngày đặt ghế.' }));
            await page.locator('#giam-sat').getByText('Cần nêu rõ ngày đặt ghế.').waitFor();
            await page.keyboard.type(' trong tuần này.');
            assert.equal(await written(page, `remark_reply-${first}`), 'Thùng rác được đặt trong tuần này.');
        });
    });

    test('the khóm: an opinion of its people, the moment it is taken in', async () => {
        await at('khom2', '/lam-viec/khom', async (page) => {
            const number = await slip('Đèn đường khóm 2 hỏng.', { author: { type: 'resident', khom: 'khom2' }, reply_by: 'khom' });
            await card(page, number).waitFor();
        });
    });

    test('the overseers: states change in the table, words to search stay, and the list is logged once (R99)', async () => {
        const readings = async () => ((await (await by('hdnd')).get('/lam-viec/giam-sat/da-doc', { accept: 'text/html' })).body
            .match(/Danh sách ý kiến/g) ?? []).length;
        const number = await slip('Xin hỏi lịch thu gom rác.');
        const path = `/lam-viec/giam-sat/1?state=&field=&khom=&q=${encodeURIComponent('lịch thu gom')}`;
        await at('hdnd', path, async (page) => {
            const row = page.locator('tbody tr', { hasText: number });
            await row.waitFor();
            assert.equal(await page.locator('tbody tr').count(), 1);
            const before = await readings();
            await page.locator('#q').fill('lịch thu gom rác thải');
            await assign(number, 'congan');
            await row.getByText('Trưởng Công an phường').waitFor();
            assert.equal(await page.locator('tbody tr').count(), 1, 'the filter holds');
            assert.equal(await page.locator('#q').inputValue(), 'lịch thu gom rác thải');
            assert.equal(await readings(), before);
        });
    });

    test('the first page: what I owe, and a conference that was just begun to be planned', async () => {
        await at('diachinh', '/lam-viec', async (page) => {
            const number = await owedBy('diachinh', 'Biển báo hẻm 3 mất.');
            await page.locator('#viec-cua-toi').getByText(number).waitFor();
            await done((await by('vanphong')).post('/api/v1/dialogues', { title: 'Đối thoại năm sau', year: 2025, profile: 2025,
                planned: '2025-06', place: 'Hội trường', seats: 80 }));
            await page.getByText('Đối thoại năm sau').waitFor();
        });
    });
});

test('a burst is a few fetches, and the last change is seen', async () => {
    await at('diachinh', '/lam-viec', async (page, fetches) => {
        const numbers = await Promise.all(Array.from({ length: 30 }, (_, i) => owedBy('diachinh', `Việc dồn dập số ${i}.`)));
        for (const number of numbers) await page.locator('#viec-cua-toi').getByText(number).waitFor();
        assert.ok(fetches() < 20, `${fetches()} fetches for 60 changes`);
    });
});

test('the stream of all the unit is for its staff alone; a desk whose session ended stays as it is', async () => {
    const { status, headers } = await ward.anyone.get('/lam-viec/su-kien', { accept: 'text/html' });
    assert.deepEqual([status, headers.get('location')], [303, '/lam-viec/dang-nhap']);
    const { page, context } = await visitor(browser, ward.url);
    await signIn(page, 'diachinh', password);
    await page.goto('/lam-viec');
    await page.locator('#viec-cua-toi').waitFor();
    await context.clearCookies();
    const came = page.waitForResponse((r) => r.url().endsWith('/dang-nhap'));
    await page.evaluate(() => window.htmx.trigger(document.body, 'live:reset', {}));
    await came;
    await page.locator('body:not(:has(.htmx-request))').waitFor();
    assert.ok(await page.locator('#viec-cua-toi').isVisible());
    await context.close();
});
