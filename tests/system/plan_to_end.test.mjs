// SPDX-License-Identifier: AGPL-3.0-or-later
// One ward from the plan's first page to the last answer: approved, issued, announced, held in five steps, closed, thirty
// days later with what is overdue, completed. At each turn every page and report is held against the register, counted
// from its entries alone. The clock is moved by starting the program again at a later instant.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { browser } from './form_browser.mjs';
import { rule } from './harness.mjs';

const NAMES = ['chutich', 'vanphong', 'thuky', 'vanthu', 'diachinh', 'khom1'];
const STATES = ['received', 'relayed', 'on_floor', 'answered', 'owed', 'referred', 'concluded', 'diverted', 'withdrawn'];
const number = (text) => Number(text.replaceAll('.', ''));
const written = (text) => ({ mode: 'written', kind: 'answer', text });
const said = (text) => ({ mode: 'spoken', kind: 'answer', text });

for (const engine of await engines())
    describe(`from the plan to the last answer on ${engine.name}`, () => {
        const o = {}; // the opinions by what becomes of them
        let ward, hall;

        before(async () => { ward = await engine.demo('drafting', { start: false }); });
        after(() => ward?.stop());

        async function on(instant) {
            await ward.quit();
            ward.clock = ['--now', instant];
            await ward.start();
            hall = await Hall.enter(ward, NAMES);
            for (const one of Object.values(o)) one.author = hall.author(one.receipt);
        }
        const client = (one, who) => (who === 'author' ? one.author : hall.people[who]);
        const does = (name, who, action, parameters) => hall.done(client(o[name], who), o[name].number, action, parameters);
        const moves = async (who, action, parameters) => {
            const { status, body } = await hall.people[who].dialogue(1, action, parameters);
            assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
        };
        const sends = async (name, content, extra = {}, by = undefined) => {
            o[name] = await hall.submit({ content, ...extra }, by);
        };
        const paper = async (type) => {
            const { status, body } = await hall.vanphong.get(`/api/v1/dialogues/1/documents/${type}.txt`);
            assert.equal(status, 200);
            return body;
        };
        const page = async (path) => {
            const reply = await fetch(ward.url + path);
            assert.equal(reply.status, 200, path);
            return reply.text();
        };

        /** What the register says each opinion has come to: { number: state }, from the entries alone. */
        async function register() {
            const rows = (await ward.sql("SELECT entry, to_state, replace(subject, 'opinion ', '') FROM entry WHERE subject LIKE 'opinion %' ORDER BY entry")).split('\n');
            const sealed = (await ward.sql("SELECT DISTINCT replace(subject, 'opinion ', '') FROM sealed_entry WHERE subject LIKE 'opinion %'")).split('\n');
            return Object.fromEntries(rows.map((row) => row.split(' ')).map(([, state, subject]) => [subject, STATES[Number(state)]])
                .filter(([subject]) => !sealed.includes(subject)));
        }

        /** Every total that anybody is shown, against the register's. `overdue`: names of those that are. */
        async function holds(overdue) {
            const states = Object.values(await register()), many = (...wanted) => states.filter((state) => wanted.includes(state)).length;
            const total = states.length, open = many('received', 'relayed', 'on_floor', 'owed', 'referred'), late = overdue.length;
            const { body: list } = await hall.thuky.get('/api/v1/dialogues/1/opinions?limit=200');
            assert.equal(list.items.length, total, 'the list');
            assert.deepEqual(list.items.filter((item) => item.overdue).map((item) => item.number).sort(), overdue.map((name) => o[name].number).sort());
            for (const state of STATES) assert.equal(list.items.filter((item) => item.state === state).length, many(state), state);

            const synthesis = await paper('synthesis');
            const sum = /Tổng số ý kiến, kiến nghị: (\d+); trong đó trả lời, tiếp thu ngay tại hội nghị: (\d+)[^;]*; trả lời sau hội nghị: (\d+); ngoài nội dung, trả lời riêng bằng văn bản: (\d+); vượt thẩm quyền: (\d+)\./.exec(synthesis);
            assert.ok(sum, synthesis.slice(0, 3000));
            const [all, ...kinds] = sum.slice(1).map(number);
            assert.equal(all, total, 'the synthesis');
            assert.equal(kinds.reduce((a, b) => a + b) + many('diverted', 'withdrawn'), total, `each counted once: ${sum[0]}`);
            const [settled, pending, over] = /đã giải quyết (\d+), đang giải quyết (\d+), quá hạn (\d+)/.exec(synthesis).slice(1).map(number);
            assert.deepEqual([settled, pending, over], [many('answered', 'concluded'), open - late, late]);
            const tables = synthesis.split('Cộng | ').slice(1).map((rest) => number(/^\d+/.exec(rest)[0]));
            assert.deepEqual([...new Set(tables)], [total], 'every table of the synthesis adds up to all of them');
            for (const table of synthesis.split(/\n(?=\d\. Theo )/).slice(1)) {
                const rows = [...table.matchAll(/^(?!Cộng)[^|\n]+\| (\d+) \| [\d,]+%$/gm)].map(([, count]) => number(count));
                assert.equal(rows.reduce((a, b) => a + b, 0), total, table);
            }

            const progress = await paper('progress');
            const owed = /phải giải quyết: (\d+); đã giải quyết: (\d+)[^;]*; đang giải quyết trong hạn: (\d+); quá hạn: (\d+)/.exec(progress).slice(1).map(number);
            assert.deepEqual(owed, [total - many('diverted', 'withdrawn'), settled, pending, late]);
            for (const name of overdue) assert.match(progress, new RegExp(`${o[name].number} \\|.*quá hạn \\d+ ngày`));

            const ticks = [...(await page('/doi-thoai/1')).matchAll(/<(?:b|strong|span|dd|dt|p)[^>]*>(\d+)<\/[^>]+>\s*<[^>]+>(quá hạn|còn nợ trả lời|đã có câu trả lời|đã kiến nghị cấp trên)</g)];
            const shown = Object.fromEntries(ticks.map(([, count, what]) => [what, Number(count)]));
            const visible = list.items.filter((item) => item.visibility !== 'staff' && !['received', 'diverted', 'withdrawn'].includes(item.state));
            const of = (...wanted) => visible.filter((item) => wanted.includes(item.state)).length;
            if ('quá hạn' in shown) assert.equal(shown['quá hạn'], late);
            assert.equal(shown['đã có câu trả lời'], of('answered', 'concluded'), 'the public page');
            for (const [who, path] of [['hdnd', '/lam-viec/giam-sat/1'], ['danguy', '/lam-viec/dang-uy/1']]) {
                const { body } = await (await browser(ward, who)).get(path);
                const figure = (words) => Number(new RegExp(`>(\\d+)<[^>]*>\\s*(?:<[^>]*>)?${words}`).exec(body)?.[1]);
                assert.deepEqual(['ý kiến đã nhận', 'đã kết luận', 'chuyển thủ tục khác', 'đã rút', 'quá hạn'].map(figure),
                    [total, many('concluded'), many('diverted'), many('withdrawn'), late], path);
                if (o.sealed) assert.equal(figure('theo thủ tục riêng'), 1, path);
            }
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
            return { synthesis, progress, shown, total };
        }

        test('the plan: approved, issued with its number, announced; then nobody changes it', async () => {
            rule('R1', 'R6', 'R85', 'R86', 'R88', 'R94');
            await on('2024-06-03T08:00:00+07:00');
            await moves('chutich', 'approve');
            await moves('vanthu', 'issue', { number: 66, symbol: 'KH-UBND', date: '2024-06-03' });
            await moves('vanphong', 'announce', { starts_at: '2024-06-20T08:00:00+07:00', opinions_from: '2024-06-04T08:00:00+07:00', opinions_until: '2024-06-18T17:00:00+07:00' });
            assert.match(await paper('plan'), /Số: 66\/KH-UBND/);
            await hall.refused(hall.vanphong.dialogue(1, 'update', { title: 'Khác' }), 409, 'wrong_state');
            await hall.refused(hall.anyone.post('/api/v1/dialogues/1/opinions', { content: 'Sớm quá', author: { type: 'resident' } }), 409, 'intake_closed');
        });

        test('before the day: opinions come in by every door, and pass the secretary', async () => {
            rule('R60', 'R61', 'R75');
            await on('2024-06-10T08:00:00+07:00');
            await sends('spot', 'Đèn đường hẻm 12 hỏng ba tuần nay.');
            await sends('later', 'Hẻm 7 ngập mỗi khi mưa, bao giờ nâng cấp?');
            await sends('off', 'Xin mở thêm tuyến xe buýt liên tỉnh.');
            await sends('beyond', 'Tuyến tỉnh lộ trước trường hư hỏng nặng.');
            await sends('continued', 'Chợ thiếu chỗ để xe.', { author: { type: 'business', name: 'Lê Thị Ba', organisation: 'Cửa hàng Ví Dụ' } });
            await sends('silent', 'Rác đổ trộm ở bãi đất trống.', { author: { type: 'anonymous' } });
            await sends('lost', 'Cây trước cổng trường sắp ngã.');
            await sends('complaint', 'Tôi không đồng ý quyết định xử phạt.');
            await sends('withdrawn', 'Loa phường ồn.');
            await sends('khom', 'Nước sinh hoạt yếu.', { channel: 'khom', author: { type: 'resident', name: 'Ông Sáu Ví Dụ' } }, hall.khom1);
            await sends('never', 'Sân bóng thiếu đèn.');
            for (const name of ['spot', 'later', 'off', 'beyond', 'continued', 'silent', 'lost', 'khom']) await does(name, 'thuky', 'relay', { field: name === 'spot' ? 'urban' : 'construction' });
            await does('complaint', 'thuky', 'divert', { to: 'complaint', reason: 'Là khiếu nại, theo Luật Khiếu nại.' });
            await does('withdrawn', 'author', 'withdraw');
            await sends('sealed', 'Tôi tố cáo một việc ở kho Ví Dụ.');
            await does('sealed', 'thuky', 'divert', { to: 'denunciation', reason: 'Là tố cáo.' });
        });

        test('the day, steps 1 to 5: on the spot, deferred, off topic, referred, continued and concluded', async () => {
            rule('R54', 'R55', 'R56', 'R65', 'R68', 'R76', 'R77', 'R83', 'R84');
            await on('2024-06-20T08:00:00+07:00');
            await moves('chutich', 'open');
            await sends('spoken', 'Chợ chiều họp giữa đường.', { channel: 'spoken', author: { type: 'resident' } }, hall.thuky);
            await does('spot', 'chutich', 'call');
            await does('spot', 'chutich', 'give_floor', { to: 'diachinh' });
            await does('spot', 'diachinh', 'answer', said('Ngày mai thay đèn hẻm 12.'));
            await does('spot', 'author', 'agree');
            await does('spot', 'chutich', 'conclude', { text: 'Thống nhất thay đèn ngay ngày mai.', outcome: 'agreed' });
            await does('later', 'chutich', 'assign', { to: 'diachinh' });
            await does('off', 'thuky', 'set_off_topic', {});
            await does('beyond', 'chutich', 'refer', { agency: 'Sở Giao thông vận tải', reason: 'beyond', text: 'Đề nghị sửa chữa.' });
            await does('continued', 'chutich', 'call');
            await does('continued', 'chutich', 'answer', said('Phường sẽ kẻ vạch chỗ để xe.'));
            await does('continued', 'author', 'continue', { text: 'Bao giờ kẻ?' });
            await does('continued', 'chutich', 'answer', said('Trước ngày 1 tháng 8.'));
            await does('continued', 'author', 'agree');
            await does('continued', 'chutich', 'conclude', { text: 'Kẻ vạch trước ngày 1 tháng 8.', outcome: 'agreed' });
            await does('spoken', 'chutich', 'answer', said('Phường dời chợ vào trong từ tuần sau.'));
            await does('silent', 'thuky', 'answer', { ...said('Phường dọn bãi rác tuần này.'), on_behalf: 'chair' });
            await moves('chutich', 'close', { text: 'Cảm ơn bà con.' });
            const now = await register();
            const want = { spot: 'concluded', later: 'owed', off: 'owed', beyond: 'referred', continued: 'concluded', silent: 'answered', lost: 'owed', complaint: 'diverted',
                withdrawn: 'withdrawn', khom: 'owed', never: 'owed', spoken: 'answered' };
            for (const [name, state] of Object.entries(want)) assert.equal(now[o[name].number], state, name);
            await holds([]);
            const minutes = await paper('minutes');
            const listed = [...minutes.matchAll(/Ý kiến \d+ \((\d{4}-\d{4})\)/g)].map(([, one]) => one);
            assert.deepEqual(listed.sort(), Object.keys(now).sort(), 'the minutes have every opinion, each once');
            const kinds = [...minutes.slice(minutes.indexOf('Phân loại ý kiến | ')).matchAll(/^(.+) \| (\d+) \| [\d,]+%$/gm)].map(([, kind, count]) => [kind, number(count)]);
            const last = kinds.findIndex(([kind]) => kind === 'Cộng');
            assert.equal(kinds[last][1], Object.keys(now).length, 'the sum of the minutes');
            assert.equal(kinds.slice(0, last).reduce((sum, [, count]) => sum + count, 0), kinds[last][1]);
            for (const name of ['later', 'off', 'lost', 'khom'])
                assert.equal((await hall.vanphong.get(`/api/v1/opinions/${o[name].number}`)).body.due.legal, '2024-07-22', name);
            await moves('thuky', 'sign_minutes');
            await moves('chutich', 'sign_minutes');
        });

        test('within the thirty days: answered in writing, read by who asked; the others told agency and time', async () => {
            rule('R55', 'R59', 'R66', 'R79');
            await on('2024-07-01T08:00:00+07:00');
            await does('never', 'thuky', 'relay', { field: 'culture_society' });
            await does('later', 'diachinh', 'draft', { text: 'Hẻm 7 nâng trong quý IV.' });
            await does('later', 'chutich', 'approve');
            await does('off', 'chutich', 'answer', written('Phường đã chuyển đề nghị mở tuyến xe buýt đến ngành giao thông.'));
            await does('beyond', 'vanphong', 'notify', { agency: 'Sở Giao thông vận tải', expected: '2024-08-20', text: 'Dự kiến trả lời trong tháng 8.', how: 'page' });
            await does('khom', 'diachinh', 'draft', { text: 'Công ty cấp nước tăng áp từ 15/7.' });
            await does('khom', 'chutich', 'approve');
            await holds([]);
        });

        test('thirty days have passed: who was not answered is overdue on every page and in every report', async () => {
            rule('R55', 'R91');
            await on('2024-07-22T17:00:00+07:00');
            await holds([]); // the last day is not over
            await on('2024-07-23T08:00:00+07:00');
            const { shown } = await holds(['lost', 'never']);
            assert.equal(shown['quá hạn'], 2);
            const late = await page(`/y-kien/${o.lost.number}`);
            assert.match(late, /quá hạn trả lời/i);
            assert.match(late, /Quá hạn 1 ngày \(22\/07\/2024\)/);
            const lists = { vanphong: '/lam-viec/van-phong/1', diachinh: '/lam-viec/chuyen-mon' };
            for (const [who, path] of Object.entries(lists)) {
                const { status, body } = await (await browser(ward, who)).get(path);
                assert.equal(status, 200, path);
                assert.match(body, new RegExp(`${o.lost.number}[\\s\\S]{0,1500}Quá hạn|Quá hạn[\\s\\S]{0,1500}${o.lost.number}`), path);
            }
            const mine = await (await browser(ward, 'hdnd')).get('/lam-viec/giam-sat/1');
            assert.match(mine.body, /quá hạn/i);
            assert.doesNotMatch(await page(`/y-kien/${o.beyond.number}`), /quá hạn trả lời/i);
        });

        test('everything is answered, lapses or is concluded; the results are published; completed, and the totals still hold', async () => {
            rule('R84', 'R90', 'R91');
            for (const name of ['lost', 'never']) await does(name, 'chutich', 'answer', written('Đã xử lý xong.'));
            await does('beyond', 'vanphong', 'agency_reply', { result: 'answered', text: 'Sửa trong quý IV.', date: '2024-07-22' });
            await hall.refused(hall.vanphong.dialogue(1, 'complete'), 409, 'not_ready');
            await holds([]);
            await on('2024-09-30T08:00:00+07:00'); // the authors' fifteen days are over
            const until = Date.now() + 60_000;
            while (Object.values(await register()).includes('answered') && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 200));
            assert.deepEqual([...new Set(Object.values(await register()))].sort(), ['concluded', 'diverted', 'withdrawn']);
            const { body: silent } = await hall.vanphong.get(`/api/v1/opinions/${o.silent.number}`);
            assert.equal(silent.outcome, 'silent');
            assert.match((await (await browser(ward, 'vanphong')).get('/lam-viec/van-phong/1')).body, /Chưa hoàn tất được: kết quả chưa được công bố/);
            await moves('vanphong', 'publish_results');
            await moves('vanphong', 'complete');
            const { synthesis, total } = await holds([]);
            assert.match(synthesis, /đã giải quyết \d+, đang giải quyết 00?, quá hạn 00?/);
            assert.equal(total, Object.keys(o).length - 1, 'the sealed one is in no total but its own');
        });
    });
