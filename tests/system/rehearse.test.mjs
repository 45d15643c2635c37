// SPDX-License-Identifier: AGPL-3.0-or-later
// A rehearsal of the hall (R52): made from a real dialogue, with nobody's data in it, thrown away
// without a trace in the real store. What --discard does not know, it leaves alone.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { access, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const program = process.env.DOITHOAI;
const password = 'matkhau-mau';
let dir, real, copy, said;

const run = (...args) => new Promise((done) => execFile(program, args, { maxBuffer: 1 << 24 },
    (error, stdout, stderr) => done({ status: error ? error.code : 0, stdout, stderr })));
/** rehearse --run until it listens: { url, lines, folder, end(signal) }. end() waits for its audience too, which holds the same stderr. */
async function rehearse(...args) {
    const child = spawn(program, ['rehearse', '--data', real, '--run', '--password', 'dientap-123', '--listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = [];
    let stderr = '', listens;
    const url = new Promise((done) => { listens = done; });
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
    const closed = new Promise((done) => child.once('close', (code) => done({ status: code, stdout: lines.join('\n'), stderr })));
    createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        const found = /^listening on (http:\S+)$/.exec(line);
        if (found) listens(found[1]);
    });
    const at = await Promise.race([url, closed]);
    assert.equal(typeof at, 'string', `ended before it listened: ${JSON.stringify(at)}`);
    return { url: at, lines, folder: /nằm trong (\S+),/.exec(lines.join('\n'))[1], end: (signal) => (child.kill(signal), closed) };
}

async function signIn(url, username) {
    const headers = { 'content-type': 'application/json', origin: url };
    const signed = await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers, body: JSON.stringify({ username, password: 'dientap-123' }) });
    assert.equal(signed.status, 201, username);
    return { authorization: `Bearer ${(await signed.json()).token}` };
}

const headOf = (folder) => rows(join(folder, 'doithoai.db'), 'SELECT count(*) AS n, hex(max(hash)) AS h FROM entry');
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
    const head = await headOf(real);
    const made = await run('rehearse', '--data', real, '--into', copy, '--password', 'dientap-123');
    assert.equal(made.status, 0, made.stderr);
    said = made.stdout;
    assert.deepEqual(await headOf(real), head);
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
        await signIn(url, 'thuky');
        // Ports don't part cookies: each of its own ends in a way the real ward's don't.
        const form = await fetch(`${url}/lam-viec/dang-nhap`);
        const fields = { csrf: /name="csrf" value="([^"]*)"/.exec(await form.text())?.[1] ?? '', username: 'thuky', password: 'dientap-123' };
        const cookie = form.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
        const reply = await fetch(`${url}/lam-viec/dang-nhap`, { method: 'POST', redirect: 'manual', headers: { cookie, origin: url }, body: new URLSearchParams(fields) });
        assert.equal(reply.status, 303);
        const names = reply.headers.getSetCookie().map((one) => one.split('=')[0]);
        assert.ok(names.includes('phien-dien-tap') && names.every((name) => name.endsWith('-dien-tap')), names.join());
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
    await Promise.all([rm(join(copy, 'ghi-chu.txt')), rm(link)]);
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

test('R52 --run is the whole rehearsal: served beside the real one, an audience asks, nothing is left of it', async () => {
    const head = await headOf(real);
    const going = await rehearse('--people', '150');
    assert.equal(dirname(going.folder), dir, 'beside the real one');
    assert.equal((await stat(going.folder)).mode & 0o777, 0o700);
    const headers = await signIn(going.url, 'thuky');
    let asked = [];
    while (asked.length === 0) {
        const list = await (await fetch(`${going.url}/api/v1/dialogues/1/opinions?state=received&limit=200`, { headers })).json();
        asked = list.items.filter(({ content }) => content.includes('['));
    }
    const { status, stdout, stderr } = await going.end('SIGINT');
    assert.equal(status, 0, stdout + stderr);
    assert.doesNotMatch(stderr, /^refused|^doithoai:/m, 'nobody was refused');
    assert.match(stdout, /^sổ nguyên vẹn: \d+ mục/m);
    assert.ok(Number(/có thêm (\d+) ý kiến/.exec(stdout)[1]) >= asked.length, stdout);
    assert.ok(!(await exists(going.folder)));
    assert.deepEqual(await readdir(dir), ['real'], 'nothing is left beside the real one');
    assert.deepEqual(await headOf(real), head);
    assert.equal((await run('verify', '--data', real)).status, 0);
});

test('--run ends in good order when its terminal is closed, and without an audience', async () => {
    for (const signal of ['SIGHUP', 'SIGTERM']) {
        const going = await rehearse('--people', '0', '--into', copy);
        const { status, stdout, stderr } = await going.end(signal);
        assert.equal(status, 0, stdout + stderr);
        assert.match(stdout, /có thêm 0 ý kiến/);
        assert.ok(!(await exists(copy)));
    }
});

test('a --run that was killed leaves no audience, and a folder that --discard takes', async () => {
    const going = await rehearse('--people', '5');
    await going.end('SIGKILL');
    assert.ok(await exists(join(going.folder, 'doithoai.db')));
    const { status, stderr } = await run('rehearse', '--discard', going.folder);
    assert.equal(status, 0, stderr);
    assert.deepEqual(await readdir(dir), ['real']);
});

test('--run that cannot begin leaves nothing behind and says why', async () => {
    const busy = createServer();
    await new Promise((done) => busy.listen(0, '127.0.0.1', done));
    const taken = await run('rehearse', '--data', real, '--run', '--listen', `127.0.0.1:${busy.address().port}`, '--people', '3');
    await new Promise((done) => busy.close(done));
    assert.equal(taken.status, 1);
    assert.match(taken.stderr, /không mở được địa chỉ/);
    assert.deepEqual(await readdir(dir), ['real']);
    const before = await bytesOf(real);
    const used = await run('rehearse', '--data', real, '--run', '--listen', '127.0.0.1:0', '--into', real);
    assert.equal(used.status, 1);
    assert.match(used.stderr, /^[^\n]*thư mục không trống[^\n]*\n$/);
    assert.ok(before.equals(await bytesOf(real)));
    const none = await run('rehearse', '--data', real, '--run', '--dialogue', '9999');
    assert.equal(none.status, 1);
    assert.deepEqual(await readdir(dir), ['real']);
    const into = ['--data', real, '--into', copy];
    for (const args of [['--run'], ['--run', '--discard', copy], ['--data', real, '--run', '--people', '1001'], [...into, '--people', '3'], [...into, '--hall'], [...into, '--listen', '127.0.0.1:0']])
        assert.equal((await run('rehearse', ...args)).status, 2, args.join(' '));
    assert.deepEqual(await readdir(dir), ['real']);
});
