// SPDX-License-Identifier: AGPL-3.0-or-later
// How life in a hall goes through it, scene by scene, with a chair who just talks: nobody signs in as the chair, from the
// opening to the signature on paper. What the chair does is recorded by the secretary, marked so.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { rule } from './harness.mjs';

const PEOPLE = ['thuky', 'vanphong', 'diachinh', 'congan', 'khom1', 'hdnd', 'baomat1'];
const said = (text) => ({ mode: 'spoken', kind: 'answer', text });
const heard = { kind: 'heard', text: 'Nói tại hội trường' };
const HALL = '/api/v1/dialogues/1/hall';

for (const engine of await engines())
    describe(`the scenes of the hall, the chair touching nothing, on ${engine.name}`, () => {
        let ward, hall, begun;

        before(async () => {
            ward = await engine.demo('announced', { start: false });
            await on('2024-06-20T08:00:00+07:00');
            begun = Number(await ward.sql('SELECT max(entry) FROM entry'));
        });
        after(() => ward?.stop());

        async function on(instant) {
            await ward.quit();
            ward.clock = ['--now', instant];
            await ward.start();
            hall = await Hall.enter(ward, PEOPLE);
        }
        const chair = (o, action, parameters = {}) => hall.done(hall.thuky, o.number, action, { ...parameters, on_behalf: 'chair' });
        const secretary = (o, action, parameters) => hall.done(hall.thuky, o.number, action, parameters);
        const author = (o, action, parameters = {}) => hall.done(hall.thuky, o.number, action, { ...parameters, on_behalf: 'author', proof: heard });
        const read = async (o, who = 'vanphong') => (await hall.people[who].get(`/api/v1/opinions/${o.number}`)).body;
        const moves = async (action, parameters) => {
            const { status, body } = await hall.thuky.dialogue(1, action, { ...parameters, on_behalf: 'chair' });
            assert.equal(status, 200, JSON.stringify(body));
        };
        const speaks = (content) => hall.submit({ channel: 'spoken', content, author: { type: 'resident' } }, hall.thuky);
        const relayed = async (content, fields = {}) => {
            const o = await hall.submit({ content, ...fields });
            await secretary(o, 'relay', { field: 'urban' });
            return o;
        };
        const lastOf = (list) => list[list.length - 1];

        test('opened for the chair, and everything of the dialogue too', async () => {
            rule(72, 74);
            await moves('open');
            await moves('adjourn', { resumes_at: '2024-06-20T08:20:00+07:00' });
            await moves('resume');
        });

        test('spoken from the floor, without name or phone: on the floor at once, the field comes later', async () => {
            rule(60, 62);
            const o = await speaks('Nước vào nhà mỗi khi mưa.');
            assert.equal(o.state, 'on_floor');
            await secretary(o, 'classify', { field: 'urban' });
            await chair(o, 'answer', said('Phường nạo vét cống tuần này.'));
            const now = await read(o);
            assert.deepEqual([now.state, now.answers[0].by, now.answers[0].on_behalf, now.field], ['answered', 'chutich', 'chair', 'urban']);
        });

        test('an officer answers on the spot, a second one supplements, neighbours exchange', async () => {
            rule(76, 83);
            const o = await speaks('Đèn hẻm 17 hỏng.');
            await chair(o, 'give_floor', { to: 'diachinh' });
            await hall.done(hall.thuky, o.number, 'answer', { ...said('Ngày mai thay.'), on_behalf: 'floor' });
            await chair(o, 'give_floor', { to: 'congan' });
            await hall.done(hall.congan, o.number, 'supplement', { kind: 'explain', text: 'Công an tuần tra thêm.' });
            await secretary(o, 'exchange', { speaker: 'Bà Tư Ví Dụ', text: 'Hẻm tôi cũng vậy.' });
            const now = await read(o);
            assert.deepEqual(now.answers.map(({ by, mode }) => [by, mode]), [['diachinh', 'spoken'], ['congan', 'spoken']]);
            assert.equal(lastOf(now.exchanges).speaker, 'Bà Tư Ví Dụ');
        });

        test('half beyond authority, three questions in one breath: split, and each goes its way', async () => {
            rule(56, 77, 81);
            const o = await speaks('Đường ngập, tỉnh lộ hỏng, trộm cắp nhiều.');
            const { numbers } = await secretary(o, 'split', { parts: [{ text: 'Đường ngập' }, { text: 'Tỉnh lộ hỏng' }, { text: 'Trộm cắp nhiều', field: 'security' }] });
            const [flood, road, theft] = numbers.map((number) => ({ number }));
            await chair(flood, 'answer', said('Nạo vét tuần này.'));
            await chair(road, 'refer', { agency: 'Sở Giao thông vận tải', reason: 'beyond', text: 'Kính chuyển.' });
            await chair(theft, 'assign', { to: 'congan' });
            assert.deepEqual((await Promise.all([flood, road, theft].map((one) => read(one)))).map(({ state }) => state), ['answered', 'referred', 'owed']);
            assert.equal((await read(road)).due.legal, '2024-07-22', 'no notice yet: the thirty days run, provisionally');
        });

        test('off topic: the polite prompt, owed in writing; a spoken word never settles it; misjudged, it is classified back', async () => {
            rule(64, 65, 66, 67);
            const o = await relayed('Thơ của tôi hay không?'), misjudged = await relayed('Xe buýt không dừng ở phường.');
            for (const one of [o, misjudged]) await chair(one, 'set_off_topic');
            assert.equal(lastOf((await read(o)).exchanges).kind, 'prompt');
            await hall.refused(hall.thuky.opinion(o.number, 'answer', { ...said('Hay.'), on_behalf: 'chair' }), 409, 'off_topic_needs_writing');
            await secretary(misjudged, 'classify', { scope: 'in' });
            await chair(misjudged, 'answer', said('Phường kiến nghị thêm trạm dừng.'));
            assert.deepEqual([(await read(o)).state, (await read(misjudged)).state], ['owed', 'answered']);
        });

        test('complex, several departments: extended with its lead, and the date moves with the notice', async () => {
            rule(57, 58, 59);
            const o = await relayed('Ngập cả khóm, nhiều ngành cùng lo.');
            await chair(o, 'assign', { to: 'diachinh' });
            await secretary(o, 'classify', { authority: 'complex' });
            await chair(o, 'extend', { reason: 'Nhiều ngành', agency: 'Phường', due: '2024-08-20', text: 'Địa chính chủ trì, công an phối hợp.' });
            const before = (await read(o)).due.legal;
            await hall.done(hall.vanphong, o.number, 'notify', { agency: 'Phường', expected: '2024-08-20', text: 'Xin báo thời gian giải quyết.', how: 'page' });
            assert.notEqual(before, '2024-08-20');
            assert.equal((await read(o)).due.legal, '2024-08-20');
        });

        test('grouping: five ask the same; one answer of the chair for all, agreeing is each one’s own', async () => {
            rule(76);
            const lead = await relayed('Bao giờ nâng hẻm 7?'), members = [];
            for (const n of [1, 2, 3, 4]) members.push(await hall.submit({ content: `Hẻm 7 ngập, tôi ở nhà số ${n}.` }));
            for (const one of members) await secretary(one, 'group', { with: lead.number });
            await chair(lead, 'call');
            await chair(lead, 'answer', said('Quý IV nâng hẻm 7.'));
            const states = await Promise.all([lead, ...members].map((one) => read(one)));
            assert.deepEqual(states.map(({ state, answers }) => [state, answers[0].text]), Array(5).fill(['answered', 'Quý IV nâng hẻm 7.']));
            await hall.done(members[0].author, members[0].number, 'agree');
            assert.deepEqual([(await read(members[0])).verdict, (await read(members[1])).verdict], ['agreed', null]);
            await hall.done(members[2].author, members[2].number, 'continue', { text: 'Tháng nào?' });
            const alone = await read(members[2]);
            assert.deepEqual([alone.state, alone.round, alone.group], ['on_floor', 2, null]);
            await chair(members[2], 'answer', said('Tháng mười.'));
        });

        test('three rounds, all by word of mouth: then the chair may conclude as not agreed', async () => {
            rule(83, 84);
            const o = await speaks('Tiền vệ sinh thu hai lần.');
            for (const round of [1, 2, 3]) {
                await chair(o, 'answer', said('Phường kiểm tra lại.'));
                await author(o, 'continue', { text: 'Tôi chưa đồng ý.' });
                const now = await read(o);
                assert.deepEqual([now.round, now.state], round < 3 ? [round + 1, 'on_floor'] : [3, 'answered']);
            }
            await hall.refused(hall.thuky.opinion(o.number, 'continue', { text: 'Nữa', on_behalf: 'author', proof: heard }), 409, 'rounds_used');
            await chair(o, 'conclude', { text: 'Hai bên chưa thống nhất; còn đường khiếu nại, tiếp công dân.', outcome: 'not_agreed' });
            const { outcome, exchanges } = await read(o);
            assert.equal(outcome, 'not_agreed');
            assert.ok(exchanges.filter(({ proxy }) => proxy).length >= 3, 'counted apart from the author’s own clicks');
        });

        test('agreed by word of mouth, concluded; and what was recorded for an author the author may revoke', async () => {
            rule(84);
            const o = await relayed('Loa phường mở sớm quá.');
            await chair(o, 'call');
            await chair(o, 'answer', said('Từ mai mở lúc 5 giờ 30.'));
            const { entry } = await author(o, 'agree');
            await hall.done(o.author, o.number, 'revoke', { entry });
            assert.equal((await read(o)).verdict, null);
            await author(o, 'agree');
            await chair(o, 'conclude', { text: 'Thống nhất giờ mở loa.', outcome: 'agreed' });
            assert.equal((await read(o)).state, 'concluded');
        });

        test('a withdrawal by proxy wants a signature and the chair’s word; it is no way to discard', async () => {
            const o = await relayed('Tôi xin rút lại.');
            await hall.refused(hall.thuky.opinion(o.number, 'withdraw', { on_behalf: 'author', proof: heard }), 409, 'proof_required', 'proof');
            await hall.done(hall.thuky, o.number, 'withdraw', { on_behalf: 'author', proof: { kind: 'signature', text: 'Ký tại bàn thư ký' } });
            assert.equal((await read(o)).state, 'relayed');
            await chair(o, 'approve', { withdrawal: true });
            assert.equal((await read(o)).state, 'withdrawn');
        });

        test('mistakes have their verbs', async () => {
            const o = await relayed('Đường trước chợ ngập.');
            await secretary(o, 'recall', { reason: 'Chuyển nhầm' });
            await secretary(o, 'relay', { field: 'urban' });
            await chair(o, 'call');
            await chair(o, 'return', { reason: 'Gọi nhầm' });
            await secretary(o, 'classify', { field: 'construction' });
            const spoken = await speaks('Hẻm 9 tối.');
            await secretary(spoken, 'correct', { text: 'Hẻm 19 tối.', reason: 'Nghe nhầm' });
            await chair(spoken, 'assign', { to: 'diachinh' });
            const { receipt } = await hall.done(hall.vanphong, o.number, 'reissue_receipt', { proof: { kind: 'signature', text: 'Mất giấy' } });
            assert.notEqual(receipt, o.receipt);
            assert.deepEqual([(await read(o)).state, (await read(spoken)).content], ['relayed', 'Hẻm 19 tối.']);
        });

        test('a denunciation in the normal form: sealed from the floor itself, gone from hall, list and search', async () => {
            rule(46, 99);
            const o = await relayed('Tôi tố cáo một việc làm sai ở kho Ví Dụ.');
            await chair(o, 'call');
            assert.equal((await hall.thuky.post(HALL, { action: 'scene', scene: 'question', opinion: o.number })).status, 200);
            await secretary(o, 'divert', { to: 'denunciation', reason: 'Là tố cáo.' });
            for (const who of ['thuky', 'vanphong', 'diachinh', 'hdnd']) assert.equal((await hall.people[who].get(`/api/v1/opinions/${o.number}`)).status, 404, who);
            assert.equal((await hall.baomat1.get(`/api/v1/opinions/${o.number}`)).status, 200);
            assert.equal((await hall.anyone.get('/api/v1/dialogues/1/opinions?q=kho+V%C3%AD+D%E1%BB%A5')).body.items.length, 0);
            const screen = await (await fetch(`${ward.url}/man-hinh/1`)).text();
            assert.ok(!screen.includes('kho Ví Dụ'));
        });

        test('closing: what is open becomes owed, by the officer of its field, and never by the one it names', async () => {
            rule(54, 55);
            const named = await relayed('Cán bộ địa chính hẹn mãi.'), unrelayed = await hall.submit({ content: 'Chưa kịp đọc.' });
            await secretary(named, 'classify', { field: 'construction', named: ['diachinh'] });
            await moves('close', { text: 'Cảm ơn bà con.' });
            const now = [await read(named), await read(unrelayed)];
            assert.deepEqual(now.map(({ state, due }) => [state, due.legal]), Array(2).fill(['owed', '2024-07-22']));
            assert.notEqual(now[0].responsible, 'diachinh');
            assert.equal(now[1].responsible, 'vanphong');
            assert.equal((await hall.anyone.get(`/api/v1/opinions/${unrelayed.number}`)).status, 404);
        });

        test('signed on paper, the scan taken in; not one entry is the chair’s hand, each is marked, and the register holds', async () => {
            rule(72, 74);
            const { status } = await hall.thuky.dialogue(1, 'sign_minutes');
            assert.equal(status, 200);
            const { body } = await hall.thuky.dialogue(1, 'sign_minutes', { on_behalf: 'chair', attachment: 'bien-ban-ky.pdf' });
            assert.equal(body.state, 'closed', JSON.stringify(body));
            const rows = (await ward.sql(`SELECT actor, role, behalf, action FROM entry WHERE entry > ${begun}`)).split('\n').map((row) => row.split(' '));
            assert.deepEqual(rows.filter(([actor]) => actor === 'chutich'), []);
            const asChair = rows.filter(([, role]) => role === '0');
            assert.ok(asChair.length > 30, `${asChair.length} acts of the chair`);
            assert.deepEqual(asChair.filter(([actor, , behalf]) => actor !== 'thuky' || behalf === '0'), [], 'recorded by the secretary, marked');
            const { status: sound, stdout, stderr } = await ward.run('verify');
            assert.equal(sound, 0, stdout + stderr);
        });
    });
