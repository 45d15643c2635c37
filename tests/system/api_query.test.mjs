// SPDX-License-Identifier: AGPL-3.0-or-later
// The query of the API is as strict as its bodies: what can't be read, says two things or isn't known is a problem that
// names the parameter, in the order of the contract: 400, 401, 404, 403, 422.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, Ward } from './harness.mjs';

let ward, secretary, author;
before(async () => {
    ward = await Ward.demo('open');
    secretary = await ward.signIn('thuky');
    const { body } = await ward.anyone.post(`${ONE}/opinions`, { content: 'Đèn đường hẻm 3 hư.', author: { type: 'resident' } });
    author = ward.author(body.receipt);
});
after(() => ward.stop());

const ONE = '/api/v1/dialogues/1', TITLES = { bad_encoding: 'Văn bản có ký tự không đọc được', duplicate_key: 'Một mục được gửi hai lần', unknown_field: 'Có mục không được nhận ở đây' };

/** The problem of the reply, which is `code` about `field` and in Vietnamese. */
function isProblem({ status, headers, body }, [wanted, code, field], what) {
    assert.deepEqual([status, body.code, body.field, body.status], [wanted, code, field, wanted], `${what}: ${JSON.stringify(body).slice(0, 300)}`);
    assert.equal(headers.get('content-type'), 'application/problem+json', what);
    if (TITLES[code]) assert.equal(body.title, TITLES[code], what);
    assert.match(body.detail, /^\p{Lu}\p{Ll}.*[à-ỹ].*\.$/u, what);
}

/** Every GET of the API, its {parts} filled in, from the table that the program routes by. */
async function gets() {
    const text = await readFile(join(root, 'src/web/routes.c'), 'utf8'), given = { id: '1', number: '2024-0001', file: 'plan.pdf' };
    return [...text.matchAll(/\{HTTP_GET, "(\/api\/v1[^"]*)"/g)].map(([, path]) => path.replace(/\{(\w+)\}/g, (_, name) => given[name]));
}

test('a query that is no text is a problem with the name of the parameter, whoever asks', async () => {
    const rows = [['after=%%', 'after'], ['q=%zz', 'q'], ['limit=5&q=a%', 'q'], ['q=%00', 'q'], ['state=relayed%00', 'state'], ['q=%ff', 'q'],
        ['q=%C3', 'q'], ['q=%ED%A0%80', 'q'], ['q=a%07', 'q'], ['after=%E2%80%AE2024-0001', 'after'], ['a%20b=%', 'a b'], ['%00=1'], ['%ff=1'], ['%=1'], ['=%']];
    const paths = await gets();
    assert.ok(paths.length > 10, `${paths}`);
    for (const path of paths)
        for (const [query, field] of rows)
            for (const client of [ward.anyone, secretary]) isProblem(await client.get(`${path}?${query}`), [400, 'bad_encoding', field], `${path}?${query}`);
    isProblem(await secretary.get(`${ONE}%00`), [400, 'bad_encoding', undefined], 'in the path');
});

test('in English for whom wants English, and a page for whom asks for a page', async () => {
    const { body } = await ward.anyone.get(`${ONE}/opinions?after=%%`, { 'accept-language': 'en' });
    assert.deepEqual([body.code, body.title], ['bad_encoding', "The text holds characters that can't be read"]);
    const page = await ward.anyone.get('/doi-thoai/1/y-kien?sau=%%');
    assert.equal(page.status, 400);
    assert.match(page.body, /<h1[^>]*>Yêu cầu không đọc được/);
});

test('what is sent with an unreadable query is not done', async () => {
    const opinion = { content: 'Không được ghi lại.', author: { type: 'resident' } };
    isProblem(await ward.anyone.post(`${ONE}/opinions?a=%`, opinion), [400, 'bad_encoding', 'a'], 'a body');
    isProblem(await ward.anyone.post(`${ONE}/opinions?a=1`, opinion), [422, 'unknown_field', 'a'], 'a body');
    isProblem(await ward.anyone.post('/api/v1/sessions?a=1', { username: 'thuky', password: 'x' }), [422, 'unknown_field', 'a'], 'sign-in');
    const other = await ward.signIn('vanphong');
    isProblem(await other.request('DELETE', '/api/v1/sessions?a=1'), [422, 'unknown_field', 'a'], 'sign-out');
    assert.equal((await other.get(`${ONE}/attendance`)).status, 200, 'still signed in');
    assert.deepEqual((await secretary.get(`${ONE}/opinions?q=${encodeURIComponent('Không được ghi lại')}`)).body.items, []);
});

test('a parameter that comes twice is refused, even with the same value', async () => {
    for (const query of ['limit=5&limit=6', 'limit=5&state=owed&limit=5', 'limit=5&%6Cimit=5', 'foo&foo'])
        isProblem(await ward.anyone.get(`${ONE}/opinions?${query}`), [400, 'duplicate_key', query.startsWith('foo') ? 'foo' : 'limit'], query);
});

test('an unknown parameter is refused everywhere, after who asks and what they may see', async () => {
    for (const path of await gets()) {
        const plain = await secretary.get(path.endsWith('/events') ? `${path}?foo=1` : path), asked = await secretary.get(`${path}?foo=1`);
        if (path.endsWith('/events') || plain.status === 200) isProblem(asked, [422, 'unknown_field', 'foo'], path);
        else assert.deepEqual([asked.status, asked.body.code], [plain.status, plain.body.code], path);
    }
    isProblem(await ward.anyone.get(`${ONE}/invitees?foo=1&limit=x`), [401, 'unauthenticated', undefined], 'nobody');
    isProblem(await secretary.get('/api/v1/dialogues/77/opinions?foo=1&limit=x'), [404, 'not_found', undefined], 'no such dialogue');
    isProblem(await secretary.get(`${ONE}/documents?foo=1&limit=x`), [403, 'forbidden', undefined], 'not theirs');
    for (const name of ['limi', 'limits', 'after%20limit', 'LIMIT', ''])
        isProblem(await secretary.get(`${ONE}/opinions?${name}=5`), [422, 'unknown_field', decodeURIComponent(name)], name);
});

test('a stream takes up after an event: as the page of the dialogue asks for it, and a client of the API', async () => {
    const { body } = await ward.anyone.get('/doi-thoai/1'), [, after] = /data-events="[^"]+\?after=(\d+)"/.exec(body);
    for (const path of ['/doi-thoai/1/su-kien', `${ONE}/events`]) {
        const leaving = new AbortController(), reply = await fetch(new URL(`${path}?after=${after}`, ward.url), { signal: leaving.signal });
        assert.deepEqual([reply.status, reply.headers.get('content-type').split(';')[0]], [200, 'text/event-stream'], path);
        leaving.abort();
    }
});

test('of a paper it is asked first who may have it, then which one', async () => {
    const files = ['task', 'answer', 'time_notice', 'referral'];
    for (const file of files) {
        isProblem(await ward.anyone.get(`${ONE}/documents/${file}.pdf`), [401, 'unauthenticated', undefined], file);
        isProblem(await ward.anyone.get(`${ONE}/documents/${file}.pdf?opinion=x`), [401, 'unauthenticated', undefined], file);
        isProblem(await ward.anyone.get(`/api/v1/dialogues/77/documents/${file}.pdf`), [404, 'not_found', undefined], file);
        assert.equal((await ward.anyone.get(`/doi-thoai/1/van-ban/${file}.pdf`)).status, 401, file);
    }
    const chair = await ward.signIn('chutich'), archivist = await ward.signIn('vanthu');
    for (const file of files) isProblem(await chair.get(`${ONE}/documents/${file}.pdf`), [422, 'required', 'opinion'], file);
    isProblem(await chair.get(`${ONE}/documents/task.pdf?opinion=x`), [422, 'invalid', 'opinion'], 'no number');
    isProblem(await archivist.get(`${ONE}/documents/task.pdf`), [403, 'forbidden', undefined], 'not theirs');
    isProblem(await author.get(`${ONE}/documents/answer.pdf`), [422, 'required', 'opinion'], 'an author');
    isProblem(await author.get(`${ONE}/documents/task.pdf`), [403, 'forbidden', undefined], 'an author');
    isProblem(await ward.anyone.get(`${ONE}/documents/plan.pdf?edition=whole`), [422, 'invalid', 'edition'], 'edition');
});
