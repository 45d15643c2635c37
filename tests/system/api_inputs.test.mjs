// SPDX-License-Identifier: AGPL-3.0-or-later
// Every parameter of every action, as openapi.json lists them, with everything that it can't be: each is refused by the
// code of the contract, names the parameter, says so in Vietnamese, and leaves no trace. An action that is added is
// walked without being asked; one that nobody may do in any of the states made here is a fault of this test.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Ward } from './harness.mjs';
import { Hall, STATES } from './api_ward.mjs';

const ONE = '/api/v1/dialogues/1', TEXT = ['a\u0000b', 'a\u0007b', 'a\u001bb', 'a\u202eb', '\u2066a', 'a\u009fb', 'a\ud800b', '\udc00'];
const WRONG = { string: [5, true, {}, ['a']], integer: ['5', 0, -1, 1.5, true, {}, [1]], boolean: ['true', 1, 0, {}], array: ['a', 5, {}, true], object: ['a', 5, []] };

/** What the schema does not allow: [value, code]. */
function wrongOf(schema, name) {
    const rows = (WRONG[schema.type] ?? WRONG.string).map((value) => [value, 'invalid']);
    if (schema.type === 'string') {
        rows.push(...TEXT.map((value) => [value, 'bad_encoding']), ['x'.repeat((schema.maxLength ?? 200) + 1), 'too_long']);
        if (schema.enum) rows.push([`${schema.enum[0]}\u0000x`, 'bad_encoding'], ['khong-co', 'invalid'], [schema.enum[0].toUpperCase(), 'invalid'], [`${schema.enum[0]} x`, 'invalid']);
        if (schema.format === 'date') rows.push(['2024-02-30', 'invalid'], ['20-06-2024', 'invalid'], ['2024-06-20T08:00:00+07:00', 'invalid']);
        if (schema.format === 'date-time') rows.push(['2024-06-31T08:00:00+07:00', 'invalid'], ['mai', 'invalid'], ['2024-06-20T25:00:00+07:00', 'invalid']);
        if (schema.pattern) rows.push(['khom0', 'invalid'], ['2024-07', 'invalid'].slice(0, schema.pattern.includes('(-') ? 0 : 2), ['1', 'invalid']);
    }
    if (schema.type === 'array' && schema.items.type === 'string')
        rows.push([[5], 'invalid'], [[['a']], 'invalid'], ...TEXT.map((value) => [[value], 'bad_encoding']), [['x'.repeat(1001)], 'too_long'], [Array(300).fill('a'), 'too_long']);
    if (name === 'parts') rows.push([[5], 'invalid'], [[{ text: 5 }], 'invalid'], [[{ text: 'a', field: 'khong-co' }], 'invalid'], [[{ text: 'a', la: 1 }], 'unknown_field'],
        ...TEXT.map((text) => [[{ text }], 'bad_encoding']), [[{ text: 'x'.repeat(20001) }], 'too_long'], [Array(300).fill({ text: 'a' }), 'too_long']);
    if (name === 'spans') rows.push([[5], 'invalid'], [[{ from: 0 }], 'invalid'], [[{ from: 'a', to: 1 }], 'invalid'], [[{ from: 0, to: 1, la: 2 }], 'invalid'], [Array(300).fill({ from: 0, to: 1 }), 'too_long']);
    if (name === 'proof') rows.push([{}, 'invalid'], [{ kind: 'khong-co' }, 'invalid'], [{ kind: 5 }, 'invalid'], [{ kind: 'photo', la: 1 }, 'unknown_field'], [{ kind: 'photo', text: 5 }, 'invalid'],
        ...TEXT.map((text) => [{ kind: 'photo', text }, 'bad_encoding']), ...TEXT.map((attachment) => [{ kind: 'photo', attachment }, 'bad_encoding']), [{ kind: 'photo', text: 'x'.repeat(20001) }, 'too_long']);
    if (name === 'if_version') return rows.filter(([value]) => value !== 0);
    return rows.filter((row) => row.length === 2);
}

/** Something that the schema allows. */
function fitting(schema, name) {
    if (name === 'parts') return [{ text: 'Một' }, { text: 'Hai' }];
    if (name === 'spans') return [{ from: 0, to: 1 }];
    if (schema.enum) return schema.enum[0];
    if (schema.format) return schema.format === 'date' ? '2024-06-21' : '2024-12-21T08:00:00+07:00';
    if (schema.pattern) return schema.pattern.includes('khom') ? 'khom1' : schema.pattern.includes('(-') ? '2024-12' : '2024-0001';
    return { string: 'Chữ', integer: 1, boolean: true, array: ['Chữ'] }[schema.type];
}

let ward, hall, schemas;
const faults = [];
let asked = 0;
before(async () => {
    ward = await Ward.demo('open');
    hall = await Hall.enter(ward);
    schemas = hall.document.json.components.schemas;
});
after(() => ward.stop());

/** Notes what is not as it has to be. `what` names the case. */
function hold({ status, headers, body }, code, field, what) {
    const wanted = { bad_encoding: 400, duplicate_key: 400, bad_json: 400 }[code] ?? 422, told = `${body.title} ${body.detail}`;
    asked++;
    if (status !== wanted || body.code !== code || body.field !== field) faults.push(`${what}: ${status} ${body.code ?? body.state} ${body.field}, expected ${wanted} ${code} ${field}`);
    else if (!headers.get('content-type').startsWith('application/problem+json')) faults.push(`${what}: ${headers.get('content-type')}`);
    else if (!/[ăâđêôơưà-ỹ]/i.test(told) || /[{}%]/.test(told)) faults.push(`${what}: ${told}`);
}

/** Phones in the hall that take turns, since each may only do so much in a minute. */
async function phones(count) {
    const { code } = (await hall.thuky.get(`${ONE}/hall`)).body, joined = [];
    for (let i = 0; i < count; i++) joined.push((await hall.anyone.post(`${ONE}/tickets`, { code })).body.ticket);
    const all = joined.map((ticket) => Object.assign(hall.author('0'), { authorization: `Ticket ${ticket}` }));
    let turn = 0;
    return Object.assign(hall.author('0'), { request: (...args) => all[turn++ % count].request(...args) });
}

const raw = (client, path, body) => client.request('POST', path, { body, headers: { ...hall.key(), 'content-type': 'application/json' } });
/** A text that begins well and then is no UTF-8. */
const noText = (begins, ends = '}') => Buffer.concat([Buffer.from(`${begins}"a`), Buffer.from([0xe1, 0xbb]), Buffer.from(`"${ends}`)]);
const short = (value) => (JSON.stringify(value) ?? String(value)).slice(0, 40);

/** Everything wrong with each parameter of one action, by somebody who may do it at `path` now. */
async function walkAction({ properties, required }, client, path) {
    const action = properties.action.const, send = (more) => client.post(path, { action, ...more });
    hold(await send({ 'la-lam': 1 }), 'unknown_field', 'la-lam', `${action} unknown`);
    hold(await raw(client, path, `{"action":"${action}","action":"${action}"}`), 'duplicate_key', 'action', `${action} twice`);
    hold(await raw(client, path, `{"action":"${action}\\u0000x"}`), 'invalid', 'action', `${action} and a NUL`);
    const all = Object.fromEntries(required.filter((name) => name !== 'action').map((name) => [name, fitting(properties[name], name)]));
    for (const [name, given] of Object.entries(properties)) {
        if (name === 'action') continue;
        const schema = given.$ref ? hall.document.at(given.$ref) : given, whole = JSON.stringify(fitting(schema, name) ?? 1);
        hold(await raw(client, path, `{"action":"${action}","${name}":${whole},"${name}":${whole}}`), 'duplicate_key', name, `${action} ${name} twice`);
        if (schema.type === 'string' || schema.type === 'array')
            hold(await raw(client, path, noText(`{"action":"${action}","${name}":`)), 'bad_encoding', name, `${action} ${name} no UTF-8`);
        await Promise.all(wrongOf(schema, name).map(async ([value, code]) => hold(await send({ ...all, [name]: value }), code, name, `${action} ${name} ${short(value)}`)));
        if (!required.includes(name)) continue;
        const { [name]: _, ...others } = all;
        hold(await send(others), 'required', name, `${action} without ${name}`);
        hold(await send({ ...others, [name]: null }), 'required', name, `${action} ${name} null`);
        if (schema.type === 'string' && !schema.enum && !schema.format && !schema.pattern)
            for (const empty of ['', ' \t\n', '\u200b']) hold(await send({ ...others, [name]: empty }), 'required', name, `${action} ${name} ${short(empty)}`);
    }
}

/** Nobody's body is read less strictly: before it is asked who they are. */
async function walkNobody({ properties }, path) {
    const action = properties.action.const;
    for (const name of Object.keys(properties).filter((one) => properties[one].type === 'string' && one !== 'on_behalf'))
        hold(await hall.anyone.post(path, { action, [name]: 'a\u0000b' }), 'bad_encoding', name, `${action} ${name} by nobody`);
    const { status } = await hall.anyone.post(path, { action, 'la-lam': 1 });
    if (status !== 401) faults.push(`${action} unknown by nobody: ${status}`);
}

const head = async () => (await ward.run('verify')).stdout;

/** Walks every action of the schema that isn't done yet, at whichever place somebody may do it now. */
async function walkAll(schema, places, done) {
    const before = await head();
    for (const one of schemas[schema].oneOf) {
        const action = one.properties.action.const;
        if (done.has(action)) continue;
        for (const [client, path] of places) {
            const { body } = await client.post(path, { action, 'la-lam': 1 });
            if (body.code !== 'unknown_field') continue;
            done.add(action);
            await walkAction(one, client, path);
            await walkNobody(one, path);
            break;
        }
    }
    assert.deepEqual(faults.splice(0), []);
    assert.equal(await head(), before, 'a refusal is no entry');
}
const missing = (schema, done) => schemas[schema].oneOf.map(({ properties }) => properties.action.const).filter((action) => !done.has(action));

test('actions on an opinion', async () => {
    const places = [], done = new Set(), begun = asked;
    const add = (number, author) => places.push(...[...Object.values(hall.people), author].map((client) => [client, `/api/v1/opinions/${number}/actions`]));
    for (const state of STATES) {
        const o = await hall.inState(state);
        add(o.number, o.author);
    }
    const drafted = await hall.inState('owed'), complex = await hall.inState('relayed'), lead = await hall.inState('relayed'), grouped = await hall.inState('relayed'), agreed = await hall.inState('answered');
    const letter = await hall.inState('answered', { reply_by: 'letter' }), recorded = await hall.submit({ channel: 'slip' }, hall.thuky);
    await hall.done(hall.diachinh, drafted.number, 'draft', { text: 'Dự thảo trả lời.' });
    await hall.done(hall.thuky, complex.number, 'classify', { authority: 'complex' });
    await hall.done(hall.chutich, complex.number, 'assign', { to: 'diachinh' });
    await hall.done(hall.thuky, grouped.number, 'group', { with: lead.number });
    await hall.done(hall.thuky, agreed.number, 'agree', { on_behalf: 'author', proof: { kind: 'heard', text: 'Nói tại hội trường.' } });
    for (const o of [drafted, complex, grouped, agreed, letter, recorded]) add(o.number, o.author);
    places.push([await phones(10), `/api/v1/opinions/${lead.number}/actions`]);
    await walkAll('opinion_action', places, done);
    assert.deepEqual(missing('opinion_action', done), []);
    assert.ok(asked - begun > 1500, `${asked - begun}`);
});

test('actions on a dialogue', async () => {
    const done = new Set(), begun = asked, { body: { id } } = await hall.vanphong.post('/api/v1/dialogues', { title: 'Hội nghị', year: 2024, profile: 2024, planned: '2024-12', place: 'Hội trường', seats: 80 });
    const path = `/api/v1/dialogues/${id}/actions`, places = Object.values(hall.people).map((client) => [client, path]);
    const times = { starts_at: '2024-12-20T08:00:00+07:00', opinions_from: '2024-06-20T08:00:00+07:00', opinions_until: '2024-12-18T17:00:00+07:00' };
    for (const [who, action, more] of [[], ['chutich', 'approve'], ['vanthu', 'issue', { date: '2024-06-20' }], ['vanphong', 'announce', times], ['vanphong', 'postpone', { reason: 'Mưa bão' }],
        ['vanphong', 'reschedule', { starts_at: times.starts_at }], ['chutich', 'open'], ['chutich', 'adjourn', { resumes_at: '2024-12-20T13:30:00+07:00' }], ['chutich', 'close']]) {
        if (who) assert.equal((await hall[who].post(path, { action, ...more })).status, 200, action);
        await walkAll('dialogue_action', places, done);
    }
    assert.deepEqual(missing('dialogue_action', done), []);
    assert.ok(asked - begun > 400, `${asked - begun}`);
});

test('actions in the hall', async () => {
    const done = new Set(), begun = asked, path = `${ONE}/hall`;
    await walkAll('hall_action', [hall.thuky, hall.chutich, hall.vanphong].map((client) => [client, path]), done);
    assert.deepEqual(missing('hall_action', done), []);
    assert.ok(asked - begun > 300, `${asked - begun}`);
});

test('the other bodies', async (t) => {
    const closed = await Ward.demo('closed');
    t.after(() => closed.stop());
    const later = await Hall.enter(closed, ['vanphong']), untouched = (await closed.run('verify')).stdout, begun = asked, before = await head(), guest = { action: 'check_in', number: 1 };
    const rows = [['dialogue_create', hall.vanphong, '/api/v1/dialogues'], ['ticket_request', hall.anyone, `${ONE}/tickets`], ['issue', hall.vanthu, `${ONE}/documents/notice/number`],
        ['dispatch', later.vanphong, `${ONE}/dispatches`], ['attendance_action', hall.vanphong, `${ONE}/attendance`, guest], ['password_request', hall.congan, '/api/v1/password'], ['session_request', hall.anyone, '/api/v1/sessions']];
    for (const [schema, client, path, more] of rows) {
        const { properties } = schemas[schema], send = (body) => client.post(path, { ...more, ...body });
        hold(await send({ 'la-lam': 1 }), 'unknown_field', 'la-lam', `${schema} unknown`);
        for (const [name, given] of Object.entries(properties)) {
            if (name === 'action' || name === 'proof') continue;
            hold(await raw(client, path, `{"${name}":1,"${name}":1}`), 'duplicate_key', name, `${schema} ${name} twice`);
            if (given.type !== 'string' || given.const) continue;
            for (const value of [5, true, {}, ['a']]) hold(await send({ [name]: value }), 'invalid', name, `${schema} ${name} ${short(value)}`);
            for (const value of TEXT) hold(await send({ [name]: value }), 'bad_encoding', name, `${schema} ${name} ${short(value)}`);
            hold(await raw(client, path, noText(`{"${name}":`)), 'bad_encoding', name, `${schema} ${name} no UTF-8`);
            if (given.maxLength) hold(await send({ [name]: 'x'.repeat(given.maxLength + 1) }), 'too_long', name, `${schema} ${name} too long`);
            if (given.enum) hold(await send({ [name]: 'khong-co' }), 'invalid', name, `${schema} ${name} none of them`);
        }
    }
    assert.deepEqual(faults.splice(0), []);
    assert.equal(await head(), before, 'a refusal is no entry');
    assert.equal((await closed.run('verify')).stdout, untouched, 'a refusal is no entry');
    assert.ok(asked - begun > 250, `${asked - begun}`);
});

test('what is handed in', async () => {
    const path = `${ONE}/opinions`, before = await head(), good = { content: 'Đèn đường hư.', author: { type: 'resident' } };
    const { properties: { author, ...properties } } = schemas.submission;
    const send = (body) => hall.anyone.post(path, body);
    for (const [name, schema] of Object.entries(properties)) {
        for (const [value, code] of wrongOf(schema, name)) hold(await send({ ...good, [name]: value }), code, name, `${name} ${short(value)}`);
    }
    for (const [name, schema] of Object.entries(author.properties)) {
        const limited = name === 'phone' ? { ...schema, maxLength: 40 } : schema;
        for (const [value, code] of wrongOf(limited, name)) hold(await send({ ...good, author: { ...good.author, [name]: value } }), code, `author.${name}`, `author.${name} ${short(value)}`);
    }
    for (const [body, code, field] of [[{ ...good, 'la-lam': 1 }, 'unknown_field', 'la-lam'], [{ ...good, author: { ...good.author, 'la-lam': 1 } }, 'unknown_field', 'author.la-lam'],
        [{ author: good.author }, 'required', 'content'], [{ content: 'a' }, 'required', 'author.type'], [{ ...good, content: ' \n' }, 'required', 'content'], [{ ...good, author: 5 }, 'invalid', 'author']])
        hold(await send(body), code, field, short(body));
    for (const [body, code, field] of [['{"content":"a","content":"b"}', 'duplicate_key', 'content'], ['{"author":{"type":"resident","t\\u0079pe":"business"}}', 'duplicate_key', 'author.type'],
        ['{"\\"":1,"\\"":2}', 'duplicate_key', '"'], ['{"a\\\\":1,"a\\\\":2}', 'duplicate_key', 'a\\'], ['{', 'bad_json', undefined], ['[]', 'bad_json', undefined], ['', 'bad_json', undefined],
        ['{"content":"a"} x', 'bad_json', undefined], [noText('{"content":'), 'bad_encoding', 'content'], [noText('{"author":{"type":"resident","name":', '}}'), 'bad_encoding', 'author.name'],
        [noText('{"author":{"type":"resident"},"la-lam":{"author":{"name":', '}}}'), 'bad_encoding', 'la-lam'], [noText('{', ':1}'), 'bad_encoding', undefined]])
        hold(await raw(hall.anyone, path, body), code, field, String(body));
    assert.deepEqual(faults.splice(0), []);
    assert.equal(await head(), before, 'a refusal is no entry');
});
