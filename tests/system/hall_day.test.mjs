// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole dialogue of the plan's five steps, from its opening to its minutes, in browsers that are all open at once: the
// secretary does everything, the chair's tablet lies on the stage and is never touched, a screen and three phones follow
// by themselves. DOITHOAI_PICTURES names a folder for what was seen.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join as path } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DESK, launch, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { password, rule } from './harness.mjs';

const HALL = '/api/v1/dialogues/1/hall', CONSOLE = '/lam-viec/hoi-truong/1', JOIN = '/hoi-truong/1', SCREEN = '/man-hinh/1';
const SECRETARY = '/lam-viec/thu-ky/1';
const WALL = { width: 1920, height: 1080 }, TABLET = { width: 1024, height: 768 };
const pictures = process.env.DOITHOAI_PICTURES;

const seconds = (text) => text.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const parts = ({ people_ms: people, authority_ms: authority, none_ms: none }) => people + authority + none;

/** The words of a DOCX: of the one file in it that holds them. */
function docxWords(bytes) {
    const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1'), count = bytes.readUInt16LE(end + 10);
    for (let i = 0, at = bytes.readUInt32LE(end + 16); i < count; i++) {
        const [method, size, name, extra, comment, start] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20),
            bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
        if (bytes.toString('utf8', at + 46, at + 46 + name) === 'word/document.xml') {
            const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
            const packed = bytes.subarray(data, data + size), xml = (method === 8 ? inflateRawSync(packed) : packed).toString();
            assert.ok(xml.trimEnd().endsWith('</w:document>'));
            return xml.replace(/<\/w:p>|<w:(tab|br)\/>/g, ' ').replace(/<[^>]*>/g, '').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
        }
        at += 46 + name + extra + comment;
    }
    throw new Error('no word/document.xml');
}

/** The words of a PDF, as a reader takes them out. */
const pdfWords = (bytes) => new Promise((resolve, reject) => {
    const child = execFile('pdftotext', ['-raw', '-', '-'], { maxBuffer: 16 << 20 }, (error, out) => (error ? reject(error) : resolve(out)));
    child.stdin.end(bytes);
});
/** A PDF breaks lines, and a word at its hyphen: told apart by its letters alone. */
const letters = (text) => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');

for (const engine of await engines()) describe(`a day in the hall on ${engine.name}, the chair touching nothing`, () => {
    const everybody = [], numbers = {};
    let ward, browser, office, chair, secretary, screen, phones, entriesBefore, documents;

    const hall = async () => (await ward.anyone.get(HALL)).body;
    /** Minutes and notice of the conclusions, both as DOCX and PDF, asked for at the same time. */
    const fetchDocuments = (begun) => Promise.all(['minutes', 'conclusion'].flatMap((type) => ['docx', 'pdf'].map(async (kind) => {
        const reply = await fetch(`${ward.url}/api/v1/dialogues/1/documents/${type}.${kind}`, { headers: { authorization: office.authorization } });
        const bytes = Buffer.from(await reply.arrayBuffer());
        return { type, kind, status: reply.status, bytes, took: performance.now() - begun };
    })));
    const opinion = async (number) => (await office.get(`/api/v1/opinions/${number}`)).body;
    const enter = async (options, username) => {
        const one = await visitor(browser, ward.url, options);
        everybody.push(one);
        one.page.setDefaultTimeout(20_000);
        if (username) await signIn(one.page, username, password);
        return one.page;
    };

    /** What everybody sees now. */
    async function picture(name) {
        if (!pictures || engine.name !== 'sqlite') return;
        await mkdir(pictures, { recursive: true });
        const all = { chair, secretary, screen, phone1: phones[0], phone2: phones[1], phone3: phones[2] };
        for (const [who, page] of Object.entries(all)) await page.screenshot({ path: path(pictures, `${name}-${who}.png`) });
    }

    /** Does what leads the secretary's page to another. */
    const leads = (act) => Promise.all([secretary.waitForNavigation(), act()]);
    const press = (letter) => leads(async () => {
        await secretary.locator(`[data-key="${letter}"]`).first().waitFor();
        await secretary.locator('h1').first().click(); // out of any field
        await secretary.keyboard.press(letter);
    });
    const toStep = async (step) => {
        await press('b');
        assert.equal((await hall()).step, step);
    };
    const show = async (scene, number) => {
        await secretary.goto(CONSOLE);
        await secretary.selectOption('#scene', scene);
        if (number) await secretary.selectOption('#opinion', number);
        await leads(() => secretary.getByRole('button', { name: 'Đưa lên màn hình' }).click());
    };
    const onScreen = (words, box = '.hall__main') => screen.locator(box, { hasText: words }).first().waitFor();
    const onTablet = (words, box = '#dieu-hanh') => chair.locator(box, { hasText: words }).first().waitFor();
    const settle = async (number, id, fields) => {
        await secretary.goto(`${CONSOLE}?y=${number}`);
        for (const [field, value] of Object.entries(fields)) {
            const box = secretary.locator(`#kq-${field}`);
            if (await box.evaluate((e) => e.tagName) === 'SELECT') await box.selectOption(value);
            else await box.fill(value);
        }
        await leads(() => secretary.locator(`button[form="kq-${id}"]`).click());
    };
    /** Typed while it is said, then one key makes it an opinion of whoever speaks. */
    const spoken = async (text) => {
        await secretary.locator('#ghi-text').fill(text);
        await leads(() => secretary.locator('#ghi-text').press('Control+Enter'));
        await press('i');
        await onTablet(text, '#ban');
        return /\d{4}-\d{4}/.exec(await secretary.locator('.notes li', { hasText: text }).locator('a').first().innerText())[0];
    };
    const speaks = async (who) => {
        await onScreen(who, '.hall__title');
        for (const page of [chair, ...phones]) await page.locator('[data-clock][data-running]').first().waitFor();
    };
    const raise = async (phone) => {
        await phone.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
        await phone.locator('[data-my-place]').waitFor();
    };

    before(async () => {
        browser = await launch();
        ward = await engine.demo('announced', { start: false });
        ward.clock = ['--now', '2024-06-20T07:59:00+07:00'];
        await ward.start();
        entriesBefore = Number(await ward.sql('SELECT max(entry) FROM entry'));
        office = await ward.signIn('vanphong');
        [chair, secretary, screen, ...phones] = await Promise.all([enter({ viewport: TABLET, hasTouch: true }, 'chutich'),
            enter({ viewport: DESK }, 'thuky'), enter({ viewport: WALL }), ...[1, 2, 3].map(() => enter({ viewport: PHONE, hasTouch: true }))]);
        await chair.goto(CONSOLE);
        await screen.goto(SCREEN);
        for (const page of [chair, screen]) await page.evaluate(() => { window.sameDocument = true; });
    });
    after(async () => {
        const said = everybody.flatMap(({ complaints }) => complaints);
        await browser?.close();
        await ward?.stop();
        assert.deepEqual(said, []);
    });

    test('R72, R74: the secretary opens for the chair; three phones join by the code on the screen', async () => {
        rule(72, 74);
        await secretary.goto(SECRETARY);
        await secretary.getByRole('link', { name: 'Khai mạc' }).click();
        await leads(() => secretary.locator('form#open-1 button').click());
        await onScreen('Kính chào quý vị');
        const code = (await screen.locator('.hall__code').innerText()).trim();
        for (const [phone, name, khom] of [[phones[0], 'Nguyễn Thị Một', 'Khóm 1'], [phones[1], 'Trần Văn Hai', 'Khóm 1'], [phones[2], 'Lê Thị Ba', 'Khóm 2']]) {
            await phone.goto(JOIN);
            await phone.fill('#code', code);
            await phone.fill('#name', name);
            await phone.selectOption('[name=khom]', { label: khom });
            await phone.getByRole('button', { name: 'Tham gia' }).click();
            await phone.getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor();
        }
        await picture('0-vao');
    });

    test('R68–R71, step 1: purpose, delegates, programme and house rules are on the screen', async () => {
        rule(68, 69, 70, 71);
        await show('programme');
        await toStep(1);
        await onScreen(/\S/, '.hall__list--programme [aria-current=step]');
        await onTablet(/\S/, '.timeline [aria-current=step]');
        await picture('1-chuong-trinh');
        await show('rules');
        await onScreen('không câu nào bị bỏ');
        await picture('1-noi-quy');
    });

    test('R73, step 2: the chair reports; the time is the authority’s', async () => {
        rule(73, 62);
        await show('speaker');
        await toStep(2);
        await secretary.selectOption('#sp-to', 'chutich');
        await leads(() => secretary.locator('[data-key="a"]').click());
        await screen.locator('.hall__clock [data-running]').waitFor();
        await picture('2-bao-cao');
        const early = await hall();
        await screen.locator('.hall__clock', { hasText: '0:02' }).waitFor();
        await press('e');
        const { share, speaker } = await hall();
        assert.equal(speaker, null);
        assert.ok(share.authority_ms > early.share.authority_ms && share.people_ms === 0);
    });

    test('R74, R75, R63, step 3: hands in a fair order, from a phone and without one; a written question passes the secretary', async () => {
        rule(63, 74, 75);
        await toStep(3);
        for (const phone of phones) await raise(phone);
        const queue = chair.locator('.console-side .queue li strong');
        await queue.nth(2).waitFor();
        assert.deepEqual(await queue.allInnerTexts(), ['Người dân Khóm 1', 'Người dân Khóm 2', 'Người dân Khóm 1'], 'nobody has read the names yet');
        await secretary.goto(CONSOLE);
        await press('y');
        await secretary.fill('#up-name', 'Ông Sáu Ví Dụ');
        await secretary.selectOption('#up-khom', { label: 'Khóm 3' });
        await leads(() => secretary.getByRole('button', { name: 'Thêm', exact: true }).click());
        await queue.nth(3).waitFor();
        assert.deepEqual(await queue.allInnerTexts(), ['Nguyễn Thị Một', 'Lê Thị Ba', 'Ông Sáu Ví Dụ', 'Trần Văn Hai']);
        await show('queue');
        await onScreen('Trần Văn Hai');
        await picture('3-hang-cho');

        await show('speaker');
        await press('n');
        await speaks('Nguyễn Thị Một');
        await picture('3-phat-bieu');
        numbers.first = await spoken('Hẻm 7 ngập mỗi khi mưa, bao giờ nâng cấp?');
        await show('question', numbers.first);
        await onScreen('Hẻm 7 ngập');
        await picture('3-cau-hoi');

        await phones[1].fill('#content', 'Đèn đường hẻm 12 hỏng ba tuần nay.');
        await phones[1].getByRole('button', { name: 'Gửi', exact: true }).click();
        await phones[1].waitForURL('**/bien-nhan**');
        [numbers.written] = /\d{4}-\d{4}/.exec(await phones[1].locator('main').innerText());
        await phones[1].getByRole('link', { name: 'Trở lại hội trường' }).click();
        assert.equal(await chair.getByText('Đèn đường hẻm 12').count() + await screen.getByText('Đèn đường hẻm 12').count(), 0);
        await secretary.goto(SECRETARY);
        await secretary.locator(`#cho-${numbers.written} button`).first().click();
        await secretary.waitForSelector(`#cho-${numbers.written}`, { state: 'detached' });
        await phones[2].locator(`form[action$="/ung-ho/${numbers.written}"] button`).click(); // it came by itself
        await phones[2].locator('[data-live-item]', { hasText: numbers.written }).getByText('1 người cùng quan tâm').waitFor();
        await picture('3-cau-hoi-viet');
    });

    test('R76–R78, R81, step 4: answered here, given to an officer, referred: each settled before the next speaker', async () => {
        rule(76, 77, 78, 81);
        await secretary.goto(CONSOLE);
        await toStep(4);
        await settle(numbers.first, 'answer', { text: 'Phường nâng hẻm 7 trong quý IV, bà con góp ý thiết kế từ tháng 8.' });
        await show('answer', numbers.first);
        await onScreen('nâng hẻm 7 trong quý IV');
        await picture('4-tra-loi');
        await show('speaker');
        await press('n');
        await speaks('Lê Thị Ba');
        numbers.second = await spoken('Tuyến tỉnh lộ trước trường hư hỏng nặng.');
        await settle(numbers.second, 'refer', { agency: 'Sở Giao thông vận tải' });
        await press('n');
        await speaks('Ông Sáu Ví Dụ');
        numbers.third = await spoken('Chợ thiếu chỗ để xe.');
        await secretary.goto(CONSOLE);
        await secretary.locator('#ghi-text').fill('Bà con vỗ tay.');
        await leads(() => secretary.locator('#ghi-text').press('Control+Enter'));
        await settle(numbers.third, 'assign', { to: 'diachinh', due: '2024-07-05' });
        await press('e');

        await secretary.goto(`${CONSOLE}?y=${numbers.written}`);
        await leads(() => secretary.getByRole('button', { name: 'Đưa ra đối thoại' }).click());
        await secretary.goto(CONSOLE);
        await secretary.selectOption('#sp-to', 'diachinh'); // an officer answers on the spot, when given the floor
        await leads(() => secretary.locator('[data-key="a"]').click());
        await screen.locator('.hall__clock [data-running]').waitFor();
        await settle(numbers.written, 'answer', { text: 'Ngày mai thay đèn hẻm 12.' });
        await secretary.goto(CONSOLE);
        await press('e');
        await picture('4-can-bo-tra-loi');
        const [first, second, third, written] = await Promise.all([numbers.first, numbers.second, numbers.third, numbers.written].map(opinion));
        assert.deepEqual([first.state, first.answers[0].by], ['answered', 'chutich']);
        assert.deepEqual([second.state, second.responsible], ['referred', 'Sở Giao thông vận tải']);
        assert.deepEqual([third.state, third.responsible, third.due.legal], ['owed', 'diachinh', '2024-07-05']);
        assert.deepEqual([written.state, written.answers[0].by], ['answered', 'diachinh']);
    });

    test('R65–R67, step 4: what is off the subject is told so, and answered in writing', async () => {
        rule(65, 66, 67);
        await phones[0].fill('#content', 'Xin hỏi kết quả bóng đá của tỉnh.');
        await phones[0].getByRole('button', { name: 'Gửi', exact: true }).click();
        await phones[0].waitForURL('**/bien-nhan**');
        [numbers.off] = /\d{4}-\d{4}/.exec(await phones[0].locator('main').innerText());
        await phones[0].getByRole('link', { name: 'Trở lại hội trường' }).click();
        await secretary.goto(`/lam-viec/y-kien/${numbers.off}/set_off_topic?back=${CONSOLE}`);
        await leads(() => secretary.locator(`form[action$="/set_off_topic"] button`).first().click());
        const off = await opinion(numbers.off);
        assert.deepEqual([off.state, off.scope], ['owed', 'off']);
    });

    test('R83, R84, step 5: one goes on from the phone, is answered again, agrees, and it is concluded', async () => {
        rule(83, 84);
        await secretary.goto(CONSOLE);
        await toStep(5);
        assert.equal(await secretary.locator('[data-key="b"]').count(), 0, 'there is no sixth');
        await phones[1].locator(`#tiep-${numbers.written}`).fill('Xin thay luôn bóng đầu hẻm 14.');
        await phones[1].getByRole('button', { name: 'Trao đổi tiếp' }).click();
        await phones[1].getByRole('button', { name: 'Trao đổi tiếp' }).waitFor({ state: 'detached' });
        assert.equal((await opinion(numbers.written)).state, 'on_floor');
        await settle(numbers.written, 'answer', { text: 'Thay cả hai bóng vào ngày mai.' });
        await phones[1].locator('blockquote', { hasText: 'Thay cả hai bóng' }).waitFor(); // by itself
        await phones[1].locator('.queue li', { hasText: numbers.written }).getByRole('button', { name: 'Tôi đồng ý' }).click();
        await phones[1].locator('.queue li', { hasText: numbers.written }).getByRole('button', { name: 'Tôi đồng ý' }).waitFor({ state: 'detached' });
        await secretary.goto(`/lam-viec/y-kien/${numbers.written}/conclude?thay=chair&back=${CONSOLE}`);
        await secretary.fill('[name=text]', 'Thống nhất thay đèn hẻm 12 ngay ngày mai.');
        await secretary.locator('main form [name=outcome]').first().selectOption('agreed').catch(() => secretary.check('[name=outcome][value=agreed]'));
        await leads(() => secretary.locator(`form[action$="/conclude"] button`).first().click());
        const { state, outcome } = await opinion(numbers.written);
        assert.deepEqual([state, outcome], ['concluded', 'agreed']);
        await show('figures');
        await onScreen('Đến lúc này');
        for (const page of [chair, secretary, screen, ...phones]) assert.deepEqual(await violations(page), []);
        await picture('5-ket-luan');
    });

    test('R62: closed; the share of the floor is the elapsed time to the second, on screen, console and in the API', async () => {
        rule(62);
        await secretary.goto(SECRETARY);
        await secretary.getByRole('link', { name: 'Bế mạc' }).click();
        await secretary.fill('[name=text]', 'Cảm ơn bà con đã đến.');
        await leads(() => secretary.locator('form#close-1 button').click());
        documents = await fetchDocuments(performance.now());
        const { share } = await hall(), { opened_at: opened, closed_at: closed } = (await office.get('/api/v1/dialogues/1')).body;
        assert.equal(parts(share), share.elapsed_ms);
        assert.ok(Math.abs(share.elapsed_ms - (Date.parse(closed) - Date.parse(opened))) <= 1000, `${share.elapsed_ms} ms, ${opened} to ${closed}`);
        await secretary.goto(CONSOLE);
        const [people, authority, none, all] = (await secretary.locator('.panel--now dl dd').allInnerTexts()).map(seconds);
        assert.equal(people + authority + none, all);
        assert.equal(all, Math.floor(share.elapsed_ms / 1000));
        await picture('6-be-mac');
    });

    test('R74, R84: minutes and notice of the conclusions are there at once, as DOCX and PDF, to their last line', async () => {
        rule(74, 84);
        const LAST = { minutes: ['Cảm ơn bà con đã đến.', 'biên bản'], conclusion: ['Cảm ơn bà con đã đến.', 'Thống nhất thay đèn hẻm 12 ngay ngày mai', 'Lưu: VT'] };
        assert.equal(documents.length, 4);
        for (const { type, kind, status, bytes } of documents) {
            assert.equal(status, 200, `${type}.${kind}`);
            if (kind === 'pdf') assert.ok(bytes.toString('latin1').startsWith('%PDF') && bytes.toString('latin1').trimEnd().endsWith('%%EOF'));
            const all = letters(kind === 'docx' ? docxWords(bytes) : await pdfWords(bytes));
            for (const line of [...LAST[type], numbers.third]) assert.ok(all.includes(letters(line)), `${type}.${kind}: "${line}"`);
        }
        console.log(`# after the close, all four at once: ${documents.map(({ type, kind, took }) => `${type}.${kind} ${took.toFixed(0)} ms`).join(', ')}`);
    });

    test('R74, R84: the minutes hold what was said, line by line', async () => {
        rule(74, 84);
        const reply = await fetch(`${ward.url}/api/v1/dialogues/1/documents/minutes.txt`, { headers: { authorization: office.authorization } });
        const minutes = (await reply.text()).replace(/\s+/g, ' ');
        for (const number of Object.values(numbers)) {
            const { content, answers, responsible, state } = await opinion(number);
            const lines = [content, ...answers.map(({ text }) => text), ...(state === 'referred' ? [responsible] : [])];
            for (const line of lines) assert.ok(minutes.includes(line.replace(/\s+/g, ' ')), `${number}: "${line}" in the minutes`);
        }
        for (const name of ['Nguyễn Thị Một', 'Lê Thị Ba', 'Ông Sáu Ví Dụ']) assert.ok(minutes.includes(name), name);
        numbers.minutes = minutes;
    });

    test('R62, R63: the minutes hold the hall’s clock to the second, by side, khóm and person; who was not called any more; each step', async () => {
        rule(62, 63);
        const text = numbers.minutes, took = '((?:\\d+ phút )?\\d+ giây)';
        const inSeconds = (words) => words.match(/\d+/g).map(Number).reduce((sum, part) => sum * 60 + part, 0);
        const found = new RegExp(`theo đồng hồ hội trường: Nhân dân, doanh nghiệp ${took} \\([\\d,]+%\\); chính quyền ${took} \\([\\d,]+%\\); không ai phát biểu ${took}; cộng ${took}\\.`).exec(text);
        assert.ok(found, text);
        const [people, authority, none, all] = found.slice(1).map(inSeconds);
        const { share } = await hall();
        assert.equal(people + authority + none, all);
        assert.equal(all, Math.floor(share.elapsed_ms / 1000));
        assert.equal(people, Math.floor(share.people_ms / 1000));
        for (const heading of ['Theo khóm và bên', 'Theo người phát biểu']) { // every line of the table adds up to what was spoken
            const table = text.slice(text.indexOf(heading)), rows = table.slice(0, table.indexOf('Cộng') + 80);
            const times = [...rows.matchAll(new RegExp(took, 'g'))].map(([, words]) => inSeconds(words));
            const sum = times.findIndex((one, i) => i > 0 && one === people + authority && times.slice(0, i).reduce((a, b) => a + b, 0) === one);
            assert.ok(sum > 0, `${heading}: ${times} of ${people + authority}`);
        }
        assert.equal(text.match(/giờ \d\d(?: phút)?, khi Ông Sáu Ví Dụ phát biểu: Bà con vỗ tay\./g)?.length, 1);
        assert.equal(text.match(/còn 01 người đăng ký mà chưa được phát biểu/g)?.length, 1);
        assert.match(text, /- Trần Văn Hai \(Khóm 1\)\./);
        const steps = (await ward.sql('SELECT count(*) FROM agenda_item WHERE dialogue_id = 1 AND started_ms > 0 AND ended_ms > 0')).trim();
        assert.ok(Number(steps) >= 3, `${steps} steps`);
        assert.equal(String(text.match(/\(từ \d\d giờ \d\d(?: phút)? đến [^()]*, dự kiến \d+ phút\)/g)?.length ?? 0), steps);
        const open = await (await fetch(`${ward.url}/api/v1/dialogues/1/documents/minutes.txt?edition=public`, { headers: { authorization: office.authorization } })).text();
        assert.ok(open.includes('Theo khóm và bên') && !open.includes('Theo người phát biểu') && !open.includes('vỗ tay'));
        for (const name of ['Nguyễn Thị Một', 'Trần Văn Hai', 'Lê Thị Ba']) assert.ok(!open.includes(name), `${name} in the public edition`);
    });

    test('R80, R84: the summary to be read out names who answers by when and to whom it went, and no author', async () => {
        rule(80, 84);
        await secretary.goto('/lam-viec/bien-ban/1');
        const text = await secretary.locator('#tom-tat .quote').innerText(), line = (number) => text.split('\n').find((one) => one.includes(number)) ?? '';
        assert.match(line(numbers.third), /trả lời, chậm nhất ngày 05 tháng 7 năm 2024\.$/);
        assert.match(line(numbers.second), /chuyển đến Sở Giao thông vận tải\.$/);
        assert.match(line(numbers.written), /Thống nhất thay đèn hẻm 12 ngay ngày mai\.$/);
        const [all, ...parts] = text.split('\n')[0].match(/\d+/g).map(Number);
        assert.ok(all > 0 && all >= parts.reduce((sum, one) => sum + one, 0), `${all} of ${parts}`);
        for (const name of ['Nguyễn Thị Một', 'Trần Văn Hai', 'Lê Thị Ba', 'Ông Sáu Ví Dụ']) assert.ok(!text.includes(name), `${name} read out`);
        assert.deepEqual(await violations(secretary), []);
        await picture('7-tom-tat');
    });

    test('R54-R55, R77, R83-R84: the minutes line by line against the register: each line names its entry, each act of the hall has its line', async () => {
        rule(54, 55, 77, 83, 84);
        const MAY = [ // what a line says, and the acts it may come from
            [/^1\. Thời gian bắt đầu: /, 'open'], [/^Hội nghị kết thúc/, 'close'], [/^(Ý kiến \d+ \(|Nội dung: )/, 'submit split correct amend'],
            [/^Lĩnh vực: /, 'submit relay classify set_off_topic'], [/^Chủ trì hỏi lại: /, 'ask_back'], [/^Người có ý kiến trả lời: /, 'reply continue'],
            [/^(Ý kiến|[^:]{1,200}) trao đổi: /, 'exchange'], [/^[^:]{1,200} bổ sung: /, 'supplement'], [/^[^:]{1,200} (trả lời|tiếp thu): /, 'answer'],
            [/^Phân công: /, 'assign set_off_topic close cancel recount hand_over'], [/^Kiến nghị cấp có thẩm quyền: /, 'refer'], [/^Kết luận: /, 'conclude'],
            [/^Phân loại: /, null], [/^\d\d giờ \d\d/, 'note note_write write note_add'],
        ];
        const HALL_ACTS = ['answer', 'supplement', 'ask_back', 'exchange', 'assign', 'refer', 'conclude', 'set_off_topic'];
        const entries = new Map((await ward.sql("SELECT entry, at_ms, action, replace(subject, ' ', ':') FROM entry")).trim().split('\n').map((row) => {
            const [entry, at, action, subject] = row.split(' ');
            return [Number(entry), { at: Number(at), action, subject }];
        }));
        const closed = [...entries.values()].filter(({ action, subject }) => action === 'close' && subject === 'dialogue:1').at(-1).at;
        await secretary.goto('/lam-viec/bien-ban/1');
        await secretary.locator('#nguon summary').click();
        const rows = await secretary.locator('#nguon tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
        const stamp = (at) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short', timeStyle: 'short' }).format(at)
            .replace(/(.*), (.*)/, '$2, $1');
        const named = new Set(), listed = [];
        let number = null, compared = 0, last = false;
        for (const [line, source] of rows) {
            const begins = /^Ý kiến \d+ \((\d{4}-\d{4})\)/.exec(line), from = /^mục (\d+), /.exec(source);
            if (begins) listed.push(number = begins[1]);
            if (/^(3|III|IV)\. /.test(line)) number = null;
            last ||= line.startsWith('IV. '); // the chair's closing words
            if (!from) {
                assert.ok(!MAY.some(([says]) => says.test(line)), `${line}: ${source}`);
                continue;
            }
            const e = entries.get(Number(from[1])), [, acts] = last ? [/^/, 'close'] : MAY.find(([says]) => says.test(line)) ?? [];
            assert.ok(e, `${line}: ${source}`);
            assert.ok(acts === null || acts?.split(' ').includes(e.action), `${line}: ${e.action}`);
            assert.ok(source.includes(stamp(e.at)), `${source}: ${stamp(e.at)}`);
            if (number) assert.equal(e.subject, `opinion:${number}`, line);
            if (number && line.startsWith('Nội dung: ')) assert.equal(line.slice(10), (await opinion(number)).content.replace(/\s+/g, ' '));
            named.add(Number(from[1]));
            compared++;
        }
        assert.ok(compared > 60, `${compared} lines`);
        const ofHall = [...entries].filter(([, { at, action, subject }]) => at <= closed && HALL_ACTS.includes(action) && listed.some((one) => subject === `opinion:${one}`));
        assert.ok(ofHall.length > 4, `${ofHall.length} acts`);
        assert.deepEqual(ofHall.filter(([entry]) => !named.has(entry)).map(([entry, { action, subject }]) => `${entry} ${action} ${subject}`), []);
        const all = [...new Set([...entries.values()].filter(({ at, subject }) => at <= closed && subject.startsWith('opinion:')).map(({ subject }) => subject.slice(8)))];
        assert.deepEqual(listed.sort(), all.sort(), 'every opinion of the register, each once');
        console.log(`# minutes: ${compared} lines with an entry, ${ofHall.length} acts of the hall, ${listed.length} opinions`);
        assert.deepEqual(await violations(secretary), []);
    });

    test('R74: not one entry is the chair’s own hand; tablet and screen were never loaded anew; the register holds it', async () => {
        rule(74);
        const rows = (await ward.sql(`SELECT actor, action FROM entry WHERE entry > ${entriesBefore}`)).split('\n');
        assert.ok(rows.length > 20, `${rows.length} entries`);
        assert.deepEqual(rows.filter((row) => row.startsWith('chutich')), []);
        for (const page of [chair, screen]) assert.equal(await page.evaluate(() => window.sameDocument), true);
        const { status, stdout, stderr } = await ward.run('verify');
        assert.equal(status, 0, stdout + stderr);
    });

    test('R55, R90, R99: thirty days on, what was not answered is overdue before everybody; the synthesis says what the register says', async () => {
        rule(55, 90, 99);
        for (const one of everybody) await one.context.close();
        await ward.quit();
        ward.clock = ['--now', '2024-07-23T08:00:00+07:00']; // the thirtieth day was a Saturday: the Monday after was the last
        await ward.start(['--listen', new URL(ward.url).host]);
        office = await ward.signIn('vanphong');
        const late = new RegExp(`${numbers.third}[^]*quá hạn`, 'i');
        for (const [who, where] of [['diachinh', '/lam-viec/chuyen-mon'], ['vanphong', '/lam-viec'], ['hdnd', '/lam-viec/giam-sat/1']]) {
            const page = await enter({ viewport: DESK }, who);
            await page.goto(where);
            assert.match(await page.locator('main').innerText(), who === 'diachinh' ? late : /quá hạn/i, where);
            assert.deepEqual(await violations(page), [], where);
            await page.context().close();
        }
        const resident = await enter({ viewport: PHONE });
        await resident.goto(`/y-kien/${numbers.third}`);
        await resident.getByText('đã quá hạn trả lời').waitFor();
        await resident.context().close();
        const { items } = (await office.get('/api/v1/dialogues/1/opinions?limit=200')).body;
        const many = (...states) => items.filter(({ state }) => states.includes(state)).length, overdue = items.filter((one) => one.overdue);
        assert.ok(overdue.some(({ number }) => number === numbers.third) && overdue.some(({ number }) => number === numbers.off));
        assert.ok(!overdue.some(({ number }) => [numbers.written, numbers.first].includes(number)), 'concluded and answered are not');
        const reply = await fetch(`${ward.url}/api/v1/dialogues/1/documents/synthesis.txt`, { headers: { authorization: office.authorization } });
        const text = (await reply.text()).replace(/\s+/g, ' '), sums = /đã giải quyết (\d+), đang giải quyết (\d+), quá hạn (\d+)/.exec(text).slice(1).map(Number);
        const open = many('received', 'relayed', 'on_floor', 'owed', 'referred');
        assert.deepEqual(sums, [many('answered', 'concluded'), open - overdue.length, overdue.length]);
        const { status, stdout, stderr } = await ward.run('verify');
        assert.equal(status, 0, stdout + stderr);
    });
});
