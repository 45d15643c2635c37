// SPDX-License-Identifier: AGPL-3.0-or-later
// A rehearsal of the hall (R52): made from a real dialogue, with nobody's data in it, thrown away
// without a trace in the real store. What --discard does not know, it leaves alone.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { access, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const program = process.env.DOITHOAI;
const password = 'matkhau-mau';
let dir, real, copy, said;

const run = (...args) => new Promise((done) => execFile(program, args, { maxBuffer: 1 << 24 },
    (error, stdout, stderr) => done({ status: error ? error.code : 0, stdout, stderr })));
const exists = (path) => access(path).then(() => true, () => false);
const rows = async (file, query) => JSON.parse((await promisify(execFile)('sqlite3', ['-readonly', '-json', file, query], { maxBuffer: 1 << 26 })).stdout || '[]');

/** Every text of a table that a person wrote or is called by. */
async function personal(file, table) {
    const columns = (await rows(file, `PRAGMA table_info(${table})`)).map((c) => c.name)
        .filter((name) => /name$|email|phone|address|contact|organisation|content|text|note/.test(name) && name !== 'username');
    assert.ok(columns.length > 0, table);
    const all = await rows(file, `SELECT ${columns.join(', ')} FROM ${table}`);
    return all.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string' && value.length >= 6);
}

async function bytesOf(folder) {
    const names = (await readdir(folder)).sort();
    return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
}

before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'doithoai-rehearse-'));
    [real, copy] = [join(dir, 'real'), join(dir, 'dien-tap')];
    const demo = await run('demo', '--data', real, '--stage', 'open', '--password', password);
    assert.equal(demo.status, 0, demo.stderr);
    const entries = 'SELECT count(*) AS n, hex(max(hash)) AS h FROM entry';
    const head = await rows(join(real, 'doithoai.db'), entries);
    const made = await run('rehearse', '--data', real, '--into', copy, '--password', 'dientap-123');
    assert.equal(made.status, 0, made.stderr);
    said = made.stdout;
    assert.deepEqual(await rows(join(real, 'doithoai.db'), entries), head);
});
after(() => rm(dir, { recursive: true, force: true }));

test('R52 the rehearsal says what it is, how to run it, how to throw it away and who signs in', () => {
    assert.match(said, /^DIỄN TẬP: /);
    for (const words of ['--hall', 'rehearse --discard', 'dientap-123', 'chutich', 'thuky']) assert.ok(said.includes(words), words);
});

test('no name, contact or opinion of the real ward is in its files', async () => {
    const inside = await bytesOf(copy);
    let looked = 0;
    for (const table of ['account', 'opinion', 'invitee'])
        for (const value of new Set(await personal(join(real, 'doithoai.db'), table))) {
            looked++;
            assert.ok(!inside.includes(Buffer.from(value, 'utf8')), `${table}: ${value}`);
        }
    assert.ok(looked > 60, `${looked} values looked for`);
});

test('both stores verify, the real one unchanged', async () => {
    for (const store of [real, copy]) {
        const { status, stdout, stderr } = await run('verify', '--data', store);
        assert.equal(status, 0, stdout + stderr);
    }
});

test('R52 the rehearsal is served, marked on its front page, and its secretary signs in', async () => {
    const server = spawn(program, ['serve', '--data', copy, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
        let url;
        for await (const line of createInterface({ input: server.stdout })) {
            url = line.match(/http:\S+/)?.[0].replace(/\/$/, '');
            if (url) break;
        }
        const page = await (await fetch(`${url}/`)).text();
        assert.match(page, /DIỄN TẬP/);
        const headers = { 'content-type': 'application/json', origin: url };
        const signed = await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers, body: JSON.stringify({ username: 'thuky', password: 'dientap-123' }) });
        assert.ok(signed.status === 200 || signed.status === 201, `${signed.status} ${await signed.text()}`);
    } finally {
        const gone = new Promise((done) => server.once('exit', done));
        server.kill('SIGTERM');
        await gone;
    }
});

test('a folder that is in use is not made into a rehearsal, and a dialogue that is not there is refused', async () => {
    const again = await run('rehearse', '--data', real, '--into', copy);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /^[^\n]+\n$/);
    assert.ok(await exists(join(copy, 'doithoai.db')), 'the first one is still there');
    const none = await run('rehearse', '--data', real, '--into', join(dir, 'none'), '--dialogue', '9999');
    assert.equal(none.status, 1);
    assert.ok(!(await exists(join(dir, 'none', 'doithoai.db'))));
    for (const args of [['--data', real], ['--into', join(dir, 'x')], ['--discard', copy, '--data', real], ['--data', real, '--into', join(dir, 'x'), '--password', 'ngan']])
        assert.equal((await run('rehearse', ...args)).status, 2, args.join(' '));
});

test('--discard leaves a real ward, a link and a folder with other files alone', async () => {
    const link = join(dir, 'link');
    await symlink(copy, link);
    const before = await bytesOf(real);
    for (const path of [real, link, join(dir, 'nowhere')]) assert.equal((await run('rehearse', '--discard', path)).status, 1, path);
    assert.ok(before.equals(await bytesOf(real)));
    await writeFile(join(copy, 'ghi-chu.txt'), 'của tôi');
    assert.equal((await run('rehearse', '--discard', copy)).status, 1);
    assert.ok(await exists(join(copy, 'doithoai.db')));
    await rm(join(copy, 'ghi-chu.txt'));
    await writeFile(join(real, 'DIEN-TAP'), 'doithoai rehearsal 1\n'); // even with the mark, its store says no
    assert.equal((await run('rehearse', '--discard', real)).status, 1);
    await rm(join(real, 'DIEN-TAP'));
    assert.ok(before.equals(await bytesOf(real)));
});

test('--discard takes the whole rehearsal and nothing else', async () => {
    const { status, stderr } = await run('rehearse', '--discard', copy);
    assert.equal(status, 0, stderr);
    assert.ok(!(await exists(copy)));
    assert.equal((await run('verify', '--data', real)).status, 0);
});
