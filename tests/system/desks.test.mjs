// SPDX-License-Identifier: AGPL-3.0-or-later
// The desks in a browser: how life in a hall goes through them, by keyboard, by touch, without the script, and what
// they refuse. Never waits for time: only for what the page shows.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { launch, overflows, PHONE, DESK, signIn, violations, visitor } from './browser.mjs';
import { password, rule, Ward } from './harness.mjs';

const TABLET = { width: 1024, height: 768 };
const SECRETARY = '/lam-viec/thu-ky/1';
const CHAIR = '/lam-viec/chu-tri/1';
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

/** Runs `walk(page)` as a user; the console must have stayed quiet but for `refused` answers on purpose. */
async function as(username, walk, { refused = false, ...options } = {}) {
    const { page, context, complaints } = await visitor(browser, ward.url, options);
    try {
        await signIn(page, username, password);
        await walk(page);
        const real = complaints.filter((line) => !(refused && /status of 4\d\d/.test(line)));
        assert.deepEqual(real, []);
    } finally {
        await context.close();
    }
}

const opinion = async (number) => (await secretary.get(`/api/v1/opinions/${number}`)).body;
const last = (list) => list[list.length - 1];

async function slip(content, more = {}) {
    const { body } = await secretary.post('/api/v1/dialogues/1/opinions',
        { content, channel: 'slip', author: { type: 'resident' }, ...more });
    return body.number;
}
const spoken = (content) => slip(content, { channel: 'spoken' });
async function relayed(content) {
    const number = await slip(content);
    await secretary.opinion(number, 'relay');
    return number;
}

/** Presses keys one by one, counting them. */
async function press(page, ...keys) {
    for (const key of keys) await page.keyboard.press(key);
    return keys.length;
}

/** A letter works only outside the box. */
async function letter(page, key) {
    await page.locator(`[data-key="${key}"]`).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
}

/** The desk with this opinion in the middle, ready: the box has taken the focus. */
async function desk(page, number) {
    await page.goto(number ? `${SECRETARY}?y=${number}` : SECRETARY);
    await page.locator('#content:focus').waitFor();
}

/** The quick form of an act stands open: fill it in and send. */
async function quick(page, id, fill = {}) {
    const form = page.locator(`form#${id}`);
    await form.waitFor({ state: 'visible' });
    for (const [name, value] of Object.entries(fill)) {
        const field = form.locator(`[name="${name}"]`);
        if (await field.evaluate((e) => e.tagName) === 'SELECT') await field.selectOption(value);
        else await field.fill(value);
    }
    const answered = page.waitForResponse((r) => r.request().method() === 'GET' && r.url().includes(SECRETARY));
    await form.locator('button[type=submit]').click();
    await answered;
}

const receiptShown = async (page) => (await page.locator('.receipt__number').textContent()).trim();

describe('signing in', () => {
    test('a wrong password keeps the name that was typed, and says so', async () => {
        const { page, context } = await visitor(browser, ward.url);
        await page.goto('/lam-viec/thu-ky/1');
        assert.match(page.url(), /dang-nhap$/);
        await page.fill('[name=username]', 'thuky');
        await page.fill('[name=password]', 'khong-dung-mat-khau');
        await page.click('main button[type=submit]');
        await page.waitForSelector('.error-summary');
        assert.equal(await page.inputValue('[name=username]'), 'thuky');
        assert.equal(await page.inputValue('[name=password]'), '');
        assert.deepEqual(await violations(page), []);
        await context.close();
    });

    test('the session ends with signing out', async () => {
        await as('thuky', async (page) => {
            assert.match(page.url(), /\/lam-viec$/);
            await page.locator('.site-tools form button').click();
            await page.waitForURL(/dang-nhap$/);
            await page.goto('/lam-viec');
            assert.match(page.url(), /dang-nhap$/);
        });
    });
});

describe('the secretary takes in (R74, R75)', () => {
    rule(74, 75);

    test('a spoken opinion takes two keys beyond its words, and is on the floor at once', async () => {
        await as('thuky', async (page) => {
            await desk(page);
            await page.keyboard.type('Đèn đường hẻm 12 hỏng đã một tháng.');
            const keys = await press(page, 'Tab', 'Enter');
            await page.waitForSelector('.receipt__number');
            assert.ok(keys <= 6);
            const taken = await opinion(await receiptShown(page));
            assert.equal(taken.state, 'on_floor');
            assert.equal(taken.channel, 'spoken');
            assert.equal(taken.content, 'Đèn đường hẻm 12 hỏng đã một tháng.');
            assert.equal(taken.author.type, 'resident');
            await page.locator('#content:focus').waitFor(); // back in the box
            assert.equal(await page.inputValue('#content'), '');
            assert.match(await page.locator('.receipt__code').textContent(), /\d/);
        });
    });

    test('Ctrl+Enter, a slip and a phone call stay within six keys', async () => {
        await as('thuky', async (page) => {
            await desk(page);
            const ways = [[['Control+Enter'], 'spoken'], [['Tab', 'Tab', 'Enter'], 'slip'],
                [['Tab', 'Tab', 'Tab', 'Enter'], 'phone']];
            let before = '';
            for (const [keys, channel] of ways) {
                await page.keyboard.type(`Ý kiến qua ${channel}.`);
                assert.ok(await press(page, ...keys) <= 6);
                const number = page.locator('.receipt__number');
                await (before ? number.filter({ hasNotText: before }) : number).waitFor();
                before = await receiptShown(page);
                await page.locator('#content:focus').waitFor();
                const taken = await opinion(before.trim());
                assert.equal(taken.channel, channel);
                assert.equal(taken.content, `Ý kiến qua ${channel}.`);
            }
        });
    });

    test('one key relays the first that waits; the list follows', async () => {
        const number = await slip('Xin hỏi lịch thu gom rác của khóm.');
        await as('thuky', async (page) => {
            for (;;) {
                await desk(page);
                const first = (await page.locator('#ban section .queue > li').first().getAttribute('id')).slice(4);
                await letter(page, 'c');
                await page.waitForSelector(`#cho-${first}`, { state: 'detached' });
                assert.equal((await opinion(first)).state, 'relayed');
                if (first === number) return;
            }
        });
    });

    test('an empty box is refused with the words why, and nothing is lost', async () => {
        await as('thuky', async (page) => {
            await desk(page);
            await page.fill('#content', '   ');
            await press(page, 'Tab', 'Enter');
            await page.waitForSelector('#content-loi');
            assert.deepEqual(await violations(page), []);
        }, { refused: true });
    });

    test('what comes in from elsewhere appears by itself while the box is being typed in', async () => {
        await as('thuky', async (page) => {
            const listening = page.waitForResponse((r) => r.url().includes('/events'));
            await desk(page);
            await listening;
            await page.keyboard.type('Đang ghi dở');
            const number = await slip('Ý kiến đến trong lúc thư ký đang ghi.');
            await page.waitForSelector(`#cho-${number}`);
            await page.keyboard.type(' câu này');
            assert.equal(await page.inputValue('#content'), 'Đang ghi dở câu này');
        });
    });
});

describe('the chair does not tap: the secretary records every act', () => {
    test('R52, R76, R84: answered by the chair, agreed by the author, concluded', async () => {
        rule(52, 76, 84);
        const number = await spoken('Bao giờ sửa nắp cống đầu hẻm 5?');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 't');
            await quick(page, `chair-answer-${number}`, { text: 'Phường sửa xong trong tuần này.' });
            await page.waitForSelector(`#author-agree-${number}`);
            await letter(page, 'a');
            await page.waitForSelector(`#chair-conclude-${number}`, { state: 'attached' });
            await letter(page, 'q');
            await quick(page, `chair-conclude-${number}`, { text: 'Thống nhất sửa trong tuần.' });
        });
        const o = await opinion(number);
        assert.equal(o.state, 'concluded');
        assert.equal(o.outcome, 'agreed');
        assert.equal(o.answers[0].text, 'Phường sửa xong trong tuần này.');
        assert.equal(o.answers[0].on_behalf, 'chair');
    });

    test('R76: an officer is given the floor and answers on the spot', async () => {
        rule(76, 77);
        const number = await spoken('Hồ sơ cấp đổi giấy chứng nhận cần những gì?');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'm');
            await quick(page, `chair-give_floor-${number}`, { to: 'diachinh' });
            await page.waitForSelector(`#floor-answer-${number}`, { state: 'attached' });
            await letter(page, 'f');
            await quick(page, `floor-answer-${number}`, { text: 'Gồm đơn, giấy cũ và căn cước.' });
        });
        const o = await opinion(number);
        assert.equal(o.state, 'answered');
        assert.equal(o.answers[0].on_behalf, 'floor');
        assert.match(JSON.stringify(o.answers[0]), /diachinh|Hoàng Văn E|Địa chính/);
    });

    test('R64, R83: asked back, replied, neighbours add, the author goes on', async () => {
        rule(64, 83);
        const number = await spoken('Vỉa hè trước chợ bị chiếm hết.');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'h');
            await quick(page, `chair-ask_back-${number}`, { text: 'Ông/bà cho biết vào giờ nào?' });
            await letter(page, 'r');
            await quick(page, `author-reply-${number}`, { text: 'Từ 5 giờ đến 8 giờ sáng.' });
            await letter(page, 'e');
            await quick(page, `exchange-${number}`, { text: 'Hàng xóm xác nhận đúng như vậy.' });
            await letter(page, 't');
            await quick(page, `chair-answer-${number}`, { text: 'Công an phường ra quân mỗi sáng.' });
            await letter(page, 'x');
            await quick(page, `author-continue-${number}`, { text: 'Cần làm thường xuyên hơn.' });
        });
        const o = await opinion(number);
        assert.equal(o.state, 'on_floor');
        assert.equal(o.round, 2);
        assert.equal(o.exchanges.length >= 3, true);
    });

    test('R54, R55, R78: given to the officer of its field by a date', async () => {
        rule(54, 55, 78);
        const number = await spoken('Đề nghị làm lại rãnh thoát nước.');
        await secretary.opinion(number, 'classify', { field: 'construction' });
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'p');
            const to = page.locator(`#chair-assign-${number} [name=to]`);
            assert.equal(await to.inputValue(), 'diachinh', 'the officer of the field stands first');
            await quick(page, `chair-assign-${number}`, { directive: 'Khảo sát và trả lời bằng văn bản.' });
        });
        const o = await opinion(number);
        assert.equal(o.state, 'owed');
        assert.equal(o.responsible, 'diachinh');
        assert.ok(o.due.legal);
    });

    test('R56, R80, R81: recommended to the competent agency', async () => {
        rule(56, 80, 81);
        const number = await spoken('Đề nghị mở tuyến xe buýt qua phường.');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'k');
            await quick(page, `chair-refer-${number}`, { agency: 'Sở Xây dựng', reason: 'beyond' });
        });
        assert.equal((await opinion(number)).state, 'referred');
        assert.equal((await opinion(number)).referrals[0].agency, 'Sở Xây dựng');
    });
});

describe('the secretary sorts', () => {
    test('R65, R66, R67: off topic is owed in writing, with the polite prompt', async () => {
        rule(65, 66, 67);
        const number = await slip('Xin hỏi kết quả bóng đá của tỉnh.');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'n');
            await quick(page, `set_off_topic-${number}`);
            await page.goto(`/lam-viec/y-kien/${number}`);
            assert.match(await page.locator('.timeline').textContent(), /đi vào trọng tâm|tập trung vào chủ đề/);
        });
        const o = await opinion(number);
        assert.equal(o.state, 'owed');
        assert.equal(o.scope, 'off');
    });

    test('R60: grouped under one lead, each keeps its own words', async () => {
        rule(60);
        const lead = await relayed('Nước máy yếu vào buổi sáng.');
        const number = await slip('Nước máy chảy yếu quá.');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'g');
            await quick(page, `group-${number}`, { with: lead });
            await page.goto(`/lam-viec/y-kien/${number}`);
            assert.match(await page.locator('main').textContent(), /Nhóm ý kiến cùng nội dung/);
        });
        assert.equal((await opinion(number)).content, 'Nước máy chảy yếu quá.');
        assert.ok((await opinion(number)).group);
    });

    test('R47: a denunciation is sealed, says beforehand what that does, and is gone from the desk', async () => {
        rule(47);
        const number = await slip('Tôi tố cáo một cán bộ nhận tiền của dân.');
        await as('thuky', async (page) => {
            await desk(page, number);
            await letter(page, 'd');
            const form = page.locator(`form#divert-${number}`);
            assert.match(await form.textContent(), /niêm phong/);
            await quick(page, `divert-${number}`, { to: 'denunciation', reason: 'Có nội dung tố cáo.' });
            await page.goto(SECRETARY);
            assert.equal(await page.locator(`text=${number}`).count(), 0);
            const gone = await page.goto(`/lam-viec/y-kien/${number}`);
            assert.equal(gone.status(), 404);
        }, { refused: true });
    });

    test('two questions in one breath are split', async () => {
        const number = await slip('Hỏi về rác và hỏi về đèn.');
        await as('thuky', async (page) => {
            await page.goto(`/lam-viec/y-kien/${number}/split?back=${SECRETARY}`);
            await page.locator('[name=part_text]').nth(0).fill('Hỏi về rác.');
            await page.locator('[name=part_text]').nth(1).fill('Hỏi về đèn.');
            await page.click('main form button[type=submit]');
            await page.waitForURL(`**${SECRETARY}`);
        });
        assert.equal((await opinion(number)).content, 'Hỏi về rác.');
    });
});

describe('the chair at the desk', () => {
    test('R60, R63: only what was relayed; called by one tap, three outcomes as large buttons', async () => {
        rule(60, 63);
        const hidden = await slip('Ý kiến chưa được thư ký chuyển.');
        const number = await relayed('Đề nghị lắp thêm camera.');
        await as('chutich', async (page) => {
            await page.goto(CHAIR);
            assert.equal(await page.locator(`text=${hidden}`).count(), 0, 'unrelayed never reaches the chair');
            await page.locator('#hang-cho a', { hasText: number }).click();
            await page.locator(`form#call-${number} button`).click();
            await page.waitForSelector(`form#return-${number}`);
            assert.deepEqual(await page.locator('.chair-actions .button').allInnerTexts(),
                ['Trả lời tại đây', 'Giao trả lời sau', 'Kiến nghị cấp trên']);
            await page.locator('.chair-actions .button').first().click();
            await page.locator('[name=text]').fill('Phường sẽ lắp trong quý tới.');
            await page.click('main form button[type=submit]');
            await page.waitForURL(`**${CHAIR}**`);
        }, { viewport: TABLET, hasTouch: true });
        const o = await opinion(number);
        assert.equal(o.state, 'answered');
        assert.equal(o.answers[0].mode, 'spoken');
    });

    test('R78: a draft waits with its text; rejected with a reason, approved by one tap', async () => {
        rule(78);
        const officer = await ward.signIn('diachinh');
        const number = await spoken('Khi nào nâng cấp hẻm 9?');
        await chair.opinion(number, 'assign', { to: 'diachinh' });
        await officer.opinion(number, 'draft', { text: 'Bản thứ nhất.' });
        await as('chutich', async (page) => {
            await page.goto(CHAIR);
            const draft = page.locator('#cho-duyet .card', { hasText: number });
            assert.match(await draft.textContent(), /Bản thứ nhất\./);
            await draft.locator('summary').click();
            await draft.locator('[name=reason]').fill('Cần nêu thời gian.');
            await draft.locator('details button[type=submit]').click();
            await page.waitForURL(`**${CHAIR}`);
            await officer.opinion(number, 'draft', { text: 'Nâng cấp trong tháng 9.' });
            await page.goto(CHAIR);
            await page.locator(`form#approve-${number} button`).click();
            await page.waitForSelector(`form#approve-${number}`, { state: 'detached' });
        }, { viewport: TABLET });
        const o = await opinion(number);
        assert.equal(o.state, 'answered');
        assert.equal(last(o.answers).text, 'Nâng cấp trong tháng 9.');
    });
});

describe('without the script', () => {
    test('taking in, relaying, answering by plain forms', async () => {
        await as('thuky', async (page) => {
            await page.goto(SECRETARY);
            await page.fill('#content', 'Ghi không cần kịch bản.');
            await page.click('button[value=slip]');
            const number = await receiptShown(page);
            await page.goto(SECRETARY);
            await page.locator(`#cho-${number} button`).click();
            await page.waitForURL(`**${SECRETARY}`);
            assert.match(await page.locator('.flash').textContent(), /Đã ghi nhận/);
            assert.equal((await opinion(number)).state, 'relayed');
            await page.goto(`${SECRETARY}?y=${number}`);
            await page.locator(`#chair-call-${number} button`).click();
            await page.goto(`/lam-viec/y-kien/${number}/answer?thay=chair&back=${SECRETARY}`);
            await page.fill('[name=text]', 'Đã trả lời tại hội trường.');
            await page.click('main form button[type=submit]');
            await page.waitForURL(`**${SECRETARY}`);
            assert.equal((await opinion(number)).state, 'answered');
        }, { javaScriptEnabled: false });
    });
});

describe('what is refused', () => {
    test('another role finds the desks shut', async () => {
        await as('khom1', async (page) => {
            for (const path of [SECRETARY, CHAIR, '/lam-viec/bien-ban/1', '/lam-viec/doi-thoai/1/close']) {
                assert.equal((await page.goto(path)).status(), 403, path);
            }
            assert.equal((await page.goto('/lam-viec/y-kien/2024-9999')).status(), 404);
            assert.equal((await page.goto('/lam-viec/thu-ky/77')).status(), 404);
        }, { refused: true });
    });

    test('a page that has grown old is told so, with what was typed still there', async () => {
        const number = await relayed('Ý kiến được sửa ở hai nơi.');
        await as('thuky', async (page) => {
            await page.goto(`/lam-viec/y-kien/${number}/exchange?back=${SECRETARY}`);
            await secretary.opinion(number, 'classify', { topic: 'Chợ' });
            await page.fill('[name=text]', 'Lời ghi trên trang cũ.');
            const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'),
                page.click('main form button[type=submit]')]);
            assert.equal(answer.status(), 409);
            await page.waitForSelector('.error-summary');
            assert.equal(await page.inputValue('[name=text]'), 'Lời ghi trên trang cũ.');
            assert.deepEqual(await violations(page), []);
        }, { refused: true });
    });

    test('a required field left out is named', async () => {
        const number = await relayed('Thiếu lý do khi thu hồi.');
        await as('thuky', async (page) => {
            await page.goto(`/lam-viec/y-kien/${number}/recall`);
            await page.click('main form button[type=submit]');
            await page.waitForSelector('.error-summary');
            assert.match(await page.locator('.error-summary').textContent(), /Lý do/);
        }, { refused: true });
        assert.equal((await opinion(number)).state, 'relayed');
    });
});

describe('at every width, for everybody', () => {
    const pages = [['thuky', '/lam-viec'], ['thuky', SECRETARY], ['thuky', '/lam-viec/y-kien/2024-0002'],
        ['thuky', '/lam-viec/bien-ban/1'], ['chutich', CHAIR], ['chutich', '/lam-viec/doi-thoai/1/close'],
        ['chutich', '/lam-viec/y-kien/2024-0002/assign']];
    for (const viewport of [PHONE, TABLET, DESK]) {
        test(`no barrier and nothing sticks out at ${viewport.width}`, async () => {
            for (const user of ['thuky', 'chutich']) {
                await as(user, async (page) => {
                    for (const [who, path] of pages) {
                        if (who !== user) continue;
                        assert.equal((await page.goto(path)).status(), 200, path);
                        assert.equal(await overflows(page), false, path);
                        if (viewport === TABLET) assert.deepEqual(await violations(page), [], path); // at the others: every_page.test.mjs
                    }
                }, { viewport });
            }
        });
    }
});

describe('closing and the minutes (R72)', () => {
    test('closed by the chair after a page that says what it does; then edited, signed, final', async () => {
        rule(72, 55);
        await as('chutich', async (page) => {
            await page.goto(CHAIR);
            await page.getByRole('link', { name: 'Bế mạc' }).click();
            assert.match(await page.locator('main').textContent(), /30 ngày/);
            await page.fill('[name=text]', 'Cảm ơn bà con.');
            await page.click('main form button[type=submit]');
            await page.waitForURL(`**${CHAIR}`);
        }, { viewport: TABLET });
        const { body } = await secretary.get('/api/v1/dialogues/1');
        assert.equal(body.state, 'closed');

        await as('thuky', async (page) => {
            await page.goto('/lam-viec/bien-ban/1');
            const text = await page.inputValue('#text');
            assert.match(text, /^I\. THỜI GIAN/, 'drafted from the register, without head and signatures');
            assert.doesNotMatch(text, /THƯ KÝ\n/);
            const [twice] = text.match(/^Phân loại: .*$/gm).filter((line, i, all) => all.indexOf(line) !== i);
            const at = text.lastIndexOf(twice); // a line that stands elsewhere too: its place counts
            await page.fill('#text', `${text.slice(0, at)}Phân loại: đã sửa.${text.slice(at + twice.length)}\nThư ký bổ sung một câu.`);
            await page.getByRole('button', { name: 'Lưu biên bản' }).click();
            await page.waitForSelector('.flash');
            assert.match(await page.inputValue('#text'), /Thư ký bổ sung một câu\./);
            await page.locator('#nguon summary').press('Enter');
            assert.deepEqual(await page.locator('#nguon tr', { has: page.locator('mark') }).locator('td:first-child').evaluateAll((cells) =>
                cells.map((cell) => cell.firstChild.textContent.trim())), [twice], 'the one line that was reworded');
            assert.deepEqual(await page.locator('#nguon li').allTextContents(), ['Phân loại: đã sửa.', 'Thư ký bổ sung một câu.']);
            await page.getByRole('link', { name: 'Thư ký ký biên bản' }).click();
            await page.click('main form button[type=submit]');
            await page.waitForURL('**/bien-ban/1');
        });
        await as('chutich', async (page) => {
            await page.goto('/lam-viec/bien-ban/1');
            await page.getByRole('link', { name: 'Chủ trì ký biên bản' }).click();
            await page.click('main form button[type=submit]');
            await page.waitForURL('**/bien-ban/1');
            assert.match(await page.locator('main').textContent(), /Thư ký bổ sung một câu\./);
        });
        await as('thuky', async (page) => {
            await page.goto('/lam-viec/bien-ban/1');
            assert.equal(await page.locator('#text').count(), 0, 'signed by the chair: no longer to be edited');
            const status = await page.evaluate(async () => {
                const csrf = document.querySelector('[name=csrf]').value;
                const reply = await fetch('/lam-viec/bien-ban/1',
                    { method: 'POST', body: new URLSearchParams({ csrf, text: 'Sửa lén.' }), redirect: 'manual' });
                return reply.status;
            });
            assert.equal(status, 409);
        }, { refused: true });
        const document = await ward.run('document', 'minutes', '--dialogue', '1', '--format', 'txt', '-o', `${ward.dir}/bb.txt`);
        assert.equal(document.status, 0, document.stderr);
        assert.match(await readFile(`${ward.dir}/bb.txt`, 'utf8'), /Thư ký bổ sung một câu\.[^]*THƯ KÝ/);
        const checked = await ward.run('verify');
        assert.equal(checked.status, 0, checked.stderr);
    });
});
