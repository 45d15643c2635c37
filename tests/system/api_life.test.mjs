// SPDX-License-Identifier: AGPL-3.0-or-later
// Every action on an opinion, done: what the contract says it answers, the state it leads to, and what a reader finds
// afterwards. One ward lives through the hall, its close and the weeks after it; its register has to verify at the end.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { rule } from './harness.mjs';

const NAMES = ['chutich', 'phochutich', 'vanphong', 'thuky', 'diachinh', 'congan', 'khom1', 'hdnd', 'baomat1'];
const last = (list) => list[list.length - 1];
const signed = { kind: 'signature', text: 'Ký nhận tại Văn phòng' };
const heard = { kind: 'heard', text: 'Nói tại hội trường' };
const written = { mode: 'written', kind: 'answer', text: 'Phường trả lời bằng văn bản.' };
const said = { mode: 'spoken', kind: 'answer', text: 'Phường sẽ làm trong quý này.' };
const notice = { agency: 'Sở Xây dựng', expected: '2024-08-20', text: 'Xin báo thời gian và cơ quan giải quyết.', how: 'page' };
const contact = { author: { type: 'resident', name: 'Lê Thị Kín', khom: 'khom1', phone: '0912345678', email: 'kin@example.vn' } };

for (const engine of await engines())
    describe(`an opinion's life on ${engine.name}`, () => {
        let ward, hall;
        const done = new Set();

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward, NAMES);
        });
        after(() => ward?.stop());

        /** The server again at a later instant; who was signed in signs in anew. */
        async function later(instant) {
            await ward.quit();
            ward.clock = ['--now', instant];
            await ward.start();
            hall = await Hall.enter(ward, NAMES);
        }

        const clientOf = (o, who) => who === 'author' ? hall.author(o.receipt) : hall.people[who];
        const read = async (o, who = 'vanphong') => {
            const { status, body } = await clientOf(o, who).get(`/api/v1/opinions/${o.number}`);
            assert.equal(status, 200, JSON.stringify(body));
            return body;
        };

        /** `who` does it: the answer has its shape, the reader finds the new state and version, the verb was offered
            and the register moved on. Gives [what the reader finds, the answer]. */
        async function does(o, who, action, parameters = {}, { state = o.state, extra = [], reader = 'vanphong' } = {}) {
            const client = clientOf(o, who), before = await client.get(`/api/v1/opinions/${o.number}`);
            if (parameters.on_behalf === undefined) assert.ok(before.body.actions.includes(action), `${action} by ${who} in ${o.state}: ${before.body.actions}`);
            const reply = await hall.done(client, o.number, action, parameters);
            assert.deepEqual(Object.keys(reply).sort(), ['entry', 'number', 'state', 'version', ...extra].sort(), action);
            assert.deepEqual([reply.number, reply.state], [o.number, state], action);
            assert.equal(reply.version, before.body.version + 1, action);
            const now = await read(o, reader);
            assert.deepEqual([now.state, now.version], [state, reply.version], action);
            o.state = state;
            done.add(action);
            return [now, reply];
        }
        const refused = (o, who, action, parameters, ...expected) => hall.refused(clientOf(o, who).opinion(o.number, action, parameters), ...expected);
        const relayed = async (fields) => {
            const o = await hall.submit(fields);
            await does(o, 'thuky', 'relay', { field: 'construction' }, { state: 'relayed' });
            return o;
        };
        const owed = async (fields) => {
            const o = await relayed(fields);
            await does(o, 'chutich', 'assign', { to: 'diachinh' }, { state: 'owed' });
            return o;
        };

        describe('in the hall', () => {
            test('nobody who oversees or keeps apart is given an opinion or the floor', async () => {
                rule('R53');
                const o = await relayed({ content: 'Đường ngập' });
                await does(o, 'chutich', 'call', {}, { state: 'on_floor' });
                for (const to of ['hdnd', 'mttq', 'danguy', 'baomat1', 'quantri'])
                    for (const action of ['give_floor', 'assign'])
                        await refused(o, 'chutich', action, { to }, 422, 'invalid', 'to');
                assert.equal((await read(o)).state, 'on_floor');
            });

            test('from the author to the chair and back', async () => {
                rule('R61 R62');
                const o = await hall.submit({ content: 'Đường ngập' });
                let [now] = await does(o, 'author', 'amend', { text: 'Đường trước chợ ngập' });
                assert.equal(now.content, 'Đường trước chợ ngập');
                [now] = await does(o, 'thuky', 'classify', { field: 'urban', topic: 'Thoát nước', about: 'policy', authority: 'ward' });
                assert.deepEqual([now.field, now.topic], ['urban', 'Thoát nước']);
                [now] = await does(o, 'thuky', 'relay', { field: 'construction', topic: 'Giao thông' }, { state: 'relayed' });
                assert.deepEqual([now.field, now.topic, now.relayed], ['construction', 'Giao thông', true]);
                [now] = await does(o, 'thuky', 'recall', { reason: 'Nhầm' }, { state: 'received' });
                assert.equal((await hall.anyone.get(`/api/v1/opinions/${o.number}`)).status, 404);
                await does(o, 'thuky', 'relay', {}, { state: 'relayed' });
                await does(o, 'chutich', 'call', {}, { state: 'on_floor' });
                await does(o, 'thuky', 'return', { reason: 'Người có ý kiến ra ngoài' }, { state: 'relayed' });
                await does(o, 'phochutich', 'call', {}, { state: 'on_floor' });
            });

            test('ask back, reply, exchange, the floor, an answer on the spot, a supplement, agreed and concluded', async () => {
                rule('R76 R77 R83 R84');
                const o = await relayed();
                await does(o, 'chutich', 'call', {}, { state: 'on_floor' });
                let [now] = await does(o, 'chutich', 'ask_back', { text: 'Ở đoạn nào?' });
                assert.deepEqual([last(now.exchanges).kind, last(now.exchanges).text], ['ask_back', 'Ở đoạn nào?']);
                [now] = await does(o, 'author', 'reply', { text: 'Ở đầu hẻm 4.' });
                assert.deepEqual([last(now.exchanges).kind, last(now.exchanges).text], ['reply', 'Ở đầu hẻm 4.']);
                [now] = await does(o, 'thuky', 'exchange', { speaker: 'Bà Tư', text: 'Tôi cũng thấy vậy.' });
                assert.deepEqual([last(now.exchanges).kind, last(now.exchanges).speaker], ['exchange', 'Bà Tư']);
                [now] = await does(o, 'chutich', 'give_floor', { to: 'diachinh' });
                assert.equal(now.floor, 'diachinh');
                [now] = await does(o, 'diachinh', 'answer', said, { state: 'answered' });
                assert.deepEqual([last(now.answers).by, last(now.answers).mode, now.floor], ['diachinh', 'spoken', null]);
                assert.ok(now.window_end, 'reply_by page is delivered by itself');
                await does(o, 'chutich', 'give_floor', { to: 'congan' });
                [now] = await does(o, 'congan', 'supplement', { kind: 'explain', text: 'Công an phường sẽ phân luồng.' });
                assert.deepEqual([last(now.answers).by, last(now.answers).supplement], ['congan', true]);
                [now] = await does(o, 'author', 'agree');
                assert.equal(now.verdict, 'agreed');
                [now] = await does(o, 'chutich', 'conclude', { text: 'Thống nhất như trên.', outcome: 'agreed' }, { state: 'concluded' });
                assert.deepEqual([now.outcome, now.due], ['agreed', null]);
                assert.deepEqual(now.actions.filter((verb) => ['answer', 'assign', 'conclude'].includes(verb)), []);
            });

            test('spoken: the secretary records, on behalf of chair, floor and author; the author revokes', async () => {
                const o = await hall.submit({ channel: 'spoken', content: 'Đèn hẻm 7 hỏng' }, hall.thuky);
                let [now] = await does(o, 'thuky', 'correct', { text: 'Đèn hẻm 17 hỏng', reason: 'Nghe nhầm' });
                assert.equal(now.content, 'Đèn hẻm 17 hỏng');
                await does(o, 'thuky', 'give_floor', { to: 'diachinh', on_behalf: 'chair' });
                [now] = await does(o, 'thuky', 'answer', { ...said, on_behalf: 'floor' }, { state: 'answered' });
                assert.deepEqual([last(now.answers).by, last(now.answers).on_behalf], ['diachinh', 'floor']);
                await refused(o, 'thuky', 'agree', { on_behalf: 'author' }, 409, 'proof_required', 'proof');
                let [, reply] = await does(o, 'thuky', 'agree', { on_behalf: 'author', proof: heard });
                [now] = await does(o, 'author', 'revoke', { entry: reply.entry });
                assert.equal(now.verdict, null);
                [now] = await does(o, 'thuky', 'continue', { on_behalf: 'author', proof: heard, text: 'Bao giờ xong?' }, { state: 'on_floor' });
                assert.deepEqual([now.round, last(now.exchanges).proxy], [2, true]);
                await does(o, 'thuky', 'answer', { ...said, on_behalf: 'chair' }, { state: 'answered' });
                await does(o, 'author', 'continue', { text: 'Tôi vẫn chưa rõ' }, { state: 'on_floor' });
                await does(o, 'chutich', 'answer', said, { state: 'answered' });
                [now] = await does(o, 'author', 'continue', { text: 'Tôi không đồng ý' });
                assert.deepEqual([now.round, now.verdict], [3, 'not_agreed']);
                await refused(o, 'author', 'continue', { text: 'Lần nữa' }, 409, 'rounds_used');
                [now] = await does(o, 'chutich', 'conclude', { text: 'Hai bên chưa thống nhất.', outcome: 'not_agreed' }, { state: 'concluded' });
                assert.equal(now.outcome, 'not_agreed');
            });

            test('split: the first part keeps the number, one receipt opens all', async () => {
                const o = await hall.submit({ content: 'Đường ngập, đèn tắt và lớp học hè' });
                const parts = [{ text: 'Đường ngập' }, { text: 'Đèn tắt', field: 'urban' }, { text: 'Lớp học hè', field: 'culture_society' }];
                const [now, reply] = await does(o, 'thuky', 'split', { parts }, { extra: ['numbers'] });
                assert.equal(now.content, 'Đường ngập');
                assert.deepEqual([reply.numbers.length, reply.numbers[0]], [3, o.number]);
                for (const [i, number] of reply.numbers.entries()) {
                    const { body } = await o.author.get(`/api/v1/opinions/${number}`);
                    assert.deepEqual([body.content, body.state], [parts[i].text, 'received']);
                    if (i > 0) assert.deepEqual([body.field, body.split_from], [parts[i].field, o.number]);
                }
            });

            test('split while owed: each part is owed by the officer of its field', async () => {
                const o = await owed();
                const parts = [{ text: 'Đường ngập' }, { text: 'Trộm cắp', field: 'security' }, { text: 'Vỉa hè', field: 'construction' }];
                const [now, { numbers }] = await does(o, 'thuky', 'split', { parts }, { extra: ['numbers'] });
                const [, security, pavement] = await Promise.all(numbers.map((number) => read({ number })));
                assert.deepEqual([now.responsible, security.responsible, pavement.responsible], ['diachinh', 'congan', 'diachinh']);
                assert.deepEqual([security.due, pavement.due], [now.due, now.due]);
            });

            test('group: what the chair does to the lead is done to all; ungroup', async () => {
                const lead = await relayed(), one = await hall.submit(), two = await owed();
                let [now] = await does(one, 'thuky', 'group', { with: lead.number }, { state: 'relayed' });
                assert.equal(now.group, lead.number);
                await does(two, 'thuky', 'group', { with: lead.number });
                lead.version = (await read(lead)).version;
                [now] = await does(lead, 'chutich', 'ask_back', { text: 'Từ bao giờ?' });
                for (const o of [one, two]) assert.equal(last((await read(o)).exchanges).text, 'Từ bao giờ?');
                await does(lead, 'chutich', 'call', {}, { state: 'on_floor' });
                for (const o of [one, two]) assert.equal((await read(o)).state, 'on_floor');
                two.state = 'on_floor';
                [now] = await does(two, 'thuky', 'ungroup');
                assert.equal(now.group, null);
                await does(lead, 'chutich', 'answer', said, { state: 'answered' });
                assert.deepEqual([(await read(one)).state, (await read(two)).state], ['answered', 'on_floor']);
            });

            test('off topic: owed in writing, individually, also for who is grouped', async () => {
                rule('R65 R66 R67');
                const lead = await relayed(), member = await relayed();
                await does(member, 'thuky', 'group', { with: lead.number });
                const [now] = await does(lead, 'chutich', 'set_off_topic', { to: 'diachinh' }, { state: 'owed' });
                assert.deepEqual([now.scope, now.responsible, last(now.exchanges).kind], ['off', 'diachinh', 'prompt']);
                const other = await read(member);
                assert.deepEqual([other.state, other.scope, other.responsible], ['owed', 'off', 'diachinh']);
                const { rule: cited } = await refused(lead, 'chutich', 'answer', said, 409, 'off_topic_needs_writing');
                assert.equal(cited, 'R66-R67');
                await does(lead, 'chutich', 'answer', written, { state: 'answered' });
                assert.equal((await read(member)).state, 'owed', 'each is answered in its own letter');
            });

            test('divert, notice, restore', async () => {
                const o = await hall.submit();
                await does(o, 'vanphong', 'divert', { to: 'complaint', reason: 'Là khiếu nại' }, { state: 'diverted' });
                const { expected, ...diverted } = notice;
                await refused(o, 'vanphong', 'notify', notice, 422, 'invalid', 'expected');
                await does(o, 'vanphong', 'notify', diverted);
                const [now] = await does(o, 'chutich', 'restore', { reason: 'Không phải khiếu nại' }, { state: 'owed' });
                assert.ok(expected && now.due && now.responsible);
            });

            test('a denunciation is the custodian\'s: notice and restore', async () => {
                const o = await hall.submit({ content: 'Tố cáo' });
                const reply = await hall.done(hall.thuky, o.number, 'divert', { to: 'denunciation', reason: 'Là tố cáo' });
                assert.equal(reply.state, 'diverted');
                o.state = 'diverted';
                assert.equal((await hall.vanphong.get(`/api/v1/opinions/${o.number}`)).status, 404);
                const { expected: _, ...sealed } = notice;
                await does(o, 'baomat1', 'notify', sealed, { reader: 'baomat1' });
                const [now] = await does(o, 'baomat1', 'restore', { reason: 'Không phải tố cáo' }, { state: 'owed' });
                assert.equal(now.visibility, 'staff');
            });

            test('withdraw: by the author at once; by proxy signed and approved, or rejected; revoked', async () => {
                const own = await hall.submit();
                await does(own, 'author', 'withdraw', { text: 'Đã được giải thích' }, { state: 'withdrawn' });
                const o = await relayed();
                await refused(o, 'thuky', 'withdraw', { on_behalf: 'author', proof: heard }, 409, 'proof_required', 'proof');
                await does(o, 'thuky', 'withdraw', { on_behalf: 'author', proof: signed });
                await does(o, 'chutich', 'reject', { reason: 'Cần hỏi lại người có ý kiến' });
                await refused(o, 'chutich', 'approve', { withdrawal: true }, 409, 'draft_missing');
                const [, { entry }] = await does(o, 'thuky', 'withdraw', { on_behalf: 'author', proof: signed });
                await does(o, 'chutich', 'approve', { withdrawal: true }, { state: 'withdrawn' });
                const [now] = await does(o, 'author', 'revoke', { entry }, { state: 'owed' });
                assert.ok(now.due && now.responsible);
            });

            test('assign, draft, reject, draft, approve, deliver', async () => {
                rule('R55 R78');
                const o = await relayed({ reply_by: 'letter', ...contact });
                let [now] = await does(o, 'chutich', 'assign', { to: 'diachinh', due: '2024-07-05', with: ['congan'], directive: 'Khảo sát trước' }, { state: 'owed' });
                const { to, due, with: others, directive } = last(now.assignments);
                assert.deepEqual([to, due, others, directive, now.due.legal], ['diachinh', '2024-07-05', ['congan'], 'Khảo sát trước', '2024-07-05']);
                [now] = await does(o, 'diachinh', 'draft', { text: 'Dự thảo một', legal_refs: ['Nghị quyết 12/NQ-HĐND'] });
                assert.deepEqual([last(now.drafts).draft_state, last(now.drafts).legal_refs.length], ['waiting', 1]);
                await does(o, 'chutich', 'reject', { reason: 'Chưa đủ', draft: last(now.drafts).draft });
                [now] = await does(o, 'diachinh', 'draft', { text: 'Dự thảo hai' });
                [now] = await does(o, 'phochutich', 'approve', { draft: last(now.drafts).draft }, { state: 'answered' });
                assert.deepEqual([last(now.answers).text, last(now.answers).delivered_at, now.window_end], ['Dự thảo hai', null, null]);
                await refused(o, 'vanphong', 'deliver', { how: 'letter' }, 409, 'proof_required', 'proof');
                [now] = await does(o, 'vanphong', 'deliver', { how: 'letter', proof: signed });
                assert.ok(last(now.answers).delivered_at && now.window_end);
            });

            test('by khóm: its head hands the answer over', async () => {
                const o = await relayed({ reply_by: 'khom', ...contact });
                await does(o, 'chutich', 'answer', written, { state: 'answered' });
                const [now] = await does(o, 'khom1', 'deliver', { how: 'khom', proof: signed });
                assert.ok(now.window_end);
            });

            test('beyond authority: refer, notice, refused, referred again, answered', async () => {
                rule('R56 R59 R80 R81');
                const o = await relayed();
                let [now] = await does(o, 'chutich', 'refer', { agency: 'Sở Xây dựng', reason: 'beyond', text: 'Kính chuyển', expected: '2024-08-20' }, { state: 'referred' });
                assert.deepEqual([now.responsible, now.authority, now.due.legal], ['Sở Xây dựng', 'beyond', '2024-07-22']);
                [now] = await does(o, 'vanphong', 'notify', notice);
                assert.equal(now.due.legal, '2024-08-20');
                [now] = await does(o, 'chutich', 'refer', { agency: 'Sở Giao thông vận tải', reason: 'beyond' });
                assert.deepEqual([now.responsible, now.due.legal], ['Sở Giao thông vận tải', '2024-07-22'], 'another agency wants another notice');
                [now] = await does(o, 'vanphong', 'agency_reply', { result: 'refused', text: 'Không thuộc thẩm quyền', date: '2024-06-20' }, { state: 'owed' });
                assert.deepEqual([now.authority, now.responsible], ['ward', 'diachinh']);
                await does(o, 'chutich', 'refer', { agency: 'Điện lực', reason: 'beyond' }, { state: 'referred' });
                [now] = await does(o, 'vanphong', 'agency_reply', { result: 'answered', text: 'Sẽ làm trong tháng 9.', date: '2024-06-20' }, { state: 'answered' });
                assert.equal(last(now.answers).by, 'Điện lực');
            });

            test('complex, inside the ward: extend, and the date moves with the delivered notice', async () => {
                rule('R57 R58 R59');
                const o = await owed();
                await does(o, 'thuky', 'classify', { authority: 'complex' });
                let [now] = await does(o, 'chutich', 'extend', { reason: 'Nhiều ngành', agency: 'Phường', due: '2024-08-20', text: 'Địa chính chủ trì' });
                assert.equal(now.due.legal, '2024-07-22');
                const { rule: cited } = await refused(o, 'vanphong', 'notify', { ...notice, expected: '2024-08-21' }, 409, 'due_too_late', 'expected');
                assert.equal(cited, 'R58-R59');
                [now] = await does(o, 'vanphong', 'notify', notice);
                assert.equal(now.due.legal, '2024-08-20');
            });

            test('oversight remarks and is replied to', async () => {
                const o = await owed();
                let [now] = await does(o, 'hdnd', 'remark', { text: 'Cần trả lời sớm' });
                const [remark] = now.remarks;
                [now] = await does(o, 'diachinh', 'remark_reply', { text: 'Sẽ trả lời trong tuần', remark: remark.item });
                assert.equal(last(now.remarks).kind, 'remark_reply');
            });

            test('contacts, receipts, redaction', async () => {
                const o = await relayed({ content: 'Ông Năm ở số 12 xả rác', ...contact });
                let [now] = await does(o, 'author', 'change_contact', { phone: '0987654321', reply_by: 'sms' });
                assert.deepEqual([now.author.phone, now.reply_by], ['0987654321', 'sms']);
                const [, reply] = await does(o, 'vanphong', 'reissue_receipt', { proof: signed }, { extra: ['receipt'] });
                assert.match(reply.receipt, /^\d{16}$/);
                assert.equal((await o.author.get(`/api/v1/opinions/${o.number}`)).status, 401, 'the old one is void');
                await hall.refused(o.author.opinion(o.number, 'reply', { text: 'Tôi đây' }), 401, 'unauthenticated');
                o.receipt = reply.receipt;
                assert.equal((await read(o, 'author')).number, o.number);
                [now] = await does(o, 'vanphong', 'redact', { spans: [{ from: 0, to: 7 }], reason: 'Nêu tên người dân' });
                assert.equal(now.content, '[đã che] ở số 12 xả rác');
            });

            test('a notice by e-mail or SMS needs where to send it', async () => {
                const o = await relayed();
                await does(o, 'chutich', 'refer', { agency: 'Sở Xây dựng', reason: 'beyond' }, { state: 'referred' });
                for (const how of ['email', 'sms']) await refused(o, 'vanphong', 'notify', { ...notice, how }, 422, 'required', 'how');
                await does(o, 'vanphong', 'notify', { ...notice, how: 'khom', proof: signed });
            });

            test('an undelivered answer is delivered by asking for it on the page', async () => {
                const o = await relayed({ reply_by: 'letter', ...contact });
                let [now] = await does(o, 'chutich', 'answer', written, { state: 'answered' });
                assert.equal(now.window_end, null);
                [now] = await does(o, 'author', 'change_contact', { reply_by: 'page' });
                assert.ok(now.window_end && last(now.answers).delivered_at);
            });

            test('where the chair is named, the second reader decides', async () => {
                const o = await relayed();
                await does(o, 'thuky', 'classify', { about: 'head' });
                await refused(o, 'chutich', 'answer', said, 409, 'own_case');
                await does(o, 'chutich', 'call', {}, { state: 'on_floor' });
                await does(o, 'phochutich', 'assign', { to: 'congan' }, { state: 'owed' });
                await does(o, 'congan', 'draft', { text: 'Dự thảo' });
                await does(o, 'phochutich', 'approve', {}, { state: 'answered' });
            });
        });

        describe('after it', () => {
            const kept = {};

            test('the close turns everything open into owed, in one transaction', async () => {
                Object.assign(kept, { received: await hall.submit(contact), silent: await relayed(), agreed: await relayed(), late: await owed(), gone: await owed() });
                for (const o of [kept.silent, kept.agreed]) await does(o, 'chutich', 'answer', said, { state: 'answered' });
                await later('2024-06-20T11:00:00+07:00');
                const { status, body } = await hall.chutich.dialogue(1, 'close', { text: 'Bế mạc.' });
                assert.deepEqual([status, body.state], [200, 'closed']);
                for (const o of Object.values(kept)) o.state = (await read(o)).state;
                assert.deepEqual(Object.values(kept).map((o) => o.state), ['owed', 'answered', 'answered', 'owed', 'owed']);
                const now = await read(kept.received);
                assert.deepEqual([now.responsible, now.due.legal, now.due.safe], ['vanphong', '2024-07-22', '2024-07-19']);
            });

            test('never relayed: relayed late it stays owed, by the officer of its field', async () => {
                const [now] = await does(kept.received, 'thuky', 'relay', { field: 'security' });
                assert.deepEqual([now.responsible, now.due.legal], ['congan', '2024-07-22']);
            });

            test('the office assigns; the assignee drafts; the author agrees by proxy of the office', async () => {
                let [now] = await does(kept.late, 'vanphong', 'assign', { to: 'congan', due: '2024-07-10' });
                assert.equal(now.responsible, 'congan');
                await does(kept.late, 'congan', 'draft', { text: 'Dự thảo' });
                await does(kept.late, 'chutich', 'approve', {}, { state: 'answered' });
                [now] = await does(kept.late, 'vanphong', 'agree', { on_behalf: 'author', proof: { kind: 'call', text: 'Gọi 0912' } });
                assert.equal(now.verdict, 'agreed');
                await does(kept.late, 'chutich', 'conclude', { text: 'Thống nhất', outcome: 'agreed' }, { state: 'concluded' });
            });

            test('withdrawn by proxy of the office, with signature and approval', async () => {
                await does(kept.gone, 'vanphong', 'withdraw', { on_behalf: 'author', proof: signed });
                await does(kept.gone, 'chutich', 'approve', { withdrawal: true }, { state: 'withdrawn' });
            });

            test('continue after the close: owed, on a clock of its own', async () => {
                rule('R84');
                await later('2024-06-24T08:00:00+07:00');
                const [now] = await does(kept.agreed, 'author', 'continue', { text: 'Tôi chưa rõ' }, { state: 'owed' });
                assert.deepEqual([now.round, now.due.start, now.due.legal], [2, '2024-06-24', '2024-07-24']);
                await does(kept.agreed, 'chutich', 'answer', written, { state: 'answered' });
            });

            test('silence lapses after the window, by the clock alone; who was silent may ask again', async () => {
                assert.equal((await read(kept.silent)).window_end, '2024-07-05');
                const { rule: cited } = await refused(kept.silent, 'chutich', 'conclude', { text: 'Thống nhất', outcome: 'silent' }, 409, 'author_window_open');
                assert.equal(cited, 'R84');
                await later('2024-07-08T08:00:00+07:00');
                for (let round = 0; round < 200 && (await read(kept.silent)).state !== 'concluded'; round++) await new Promise((wake) => setImmediate(wake));
                const now = await read(kept.silent);
                assert.deepEqual([now.state, now.outcome], ['concluded', 'silent']);
                done.add('lapse');
                kept.silent.state = 'concluded';
                const [again] = await does(kept.silent, 'author', 'reopen', { text: 'Xin xem lại' }, { state: 'owed' });
                assert.deepEqual([again.round, again.outcome, again.due.legal], [2, null, '2024-08-07']);
            });

            test('every verb of the contract was done, and the register holds', async () => {
                const { body } = await hall.anyone.get('/api/v1/openapi.json');
                const schema = JSON.stringify(body.paths['/opinions/{number}/actions'].post.requestBody);
                const name = /#\/components\/schemas\/(\w+)/.exec(schema)?.[1];
                const verbs = (name ? body.components.schemas[name] : body).oneOf.map((one) => one.properties.action.const);
                assert.equal(verbs.length, 40);
                assert.deepEqual([...verbs, 'lapse'].filter((verb) => !done.has(verb) && verb !== 'support'), []);
                await ward.quit();
                const { status, stdout, stderr } = await ward.run('verify');
                assert.equal(status, 0, stdout + stderr);
            });
        });
    });
