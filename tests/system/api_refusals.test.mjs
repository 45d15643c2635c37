// SPDX-License-Identifier: AGPL-3.0-or-later
// Every (state, action, person) that the contract's tables don't allow is refused over HTTP, for its own reason, and
// changes nothing. The tables here are written from the contract; parameters are valid, so that only who asks and when
// can be the reason.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall, NAMES, STATES } from './api_ward.mjs';
import { engines } from './engines.mjs';

const OPEN = ['received', 'relayed', 'on_floor', 'answered', 'owed', 'referred'];
const ANY = STATES;

/** action: [who, from, parameters]. `who` as the contract has it. */
const OPINION = {
    amend: ['author', ['received'], { text: 'Sửa' }],
    correct: ['secretary', ANY, { text: 'Sửa', reason: 'Nhầm' }],
    classify: ['secretary', OPEN, { field: 'urban' }],
    split: ['secretary', ['received', 'relayed', 'on_floor', 'owed'], { parts: [{ text: 'Một' }, { text: 'Hai' }] }],
    relay: ['secretary', ['received'], {}],
    recall: ['secretary', ['relayed'], { reason: 'Nhầm' }],
    set_off_topic: ['secretary chair', ['received', 'relayed', 'on_floor'], {}],
    divert: ['secretary office', OPEN, { to: 'complaint', reason: 'Là khiếu nại' }],
    restore: ['chair', ['diverted'], { reason: 'Nhầm' }],
    group: ['secretary', ['received', 'relayed', 'on_floor', 'owed'], { with: '$lead' }],
    ungroup: ['secretary', [], {}],
    call: ['chair', ['relayed', 'owed', 'answered'], {}],
    return: ['chair secretary', ['on_floor'], {}],
    give_floor: ['chair', ['on_floor', 'answered'], { to: 'diachinh' }],
    ask_back: ['chair assignee', ['relayed', 'on_floor', 'answered', 'owed', 'referred'], { text: 'Ở đoạn nào?' }],
    reply: ['author', OPEN, { text: 'Ở đầu hẻm.' }],
    exchange: ['secretary', ['relayed', 'on_floor', 'answered', 'owed', 'referred'], { speaker: 'Bà Tư', text: 'Tôi cũng thấy vậy.' }],
    support: ['', [], {}],
    answer: ['chair assignee', ['on_floor', 'relayed', 'owed', 'referred'], { mode: 'written', kind: 'answer', text: 'Trả lời' }],
    supplement: ['chair assignee', ['answered'], { kind: 'answer', text: 'Bổ sung' }],
    draft: ['assignee', ['owed', 'referred'], { text: 'Dự thảo' }],
    approve: ['chair', [], { draft: 1 }],
    reject: ['chair', [], { reason: 'Viết lại' }],
    deliver: ['office', ['answered'], { how: 'page' }],
    assign: ['chair', ['relayed', 'on_floor', 'owed'], { to: 'diachinh' }],
    extend: ['chair', ['owed'], { reason: 'Phức tạp', agency: 'Phòng Kinh tế', due: '2024-12-20', text: 'Gia hạn' }],
    refer: ['chair', ['relayed', 'on_floor', 'owed', 'referred'], { agency: 'Sở Xây dựng', reason: 'beyond' }],
    notify: ['office', ['referred', 'diverted'], { agency: 'Sở Xây dựng', expected: '2024-07-10', text: 'Thông báo', how: 'page' }],
    agency_reply: ['office', ['referred'], { result: 'answered', text: 'Đã trả lời', date: '2024-06-20' }],
    agree: ['author', ['answered'], {}],
    continue: ['author', ['answered'], { text: 'Tôi chưa rõ' }],
    conclude: ['chair', ['answered'], { text: 'Thống nhất', outcome: 'agreed' }],
    reopen: ['author', ['concluded'], { text: 'Xem lại' }],
    withdraw: ['author', OPEN, {}],
    remark: ['oversight', ANY, { text: 'Cần trả lời sớm' }],
    remark_reply: ['chair office assignee', ANY, { text: 'Đã rõ', remark: 1 }],
    revoke: ['author', [...OPEN, 'withdrawn', 'diverted'], { entry: 1 }],
    change_contact: ['author', ANY, { phone: '0912345678' }],
    reissue_receipt: ['office secretary', ANY, { proof: { kind: 'signature', text: 'CCCD' } }],
    redact: ['office', ANY, { spans: [{ from: 0, to: 1 }], reason: 'Lộ tên' }],
};

/** Who holds which role towards dialogue 1 of the sample ward. */
const ROLES = { chutich: ['chair'], phochutich: ['chair'], thuky: ['secretary'], vanphong: ['office'], hdnd: ['oversight'], mttq: ['oversight'],
    doanthe: ['oversight'], vanthu: ['archivist'], vanhoa: ['culture'], author: ['author'] };

/** One request, and what came of it where it isn't what the contract says. */
async function wrong(client, path, get, action, parameters, expected) {
    const reply = await client.act(path, action, parameters);
    const seen = expected.invisible ?? (await client.get(get)).status === 404;
    const wanted = client.authorization === null ? [401, ['unauthenticated']] : seen ? [404, ['not_found']]
        : expected.may ? [409, expected.codes] : [403, ['forbidden']];
    const fits = reply.status === wanted[0] && wanted[1].includes(reply.body.code);
    return fits ? null : `${action} ${expected.name}: ${reply.status} ${reply.body.code ?? reply.body.state} ${reply.body.field ?? ''}, expected ${wanted}`;
}

const list = await engines();
for (const engine of list)
    describe(`refusals on ${engine.name}`, () => {
        const first = engine === list[0];
        let ward, hall, clients;

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward);
        });
        after(() => ward?.stop());

        /** The number of the register's next entry but one: two of these differ by one when nothing was written between. */
        async function mark(number) {
            return (await hall.done(hall.hdnd, number, 'remark', { text: 'Mốc' })).entry;
        }

        for (const state of STATES)
            test(`an opinion in ${state}: what isn't in the table is refused and changes nothing`, async () => {
                const o = await hall.inState(state);
                const lead = await hall.inState('relayed'), other = await hall.submit(), marker = await hall.inState('relayed');
                clients = { ...hall.people, author: o.author, other: other.author, public: hall.anyone };
                const roles = { ...ROLES, ...(['owed'].includes(state) ? { diachinh: ['assignee'] } : {}) };
                const path = `/api/v1/opinions/${o.number}`, before = await mark(marker.number), faults = [];
                let asked = 0;
                for (const [name, client] of Object.entries(clients)) {
                    const invisible = (await client.get(path)).status === 404;
                    for (const [action, [who, from, given]] of Object.entries(OPINION)) {
                        const may = (roles[name] ?? []).some((role) => who.split(' ').includes(role));
                        if (may && from.includes(state) && !invisible) continue;
                        const parameters = given.with === '$lead' ? { with: lead.number } : given;
                        const codes = action === 'approve' || action === 'reject' ? ['wrong_state', 'draft_missing'] : ['wrong_state'];
                        faults.push(await wrong(client, path, path, action, parameters, { name, may, invisible, codes }));
                        asked++;
                    }
                }
                assert.deepEqual(faults.filter(Boolean), []);
                assert.ok(asked > 700, `${asked}`);
                assert.equal(await mark(marker.number), before + 1, 'a refusal is no entry');
                const whole = await (state === 'diverted' || state === 'withdrawn' ? hall.thuky : hall.vanphong).get(path);
                assert.deepEqual([whole.body.version, whole.body.state], [o.version, state]);
            });

        for (const state of ['on_floor', 'answered'])
            test(`an opinion in ${state}: who has the floor answers and supplements, and does nothing else`, async () => {
                const o = await hall.inState(state), marker = await hall.inState('relayed'), lead = await hall.inState('relayed');
                await hall.done(hall.chutich, o.number, 'give_floor', { to: 'congan' });
                const path = `/api/v1/opinions/${o.number}`, before = await mark(marker.number), faults = [];
                for (const [action, [, , given]] of Object.entries(OPINION)) {
                    if (action === 'answer' || action === 'supplement') continue;
                    faults.push(await wrong(hall.congan, path, path, action, given.with === '$lead' ? { with: lead.number } : given, { name: 'congan' }));
                }
                assert.deepEqual(faults.filter(Boolean), []);
                assert.equal(await mark(marker.number), before + 1, 'a refusal is no entry');
                await hall.done(hall.congan, o.number, state === 'on_floor' ? 'answer' : 'supplement',
                    state === 'on_floor' ? { ...OPINION.answer[2], mode: 'spoken' } : OPINION.supplement[2]);
            });

        // Where the chair is named the second reader decides, where the secretary is named the office: never they themselves.
        const DECIDES = ['set_off_topic', 'answer', 'supplement', 'approve', 'reject', 'assign', 'extend', 'refer', 'conclude'];
        for (const state of ['received', 'relayed', 'on_floor', 'answered', 'owed'])
            test(`an opinion in ${state} that names chair and secretary: neither decides on it, nor takes their own name out`, async () => {
                const o = await hall.inState(state), marker = await hall.inState('relayed'), lead = await hall.inState('relayed');
                await hall.done(hall.thuky, o.number, 'classify', { named: ['chutich', 'thuky'], authority: 'complex' });
                const path = `/api/v1/opinions/${o.number}`, before = await mark(marker.number), faults = [];
                const { body: was } = await hall.vanphong.get(path);
                let asked = 0;
                for (const [action, [who, from, given]] of Object.entries({ ...OPINION, classify: ['secretary', OPEN, { named: [] }] })) {
                    if (!from.includes(state) || action === 'correct') continue; // its author wrote it: nobody corrects it
                    const parameters = given.with === '$lead' ? { with: lead.number } : given;
                    const own = { thuky: who.split(' ').includes('secretary'), chutich: who.split(' ').includes('chair') && DECIDES.includes(action) };
                    for (const name of Object.keys(own)) {
                        if (!own[name] || (await hall.people[name].get(path)).status === 404) continue;
                        const reply = await hall.people[name].opinion(o.number, action, parameters);
                        if (reply.status !== 409 || reply.body.code !== 'own_case') faults.push(`${action} by ${name}: ${reply.status} ${reply.body.code ?? reply.body.state}`);
                        asked++;
                    }
                }
                assert.deepEqual(faults, []);
                assert.ok(asked > 2, `${asked}`);
                assert.equal(await mark(marker.number), before + 1, 'a refusal is no entry');
                assert.deepEqual((await hall.vanphong.get(path)).body, was);
            });

        /** For whom, by whom, what of theirs: all that may be done in another's name (contract, proxy). */
        const VOICES = {
            open: { chair: [['thuky'], 'chair'], author: [['thuky'], 'author'], floor: [['thuky'], 'floor'] },
            closed: { chair: [[], 'chair'], author: [['vanphong', 'khom1', 'khom2', 'khom3', 'khom4', 'khom5'], 'author'], floor: [[], 'floor'] } };
        const proof = { kind: 'heard', text: 'Nói tại chỗ' };

        /** Everybody tries every action in every voice that isn't in the table: refused, and nothing is written. */
        async function inOthersNames(numbers, stage) {
            const marker = await hall.submit(), lead = await hall.submit(), before = await mark(marker.number), faults = [];
            let asked = 0;
            for (const [number, state] of numbers) {
                const path = `/api/v1/opinions/${number}`;
                for (const [name, client] of Object.entries({ ...hall.people, public: hall.anyone }))
                    await Promise.all(Object.entries(OPINION).map(async ([action, [who, from, given]]) => {
                        for (const [behalf, [by, role]] of Object.entries(VOICES[stage])) {
                            if (by.includes(name) && (who.split(' ').includes(role) || role === 'floor') && (from.includes(state) || role === 'floor')) continue;
                            const parameters = { ...(given.with === '$lead' ? { with: lead.number } : given), on_behalf: behalf, ...(behalf === 'author' ? { proof } : {}) };
                            const { status, body } = await client.act(path, action, parameters);
                            if (![401, 403, 404, 409].includes(status)) faults.push(`${state}: ${action} by ${name} for ${behalf}: ${status} ${body.code ?? body.state} ${body.field ?? ''}`);
                            asked++;
                        }
                    }));
            }
            assert.deepEqual(faults, []);
            assert.ok(asked > numbers.length * 2000, `${asked}`);
            assert.equal(await mark(marker.number), before + 1, 'a refusal is no entry');
        }

        // Who may speak for whom is decided in domain/ from the same rows: one engine tells.
        if (first) test('while the hall is open: nobody acts in a voice that is not theirs to lend', async () => {
            await inOthersNames([[(await hall.inState('relayed')).number, 'relayed'], [(await hall.inState('answered')).number, 'answered']], 'open');
        });

        test('a sealed opinion: its custodian and its author know of it, nobody else', async () => {
            const o = await hall.submit();
            await hall.done(hall.thuky, o.number, 'divert', { to: 'denunciation', reason: 'Là tố cáo' });
            const path = `/api/v1/opinions/${o.number}`, faults = [];
            for (const name of NAMES.filter((each) => !each.startsWith('baomat')))
                for (const [action, [, , given]] of Object.entries(OPINION))
                    faults.push(await wrong(hall.people[name], path, path, action, given.with ? { with: '2024-0001' } : given, { name, invisible: true }));
            assert.deepEqual(faults.filter(Boolean), []);
            const { body } = await hall.baomat1.get(path);
            assert.deepEqual([body.version, body.state], [2, 'diverted']);
        });

        test('after the hall has closed: what isn’t in the table is refused still, in one’s own voice and in others’', async () => {
            const all = [];
            for (const was of STATES) all.push({ ...await hall.inState(was), was });
            const marker = await hall.submit();
            await hall.chutich.dialogue(1, 'close');
            const lead = (await hall.vanphong.get(`/api/v1/opinions/${marker.number}`)).body;
            assert.equal(lead.state, 'owed', 'what was not answered is owed');
            const before = await mark(marker.number), faults = [], numbers = [];
            for (const o of all) {
                const path = `/api/v1/opinions/${o.number}`, seer = ['received', 'withdrawn', 'diverted'].includes(o.was) ? hall.thuky : hall.vanphong;
                const { body: { state } } = await seer.get(path);
                numbers.push([o.number, state]);
                // Owed by the officer of its field; what was never relayed by the office, until the secretary relays it.
                const unseen = o.was === 'received', owes = unseen ? { vanphong: ['office', 'assignee'] } : { diachinh: ['assignee'] };
                const own = { ...ROLES, ...(state === 'owed' ? owes : {}) };
                const table = { ...OPINION, assign: ['chair office', ...OPINION.assign.slice(1)], ...(unseen ? { relay: ['secretary', ['owed'], {}], recall: ['secretary', ['owed'], {}] } : {}) };
                for (const [name, client] of Object.entries({ ...hall.people, author: o.author, public: hall.anyone }))
                    await Promise.all(Object.entries(table).map(async ([action, [who, from, given]]) => {
                        const may = (own[name] ?? []).some((role) => who.split(' ').includes(role));
                        if (may && from.includes(state)) return;
                        const { status, body } = await client.act(path, action, given.with === '$lead' ? { with: marker.number } : given);
                        if (![401, 403, 404, 409].includes(status) || (status === 409 && !['wrong_state', 'draft_missing'].includes(body.code)))
                            faults.push(`${state}: ${action} by ${name}: ${status} ${body.code ?? body.state} ${body.field ?? ''}`);
                    }));
            }
            assert.deepEqual(faults, []);
            assert.equal(await mark(marker.number), before + 1, 'a refusal is no entry');
            if (first) await inOthersNames(numbers.filter(([, state], i) => numbers.findIndex(([, one]) => one === state) === i).slice(0, 2), 'closed');
            const { status, stderr } = await ward.run('verify');
            assert.equal(status, 0, stderr);
        });
    });
