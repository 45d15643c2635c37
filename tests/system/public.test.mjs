// SPDX-License-Identifier: AGPL-3.0-or-later
// The public pages in a browser: a resident sends, keeps the receipt, follows, agrees or goes on; with the script,
// without it, by keyboard alone, at 360 and 1280 pixels; and what hostile hands send.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, launch, overflows, PHONE, violations, visitor } from './browser.mjs';
import { rule, Ward } from './harness.mjs';

let ward, browser, secretary, chair;

before(async () => {
    ward = await Ward.demo('open');
    browser = await launch();
    secretary = await ward.signIn('thuky');
    chair = await ward.signIn('chutich');
});
after(async () => {
    await browser?.close();
    await ward?.stop();
});

/** A visitor walks; the console must have stayed quiet but for `refused` answers on purpose. */
async function walk(steps, { refused = false, ...options } = {}) {
    const { page, context, complaints } = await visitor(browser, ward.url, options);
    try {
        await steps(page, context);
        assert.deepEqual(complaints.filter((line) => !(refused && /status of 4\d\d/.test(line))), []);
    } finally {
        await context.close();
    }
}

const submit = (page, name) => page.getByRole('button', { name, exact: true }).click();
const act = async (client, number, action, more = {}) => {
    const { status, body } = await client.post(`/api/v1/opinions/${number}/actions`, { action, ...more });
    assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
    return body;
};

/** Sends through the page; { number, receipt }. */
async function send(page, content, fill = async () => {}) {
    await page.goto('/doi-thoai/1/gui-y-kien');
    await page.locator('#content').fill(content);
    await fill(page);
    await submit(page, 'Gửi ý kiến');
    await page.waitForURL('**/bien-nhan');
    return {
        number: (await page.locator('.receipt__number').innerText()).trim(),
        receipt: (await page.locator('.receipt__code').innerText()).trim(),
    };
}

const answerInHall = async (number) => {
    await act(secretary, number, 'relay');
    await act(chair, number, 'call');
    await act(chair, number, 'answer', { mode: 'spoken', kind: 'explain', text: 'Phường sẽ nạo vét cống trong tháng này.' });
};

/** Opens one <details>, unless it stands open, and gives it. */
async function unfold(page, title) {
    const details = page.locator('details', { has: page.locator('summary', { hasText: title }) });
    if (await details.getAttribute('open') === null) await details.locator('summary').first().click();
    return details;
}

describe('a resident and an opinion', () => {
    for (const [name, options] of Object.entries({
        'on a phone': { viewport: PHONE },
        'on a desk': { viewport: DESK },
        'without JavaScript': { viewport: PHONE, javaScriptEnabled: false },
    })) {
        test(`R64 R75 R83 R84: sends, keeps the receipt, follows, goes on, agrees, ${name}`, async () => {
            rule(64, 75, 83, 84);
            await walk(async (page) => {
                const { number, receipt } = await send(page, `Cống trước chợ bị nghẹt, ${name}.`);
                assert.match(number, /^\d{4}-\d{4}$/);
                assert.match(receipt, /^\d{4} \d{4} \d{4} \d{4}$/);
                assert.ok(!page.url().includes(receipt.replaceAll(' ', '')));
                assert.equal(await page.locator('svg.qr path').count(), 2);
                await submit(page, 'Đóng và xóa khỏi máy này');
                await page.goto('/bien-nhan');
                assert.ok(page.url().endsWith('/tra-cuu'), 'nothing is left on the device');
                await page.locator('#ma').fill(` ${receipt} `);
                await submit(page, 'Xem ý kiến của tôi');
                const mine = page.locator(`#y-kien-${number}`);
                await mine.getByText('Đã tiếp nhận').waitFor();
                await answerInHall(number);
                if (options.javaScriptEnabled === false) await page.goto('/tra-cuu'); // otherwise the open page follows
                await mine.getByText('Phường sẽ nạo vét cống trong tháng này.').waitFor();
                const more = await unfold(page, 'Tôi muốn trao đổi tiếp');
                await more.locator('textarea').fill('Xin cho biết ngày cụ thể.');
                await more.getByRole('button').click();
                await mine.getByText('Lượt trao đổi thứ 2').waitFor();
                await mine.getByText('Xin cho biết ngày cụ thể.').waitFor();
                await act(chair, number, 'answer', { mode: 'spoken', kind: 'answer', text: 'Ngày 25 tháng 6.' });
                await page.goto('/tra-cuu');
                const agree = await unfold(page, 'Tôi đồng ý với câu trả lời');
                await agree.getByRole('button').click();
                await mine.getByText('Người có ý kiến đồng ý với câu trả lời').waitFor();
                const { body } = await secretary.get(`/api/v1/opinions/${number}`);
                assert.equal(body.verdict, 'agreed');
                assert.equal(await overflows(page), false);
            }, options);
        });
    }

    test('by keyboard alone', async () => {
        await walk(async (page) => {
            await page.goto('/doi-thoai/1');
            const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
            const tabTo = async (wanted) => {
                for (let i = 0; i < 60 && (await focused()) !== wanted; i++) await page.keyboard.press('Tab');
                assert.equal(await focused(), wanted);
            };
            await tabTo('Gửi ý kiến');
            await page.keyboard.press('Enter');
            await page.waitForURL('**/gui-y-kien');
            await tabTo('content');
            await page.keyboard.type('Đèn đường hẻm 5 hỏng.');
            await tabTo('Gửi ý kiến');
            await page.keyboard.press('Enter');
            await page.waitForURL('**/bien-nhan');
        });
    });

    test('R34: a business names itself; the fault is said beside its field and nothing typed is lost', async () => {
        rule(34);
        await walk(async (page) => {
            await page.goto('/doi-thoai/1/gui-y-kien');
            await page.locator('#content').fill('Xin hướng dẫn thuế hộ kinh doanh.');
            await page.getByLabel('Doanh nghiệp', { exact: true }).check();
            await page.locator('#khom').selectOption('khom3');
            await submit(page, 'Gửi ý kiến');
            await page.locator('.error-summary').waitFor();
            await page.locator('.error-summary a').click();
            assert.equal(await page.evaluate(() => document.activeElement.id), 'organisation');
            assert.equal(await page.locator('#content').inputValue(), 'Xin hướng dẫn thuế hộ kinh doanh.');
            assert.equal(await page.locator('#khom').inputValue(), 'khom3');
            await page.locator('#organisation').fill('Cửa hàng Bình An');
            await submit(page, 'Gửi ý kiến');
            await page.waitForURL('**/bien-nhan');
        }, { refused: true });
    });

    test('consent is never ticked beforehand, and a phone number needs it', async () => {
        await walk(async (page) => {
            await page.goto('/doi-thoai/1/gui-y-kien');
            assert.equal(await page.locator('input[type=checkbox]:checked').count(), 0);
            await page.locator('#content').fill('Xin hỏi về vỉa hè.');
            await page.locator('#phone').fill('0912 345 678');
            await submit(page, 'Gửi ý kiến');
            await page.locator('#contact_ok-loi').waitFor();
            assert.equal(await page.locator('#phone').inputValue(), '0912 345 678');
            await page.locator('#contact_ok').check();
            await submit(page, 'Gửi ý kiến');
            await page.waitForURL('**/bien-nhan');
        }, { refused: true });
    });

    test('a wrong digit of the receipt is explained; the QR brings the code behind the #', async () => {
        await walk(async (page) => {
            await page.goto('/tra-cuu');
            await page.locator('#ma').fill('1234 5678 9012 3450');
            await submit(page, 'Xem ý kiến của tôi');
            await page.locator('#ma-loi').waitFor();
            assert.equal(await page.locator('#ma').inputValue(), '1234 5678 9012 3450');
            await page.goto('/tro-giup');
            await page.goto('/tra-cuu#1234567890123456');
            assert.equal(await page.locator('#ma').inputValue(), '1234567890123456');
            assert.ok(page.url().endsWith('/tra-cuu'));
        }, { refused: true });
    });

    test('amends, changes contact and withdraws; another act than the state allows is not offered', async () => {
        await walk(async (page) => {
            const { number } = await send(page, 'Bản đầu.');
            await page.goto('/tra-cuu');
            assert.equal(await page.locator('summary', { hasText: 'Tôi đồng ý' }).count(), 0);
            const amend = await unfold(page, 'Sửa lời ý kiến');
            assert.equal(await amend.locator('textarea').inputValue(), 'Bản đầu.');
            await amend.locator('textarea').fill('Bản đã sửa.');
            await amend.getByRole('button').click();
            await page.locator('.flash').waitFor();
            await page.locator('.quote', { hasText: 'Bản đã sửa.' }).first().waitFor();
            const contact = await unfold(page, 'Đổi cách liên hệ');
            await contact.locator('input[name=phone]').fill('không phải số');
            await contact.getByRole('button').click();
            await page.locator('.error-summary').first().waitFor();
            assert.equal(await page.locator('input[name=phone]').inputValue(), 'không phải số');
            await page.goto('/tra-cuu');
            const withdraw = await unfold(page, 'Rút ý kiến');
            await withdraw.getByRole('button').click();
            await page.locator(`#y-kien-${number}`).getByText('Đã rút', { exact: true }).waitFor();
        }, { refused: true });
    });

    test('an act recorded in one\'s name is shown with its proof and can be revoked', async () => {
        await walk(async (page) => {
            const { number } = await send(page, 'Xin hỏi lịch thu gom rác.');
            await answerInHall(number);
            await act(secretary, number, 'agree', { on_behalf: 'author', proof: { kind: 'heard', text: 'nói tại hội trường' } });
            await page.goto('/tra-cuu');
            await page.getByText('nghe trực tiếp tại hội trường').waitFor();
            const revoke = await unfold(page, 'Tôi không nói, không làm như vậy');
            await revoke.getByRole('button').click();
            await page.getByText('Đã hủy', { exact: true }).waitFor();
            const { body } = await secretary.get(`/api/v1/opinions/${number}`);
            assert.notEqual(body.verdict, 'agreed');
        });
    });
});

describe('hostile hands', () => {
    const post = (fields) => fetch(`${ward.url}/doi-thoai/1/gui-y-kien`, {
        method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ author_type: 'resident', ...fields }).toString(),
    });

    test('script is shown as text', async () => {
        await walk(async (page) => {
            const { number } = await send(page, '<script>document.title="x"</script><img src=x onerror=alert(1)>');
            await act(secretary, number, 'relay');
            await page.goto(`/y-kien/${number}`);
            assert.match(await page.locator('.quote').first().innerText(), /<script>/);
            assert.equal(await page.locator('main script, main img[src=x]').count(), 0);
        });
    });

    for (const [name, content, kept] of [
        ['NUL', 'trước\u0000sau', 'trướcsau'],
        ['a right-to-left override', 'trước\u202esau', 'trước'],
        ['5,001 characters', 'ă'.repeat(5001), 'ă'.repeat(5001)],
    ]) {
        test(`${name} is refused and the text kept`, async () => {
            const reply = await post({ content });
            const text = await reply.text();
            assert.ok([400, 422].includes(reply.status), String(reply.status));
            assert.ok(text.includes('error-summary'));
            assert.ok(text.includes(kept));
        });
    }

    test('decomposed letters and zero-width characters are taken and brought to one form', async () => {
        const content = 'Đường ngập'.normalize('NFD') + '\u200b\u200b sâu';
        const reply = await post({ content });
        assert.equal(reply.status, 303);
        const cookie = reply.headers.get('set-cookie').split(';')[0];
        const mine = await (await fetch(`${ward.url}/tra-cuu`, { headers: { Cookie: cookie } })).text();
        assert.ok(mine.includes('Đường ngập sâu'));
    });

    test('the same form sent twice is one opinion and one receipt', async () => {
        const fields = { content: 'Gửi hai lần.', key: '00112233445566778899aabbccddeeff' };
        const [first, second] = [await post(fields), await post(fields)];
        assert.equal(first.status, 303);
        assert.equal(first.headers.get('set-cookie'), second.headers.get('set-cookie'));
    });

    test('an act without the form\'s token is refused', async () => {
        const reply = await post({ content: 'Thử.' });
        const cookie = reply.headers.get('set-cookie').split(';')[0];
        const mine = await (await fetch(`${ward.url}/tra-cuu`, { headers: { Cookie: cookie } })).text();
        const number = /id="y-kien-(\d{4}-\d+)"/.exec(mine)[1];
        const refused = await fetch(`${ward.url}/tra-cuu/y-kien/${number}/withdraw`, {
            method: 'POST', redirect: 'manual', headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'text=x' });
        assert.equal(refused.status, 403);
    });
});

describe('reading', () => {
    test('search finds with and without diacritics', async () => {
        await walk(async (page) => {
            const { number } = await send(page, 'Đề nghị lắp gương cầu lồi ở khúc cua miếu Bà.');
            await act(secretary, number, 'relay');
            for (const words of ['gương cầu lồi', 'guong cau loi', 'GƯƠNG CẦU']) {
                await page.goto('/doi-thoai/1/y-kien');
                await page.locator('#q').fill(words);
                await submit(page, 'Tìm');
                await page.getByRole('link', { name: `Ý kiến số ${number}` }).waitFor();
            }
            await page.goto('/doi-thoai/1/y-kien?tinh-trang=concluded&q=guong');
            await page.getByText('Không có ý kiến nào phù hợp').waitFor();
        });
    });

    test('what the secretary has not relayed is nowhere to be read', async () => {
        await walk(async (page) => {
            const { number } = await send(page, 'Chưa chuyển, chưa ai đọc được.');
            await page.context().clearCookies();
            const reply = await page.goto(`/y-kien/${number}`);
            assert.equal(reply.status(), 404);
            await page.goto('/doi-thoai/1/y-kien?q=chua+chuyen');
            assert.equal(await page.getByText('Chưa chuyển, chưa ai đọc được.').count(), 0);
        }, { refused: true });
    });

    // The state is one of groups of the page's own; what they hold is tested with the list above.
    for (const [filter, asked] of [['', ''], ['linh-vuc=construction', 'field=construction'], ['linh-vuc=urban', 'field=urban'], ['khom=khom2', 'khom=khom2'],
        ['khom=khom2&linh-vuc=urban', 'khom=khom2&field=urban']])
    test(`paging keeps the filters and misses nobody: ${filter || 'none'}`, async () => {
        await walk(async (page) => {
            await page.goto(`/doi-thoai/1/y-kien?${filter}`);
            const seen = new Set();
            for (;;) {
                for (const name of await page.locator('article.card h3').allInnerTexts()) {
                    assert.ok(!seen.has(name));
                    seen.add(name);
                }
                const next = page.getByRole('link', { name: 'Xem tiếp' });
                if (await next.count() === 0) break;
                await next.click();
                await page.getByRole('link', { name: 'Về đầu danh sách' }).waitFor();
            }
            const first = await ward.anyone.get(`/api/v1/dialogues/1/opinions?limit=200&${asked}`);
            assert.equal(seen.size, first.body.items.length);
        });
    });

    test('a kept page shows what has just happened, and an open one follows it', async () => {
        await walk(async (page) => {
            const before = await (await fetch(`${ward.url}/doi-thoai/1`)).text();
            await page.goto('/doi-thoai/1');
            const { body: made } = await ward.anyone.post('/api/v1/dialogues/1/opinions',
                { content: 'Ý kiến hiện ngay trên trang đang mở.', author: { type: 'resident' } });
            await act(secretary, made.number, 'relay');
            await page.locator(`[data-live="${made.number}"]`).getByText('Ý kiến hiện ngay').waitFor();
            const fresh = await (await fetch(`${ward.url}/doi-thoai/1`)).text();
            assert.ok(!before.includes(made.number) && fresh.includes(made.number));
            await act(chair, made.number, 'call');
            await page.locator(`[data-live="${made.number}"]`).getByText('Đang đối thoại').waitFor();
        });
    });

    test('R55 R59: a due date shows how it was counted; the register is read without names', async () => {
        rule(55, 59);
        await walk(async (page) => {
            await page.goto('/doi-thoai/1/y-kien?tinh-trang=owed');
            await page.locator('article.card h3 a').first().click();
            await page.locator('.due').first().waitFor();
            const due = await unfold(page, 'Cách tính hạn từng ngày');
            assert.ok(await due.locator('tbody tr').count() >= 3);
            const history = await unfold(page, 'Quá trình xử lý ghi trong sổ');
            assert.match(await history.innerText(), /Tiếp nhận ý kiến/);
            assert.doesNotMatch(await history.innerText(), /thuky|chutich/);
        });
    });
});

describe('every page', () => {
    const PAGES = ['/', '/doi-thoai/1', '/doi-thoai/1/gui-y-kien', '/doi-thoai/1/y-kien', '/y-kien/2024-0002', '/tra-cuu', '/tro-giup',
        '/quyen-rieng-tu', '/kha-nang-tiep-can', '/khong-co-trang-nay'];
    for (const [name, viewport] of [['360', PHONE], ['1280', DESK]]) {
        test(`is accessible and fits at ${name} pixels`, async () => {
            await walk(async (page) => {
                for (const path of PAGES) {
                    await page.goto(path);
                    assert.deepEqual(await violations(page), [], path);
                    assert.equal(await overflows(page), false, path);
                }
                await send(page, 'Trang biên nhận cũng vậy.');
                assert.deepEqual(await violations(page), [], 'receipt');
                await page.goto('/tra-cuu');
                await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
                assert.deepEqual(await violations(page), [], 'follow');
                assert.equal(await overflows(page), false, 'follow');
            }, { viewport, refused: true });
        });
    }
});
