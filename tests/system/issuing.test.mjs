// SPDX-License-Identifier: AGPL-3.0-or-later
// The archivist gives numbers: over the API, and by hand with forms alone. What has its number is given out again byte
// for byte, and the register of outgoing documents has every number once.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { password, rule, Ward } from './harness.mjs';
import { engines } from './engines.mjs';
import { DESK, launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { browser } from './form_browser.mjs';

for (const engine of await engines())
    describe(`issuing on ${engine.name}`, () => {
        let ward, archivist, office, answered;
        const number = (type, body, client = archivist) => client.post(`/api/v1/dialogues/1/documents/${type}/number`, body);
        const paper = async (file, client = office) => (await client.get(`/api/v1/dialogues/1/documents/${file}`)).body;
        before(async () => {
            ward = await engine.demo('closed');
            archivist = await ward.signIn('vanthu');
            office = await ward.signIn('vanphong');
        });
        after(() => ward?.stop());

        test('R1 the plan stands in the register with the number it went out with', async () => {
            rule(1);
            const { status, body } = await archivist.get('/api/v1/dialogues/1/documents');
            assert.equal(status, 200);
            assert.equal(body.next, null);
            assert.equal(body.items.length, 1);
            assert.equal(body.items[0].number, '66/KH-UBND');
            assert.equal(body.items[0].type, 'plan');
            assert.ok(body.items[0].recipients.length > 4);
            assert.match(await paper('plan.txt'), /Số: 66\/KH-UBND/);
        });

        test('R1 R103 R110 R111 a conclusion gets its number, and is the same bytes from then on', async () => {
            rule(1, 103, 110, 111);
            assert.match(await paper('conclusion.txt'), /Số: ……\/TB-UBND/);
            const key = randomUUID(), send = () => archivist.post('/api/v1/dialogues/1/documents/conclusion/number',
                { date: '2024-07-01', number: '41', recipients: ['Phòng Nội vụ thành phố'] }, { 'idempotency-key': key });
            const first = await send();
            assert.equal(first.status, 201, JSON.stringify(first.body));
            assert.equal(first.body.number, '41/TB-UBND');
            assert.equal(first.body.date, '2024-07-01');
            assert.equal(first.body.external, false);
            assert.ok(first.body.entry > 0 && Array.isArray(first.body.warnings));
            const again = await send();
            assert.equal(again.status, 201);
            assert.equal(again.body.id, first.body.id, 'the same key gives the same answer and no second number');
            const text = await paper('conclusion.txt');
            assert.match(text, /Số: 41\/TB-UBND/);
            assert.match(text, /ngày 01 tháng 7 năm 2024/);
            assert.match(text, /- Phòng Nội vụ thành phố;\n- Lưu: VT\./);
            assert.match(text, /\.\/\./);
            assert.match(text, /TM\. ỦY BAN NHÂN DÂN\nCHỦ TỊCH/);
            for (const format of ['pdf', 'docx', 'html']) {
                const one = await office.get(`/api/v1/dialogues/1/documents/conclusion.${format}`);
                const two = await office.get(`/api/v1/dialogues/1/documents/conclusion.${format}`);
                assert.equal(one.status, 200);
                assert.equal(one.body, two.body, format);
                if (format !== 'html') assert.match(one.headers.get('content-disposition'), /41-TB-UBND\./);
            }
            assert.match(await paper('conclusion.txt?draft=1'), /Số: ……\/TB-UBND/);
        });

        test('R1 what the rules refuse: who, when, which number', async () => {
            rule(1);
            const conclusion = { date: '2024-07-01' };
            assert.equal((await number('conclusion', conclusion, ward.anyone)).status, 401);
            for (const who of ['vanphong', 'chutich', 'thuky', 'hdnd', 'quantri'])
                assert.equal((await number('conclusion', conclusion, await ward.signIn(who))).status, 403, who);
            const refusals = [
                ['conclusion', conclusion, 409, 'wrong_state'],
                ['synthesis', {}, 422, 'required', 'date'],
                ['synthesis', { date: '2024-13-01' }, 422, 'invalid', 'date'],
                ['synthesis', { date: '2031-01-01' }, 422, 'invalid', 'date'],
                ['synthesis', { date: '2024-07-01', number: 'x/y' }, 422, 'invalid', 'number'],
                ['synthesis', { date: '2024-07-01', external: true }, 422, 'required', 'number'],
                ['synthesis', { date: '2024-07-01', external: 'yes' }, 422, 'invalid', 'external'],
                ['synthesis', { date: '2024-07-01', replaces: '9/BC-UBND' }, 422, 'invalid', 'replaces'],
                ['synthesis', { date: '2024-07-01', colour: 'red' }, 422, 'unknown_field', 'colour'],
                ['synthesis', { date: '2024-07-01', opinion: '2024-0001' }, 422, 'invalid', 'opinion'],
                ['synthesis', { date: '2024-07-01', symbol: 'B'.repeat(31) }, 422, 'too_long', 'symbol'],
                ['synthesis', { date: '2024-07-01', recipients: 'all' }, 422, 'invalid', 'recipients'],
                ['slip', { date: '2024-07-01' }, 422, 'invalid', 'type'],
                ['answer', { date: '2024-07-01' }, 422, 'required', 'opinion'],
                ['answer', { date: '2024-07-01', opinion: '2024-9999' }, 404, 'not_found'],
                ['nothing', { date: '2024-07-01' }, 404, 'not_found']];
            for (const [type, body, status, code, field] of refusals) {
                const reply = await number(type, body);
                assert.equal(reply.status, status, `${type} ${JSON.stringify(body)}: ${JSON.stringify(reply.body)}`);
                assert.equal(reply.body.code, code, JSON.stringify(reply.body));
                if (field) assert.equal(reply.body.field, field);
            }
            assert.equal((await archivist.get('/api/v1/dialogues/1/documents')).body.items.length, 2);
            assert.equal((await ward.anyone.get('/api/v1/dialogues/1/documents')).status, 401);
            assert.equal((await (await ward.signIn('khom1')).get('/api/v1/dialogues/1/documents')).status, 403);
            assert.equal((await ward.anyone.get('/doi-thoai/1/van-ban/plan.pdf?draft=1')).status, 401);
        });

        test('R1 R104 by hand: what waits, the form with its warnings, the register; refused forms keep what was typed', async () => {
            rule(1, 104, 105, 106, 107, 108, 109);
            const hand = await browser(ward, 'vanthu');
            const desk = (await hand.get('/lam-viec/van-thu')).body;
            assert.match(desk, /Văn bản chờ số/);
            assert.match(desk, /cap-so\/1\/synthesis/);
            assert.doesNotMatch(desk, /cap-so\/1\/conclusion/);
            answered = /cap-so\/1\/answer\?opinion=(\d{4}-\d{4})/.exec(desk)?.[1];
            assert.ok(answered, 'a written answer waits for its number');
            const path = '/lam-viec/van-thu/cap-so/1/notice', form = (await hand.get(path)).body;
            assert.match(form, /Nên xem lại trước khi cấp số/);
            assert.match(form, /Doanh nghiệp trên địa bàn được mời dự nhưng không có trong Nơi nhận/);
            assert.match(form, /name="number"[^>]*value="42"|value="42"[^>]*name="number"/);
            const typed = { number: '77', symbol: 'TB-UBND', date: '2024-07-02', recipients: 'Hội Doanh nghiệp phường' };
            const refused = await hand.post(path, typed);
            assert.equal(refused.status, 422);
            assert.match(refused.body, /Số tiếp theo trong sổ TB năm 2024 là 42/);
            for (const value of Object.values(typed)) assert.ok(refused.body.includes(value), value);
            const done = await hand.post(path, { ...typed, external: '1' });
            assert.equal(done.status, 303);
            assert.equal(done.headers.get('location'), '/lam-viec/van-thu/so');
            const letter = await hand.post(`/lam-viec/van-thu/cap-so/1/answer?opinion=${answered}`,
                { number: '', symbol: 'UBND-VP', date: '2024-07-02', recipients: '' });
            assert.equal(letter.status, 303);
            assert.match(await paper(`answer.txt?opinion=${answered}`), /Số: 01\/UBND-VP/);
            const register = (await hand.get('/lam-viec/van-thu/so?nam=2024')).body;
            for (const one of ['66/KH-UBND', '41/TB-UBND', '77/TB-UBND', '01/UBND-VP']) assert.ok(register.includes(one), one);
            assert.match(register, /số của cấp trên/);
            assert.doesNotMatch((await hand.get('/lam-viec/van-thu/so?nam=2024&loai=CV')).body, /77\/TB-UBND/);
            assert.match((await hand.get('/lam-viec/van-thu/so?nam=2019')).body, /Chưa có văn bản nào/);
            for (const who of ['thuky', 'khom1', 'baomat1'])
                for (const page of ['/lam-viec/van-thu', '/lam-viec/van-thu/so', path])
                    assert.equal((await (await browser(ward, who)).get(page)).status, 403, `${who} ${page}`);
            for (const none of ['slip', 'nothing', 'answer', 'answer?opinion=2024-9999'])
                assert.equal((await hand.get(`/lam-viec/van-thu/cap-so/1/${none}`)).status, 404, none);
        });

        test('R1 an issued document is replaced, never changed; the register keeps both, and verify holds them', async () => {
            rule(1);
            const hand = await browser(ward, 'vanthu');
            const old = (await hand.get('/lam-viec/van-thu/cap-so/1/conclusion')).body;
            assert.match(old, /đã ban hành và không sửa được/);
            const done = await hand.post('/lam-viec/van-thu/cap-so/1/conclusion',
                { number: '42', symbol: 'TB-UBND', date: '2024-07-03', recipients: '', replaces: '41/TB-UBND' });
            assert.equal(done.status, 303, done.body.slice(0, 3000));
            assert.match(await paper('conclusion.txt'), /Số: 42\/TB-UBND/);
            const { items } = (await archivist.get('/api/v1/dialogues/1/documents')).body;
            const first = items.find((one) => one.number === '41/TB-UBND'), second = items.at(-1);
            assert.equal(second.replaces, first.id);
            const kept = await hand.get(`/lam-viec/van-thu/so/${first.id}.txt`);
            assert.equal(kept.status, 200);
            assert.match(kept.body, /Số: 41\/TB-UBND/);
            assert.match((await hand.get('/lam-viec/van-thu/so?nam=2024')).body, /Đã được thay bằng 42\/TB-UBND/);
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
        });

        test('R46 an issued answer that is sealed later is withheld from all but custodians', async () => {
            rule(46);
            const { items } = (await archivist.get('/api/v1/dialogues/1/documents')).body;
            const letter = items.find((one) => one.opinion === answered);
            assert.equal((await office.opinion(answered, 'divert', { to: 'denunciation', reason: 'Là tố cáo' })).status, 200);
            const hand = await browser(ward, 'vanthu');
            assert.equal((await hand.get(`/lam-viec/van-thu/so/${letter.id}.pdf`)).status, 404);
            assert.match((await hand.get('/lam-viec/van-thu/so?nam=2024')).body, /có nội dung niêm phong/);
            assert.equal((await number('answer', { opinion: answered, date: '2024-07-03' })).status, 404);
            const custodian = await browser(ward, 'baomat1');
            assert.match((await custodian.get('/lam-viec/niem-phong')).body, new RegExp(`niem-phong/van-ban/${letter.id}`));
            const kept = await custodian.get(`/lam-viec/niem-phong/van-ban/${letter.id}`);
            assert.equal(kept.status, 200);
            assert.match(kept.headers.get('content-type'), /pdf/);
            assert.equal((await hand.get(`/lam-viec/niem-phong/van-ban/${letter.id}`)).status, 403);
            assert.equal((await custodian.get('/lam-viec/niem-phong/van-ban/1')).status, 404, 'the plan is not withheld');
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
        });
    });

describe('the archivist at the screen', () => {
    let ward, chromium;
    before(async () => {
        [ward, chromium] = await Promise.all([Ward.demo('closed'), launch()]);
    });
    after(async () => {
        await chromium?.close();
        await ward?.stop();
    });

    for (const [name, viewport, javaScriptEnabled] of [['360 px without JavaScript', PHONE, false], ['1280 px', DESK, true]])
        test(`R1 gives a number with the keyboard alone: ${name}`, async () => {
            rule(1);
            const { context, page, complaints } = await visitor(chromium, ward.url, { viewport, javaScriptEnabled });
            const type = javaScriptEnabled ? 'synthesis' : 'notice';
            await signIn(page, 'vanthu', password);
            const look = async (path) => {
                await page.goto(path);
                if (javaScriptEnabled) assert.deepEqual(await violations(page), [], path);
                assert.equal(await overflows(page), false, path);
                if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${viewport.width}-${path.replaceAll('/', '_')}.png`, fullPage: true });
            };
            await look('/lam-viec/van-thu');
            await look(`/lam-viec/van-thu/cap-so/1/${type}`);
            const number = page.getByLabel('Số', { exact: true });
            await number.focus();
            await page.keyboard.press('Control+A');
            await page.keyboard.type('12');
            await page.keyboard.press('Enter');
            await page.waitForURL(/van-thu\/so$/);
            await look('/lam-viec/van-thu/so?nam=2024');
            assert.equal(await page.getByText(type === 'notice' ? '12/TB-UBND' : '12/BC-UBND').count(), 1);
            assert.deepEqual(complaints, []);
            await context.close();
        });
});
