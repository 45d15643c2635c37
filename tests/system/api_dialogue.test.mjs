// SPDX-License-Identifier: AGPL-3.0-or-later
// Every action on a dialogue, done, from a plan to the last answer; and the walk of state, action and person: what the
// contract's table doesn't have is refused for its own reason and changes nothing.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall, NAMES } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { rule } from './harness.mjs';

const DIALOGUES = '/api/v1/dialogues';
const plan = { title: 'Hội nghị đối thoại', year: 2024, profile: 2024, planned: '2024-12', place: 'Hội trường', seats: 80 };
const times = { starts_at: '2024-12-20T08:00:00+07:00', opinions_from: '2024-06-20T08:00:00+07:00', opinions_until: '2024-12-18T17:00:00+07:00' };
const NOW = '2024-06-20T09:40:00+07:00';

/** action: [who, from, parameters], as the contract has it. */
const ACTIONS = {
    update: ['office', ['drafting'], { place: 'Nhà văn hóa' }],
    approve: ['chair', ['drafting'], {}],
    issue: ['archivist', ['drafting'], { date: '2024-06-20' }],
    announce: ['office culture', ['issued'], times],
    postpone: ['office', ['issued', 'announced'], { reason: 'Mưa bão' }],
    reschedule: ['office', ['postponed'], { starts_at: '2024-12-27T08:00:00+07:00' }],
    cancel: ['office', ['drafting', 'issued', 'announced', 'postponed'], { reason: 'Gộp hội nghị', opinions: 'answer' }],
    appoint: ['office', ['drafting', 'issued', 'announced', 'postponed', 'open', 'adjourned', 'closed'], { role: 'secretary', username: 'thuky' }],
    open: ['chair', ['announced'], {}],
    adjourn: ['chair', ['open'], { resumes_at: '2024-12-20T13:30:00+07:00' }],
    resume: ['chair', ['adjourned'], {}],
    close: ['chair', ['open', 'adjourned'], { text: 'Bế mạc' }],
    reopen: ['chair', ['closed'], { reason: 'Bấm nhầm' }],
    publish_results: ['office', ['closed'], {}],
    complete: ['office', ['closed'], {}],
    sign_minutes: ['secretary chair', ['closed'], {}],
};
const ROLES = { chutich: ['chair'], phochutich: ['chair'], thuky: ['secretary'], vanphong: ['office'], vanthu: ['archivist'], vanhoa: ['culture'] };

const issued = [['chutich', 'approve'], ['vanthu', 'issue', { date: '2024-06-20' }]];
const announced = [...issued, ['vanphong', 'announce', times]];
const open = [...announced, ['chutich', 'open']];
const closed = [...open, ['chutich', 'close']];
const WAYS = {
    drafting: [], issued, announced, open, closed,
    adjourned: [...open, ['chutich', 'adjourn', { resumes_at: '2024-12-20T13:30:00+07:00' }]],
    postponed: [...announced, ['vanphong', 'postpone', { reason: 'Mưa bão' }]],
    cancelled: [...announced, ['vanphong', 'cancel', { reason: 'Gộp', opinions: 'answer' }]],
    completed: [...closed, ['thuky', 'sign_minutes'], ['chutich', 'sign_minutes'], ['vanphong', 'publish_results'], ['vanphong', 'complete']],
};

for (const engine of await engines())
    describe(`a dialogue's life on ${engine.name}`, () => {
        let ward, hall;
        const done = new Set();

        before(async () => {
            ward = await engine.demo('open', { now: NOW });
            hall = await Hall.enter(ward);
        });
        after(() => ward?.stop());

        const read = async (id, client = hall.vanphong) => (await client.get(`${DIALOGUES}/${id}`)).body;

        async function create(fields = {}) {
            const { status, body } = await hall.vanphong.post(DIALOGUES, { ...plan, copy_from: 1, ...fields });
            assert.equal(status, 201, JSON.stringify(body));
            assert.deepEqual(Object.keys(body).sort(), ['entry', 'id', 'state', 'version']);
            assert.deepEqual([body.state, body.version], ['drafting', 1]);
            return body;
        }

        /** Done: the answer, what a reader finds, the verb offered before. */
        async function does(id, who, action, parameters = {}, state = undefined) {
            const client = hall.people[who], was = await read(id, client);
            if (parameters.on_behalf === undefined) assert.ok(was.actions.includes(action), `${action} by ${who}: ${was.actions}`);
            const { status, body } = await client.dialogue(id, action, parameters);
            assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
            assert.deepEqual(Object.keys(body).sort(), ['entry', 'id', 'state', 'version']);
            assert.deepEqual([body.id, body.state, body.version], [id, state ?? was.state, was.version + 1], action);
            const now = await read(id);
            assert.deepEqual([now.state, now.version], [body.state, body.version], action);
            done.add(action);
            return now;
        }
        const refused = (id, who, action, parameters, ...expected) => hall.refused(hall.people[who].dialogue(id, action, parameters), ...expected);

        async function inState(state) {
            const { id } = await create();
            for (const [who, action, parameters] of WAYS[state]) {
                const { status, body } = await hall.people[who].dialogue(id, action, parameters);
                assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
            }
            assert.equal((await read(id)).state, state);
            return id;
        }

        test('from the plan to the last answer', async () => {
            rule('R1 R72 R85 R86 R87 R88');
            await hall.refused(hall.vanphong.post(DIALOGUES, { ...plan, seats: undefined }), 422, 'required', 'seats');
            await hall.refused(hall.chutich.post(DIALOGUES, plan), 403, 'forbidden');
            const { id } = await create();
            assert.equal((await hall.anyone.get(`${DIALOGUES}/${id}`)).status, 404, 'a plan in drafting is for staff');
            let now = await does(id, 'vanphong', 'update', { place: 'Nhà văn hóa Khóm 1', seats: 120 });
            assert.deepEqual([now.place, now.seats, now.title], ['Nhà văn hóa Khóm 1', 120, plan.title]);
            await refused(id, 'vanthu', 'issue', { date: '2024-06-20' }, 409, 'not_ready');
            now = await does(id, 'chutich', 'approve');
            assert.equal(now.approved, true);
            assert.equal((await does(id, 'vanphong', 'update', { seats: 100 })).approved, false, 'another text than was approved');
            await does(id, 'phochutich', 'approve');
            await refused(id, 'vanthu', 'issue', { date: '2024-06-21' }, 422, 'invalid', 'date');
            now = await does(id, 'vanthu', 'issue', { number: 90, symbol: 'KH-UBND', date: '2024-06-20' }, 'issued');
            assert.deepEqual([now.plan_number, now.plan_symbol, now.plan_date], ['90', 'KH-UBND', '2024-06-20']);
            await refused(id, 'vanphong', 'update', { place: 'Khác' }, 409, 'wrong_state');
            now = await does(id, 'vanhoa', 'announce', times, 'announced');
            assert.deepEqual([now.starts_at, now.opinions_from], [times.starts_at, times.opinions_from]);
            assert.equal((await hall.anyone.get(`${DIALOGUES}/${id}`)).status, 200);
            now = await does(id, 'vanphong', 'appoint', { role: 'secretary', username: 'vanhoa' });
            assert.equal(now.appointed.secretary, 'vanhoa');
            await refused(id, 'vanphong', 'appoint', { role: 'second_reader', username: 'hdnd' }, 422, 'invalid', 'username');
            await does(id, 'vanphong', 'appoint', { role: 'secretary', username: 'thuky' });
            now = await does(id, 'vanphong', 'postpone', { reason: 'Mưa bão' }, 'postponed');
            assert.equal(now.reason, 'Mưa bão');
            now = await does(id, 'vanphong', 'reschedule', { starts_at: '2024-12-27T08:00:00+07:00' }, 'announced');
            assert.equal(now.starts_at, '2024-12-27T08:00:00+07:00');
            now = await does(id, 'chutich', 'open', {}, 'open');
            assert.ok(now.opened_at);
            now = await does(id, 'chutich', 'adjourn', { resumes_at: '2024-12-27T13:30:00+07:00' }, 'adjourned');
            assert.equal(now.resumes_at, '2024-12-27T13:30:00+07:00');
            await does(id, 'thuky', 'resume', { on_behalf: 'chair' }, 'open');
            const other = await Hall.enter(ward, ['thuky', 'vanphong', 'chutich'], id);
            const o = await other.submit({}, other.anyone);
            now = await does(id, 'chutich', 'close', { text: 'Kết luận chung.' }, 'closed');
            assert.deepEqual([now.conclusion, (await hall.vanphong.get(`/api/v1/opinions/${o.number}`)).body.state], ['Kết luận chung.', 'owed']);
            now = await does(id, 'chutich', 'reopen', { reason: 'Bấm nhầm' }, 'open');
            assert.deepEqual([now.closed_at, (await hall.vanphong.get(`/api/v1/opinions/${o.number}`)).body.state], [null, 'received']);
            await does(id, 'thuky', 'close', { on_behalf: 'chair' }, 'closed');
            await refused(id, 'chutich', 'sign_minutes', {}, 409, 'not_ready');
            await does(id, 'thuky', 'sign_minutes');
            await refused(id, 'thuky', 'sign_minutes', { on_behalf: 'chair' }, 422, 'required', 'attachment');
            now = await does(id, 'chutich', 'sign_minutes');
            assert.ok(now.minutes_signed_at);
            await refused(id, 'chutich', 'reopen', { reason: 'Bấm nhầm' }, 409, 'wrong_state');
            await hall.refused(hall.anyone.post(`${DIALOGUES}/${id}/opinions`, { content: 'a', author: { type: 'resident' } }), 409, 'intake_closed');
            const offered = async () => (await hall.vanphong.get(`${DIALOGUES}/${id}`)).body.actions.includes('complete');
            await refused(id, 'vanphong', 'complete', {}, 409, 'not_ready');
            assert.equal(await offered(), false, 'an opinion is open');
            await hall.done(o.author, o.number, 'withdraw');
            await refused(id, 'vanphong', 'complete', {}, 409, 'not_ready');
            assert.equal(await offered(), false, 'the results are not published');
            now = await does(id, 'vanphong', 'publish_results');
            assert.ok(now.results_published_at);
            assert.equal(await offered(), true);
            await does(id, 'vanphong', 'complete', {}, 'completed');
        });

        test('cancelled: its opinions are answered, or carried to another dialogue; none is orphaned', async () => {
            const from = await inState('announced'), other = await inState('announced'), answered = await inState('announced');
            const enter = async (dialogue) => (await Hall.enter(ward, [], dialogue)).submit();
            const carried = await enter(from), owed = await enter(answered);
            await refused(from, 'vanphong', 'cancel', { reason: 'Gộp', opinions: 'carry' }, 422, 'required', 'carry_to');
            await refused(from, 'vanphong', 'cancel', { reason: 'Gộp', opinions: 'carry', carry_to: from }, 422, 'invalid', 'carry_to');
            await refused(from, 'vanphong', 'cancel', { reason: 'Gộp', opinions: 'carry', carry_to: 999 }, 422, 'invalid', 'carry_to');
            await does(from, 'vanphong', 'cancel', { reason: 'Gộp', opinions: 'carry', carry_to: other }, 'cancelled');
            const { body: moved } = await hall.vanphong.get(`/api/v1/opinions/${carried.number}`);
            assert.deepEqual([moved.dialogue, moved.state], [other, 'received']);
            await does(answered, 'vanphong', 'cancel', { reason: 'Không tổ chức', opinions: 'answer' }, 'cancelled');
            const { body: left } = await hall.vanphong.get(`/api/v1/opinions/${owed.number}`);
            assert.deepEqual([left.dialogue, left.state, left.responsible], [answered, 'owed', 'vanphong']);
            assert.ok(left.due.legal);
        });

        test('the profile of 2025 wants seven days of notice, and says by which article', async () => {
            const { id } = await create({ profile: 2025 });
            for (const [who, action, parameters] of issued) await does(id, who, action, parameters, action === 'issue' ? 'issued' : 'drafting');
            const soon = { ...times, starts_at: '2024-06-25T08:00:00+07:00', opinions_until: '2024-06-24T17:00:00+07:00' };
            const problem = await refused(id, 'vanphong', 'announce', soon, 409, 'notice_period', 'starts_at');
            assert.match(problem.rule, /^Điều 43/);
            await does(id, 'vanphong', 'announce', { ...soon, starts_at: '2024-06-27T08:00:00+07:00' }, 'announced');
        });

        test('stale, and a repeated key', async () => {
            const { id } = await create();
            await refused(id, 'vanphong', 'update', { seats: 90, if_version: 7 }, 409, 'stale', 'if_version');
            const key = hall.key(), path = `${DIALOGUES}/${id}/actions`, body = { action: 'update', seats: 90 };
            const first = await hall.vanphong.request('POST', path, { body, headers: key }), again = await hall.vanphong.request('POST', path, { body, headers: key });
            assert.deepEqual([again.status, again.body], [200, first.body]);
            assert.equal((await read(id)).version, 2);
        });

        for (const state of Object.keys(WAYS))
            test(`a dialogue ${state}: what isn't in the table is refused and changes nothing`, async () => {
                const id = await inState(state), receipt = (await hall.submit()).receipt, marker = await hall.inState('relayed');
                const mark = async () => (await hall.done(hall.hdnd, marker.number, 'remark', { text: 'Mốc' })).entry;
                const before = await read(id), begun = await mark(), faults = [];
                const clients = { ...hall.people, author: hall.author(receipt), public: hall.anyone };
                let asked = 0;
                for (const [name, client] of Object.entries(clients))
                    for (const [action, [who, from, given]] of Object.entries(ACTIONS)) {
                        const may = (ROLES[name] ?? []).some((role) => who.split(' ').includes(role));
                        if (may && from.includes(state)) continue;
                        const hidden = name === 'author' && state === 'drafting';
                        const wanted = name === 'public' ? [401, 'unauthenticated'] : hidden ? [404, 'not_found'] : may ? [409, 'wrong_state'] : [403, 'forbidden'];
                        const { status, body } = await client.dialogue(id, action, given);
                        if (status !== wanted[0] || body.code !== wanted[1]) faults.push(`${action} by ${name}: ${status} ${body.code ?? body.state}, expected ${wanted}`);
                        asked++;
                    }
                assert.deepEqual(faults, []);
                assert.ok(asked > 320, `${asked}`);
                assert.equal(await mark(), begun + 1, 'a refusal is no entry');
                assert.deepEqual(await read(id), before);
            });

        test('every verb of the contract was done, and the register holds', async () => {
            assert.deepEqual(Object.keys(ACTIONS).filter((verb) => !done.has(verb)), []);
            const { dialogue_action: schema } = (await hall.anyone.get('/api/v1/openapi.json')).body.components.schemas;
            assert.deepEqual(schema.oneOf.map(({ properties }) => properties.action.const).sort(), Object.keys(ACTIONS).sort());
            await ward.quit();
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
        });
    });
