// SPDX-License-Identifier: AGPL-3.0-or-later
// contract.md over HTTP: what a client may send, what it gets, and how it is refused. Written from the contract, not from
// the code; every answer is held against openapi.json on the way.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { password } from './harness.mjs';

const OPINIONS = '/api/v1/dialogues/1/opinions';
const plain = { content: 'Đề nghị sửa đèn đường.', author: { type: 'resident' } };
const letters = (count) => 'ệ'.repeat(count);

for (const engine of await engines())
    describe(`the contract on ${engine.name}`, () => {
        let ward, hall;

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward);
        });
        after(() => ward?.stop());

        /** A POST with the body as it is, and a key. */
        const raw = (body, headers = {}, path = OPINIONS) => hall.anyone.request('POST', path, { body, headers: { ...hall.key(), ...headers } });

        describe('signing in', () => {
            test('gives a token and the roles; the token is void after signing out', async () => {
                const { status, body } = await hall.anyone.post('/api/v1/sessions', { username: 'vanhoa', password });
                assert.equal(status, 201);
                assert.deepEqual(body.roles.sort(), ['culture', 'specialist']);
                const headers = { authorization: `Bearer ${body.token}` };
                assert.equal((await hall.anyone.get(OPINIONS, headers)).status, 200);
                assert.equal((await hall.anyone.request('DELETE', '/api/v1/sessions', { headers })).status, 204);
                await hall.refused(hall.anyone.get(OPINIONS, headers), 401, 'unauthenticated');
            });

            test('a wrong password and an unknown name are told alike', async () => {
                const one = await hall.refused(hall.anyone.post('/api/v1/sessions', { username: 'thuky', password: 'sai-mat-khau' }), 401, 'unauthenticated');
                const other = await hall.refused(hall.anyone.post('/api/v1/sessions', { username: 'khongco', password: 'sai-mat-khau' }), 401, 'unauthenticated');
                assert.deepEqual(one, other);
            });

            test('names what is missing or not asked for', async () => {
                await hall.refused(hall.anyone.post('/api/v1/sessions', { password }), 422, 'required', 'username');
                await hall.refused(hall.anyone.post('/api/v1/sessions', { username: 'thuky' }), 422, 'required', 'password');
                await hall.refused(hall.anyone.post('/api/v1/sessions', { username: 'thuky', password, role: 'chair' }), 422, 'unknown_field', 'role');
            });

            test('a receipt has 15 random digits and a check digit, and opens its own opinion', async () => {
                const o = await hall.submit();
                assert.match(o.receipt, /^\d{16}$/);
                const { status, body } = await o.author.get(`/api/v1/opinions/${o.number}`);
                assert.deepEqual([status, body.state, body.author.name], [200, 'received', 'Nguyễn Thị Thử']);
                const wrongDigit = `${o.receipt.slice(0, 15)}${(Number(o.receipt[15]) + 1) % 10}`;
                await hall.refused(hall.author(wrongDigit).get(`/api/v1/opinions/${o.number}`), 401, 'unauthenticated');
                const other = await hall.submit();
                await hall.refused(other.author.get(`/api/v1/opinions/${o.number}`), 404, 'not_found');
                await hall.refused(hall.anyone.get(`/api/v1/opinions/${o.number}`), 404, 'not_found');
            });

            test('a token of nobody is 401 wherever it is shown', async () => {
                for (const path of ['/api/v1/dialogues', OPINIONS, '/api/v1/opinions/2024-0001'])
                    await hall.refused(hall.anyone.get(path, { authorization: 'Bearer abcdef' }), 401, 'unauthenticated');
            });
        });

        describe('handing in', () => {
            test('content and author.type are enough; the answer is what the contract lists', async () => {
                const reply = await hall.anyone.post(OPINIONS, plain);
                assert.equal(reply.status, 201);
                assert.deepEqual(Object.keys(reply.body).sort(), ['entry', 'number', 'receipt', 'state', 'version']);
                assert.match(reply.body.number, /^2024-\d{4}$/);
                assert.deepEqual([reply.body.state, reply.body.version], ['received', 1]);
                assert.ok(Number.isInteger(reply.body.entry));
                assert.equal(reply.headers.get('location'), `/api/v1/opinions/${reply.body.number}`);
                const { body } = await hall.thuky.get(`/api/v1/opinions/${reply.body.number}`);
                assert.deepEqual([body.kind, body.wants, body.reply_by, body.channel], ['question', 'relay', 'page', 'online']);
            });

            test('takes every optional field and keeps it', async () => {
                const given = { kind: 'recommendation', field: 'urban', channel: 'online', wants: 'speak', reply_by: 'email', publish_name: true };
                const author = { type: 'business', name: 'Trần Văn Thử', organisation: 'Hộ kinh doanh Thử', khom: 'khom3', phone: '0912 345 678', email: 'thu@example.vn' };
                const o = await hall.submit({ ...given, author });
                const { body } = await hall.thuky.get(`/api/v1/opinions/${o.number}`);
                for (const name of ['kind', 'field', 'channel', 'wants', 'reply_by']) assert.equal(body[name], given[name], name);
                assert.deepEqual(body.author, author);
            });

            test('every value of every list is taken', async () => {
                const lists = { kind: ['question', 'recommendation', 'reflection', 'contribution', 'aspiration'], wants: ['speak', 'relay', 'written'],
                    reply_by: ['page', 'letter', 'khom', 'email', 'sms'], field: ['economy', 'construction', 'culture_society', 'military', 'security', 'admin_reform',
                        'democracy', 'urban', 'anticorruption', 'reception', 'resolutions', 'conduct', 'other'] };
                const author = { type: 'resident', phone: '0912345678', email: 'thu@example.vn' };
                for (const [name, values] of Object.entries(lists))
                    for (const value of values) await hall.submit({ [name]: value, author });
                for (const channel of ['spoken', 'slip', 'khom', 'phone', 'online']) await hall.submit({ channel }, hall.thuky);
                for (const type of ['resident', 'anonymous']) await hall.submit({ author: { type } });
            });

            test('spoken, by the secretary, while open: on the floor at once', async () => {
                const o = await hall.submit({ channel: 'spoken' }, hall.thuky);
                assert.equal(o.state, 'on_floor');
                assert.equal((await hall.anyone.get(`/api/v1/opinions/${o.number}`)).status, 200);
            });

            test('only who takes opinions in says by which channel they came', async () => {
                await hall.refused(hall.anyone.post(OPINIONS, { ...plain, channel: 'spoken' }), 403, 'forbidden');
                assert.equal((await hall.submit({}, hall.khom2)).state, 'received');
            });

            const faults = [
                ['content left out', { author: { type: 'resident' } }, 'required', 'content'],
                ['content empty', { ...plain, content: '' }, 'required', 'content'],
                ['content only white space', { ...plain, content: ' \n\t\u00a0\u200b ' }, 'required', 'content'],
                ['content null', { ...plain, content: null }, 'required', 'content'],
                ['content of 5,001 characters', { ...plain, content: letters(5001) }, 'too_long', 'content'],
                ['content a number', { ...plain, content: 5 }, 'invalid', 'content'],
                ['content a list', { ...plain, content: ['a'] }, 'invalid', 'content'],
                ['content an object', { ...plain, content: {} }, 'invalid', 'content'],
                ['author left out', { content: 'a' }, 'required', 'author.type'],
                ['author a text', { content: 'a', author: 'resident' }, 'invalid', 'author'],
                ['author a list', { content: 'a', author: [] }, 'invalid', 'author'],
                ['author.type left out', { content: 'a', author: {} }, 'required', 'author.type'],
                ['author.type unknown', { content: 'a', author: { type: 'citizen' } }, 'invalid', 'author.type'],
                ['author.type a number', { content: 'a', author: { type: 1 } }, 'invalid', 'author.type'],
                ['a business without organisation', { content: 'a', author: { type: 'business' } }, 'required', 'author.organisation'],
                ['a name of 201 characters', { content: 'a', author: { type: 'resident', name: letters(201) } }, 'too_long', 'author.name'],
                ['a name that is true', { content: 'a', author: { type: 'resident', name: true } }, 'invalid', 'author.name'],
                ['an organisation of 201 characters', { content: 'a', author: { type: 'business', organisation: letters(201) } }, 'too_long', 'author.organisation'],
                ['an unknown khóm', { content: 'a', author: { type: 'resident', khom: 'khom99' } }, 'invalid', 'author.khom'],
                ['a khóm by its shown name', { content: 'a', author: { type: 'resident', khom: 'Khóm 1' } }, 'invalid', 'author.khom'],
                ['a phone of letters', { content: 'a', author: { type: 'resident', phone: 'không có' } }, 'invalid', 'author.phone'],
                ['an e-mail without @', { content: 'a', author: { type: 'resident', email: 'example.vn' } }, 'invalid', 'author.email'],
                ['an answer by e-mail without e-mail', { ...plain, reply_by: 'email' }, 'required', 'author.email'],
                ['an answer by sms without phone', { ...plain, reply_by: 'sms' }, 'required', 'author.phone'],
                ['an unknown kind', { ...plain, kind: 'complaint' }, 'invalid', 'kind'],
                ['a kind in capitals', { ...plain, kind: 'Question' }, 'invalid', 'kind'],
                ['an unknown field of work', { ...plain, field: 'traffic' }, 'invalid', 'field'],
                ['an unknown wish', { ...plain, wants: '' }, 'invalid', 'wants'],
                ['an unknown channel', { ...plain, channel: 'fax' }, 'invalid', 'channel'],
                ['an unknown reply_by', { ...plain, reply_by: 'fax' }, 'invalid', 'reply_by'],
                ['publish_name a text', { ...plain, publish_name: 'true' }, 'invalid', 'publish_name'],
                ['publish_name a number', { ...plain, publish_name: 1 }, 'invalid', 'publish_name'],
                ['an unknown field', { ...plain, state: 'concluded' }, 'unknown_field', 'state'],
                ['an unknown field of the author', { content: 'a', author: { type: 'resident', role: 'chair' } }, 'unknown_field', 'author.role'],
                ['a field of another case', { ...plain, Content: 'a' }, 'unknown_field', 'Content'],
            ];
            for (const [name, body, code, field] of faults)
                test(`422: ${name}`, () => hall.refused(hall.anyone.post(OPINIONS, body), 422, code, field));

            test('5,000 characters are taken, counted after NFC; 200 of a name too', async () => {
                const { body: o } = await raw(JSON.stringify({ content: letters(5000).normalize('NFD'), author: { type: 'resident', name: letters(200) } }));
                const { body } = await hall.author(o.receipt).get(`/api/v1/opinions/${o.number}`);
                assert.equal(body.content, letters(5000));
                assert.equal([...body.author.name].length, 200);
                const astral = await hall.submit({ content: '😀'.repeat(5000) });
                assert.equal([...(await astral.author.get(`/api/v1/opinions/${astral.number}`)).body.content].length, 5000);
            });

            test('NFD, zero-width characters, BOM, CRLF: taken and brought into one form', async () => {
                for (const [given, kept] of [['Đường Trần Hưng Đạo'.normalize('NFD'), 'Đường Trần Hưng Đạo'], ['\ufeffđèn\u200b đường', 'đèn đường'],
                    ['một\r\nhai', 'một\nhai'], ['  trước và sau  ', 'trước và sau'], ['mèo 🐈', 'mèo 🐈'], ['<b>"\'&', '<b>"\'&']]) {
                    const o = await hall.submit({ content: given });
                    assert.equal((await o.author.get(`/api/v1/opinions/${o.number}`)).body.content, kept);
                }
            });
        });

        describe('what is not a request', () => {
            const text = JSON.stringify(plain);
            const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
            const cut = [
                ['no JSON', '{', 'bad_json'], ['nothing', '', 'bad_json'], ['a list', '[]', 'bad_json'], ['a text', '"a"', 'bad_json'], ['null', 'null', 'bad_json'],
                ['something after it', `${text}x`, 'bad_json'], ['two of it', text + text, 'bad_json'], ['single quotes', "{'content':'a'}", 'bad_json'],
                ['a trailing comma', '{"content":"a",}', 'bad_json'], ['a comment', `/* */${text}`, 'bad_json'], ['NaN', '{"content":NaN}', 'bad_json'],
                ['a raw line end inside a text', '{"content":"a\nb","author":{"type":"resident"}}', 'bad_json'],
                ['too deep', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'bad_json'],
                ['one key twice', '{"content":"a","content":"b","author":{"type":"resident"}}', 'duplicate_key'],
                ['one key twice inside', '{"content":"a","author":{"type":"resident","type":"anonymous"}}', 'duplicate_key'],
                ['one key twice, once escaped', '{"content":"a","c\\u006fntent":"b","author":{"type":"resident"}}', 'duplicate_key'],
                ['a byte that is no UTF-8', bytes('{"content":"', [0xff], '","author":{"type":"resident"}}'), 'bad_encoding'],
                ['an overlong form', bytes('{"content":"', [0xc0, 0xaf], '","author":{"type":"resident"}}'), 'bad_encoding'],
                ['half a letter', bytes('{"content":"', [0xe1, 0xbb], '","author":{"type":"resident"}}'), 'bad_encoding'],
                ['a surrogate in bytes', bytes('{"content":"', [0xed, 0xa0, 0x80], '","author":{"type":"resident"}}'), 'bad_encoding'],
                ['UTF-16', Buffer.from(text, 'utf16le'), 'bad_encoding', 'bad_json'],
                ['NUL', '{"content":"a\\u0000b","author":{"type":"resident"}}', 'bad_encoding'],
                ['a control character', '{"content":"a\\u0007b","author":{"type":"resident"}}', 'bad_encoding'],
                ['escape', '{"content":"a\\u001b[31m","author":{"type":"resident"}}', 'bad_encoding'],
                ['delete', '{"content":"a\\u007f","author":{"type":"resident"}}', 'bad_encoding'],
                ['a bidi override', '{"content":"a\\u202eb","author":{"type":"resident"}}', 'bad_encoding'],
                ['a bidi isolate', '{"content":"a\\u2066b","author":{"type":"resident"}}', 'bad_encoding'],
                ['NUL in a name', '{"content":"a","author":{"type":"resident","name":"a\\u0000"}}', 'bad_encoding'],
                ['half a surrogate pair', '{"content":"\\ud800","author":{"type":"resident"}}', 'bad_encoding', 'bad_json'],
            ];
            for (const [name, body, ...codes] of cut)
                test(`400: ${name}`, async () => {
                    const { status, body: problem } = await raw(body, { 'content-type': 'application/json' });
                    assert.equal(status, 400, JSON.stringify(problem));
                    assert.ok(codes.includes(problem.code), problem.code);
                });

            test('400 comes before anything else: no right, no such dialogue, no key', async () => {
                await hall.refused(hall.anyone.request('POST', OPINIONS, { body: '{' }), 400, 'bad_json');
                await hall.refused(raw('{', {}, '/api/v1/dialogues'), 400, 'bad_json');
                await hall.refused(raw('{', {}, '/api/v1/opinions/2024-9999/actions'), 400, 'bad_json');
            });

            test('256 KiB is looked at, one byte more is 413', async () => {
                const filled = (size) => `{"content":"a","author":{"type":"resident"}${' '.repeat(size - 44)}}`;
                assert.equal(filled(262144).length, 262144);
                assert.equal((await raw(filled(262144))).status, 201);
                await hall.refused(raw(filled(262145)), 413, 'too_large');
            });

            test('415: another content type', async () => {
                for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'multipart/form-data; boundary=x'])
                    await hall.refused(raw(text, { 'content-type': type }), 415, 'media_type');
                assert.equal((await raw(text, { 'content-type': 'application/json; charset=utf-8' })).status, 201);
                assert.equal((await raw(text, { 'content-type': 'Application/JSON' })).status, 201);
            });
        });

        describe('Idempotency-Key', () => {
            test('is required on opinions and has a form', async () => {
                await hall.refused(hall.anyone.request('POST', OPINIONS, { body: plain }), 422, 'required', 'Idempotency-Key');
                for (const key of ['x'.repeat(65), 'a b', 'a\tb'])
                    await hall.refused(raw(plain, { 'idempotency-key': key }), 422, 'invalid', 'Idempotency-Key');
                assert.equal((await raw(plain, { 'idempotency-key': `${randomUUID()}~!@#$%^&*()[]{}:;`.slice(0, 64) })).status, 201);
            });

            test('the same key and body: the same answer with its receipt, one opinion', async () => {
                const key = hall.key(), first = await raw(plain, key), again = await raw(plain, key);
                assert.deepEqual([again.status, again.body], [first.status, first.body]);
            });

            test('the same key and another body: 422', async () => {
                const key = hall.key();
                await raw(plain, key);
                await hall.refused(raw({ ...plain, content: 'Khác' }, key), 422, 'idempotency_mismatch');
            });

            test('one key of two people is two keys', async () => {
                const key = hall.key(), path = OPINIONS;
                const mine = await hall.khom1.request('POST', path, { body: plain, headers: key }), theirs = await hall.khom2.request('POST', path, { body: plain, headers: key });
                assert.notEqual(mine.body.number, theirs.body.number);
            });

            test('ten at once with one key are one opinion', async () => {
                const key = hall.key(), replies = await Promise.all(Array.from({ length: 10 }, () => raw(plain, key)));
                assert.deepEqual([...new Set(replies.map((reply) => reply.status))], [201]);
                assert.equal(new Set(replies.map((reply) => JSON.stringify(reply.body))).size, 1);
            });

            test('the kept answer is sealed: neither key nor number nor receipt stand in its row, nor key and receipt anywhere in the database', async () => {
                const key = hall.key(), body = { ...plain, content: 'Giữ kín biên nhận' }, { body: { number, receipt } } = await raw(body, key);
                const given = key['idempotency-key'], asBytes = Buffer.from(given.replaceAll('-', ''), 'hex'), id = Buffer.alloc(8);
                id.writeBigInt64LE(BigInt(ward.sql('SELECT max(opinion_id) FROM opinion')));
                const columns = ['key_hash', 'body_hash', 'answer'].map(ward.hex).join(', ');
                const kept = ward.sql(`SELECT ${columns} FROM idempotency`).split(/\s+/).map((hex) => Buffer.from(hex, 'hex'));
                assert.ok(kept.length >= 3 && kept.length % 3 === 0 && kept.every((bytes) => bytes.length >= 32));
                const stands = (text) => kept.some((bytes) => bytes.includes(text));
                for (const text of [given, asBytes, number, id, receipt, receipt.slice(0, 8), receipt.slice(8)]) assert.ok(!stands(text), text);
                const everywhere = await ward.bytes(), anywhere = (text) => everywhere.some((bytes) => bytes.includes(text) || bytes.includes(Buffer.from(text).toString('hex')));
                assert.ok(anywhere(`opinion ${number}`), 'this is where the opinion lies');
                for (const text of [receipt, receipt.replace(/\d{4}(?=\d)/g, '$& '), receipt.replace(/\d{4}(?=\d)/g, '$&-'), given, asBytes])
                    assert.ok(!anywhere(text), text);
                assert.ok(!ward.stderr.includes(receipt) && !ward.stderr.includes(given));
                assert.equal((await raw(body, key)).body.receipt, receipt, 'who has the key reads it again');
            });

            test('an action repeated with its key is done once', async () => {
                const o = await hall.submit(), key = hall.key(), body = { action: 'relay' }, path = `/api/v1/opinions/${o.number}/actions`;
                const first = await hall.thuky.request('POST', path, { body, headers: key });
                const again = await hall.thuky.request('POST', path, { body, headers: key });
                assert.deepEqual([first.status, again.status, again.body], [200, 200, first.body]);
                await hall.refused(hall.thuky.opinion(o.number, 'relay'), 409, 'wrong_state');
            });

            test('what was refused may be tried again with its key', async () => {
                const o = await hall.submit(), key = hall.key(), path = `/api/v1/opinions/${o.number}/actions`;
                const call = () => hall.chutich.request('POST', path, { body: { action: 'call' }, headers: key });
                await hall.refused(call(), 404, 'not_found');
                await hall.done(hall.thuky, o.number, 'relay');
                assert.equal((await call()).status, 200);
            });
        });

        describe('the order of checks', () => {
            const path = (number) => `/api/v1/opinions/${number}/actions`;
            test('401, 404, 403, 409 wrong_state, 422, other 409', async () => {
                const hidden = await hall.submit(), shown = await hall.inState('relayed');
                const bad = { action: 'answer', mode: 'shouted', extra: 1, if_version: 1 };
                await hall.refused(hall.anyone.post(path(hidden.number), bad), 401, 'unauthenticated');
                await hall.refused(hall.chutich.post(path(hidden.number), bad), 404, 'not_found');
                await hall.refused(hall.chutich.post(path('2024-9999'), bad), 404, 'not_found');
                await hall.refused(hall.khom1.post(path(shown.number), bad), 403, 'forbidden');
                await hall.refused(hall.chutich.post(path(shown.number), { action: 'conclude', extra: 1, if_version: 1 }), 409, 'wrong_state');
                await hall.refused(hall.chutich.post(path(shown.number), { ...bad, if_version: 99 }), 422);
                await hall.refused(hall.chutich.opinion(shown.number, 'call', { if_version: 1 }), 409, 'stale', 'if_version');
                assert.equal((await hall.chutich.opinion(shown.number, 'call', { if_version: shown.version })).status, 200);
            });

            test('the action itself: missing, unknown, of the system, no text', async () => {
                const o = await hall.inState('relayed');
                await hall.refused(hall.chutich.post(path(o.number), {}), 422, 'required', 'action');
                for (const action of ['burn', 'lapse', '', 5, null]) {
                    const { status, body } = await hall.chutich.post(path(o.number), { action });
                    assert.deepEqual([status, body.field], [422, 'action']);
                }
                await hall.refused(hall.anyone.post(path(o.number), { action: 'burn' }), 401);
                await hall.refused(hall.chutich.post(path('2024-9999'), { action: 'burn' }), 404);
                await hall.refused(hall.chutich.post('/api/v1/dialogues/1/actions', { action: 'burn' }), 422, 'invalid', 'action');
                await hall.refused(hall.anyone.post('/api/v1/dialogues/1/actions', { action: 'open' }), 401);
                await hall.refused(hall.chutich.post('/api/v1/dialogues/99/actions', { action: 'open' }), 404);
            });

            const wrongs = [['text left out', 'answer', { mode: 'spoken', kind: 'answer' }, 'required', 'text'], ['text too long', 'answer', { mode: 'spoken', kind: 'answer', text: letters(20001) }, 'too_long', 'text'],
                ['mode unknown', 'answer', { mode: 'x', kind: 'answer', text: 'a' }, 'invalid', 'mode'], ['kind left out', 'answer', { mode: 'spoken', text: 'a' }, 'required', 'kind'],
                ['legal_refs a text', 'answer', { mode: 'spoken', kind: 'answer', text: 'a', legal_refs: 'a' }, 'invalid', 'legal_refs'],
                ['legal_refs of numbers', 'answer', { mode: 'spoken', kind: 'answer', text: 'a', legal_refs: [1] }, 'invalid', 'legal_refs'],
                ['an unknown parameter', 'answer', { mode: 'spoken', kind: 'answer', text: 'a', state: 'concluded' }, 'unknown_field', 'state'],
                ['if_version a text', 'call', { if_version: '1' }, 'invalid', 'if_version'], ['on_behalf unknown', 'call', { on_behalf: 'mayor' }, 'invalid', 'on_behalf'],
                ['proof without kind', 'call', { proof: {} }, 'invalid', 'proof'], ['proof with more', 'call', { proof: { kind: 'call', x: 1 } }, 'unknown_field', 'proof'],
                ['assigned to nobody known', 'assign', { to: 'khongco' }, 'invalid', 'to'], ['due no day', 'assign', { to: 'diachinh', due: '2024-02-30' }, 'invalid', 'due'],
                ['due in another form', 'assign', { to: 'diachinh', due: '20/07/2024' }, 'invalid', 'due'], ['refer for no reason', 'refer', { agency: 'Sở' }, 'required', 'reason'],
                ['with a text', 'assign', { to: 'diachinh', with: 'congan' }, 'invalid', 'with']];
            for (const [name, action, parameters, code, field] of wrongs)
                test(`422: ${name}`, async () => hall.refused(hall.chutich.opinion((await hall.inState('relayed')).number, action, parameters), 422, code, field));
        });

        describe('problems', () => {
            const ask = (language) => hall.anyone.request('POST', OPINIONS, { body: { ...plain, content: '' }, headers: { ...hall.key(), ...(language && { 'accept-language': language }) } });
            test('say it in Vietnamese unless another language is asked for', async () => {
                const [none, vi, first, other] = await Promise.all([null, 'vi-VN,vi;q=0.9', 'vi,en;q=0.5', 'fr'].map(ask));
                assert.match(none.headers.get('content-type'), /^application\/problem\+json/);
                assert.deepEqual(Object.keys(none.body).sort(), ['code', 'detail', 'field', 'status', 'title', 'type']);
                assert.equal(none.body.status, 422);
                assert.match(none.body.title, /thiếu/);
                for (const same of [vi, first, other]) assert.deepEqual(same.body, none.body);
            });

            test('say it in English when asked for', async () => {
                const en = await ask('en-US,en;q=0.9');
                assert.doesNotMatch(`${en.body.title} ${en.body.detail}`, /[^\x20-\x7e]/);
            });

            test('a path of the API that is not there, and a method it has not', async () => {
                const { status } = await hall.anyone.get('/api/v1/nothing');
                assert.equal(status, 404);
                const { status: method } = await hall.anyone.request('PUT', '/api/v1/dialogues');
                assert.equal(method, 405);
                for (const id of ['0', '-1', 'x', '01', '99999999999999999999']) assert.equal((await hall.anyone.get(`/api/v1/dialogues/${id}`)).status, 404, id);
                for (const number of ['x', '2024', '2024-', '2024-00001', '-2024-0001']) assert.equal((await hall.anyone.get(`/api/v1/opinions/${number}`)).status, 404, number);
            });
        });

        describe('lists', () => {
            test('pages of every size give the same list, ascending, to the end', async () => {
                const all = async (client, limit) => {
                    const items = [];
                    for (let next = '', rounds = 0; next !== null; rounds++) {
                        assert.ok(rounds < 500);
                        const { body } = await client.get(`${OPINIONS}?limit=${limit}${next && `&after=${encodeURIComponent(next)}`}`);
                        assert.ok(body.items.length <= limit);
                        assert.deepEqual(Object.keys(body).sort(), ['items', 'next']);
                        items.push(...body.items);
                        next = body.next;
                    }
                    return items.map((item) => item.number);
                };
                for (const client of [hall.anyone, hall.thuky, hall.khom4]) {
                    const whole = await all(client, 200);
                    assert.deepEqual(whole, [...whole].sort());
                    assert.equal(new Set(whole).size, whole.length);
                    for (const limit of [1, 7, 50]) assert.deepEqual(await all(client, limit), whole);
                }
                assert.ok((await hall.anyone.get(OPINIONS)).body.items.length <= 50);
            });

            for (const [name, value] of [['limit', '0'], ['limit', '201'], ['limit', '-1'], ['limit', 'x'], ['limit', ''], ['limit', '1.5'], ['after', 'x'], ['state', 'unknown'], ['state', ''], ['field', 'x'], ['khom', 'x'], ['q', 'a'.repeat(201)]])
                test(`422: ${name}=${value.slice(0, 9)}`, async () => assert.equal((await hall.refused(hall.anyone.get(`${OPINIONS}?${name}=${value}`), 422)).field, name));

            test('dialogues come in pages too', async () => {
                const { body } = await hall.anyone.get('/api/v1/dialogues');
                assert.deepEqual([body.items[0].id, body.items[0].state, body.next], [1, 'open', null]);
                for (const query of ['limit=0', 'limit=201', 'after=x']) await hall.refused(hall.anyone.get(`/api/v1/dialogues?${query}`), 422, 'invalid');
            });

            test('filters: each item fits them, alone and together', async () => {
                for (const [query, fits] of [['state=relayed', (o) => o.state === 'relayed'], ['field=construction', (o) => o.field === 'construction'], ['khom=khom4', (o) => o.khom === 'khom4'],
                    ['state=relayed&field=construction', (o) => o.state === 'relayed' && o.field === 'construction']]) {
                    const { body } = await hall.thuky.get(`${OPINIONS}?limit=200&${query}`), { body: whole } = await hall.thuky.get(`${OPINIONS}?limit=200`);
                    assert.ok(body.items.length > 0, query);
                    assert.deepEqual(body.items.map((o) => o.number), whole.items.filter(fits).map((o) => o.number), query);
                }
            });

            test('q finds with and without marks, words with signs, and nothing that was not relayed', async () => {
                const word = 'Khuỷnh';
                const shown = await hall.inState('relayed', { content: `Bờ kè ${word} theo Kế hoạch 66/KH-UBND, hỏi "đến bao giờ?"` });
                await hall.submit({ content: `Bờ kè ${word} chưa chuyển` });
                const found = async (q, client = hall.anyone) => (await client.get(`${OPINIONS}?limit=200&q=${encodeURIComponent(q)}`)).body.items.map((o) => o.number);
                for (const q of ['khuỷnh', 'khuynh', 'KHUYNH', 'Khuỷnh'.normalize('NFD'), 'bờ kè khuynh', `khuynh ${shown.number}`, 'khuynh 66/KH-UBND', '"khuynh"', 'khuynh*', "khuynh'"])
                    assert.deepEqual(await found(q), [shown.number], q);
                for (const q of ['66/KH-UBND', '66/kh-ubnd', 'den bao gio']) assert.ok((await found(q)).includes(shown.number), q);
                for (const q of ['khongcotunay', 'khuynh khongcotunay', 'chưa chuyển khuynh']) assert.deepEqual(await found(q), [], q);
            });

            test('q is plain text to either engine: signs alone find nothing, a word that a query language has is a word', async () => {
                const shown = await hall.inState('relayed', { content: 'Bảng trước trụ sở ghi "AND, OR: NOT NEAR 30" là gì?' });
                const found = async (q) => (await hall.anyone.get(`${OPINIONS}?limit=200&q=${encodeURIComponent(q)}`)).body.items.map((o) => o.number);
                for (const q of ['*', '"', '""', '-', '():', '%', '_', '\\', '&', '|', '!', '<->', "'", "''", ':*', '…', '🙂', '\u200d*']) assert.deepEqual(await found(q), [], q);
                for (const q of ['OR', 'or', 'AND', 'NOT', 'NEAR', 'NEAR(', 'bang OR', 'NOT bang', 'AND OR', '"OR"', 'OR*', '-OR', 'near & or', '!or', "or':*"])
                    assert.deepEqual(await found(q), [shown.number], q);
                for (const q of ['khuynh OR', 'OR 1=1', "' OR 1=1 --", 'words:or', 'bang NOT khongco', 'bang | khongco', 'khuyn*', 'truo*']) assert.deepEqual(await found(q), [], q);
                const all = await found('');
                assert.ok(all.length > 5 && all.includes(shown.number), 'no words seek nothing: the whole list');
                assert.deepEqual(await found('  \t '), all);
            });

            test('an item has what the contract lists; the public sees initials, no contacts', async () => {
                const o = await hall.inState('relayed', { author: { type: 'resident', name: 'Lê Thị Kín', phone: '0912345678', email: 'kin@example.vn' } });
                const { body } = await hall.anyone.get(`${OPINIONS}?limit=200&q=${o.number}`);
                const item = body.items.find((each) => each.number === o.number);
                for (const name of ['number', 'state', 'version', 'content', 'kind', 'field', 'khom', 'author', 'responsible', 'due', 'overdue']) assert.ok(name in item, name);
                for (const client of [hall.anyone, hall.khom1, hall.hdnd, hall.danguy]) {
                    const { body: whole } = await client.get(`/api/v1/opinions/${o.number}`);
                    assert.doesNotMatch(JSON.stringify(whole), /0912345678|kin@example/);
                }
                const { body: open } = await hall.anyone.get(`/api/v1/opinions/${o.number}`);
                assert.equal(open.author.name, 'L.T.K.');
                for (const name of ['number', 'dialogue', 'state', 'version', 'content', 'kind', 'field', 'khom', 'channel', 'scope', 'authority', 'assignments', 'referrals', 'exchanges', 'answers', 'due', 'responsible',
                    'round', 'verdict', 'outcome', 'overdue', 'actions']) assert.ok(name in open, name);
                assert.deepEqual(open.actions, []);
            });
        });
    });
