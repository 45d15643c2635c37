// SPDX-License-Identifier: AGPL-3.0-or-later
// No acknowledged write is lost or doubled: the server is killed at random instants while a hall of people writes, on a
// disk that forgets whatever was not synced; and with the ward in PostgreSQL. KILLS and SEED for the long run of ./dev soak.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, dirname } from 'node:path';
import { existsSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { engines } from './engines.mjs';
import { Ward, program, password, rule } from './harness.mjs';
import { dropUnsynced } from './power_cut.mjs';

const kills = Number(process.env.KILLS ?? 20);
const preload = process.env.POWER_CUT ?? join(dirname(program), 'tests/system/libpower_cut.so');
let seed = Number(process.env.SEED ?? 20240620);

function random(below) { // a small generator with a printed seed, so that a red run can be repeated
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
}

function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** The disk of SQLite's file, which forgets; PostgreSQL has its own, which is not killed here. */
const FORGETFUL = { LD_PRELOAD: preload, ASAN_OPTIONS: 'verify_asan_link_order=0:detect_leaks=0' };

function serve(where, port, env) {
    const child = spawn(program, ['serve', ...where, '--listen', `127.0.0.1:${port}`],
        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let said = '';
    child.stderr.on('data', (text) => { said += text; });
    const ready = new Promise((resolve, reject) => {
        child.stdout.on('data', (text) => { if (String(text).includes('listening on')) resolve(); });
        child.once('exit', (code, signal) => { if (!child.killed) reject(new Error(`ended: ${code ?? signal}\n${said}`)); });
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    return { child, ready, ended };
}

async function playWithKills(ward, count, env) {
    const port = await freePort();
    let server = serve(ward.where, port, env);
    await server.ready;
    const seconds = Math.ceil(count * 1.2) + 6, ledger = join(ward.dir, 'ledger');
    const written = () => (existsSync(ledger) ? statSync(ledger).size : 0), before = written();
    const hall = spawn(program, ['simulate', '--url', `http://127.0.0.1:${port}`, '--people', '40', '--hurry', '--seconds', String(seconds),
        '--password', password, '--ledger', ledger], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    hall.stdout.on('data', (text) => { said += text; });
    hall.stderr.on('data', (text) => { said += text; });
    const over = new Promise((resolve) => hall.once('exit', (code) => resolve(code)));
    let dropped = 0;
    while (written() === before && hall.exitCode === null) await wait(50); // it signs in first; what is killed from here on is writing
    for (let i = 0; i < count; i++) {
        await wait(100 + random(500));
        server.child.kill('SIGKILL');
        await server.ended;
        dropped += dropUnsynced(ward.data);
        server = serve(ward.where, port, env);
        await server.ready;
    }
    const code = await over;
    server.child.kill('SIGTERM');
    await server.ended;
    return { code, said, dropped };
}

for (const engine of await engines()) test(`${kills} kills ${engine.name === 'sqlite' ? 'on a forgetful disk' : `on ${engine.name}`} lose and double nothing`, async () => {
    assert.ok(existsSync(preload), `${preload} is built with the tests`);
    console.log(`# seed ${seed}, ${kills} kills`);
    const ward = await engine.demo('open', { start: false });
    after(() => ward.stop());
    const { code, said, dropped } = await playWithKills(ward, kills, engine.name === 'sqlite' ? FORGETFUL : {});
    console.log(said.trim().split('\n').map((line) => `# ${line}`).join('\n'));
    console.log(`# unsynced writes dropped: ${dropped}`);
    const [, acknowledged, found, lost] = /acknowledged (\d+), found (\d+), lost (\d+)/.exec(said) ?? [];
    assert.equal(code, 0, said);
    assert.equal(lost, '0');
    assert.equal(acknowledged, found);
    assert.ok(Number(acknowledged) > kills, `only ${acknowledged} writes were acknowledged`);
    assert.ok(Number(/connections failed (\d+)/.exec(said)[1]) > 0, 'the kills were felt');
    const verified = await ward.run('verify');
    assert.equal(verified.status, 0, verified.stderr);
});

test('the same check is red when commits are not synced', async () => {
    const ward = await Ward.demo('open', { start: false });
    after(() => ward.stop());
    let lost = 0;
    for (let attempt = 0; attempt < 3 && lost === 0; attempt++) { // each kill loses something with high likelihood
        const { code, said } = await playWithKills(ward, 5, { ...FORGETFUL, POWER_CUT_NORMAL: '1' });
        lost = code === 0 ? 0 : Number(/lost (\d+)/.exec(said)?.[1] ?? 1);
    }
    assert.ok(lost > 0, 'a weakened store lost nothing: the check cannot see what it is for');
});
