// SPDX-License-Identifier: AGPL-3.0-or-later
// What leaves the machine comes back whole: backups made while the server runs, and exports. Nothing of a broken or
// foreign file is taken in, and nothing is written over.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, Ward } from './harness.mjs';

const password = 'mat-khau-cua-tep';
const text = 'Đường hẻm trước Trường Mẫu giáo bị ngập mỗi khi mưa';
let ward, number, receipt;

before(async () => {
    ward = await Ward.demo('completed');
    const secretary = await ward.signIn('thuky');
    assert.equal((await secretary.get('/api/v1/dialogues')).status, 200);
});
after(() => ward.stop());

const path = (name) => join(ward.dir, name);
const one = (stderr) => assert.match(stderr, /^[^\n]+\n$/);

async function refused(args, wanted = 1) {
    const { status, stdout, stderr } = await run(args);
    assert.equal(status, wanted, `${args.join(' ')}: ${stderr}`);
    assert.equal(stdout, '');
    one(stderr);
}

test('a backup made while people write restores into a sound ward that their receipts open', async () => {
    const open = await Ward.demo('open');
    try {
        const send = (content) => open.anyone.post('/api/v1/dialogues/1/opinions', { content, author: { type: 'anonymous' } });
        ({ number, receipt } = (await send(text)).body);
        const later = Array.from({ length: 20 }, (_, i) => send(`${text}, lần ${i + 2}`));
        const made = await open.run('backup', '-o', path('running'), '--password', password);
        assert.equal(made.status, 0, made.stderr);
        assert.equal(made.stderr, '');
        for (const reply of await Promise.all(later)) assert.equal(reply.status, 201);
        assert.deepEqual((await readdir(open.data)).filter((name) => name.endsWith('.tmp')), []);
    } finally {
        await open.stop();
    }
    const restored = await run(['restore', path('running'), '--data', path('restored'), '--password', password]);
    assert.equal(restored.status, 0, restored.stderr);
    const copy = await Ward.at(['--data', path('restored')]);
    try {
        const { status, body } = await copy.author(receipt).get(`/api/v1/opinions/${number}`);
        assert.equal(status, 200);
        assert.equal(body.content, text);
        await copy.signIn('thuky');
    } finally {
        await copy.stop();
    }
});

test('a backup is its owner\'s alone, unreadable with a password, and warned about without', async () => {
    const plain = await ward.run('backup', '-o', path('plain'));
    assert.equal(plain.status, 0);
    one(plain.stderr);
    const sealed = await ward.run('backup', '-o', path('sealed'), '--password', password);
    assert.equal(sealed.status, 0);
    assert.equal(sealed.stderr, '');
    for (const name of ['plain', 'sealed']) assert.equal((await stat(path(name))).mode & 0o777, 0o600);
    const secret = await readFile(join(ward.data, 'secret'));
    assert.ok((await readFile(path('plain'))).includes(secret));
    assert.ok(!(await readFile(path('sealed'))).includes(secret));
    assert.ok(!(await readFile(path('sealed'))).includes('SQLite format'));
    await refused(['backup', ...ward.where, '-o', path('plain')]);
});

test('what is not whole, not ours or not opened by the password is refused and leaves nothing', async () => {
    const plain = await readFile(path('plain')), sealed = await readFile(path('sealed'));
    const bent = Buffer.from(plain);
    bent[bent.length >> 1] ^= 1;
    const bentSealed = Buffer.from(sealed);
    bentSealed[bentSealed.length >> 1] ^= 1;
    const files = { short: plain.subarray(0, -1), half: plain.subarray(0, plain.length >> 1), long: Buffer.concat([plain, Buffer.from('x')]), bent,
        sealedShort: sealed.subarray(0, -70000), sealedBent: bentSealed, sealedLong: Buffer.concat([sealed, Buffer.from('x')]),
        sealedHead: sealed.subarray(0, 40), other: Buffer.from('{"format":"khac"}\n'), empty: Buffer.alloc(0) };
    for (const [name, bytes] of Object.entries(files)) {
        await writeFile(path(name), bytes);
        for (const command of ['restore', 'import']) {
            await refused([command, path(name), '--data', path('target'), '--password', password]);
            if (existsSync(path('target'))) assert.deepEqual(await readdir(path('target')), [], `${command} ${name}`);
        }
    }
    await refused(['restore', path('sealed'), '--data', path('target'), '--password', 'sai-mat-khau']);
    await refused(['restore', path('sealed'), '--data', path('target')]);
    await refused(['restore', path('plain'), '--data', ward.data]);
    await refused(['import', path('plain'), '--data', path('target')]);
    await refused(['restore', path('nothing'), '--data', path('target')]);
});

test('an export holds every row once, in an order of its own, and no session', async () => {
    const empty = await Ward.init();
    try {
        await empty.signIn('quantri');
        for (const name of ['a', 'b']) assert.equal((await empty.run('export', '-o', path(`export-${name}`))).status, 0);
    } finally {
        await empty.stop();
    }
    const first = await readFile(path('export-a'), 'utf8');
    assert.equal(first, await readFile(path('export-b'), 'utf8'));
    const lines = first.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(lines[0].format, 'doithoai-export');
    assert.equal(lines[0].heads.length, 1);
    assert.equal(lines.at(-1).rows, lines.length - 2);
    const tables = new Set(lines.slice(1, -1).map((line) => line.table));
    assert.ok(tables.has('account') && tables.has('entry') && !tables.has('session') && !tables.has('idempotency'), [...tables].join(' '));
    const back = await run(['import', path('export-a'), '--data', path('imported')]);
    assert.equal(back.status, 0, back.stderr);
    assert.equal((await run(['export', '--data', path('imported'), '-o', path('export-c')])).status, 0);
    assert.equal(first, await readFile(path('export-c'), 'utf8'));
    await writeFile(path('export-less'), first.replace(/\{"table":"entry".*\n/, ''));
    await refused(['import', path('export-less'), '--data', path('imported-less')]);
    assert.deepEqual(await readdir(path('imported-less')), []);
});

test('what is sealed is exported with a password only (invariant 10)', async () => {
    await refused(['export', ...ward.where, '-o', path('export')]);
    assert.ok(!existsSync(path('export')));
    assert.equal((await ward.run('export', '-o', path('export'), '--password', password)).status, 0);
    const back = await run(['import', path('export'), '--data', path('moved'), '--password', password]);
    assert.equal(back.status, 0, back.stderr);
    const moved = await Ward.at(['--data', path('moved')]);
    try {
        for (const url of ['/api/v1/dialogues/1/opinions?q=duong&limit=200', '/api/v1/dialogues/1/opinions?limit=200']) {
            const [before, now] = await Promise.all([ward, moved].map((one) => one.anyone.get(url)));
            assert.equal(now.status, 200);
            assert.deepEqual(now.body, before.body);
        }
    } finally {
        await moved.stop();
    }
});
