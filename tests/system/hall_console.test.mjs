// SPDX-License-Identifier: AGPL-3.0-or-later
// The console of chair and secretary: an outcome by one button, on both engines and without the script; a note that
// becomes an answer, a directive, a task; what is being typed outlives network, browser and server; what might come
// next; what was promised before; and one screen of it all.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { DESK, launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { done, password, rule, Ward } from './harness.mjs';

const CONSOLE = '/lam-viec/hoi-truong/1', HALL = '/api/v1/dialogues/1/hall';
const TABLET = { width: 1024, height: 768 };
const list = await engines();
let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const spoken = (hall, content) => hall.submit({ content, channel: 'spoken', field: 'construction' }, hall.thuky);
const opinion = async (hall, number) => (await hall.vanphong.get(`/api/v1/opinions/${number}`)).body;
const entries = async (ward) => Number(await ward.sql('SELECT count(*) FROM entry'));

for (const engine of list)
    describe(`the console on ${engine.name}, without the script`, () => {
        let ward, hall;
        const open = async (username) => {
            const { context, page } = await visitor(browser, ward.url, { viewport: PHONE, javaScriptEnabled: false });
            after(() => context.close());
            await signIn(page, username, password);
            await page.goto(CONSOLE);
            return page;
        };
        const settle = (page, id) => Promise.all([page.waitForNavigation(), page.locator(`button[form=kq-${id}]`).click()]);
        const note = async (page, text) => {
            await page.locator('#ghi-text').fill(text);
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Ghi', exact: true }).click()]);
            await page.locator('.notes li', { hasText: text }).waitFor();
        };
        const become = (page, text, label) => Promise.all([page.waitForNavigation(),
            page.locator('.notes li', { hasText: text }).getByRole('button', { name: label }).click()]);

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong', 'diachinh', 'hdnd']);
        });
        after(() => ward?.stop());

        test('R76, R77, R81: the chair gives each of the three outcomes by one button, before the next speaker', async () => {
            rule(76, 77, 81);
            const page = await open('chutich');
            const asked = [];
            for (const content of ['Cống hẻm 2 nghẹt.', 'Vỉa hè bị chiếm.', 'Tuyến tỉnh lộ hư.']) asked.push((await spoken(hall, content)).number);
            await page.goto(`${CONSOLE}?y=${asked[0]}`);
            await page.locator('#kq-text').fill('Phường nạo vét trong tuần này.');
            await settle(page, 'answer');
            await page.goto(`${CONSOLE}?y=${asked[1]}`);
            assert.equal(await page.locator('#kq-to').inputValue(), 'diachinh'); // the officer of its field is there already
            await page.locator('#kq-due').fill('2024-07-10');
            await settle(page, 'assign');
            await page.goto(`${CONSOLE}?y=${asked[2]}`);
            await page.locator('#kq-agency').fill('Sở Giao thông vận tải');
            await settle(page, 'refer');
            const [answered, owed, referred] = await Promise.all(asked.map((number) => opinion(hall, number)));
            assert.equal(answered.state, 'answered');
            assert.match(JSON.stringify(answered.answers), /nạo vét trong tuần này/);
            assert.deepEqual([owed.state, owed.responsible, owed.due.legal], ['owed', 'diachinh', '2024-07-10']);
            assert.deepEqual([referred.state, referred.responsible], ['referred', 'Sở Giao thông vận tải']);
        });

        test('R77: a refusal says why and keeps everything typed', async () => {
            rule(77);
            const page = await open('chutich');
            const { number } = await spoken(hall, 'Đèn hẻm 5 hỏng.');
            await page.goto(`${CONSOLE}?y=${number}`);
            await page.locator('#kq-due').fill('2025-12-31');
            await page.locator('#kq-assign summary').click();
            await page.locator('#kq-directive').fill('Thay đèn LED.');
            await settle(page, 'assign');
            assert.match(await page.locator('.error-summary').innerText(), /Hạn trả lời/);
            assert.equal(await page.locator('#kq-due').inputValue(), '2025-12-31');
            assert.equal(await page.locator('#kq-directive').inputValue(), 'Thay đèn LED.');
            assert.equal((await opinion(hall, number)).state, 'on_floor');
            await page.locator('#kq-due').fill('2024-07-10');
            await settle(page, 'assign');
            assert.equal((await opinion(hall, number)).state, 'owed');
        });

        test('R76, R77: typed for nothing, since somebody else was quicker: every word is still there', async () => {
            rule(76, 77);
            const page = await open('chutich'), [answered, referred] = [await spoken(hall, 'Vòi nước công cộng hỏng.'), await spoken(hall, 'Cầu vượt chưa có.')];
            const kept = async (words) => {
                await page.locator('.error-summary').waitFor();
                assert.equal(await page.locator('#da-nhap').inputValue(), words);
            };
            await page.goto(`${CONSOLE}?y=${answered.number}`);
            await page.locator('#kq-text').fill('Sửa vòi trong ngày mai.\nXin cảm ơn.');
            await hall.done(hall.thuky, answered.number, 'answer', { mode: 'spoken', kind: 'answer', text: 'Mai sửa.', on_behalf: 'chair' });
            await settle(page, 'answer');
            await kept('Sửa vòi trong ngày mai.\nXin cảm ơn.');
            await page.goto(`${CONSOLE}?y=${referred.number}`);
            await page.locator('#kq-agency').fill('Sở Xây dựng');
            await hall.done(hall.thuky, referred.number, 'withdraw', { on_behalf: 'author', proof: { kind: 'signature', text: 'Ký tại bàn' } });
            await hall.done(hall.chutich, referred.number, 'approve', { withdrawal: true });
            await settle(page, 'refer');
            await kept('Sở Xây dựng');
        });

        test('R76: figures, a speaker, lengths that were refused stand in their forms as they were sent', async () => {
            rule(76);
            const officer = await open('diachinh'), { number } = await spoken(hall, 'Hẻm 8 bao nhiêu hộ?'), other = await spoken(hall, 'Việc khác.');
            await hall.thuky.post(HALL, { action: 'scene', scene: 'question', opinion: other.number });
            await officer.goto(`${CONSOLE}?y=${number}`);
            const long = 'Số liệu. '.repeat(2600);
            await officer.locator('#cc-text').fill(long);
            await Promise.all([officer.waitForNavigation(), officer.getByRole('button', { name: 'Gửi chủ trì' }).click()]);
            await officer.locator('.error-summary').waitFor();
            assert.equal(await officer.locator('#cc-text').inputValue(), long);
            assert.match(await officer.locator('label[for=cc-text]').innerText(), new RegExp(number), 'still about the same opinion');
            const page = await open('thuky');
            await page.locator('#ghi-text').fill(long);
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Ghi', exact: true }).click()]);
            await page.locator('.error-summary').waitFor();
            assert.equal(await page.locator('#ghi-text').inputValue(), long);
            await page.goto(CONSOLE);
            await page.getByText('Đổi thời lượng').click();
            await page.locator('#seconds').fill('20');
            await page.locator('#warn').fill('90');
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Đổi', exact: true }).click()]);
            assert.deepEqual(await Promise.all(['#seconds', '#warn'].map((box) => page.locator(box).inputValue())), ['20', '90']);
            assert.ok(await page.locator('#warn').isVisible(), 'what is to be put right is open');
            await page.locator('.error-summary a[href="#warn"]').waitFor();
            await page.goto(CONSOLE);
            await page.locator('#sp-to').selectOption('diachinh');
            assert.equal((await hall.chutich.dialogue(1, 'adjourn', { resumes_at: '2024-06-21T08:00:00+07:00' })).status, 200);
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Bắt đầu tính giờ' }).click()]);
            await page.locator('.error-summary').waitFor();
            assert.equal(await page.locator('#sp-to').inputValue(), 'diachinh');
            assert.equal((await hall.chutich.dialogue(1, 'resume')).status, 200);
            assert.equal((await hall.thuky.post(HALL, { action: 'clear_screen' })).status, 200);
        });

        test('R76: the secretary does it for the chair; an answer goes under the name of who speaks', async () => {
            rule(76);
            const page = await open('thuky');
            const [first, second] = [await spoken(hall, 'Chợ ngập.'), await spoken(hall, 'Rác chậm gom.')];
            await page.goto(`${CONSOLE}?y=${first.number}`);
            await page.locator('#kq-text').fill('Sẽ nâng nền chợ.');
            await settle(page, 'answer');
            assert.equal((await opinion(hall, first.number)).answers[0].by, 'chutich');
            assert.equal((await hall.thuky.post(HALL, { action: 'speak', side: 'authority', to: 'diachinh' })).status, 200);
            await page.goto(`${CONSOLE}?y=${second.number}`);
            assert.match(await page.locator('label[for=kq-text]').innerText(), /Nội dung trả lời của/);
            await page.locator('#kq-text').fill('Tổ môi trường gom hai ngày một lần.');
            await settle(page, 'answer');
            const written = await hall.submit({ content: 'Bao giờ có nước sạch?' });
            await hall.done(hall.thuky, written.number, 'relay', { field: 'construction' });
            await page.goto(`${CONSOLE}?y=${written.number}`);
            await page.locator('#kq-text').fill('Cuối năm đấu nối xong.');
            await settle(page, 'answer');
            for (const { number } of [second, written]) {
                const { state, answers } = await opinion(hall, number);
                assert.deepEqual([state, answers[0].by], ['answered', 'diachinh']);
            }
            const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
            const again = await page.request.post(`${CONSOLE}/chot/answer`, { form: { csrf, opinion: second.number, mode: 'spoken', kind: 'answer', text: 'Lần hai.' }, maxRedirects: 0 });
            assert.equal(again.status(), 409); // not answered twice, nor put back on the floor for it
            assert.equal((await opinion(hall, second.number)).answers.length, 1);
            await hall.thuky.post(HALL, { action: 'end_turn' });
        });

        test('R74, R76, R77, R78: a note becomes an opinion, its answer, a directive or a task by one button', async () => {
            rule(74, 76, 77, 78);
            const page = await open('thuky');
            const number = async (text) => /\d{4}-\d{4}/.exec(await page.locator('.notes li', { hasText: text }).locator('a').innerText())[0];
            await note(page, 'Dân hỏi: bao giờ xong kè?');
            await become(page, 'Dân hỏi: bao giờ xong kè?', 'Thành ý kiến');
            const asked = await number('Dân hỏi: bao giờ xong kè?');
            assert.equal((await opinion(hall, asked)).state, 'on_floor');
            await note(page, 'Chủ tịch: kè xong trong tháng 9.');
            await become(page, 'Chủ tịch: kè xong trong tháng 9.', 'Thành trả lời');
            assert.equal(await number('Chủ tịch: kè xong trong tháng 9.'), asked, 'of the opinion that was on the table');
            const answered = await opinion(hall, asked);
            assert.deepEqual([answered.state, answered.answers[0].text], ['answered', 'Chủ tịch: kè xong trong tháng 9.']);

            const [directive, task] = [await spoken(hall, 'Hẻm 9 chưa có biển tên.'), await spoken(hall, 'Nhà văn hóa dột.')];
            await hall.thuky.post(HALL, { action: 'scene', scene: 'question', opinion: directive.number });
            await page.goto(CONSOLE);
            await note(page, 'Địa chính khảo sát ngay.');
            await become(page, 'Địa chính khảo sát ngay.', 'Thành chỉ đạo');
            const led = await opinion(hall, directive.number);
            assert.deepEqual([led.state, led.responsible], ['owed', 'diachinh']);
            assert.match(JSON.stringify(led.assignments), /khảo sát ngay/);
            await hall.thuky.post(HALL, { action: 'scene', scene: 'question', opinion: task.number });
            await page.goto(CONSOLE);
            await note(page, 'Văn phòng lo sửa mái.');
            await page.locator('.notes li').first().locator('select[name=to]').selectOption('vanphong');
            await become(page, 'Văn phòng lo sửa mái.', 'Giao việc');
            assert.equal((await opinion(hall, task.number)).responsible, 'vanphong');
        });

        test('R72: a note that cannot become what was asked stays as it was, with the reason', async () => {
            rule(72);
            const page = await open('thuky');
            const { number } = await spoken(hall, 'Cầu khỉ gãy.');
            await hall.thuky.post(HALL, { action: 'scene', scene: 'question', opinion: number });
            await page.goto(CONSOLE);
            await note(page, 'Sửa cầu trong tháng.');
            await hall.done(hall.chutich, number, 'answer', { mode: 'spoken', kind: 'answer', text: 'Đã trả lời.' });
            await become(page, 'Sửa cầu trong tháng.', 'Thành trả lời');
            await page.locator('.error-summary').waitFor();
            assert.equal(await page.locator('.notes li', { hasText: 'Sửa cầu trong tháng.' }).getByText('Đã thành').count(), 0);
        });

        test('who neither chairs nor writes gets no outcome, and none by its address', async () => {
            const page = await open('diachinh');
            assert.equal(await page.locator('.outcome, #ghi-form, #goi-y').count(), 0);
            const csrf = await page.locator('input[name=csrf]').first().getAttribute('value').catch(() => '');
            const { number } = await spoken(hall, 'Hẻm 3 tối.');
            const reply = await page.request.post(`${CONSOLE}/chot/assign`, { form: { csrf: csrf ?? '', opinion: number, to: 'diachinh' }, maxRedirects: 0 });
            assert.equal(reply.status(), 403);
            assert.equal((await opinion(hall, number)).state, 'on_floor');
        });

        test('R76, R93: an officer sends figures; they stand beside the question on the chair’s console', async () => {
            rule(76, 93);
            const page = await open('diachinh'), { number } = await spoken(hall, 'Hẻm 6 bao nhiêu hộ chưa có nước?');
            await page.goto(`${CONSOLE}?y=${number}`);
            await page.locator('#cc-text').fill('42 hộ, đã khảo sát tháng 5.');
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Gửi chủ trì' }).click()]);
            const desk = await open('chutich');
            await desk.goto(`${CONSOLE}?y=${number}`);
            const first = desk.locator('[aria-labelledby=sl-h] li').first();
            assert.match(await first.innerText(), new RegExp(`${number}.*42 hộ`, 's'));
        });

        test('the register holds it all', async () => {
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
        });

        test('R72: what is being typed is kept on the server without an entry, and written down once', async () => {
            rule(72);
            const page = await open('thuky');
            const before = await entries(ward);
            await page.locator('#ghi-text').fill('Đang nói dở');
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Lưu tạm' }).click()]);
            assert.equal(await page.locator('#ghi-text').inputValue(), 'Đang nói dở');
            assert.equal(await entries(ward), before);
            await page.locator('#ghi-text').fill('Đang nói dở, rồi nói hết.');
            await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Ghi', exact: true }).click()]);
            assert.equal(await entries(ward), before + 1);
            assert.equal(await page.locator('#ghi-text').inputValue(), '');
            assert.equal(await page.locator('.notes li', { hasText: 'Đang nói dở' }).count(), 1);
        });
    });

describe('the console with the script', () => {
    let ward, hall, chair, secretary;
    const opened = [];
    const enter = async (username, options) => {
        const one = await visitor(browser, ward.url, options);
        opened.push(one);
        await signIn(one.page, username, password);
        await one.page.goto(CONSOLE);
        return one.page;
    };
    /** One letter outside the fields; waits for the console that follows. */
    const key = (page, letter) => Promise.all([page.waitForNavigation(), page.keyboard.press(letter)]);
    const saved = (page) => page.locator('[data-autosave-said]', { hasText: 'Đã lưu lúc' }).waitFor();
    const onServer = async () => (await secretary.request.get(CONSOLE)).text();

    before(async () => {
        ward = await Ward.demo('open');
        hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong', 'vanthu', 'diachinh']);
        chair = await enter('chutich', { viewport: TABLET, hasTouch: true });
        secretary = await enter('thuky', { viewport: DESK });
    });
    after(async () => {
        const said = opened.flatMap(({ complaints }) => complaints);
        await Promise.all(opened.map(({ context }) => context.close()));
        await ward.stop();
        assert.deepEqual(said.filter((line) => !/status of 4\d\d|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_INCOMPLETE/.test(line)), []);
    });

    test('one screen on a desk and on a tablet: nothing but the columns scrolls', async () => {
        for (const [page, size] of [[secretary, DESK], [chair, TABLET], [secretary, { width: 1920, height: 1080 }], [secretary, PHONE], [secretary, DESK]]) {
            await page.setViewportSize(size);
            await page.goto(CONSOLE);
            assert.deepEqual(await violations(page), []);
            assert.equal(await overflows(page), false, `${size.width}`);
            const tall = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight + 1);
            assert.equal(tall, size === PHONE);
        }
        const officer = await enter('diachinh', { viewport: DESK });
        assert.deepEqual([await violations(officer), await overflows(officer)], [[], false]);
    });

    test('a list that changes under the pointer: a button stays with whom it stood beside', async () => {
        const act = (action, more) => done(hall.thuky.post(HALL, { action, ...more }));
        const row = (name) => secretary.locator('.console-side li', { hasText: name });
        const stays = async (name, change, then) => {
            await row(name).waitFor();
            const button = await row(name).getByRole('button').first().elementHandle();
            await change();
            await then();
            assert.match(await button.evaluate((e) => (e.isConnected ? e.closest('li').textContent : 'taken away')), new RegExp(name));
        };
        await secretary.goto(CONSOLE);
        const { turn } = await act('hand_up', { name: 'Ông Một Ví Dụ' });
        await act('hand_up', { name: 'Bà Hai Ví Dụ' });
        await stays('Bà Hai Ví Dụ', () => act('hand_down', { turn }), () => row('Ông Một Ví Dụ').waitFor({ state: 'detached' }));
        await stays('Bà Hai Ví Dụ', () => act('hand_up', { name: 'Ông Ba Ví Dụ', kind: 'point_of_order' }), () => row('Ông Ba Ví Dụ').waitFor());
        for (const { turn: waits } of (await hall.anyone.get(HALL)).body.queue) await act('hand_down', { turn: waits });
    });

    test('R60, R74, R77: by keys alone: called, written down, made an opinion, settled; each next step was suggested', async () => {
        rule(60, 74, 77);
        for (const { number } of (await hall.thuky.get('/api/v1/dialogues/1/opinions?state=on_floor')).body.items)
            await hall.done(hall.chutich, number, 'return');
        for (const [name, khom] of [['Nguyễn Thị Một', 'khom1'], ['Trần Văn Hai', 'khom2']])
            assert.equal((await hall.thuky.post(HALL, { action: 'hand_up', name, khom })).status, 200);
        await hall.thuky.post(HALL, { action: 'step', step: 3 });
        await secretary.goto(CONSOLE);
        const suggested = (words) => secretary.locator('#goi-y', { hasText: words }).waitFor();
        await suggested('Mời người tiếp theo: Nguyễn Thị Một');
        await key(secretary, 'k');
        await suggested('Ghi ý kiến của Nguyễn Thị Một');
        await chair.locator('#goi-y', { hasText: 'thư ký đang ghi' }).waitFor(); // by itself
        await secretary.keyboard.press('k');
        await secretary.locator('#ghi-text:focus').waitFor();
        await secretary.keyboard.type('Hẻm 4 hay cúp nước.');
        const written = secretary.waitForNavigation();
        await secretary.keyboard.press('Control+Enter');
        await written;
        await key(secretary, 'i');
        await suggested('Chốt kết quả ý kiến');
        await chair.locator('#ban', { hasText: 'Hẻm 4 hay cúp nước.' }).waitFor();
        await secretary.keyboard.press('2');
        await secretary.locator('#kq-to:focus').waitFor();
        const settled = secretary.waitForNavigation();
        await secretary.keyboard.press('Control+Enter');
        await settled;
        await suggested('Mời người tiếp theo: Trần Văn Hai');
        const { body } = await hall.thuky.get('/api/v1/dialogues/1/opinions?state=owed&limit=200');
        assert.ok(body.items.some(({ content }) => content === 'Hẻm 4 hay cúp nước.'));
    });

    test('R72: what is typed is on the server at once, outlives a lost network and a killed server, and is one note', async () => {
        rule(72);
        await secretary.goto(CONSOLE);
        await secretary.locator('#ghi-text').pressSequentially('Người dân nói');
        await saved(secretary);
        assert.match(await onServer(), /Người dân nói/);
        const before = (await ward.run('verify')).stdout;

        await secretary.context().setOffline(true);
        await secretary.locator('#ghi-text').pressSequentially(' về nước sạch');
        await secretary.locator('[data-autosave-said]', { hasText: 'vẫn được giữ trên máy này' }).waitFor();
        await secretary.context().setOffline(false);
        await saved(secretary);
        assert.match(await onServer(), /về nước sạch/);
        assert.equal((await ward.run('verify')).stdout, before, 'no entry of the register came of it');

        await ward.quit('SIGKILL');
        await secretary.locator('#ghi-text').pressSequentially(', khóm 2');
        await secretary.locator('[data-autosave-said]', { hasText: 'vẫn được giữ trên máy này' }).waitFor();
        ward.clock = ['--now', '2024-06-20T09:45:00+07:00'];
        await ward.start(['--listen', new URL(ward.url).host]);
        await secretary.goto(CONSOLE); // as after a fall of the browser: the page begins anew
        assert.equal(await secretary.locator('#ghi-text').inputValue(), 'Người dân nói về nước sạch, khóm 2');
        await saved(secretary);
        const written = secretary.waitForNavigation();
        await secretary.locator('#ghi-text').press('Control+Enter');
        await written;
        await secretary.locator('.notes li', { hasText: 'nước sạch, khóm 2' }).waitFor();
        assert.equal(await secretary.locator('.notes li', { hasText: 'Người dân nói' }).count(), 1);
        await secretary.goto(CONSOLE);
        assert.equal(await secretary.locator('#ghi-text').inputValue(), '');
    });

    test('R72: two machines of one account type two notes; neither loses a letter', async () => {
        rule(72);
        const other = await visitor(browser, ward.url, { viewport: DESK });
        try {
            await signIn(other.page, 'thuky', password);
            const box = (page) => page.locator('#ghi-text');
            await secretary.goto(CONSOLE);
            await other.page.goto(CONSOLE);
            await box(secretary).pressSequentially('Máy một ghi câu này');
            await saved(secretary);
            await box(other.page).pressSequentially('Máy hai ghi câu khác');
            await saved(other.page);
            await box(secretary).pressSequentially(' rồi ghi tiếp');
            for (const page of [secretary, other.page]) {
                const written = page.waitForNavigation();
                await box(page).press('Control+Enter');
                await written;
            }
            for (const words of ['Máy một ghi câu này rồi ghi tiếp', 'Máy hai ghi câu khác'])
                assert.equal(await other.page.locator('.notes li', { hasText: words }).count(), 1, words);
            assert.equal(await box(other.page).inputValue(), '');
            assert.deepEqual(other.complaints, []);
        } finally {
            await other.context.close();
        }
    });

    test('a begun answer stays while the board changes around it', async () => {
        const { number } = await spoken(hall, 'Bãi xe lấn đường.');
        await chair.goto(CONSOLE);
        await chair.locator('#kq-text').fill('Phường sẽ');
        await hall.thuky.post(HALL, { action: 'hand_up', name: 'Lê Thị Ba', khom: 'khom3' });
        await chair.locator('.console-side', { hasText: 'Lê Thị Ba' }).waitFor();
        assert.equal(await chair.locator('#kq-text').inputValue(), 'Phường sẽ');
        await hall.done(hall.chutich, number, 'return');
    });

    test('the hall’s screen is loaded anew each minute only where the script does not run', async () => {
        const reply = await fetch(`${ward.url}/man-hinh/1`), body = await reply.text();
        assert.equal(reply.headers.get('refresh'), null);
        assert.match(body, /<head>[^]*<noscript><meta http-equiv="refresh" content="60"><\/noscript>[^]*<\/head>/);
        assert.doesNotMatch(await (await fetch(`${ward.url}/doi-thoai/1`)).text(), /http-equiv="refresh"/);
    });

    test('R60, R63: who has no phone is put down at the desk with what for and as whom; the length of a turn is changed there', async () => {
        rule(60, 63);
        await secretary.goto(CONSOLE);
        await secretary.fill('#up-name', 'Bà Bảy Ví Dụ');
        await secretary.selectOption('#up-kind', 'point_of_order');
        await secretary.selectOption('#up-author', 'business');
        await Promise.all([secretary.waitForNavigation(), secretary.getByRole('button', { name: 'Thêm', exact: true }).click()]);
        const { queue } = (await ward.anyone.get('/api/v1/dialogues/1/hall')).body;
        assert.equal(queue.find(({ name }) => name === 'Bà Bảy Ví Dụ').kind, 'point_of_order');
        const change = async (seconds, warn) => {
            if (!await secretary.locator('#seconds').isVisible()) await secretary.getByText('Đổi thời lượng').click(); // stays open when refused
            await secretary.fill('#seconds', seconds);
            await secretary.fill('#warn', warn);
            await Promise.all([secretary.waitForNavigation(), secretary.getByRole('button', { name: 'Đổi', exact: true }).click()]);
        };
        await change('5', '2');
        await secretary.getByRole('alert').waitFor();
        assert.equal(await secretary.inputValue('#seconds'), '5', 'what was typed stays');
        await change('120', '20');
        await secretary.goto(CONSOLE);
        assert.deepEqual([await secretary.inputValue('#seconds'), await secretary.inputValue('#warn')], ['120', '20']);
        assert.deepEqual(await violations(secretary), []);
    });

    test('R63: keys for who comes back, the list, the order of the queue and a preview; none of them twice', async () => {
        rule(63);
        const now = async () => (await hall.anyone.get(HALL)).body;
        const act = async (action, more) => {
            const { status, body } = await hall.thuky.post(HALL, { action, ...more });
            assert.equal(status, 200, JSON.stringify(body));
        };
        for (const name of ['Ông Chín Ví Dụ', 'Bà Mười Ví Dụ']) {
            await act('hand_up', { name, khom: 'khom4' });
            const { turn } = (await now()).queue.find((one) => one.name === name);
            await act('skip_turn', { turn });
        }
        await act('hand_up', { name: 'Bà Tám Ví Dụ', khom: 'khom3' });
        await act('call_turn');
        await act('hand_up', { name: 'Cô Út Ví Dụ', khom: 'khom3' });
        await secretary.goto(CONSOLE);
        const keys = await secretary.locator('[data-key]').evaluateAll((all) => all.map((e) => [e.dataset.key,
            (e.matches('button, a') ? e : document.querySelector(`label[for="${e.id}"]`)).querySelector('kbd')?.textContent]));
        assert.deepEqual(keys.filter(([letter, shown]) => shown !== letter), [], 'each is shown where it works');
        const letters = keys.map(([letter]) => letter).sort();
        assert.deepEqual(letters, [...new Set(letters)], 'each once');
        for (const letter of 'abdeghkmnoprstuwx') assert.ok(letters.includes(letter), `${letter} of ${letters}`);

        await key(secretary, 'r'); // the first of those who were not there
        assert.equal((await now()).queue.filter(({ name }) => name === 'Ông Chín Ví Dụ').length, 1);
        await secretary.getByText('Vắng khi được mời').waitFor();
        await key(secretary, 'r');
        assert.equal((await now()).queue.filter(({ name }) => name === 'Bà Mười Ví Dụ').length, 1);
        await key(secretary, 'd');
        assert.equal((await now()).list_closed, true);
        await secretary.getByRole('button', { name: 'Mở danh sách' }).waitFor();
        await key(secretary, 'd');
        assert.equal((await now()).list_closed, false);
        for (const [letter, rule] of [['w', 'first_time'], ['o', 'round_robin']])
            for (const want of [false, true]) {
                await key(secretary, letter);
                assert.equal((await now())[rule], want, `${letter}: ${rule}`);
            }
        await secretary.selectOption('#scene', 'rules');
        await secretary.locator('#scene').press('Escape'); // out of the field: letters are keys again
        await secretary.keyboard.press('h');
        await secretary.locator('#xem-truoc .hall__over', { hasText: 'Nội quy' }).waitFor();
        assert.notEqual((await now()).scene, 'rules', 'the hall sees nothing of it');
        assert.deepEqual(await violations(secretary), []);
        if (process.env.LOOK) await secretary.screenshot({ path: `${process.env.LOOK}/keys.png` });
        await key(secretary, 'e');
    });

    test('a scene is looked at in small before it is shown; the hall sees nothing of it', async () => {
        await secretary.goto(CONSOLE);
        await secretary.selectOption('#scene', 'message');
        await secretary.fill('#scene-text', 'Nghỉ giải lao 10 phút');
        await secretary.getByRole('button', { name: 'Xem trước', exact: true }).click();
        await secretary.locator('#xem-truoc .hall__title', { hasText: 'Nghỉ giải lao 10 phút' }).waitFor();
        for (const size of [TABLET, { width: 1920, height: 1080 }, PHONE, DESK]) {
            await secretary.setViewportSize(size);
            const [box, hall] = await secretary.locator('#xem-truoc, #xem-truoc > .hall').evaluateAll((all) => all.map((e) => e.getBoundingClientRect()));
            assert.ok(hall.right <= box.right + 1 && hall.bottom <= box.bottom + 1, `the whole of it is seen at ${size.width}`);
        }
        assert.notEqual((await hall.anyone.get(HALL)).body.scene, 'message');
        const stranger = await (await fetch(`${ward.url}/man-hinh/1?canh=message&text=Sai`)).text();
        assert.doesNotMatch(stranger, /Sai</); // nobody puts words of their own on the ward's screen
        assert.deepEqual(await violations(secretary), []);
    });

    test('R77: what the last dialogue promised in this field stands beside the question, with its date', async () => {
        rule(77);
        const promised = await spoken(hall, 'Đường hẻm 11 lún.');
        await hall.done(hall.chutich, promised.number, 'assign', { to: 'diachinh', due: '2024-07-05' });
        const plan = { title: 'Hội nghị đối thoại năm sau', year: 2025, profile: 2024, planned: '2025-06', place: 'Hội trường', seats: 80, copy_from: 1 };
        const { status, body: made } = await hall.vanphong.post('/api/v1/dialogues', plan);
        assert.equal(status, 201, JSON.stringify(made));
        for (const [who, action, parameters] of [['chutich', 'approve'], ['vanthu', 'issue', { number: 91, symbol: 'KH-UBND', date: '2024-06-20' }],
            ['vanphong', 'announce', { starts_at: '2024-12-20T08:00:00+07:00', opinions_from: '2024-06-20T09:00:00+07:00', opinions_until: '2024-12-19T17:00:00+07:00' }],
            ['chutich', 'open']]) {
            const reply = await hall[who].dialogue(made.id, action, parameters);
            assert.equal(reply.status, 200, `${action}: ${JSON.stringify(reply.body)}`);
        }
        const { status: asked } = await hall.thuky.post(`/api/v1/dialogues/${made.id}/opinions`,
            { content: 'Hẻm 11 vẫn lún.', author: { type: 'resident' }, channel: 'spoken', field: 'construction' });
        assert.equal(asked, 201);
        await chair.goto(`/lam-viec/hoi-truong/${made.id}`);
        const row = chair.locator('.promises li', { hasText: promised.number });
        assert.match(await row.innerText(), /05\/07\/2024/);
        assert.match(await row.innerText(), /còn trong hạn/);
        assert.ok(await chair.locator('.promises li').count() <= 3);
        assert.deepEqual(await violations(chair), []);
    });
});
