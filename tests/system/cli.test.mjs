// SPDX-License-Identifier: AGPL-3.0-or-later
// The command line as contract.md has it: statuses, one line on stderr, the first line of serve.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { password, program, run, Ward } from './harness.mjs';

/** The commands that --help lists. */
async function commands() {
    const { stdout } = await run(['--help']);
    return [...new Set([...stdout.matchAll(/^doithoai (\w+)/gm)].map((found) => found[1]))];
}

test('help lists the commands, and each explains itself', async () => {
    const names = await commands();
    assert.ok(names.includes('init') && names.includes('serve'), names.join(' '));
    for (const name of names) {
        const { status, stdout } = await run([name, '--help']);
        assert.equal(status, 0, name);
        assert.match(stdout, new RegExp(`doithoai ${name}`));
    }
});

test('wrong use is status 2 and one line in the language of LANG', async () => {
    for (const [args, env] of [[['khong-co-lenh-nay'], { LC_ALL: 'vi_VN.UTF-8' }], [['no-such-command'], { LC_ALL: 'en_US.UTF-8' }],
        [['serve', '--no-such-option'], {}], [['serve', '--now', 'yesterday', '--data', '/nonexistent'], {}]]) {
        const { status, stdout, stderr } = await run(args, { env });
        assert.equal(status, 2, args.join(' '));
        assert.equal(stdout, '');
        assert.match(stderr, /^[^\n]+\n$/, args.join(' '));
    }
});

test('errors are in English where LANG is English', async () => {
    const texts = await Promise.all(['vi_VN.UTF-8', 'en_US.UTF-8'].map((lang) => run(['x'], { env: { LC_ALL: lang } })));
    assert.notEqual(texts[0].stderr, texts[1].stderr);
});

test('help is in the language of LANG for each command', async () => {
    for (const name of await commands()) {
        const [vi, en] = await Promise.all(['vi_VN.UTF-8', 'en_US.UTF-8'].map((one) => run([name, '--help'], { env: { LC_ALL: one } })));
        assert.equal(en.status, 0, name);
        assert.notEqual(vi.stdout, en.stdout, name);
        assert.doesNotMatch(en.stdout, /[^\x00-\x7f]/, `${name}: not all in English`);
    }
});

test('an option that a command does not take is wrong use, and so is what is not made yet', async () => {
    for (const args of [['verify', '--stage', 'open'], ['rules', '--data', '/nonexistent'], ['verify', '--data'], ['verify'],
        ['backup', '--data', '/nonexistent'], ['restore', '--data', '/nonexistent'], ['export'], ['import'],
        ['serve', '--hall', 'on'], ['backup', '--database', 'postgresql:///nonexistent', '-o', '/nonexistent/file']]) {
        const { status, stdout, stderr } = await run(args);
        assert.equal(status, 2, args.join(' '));
        assert.equal(stdout, '');
        assert.match(stderr, /^[^\n]+\n$/, args.join(' '));
    }
});

test('a directory without a ward is refused with status 1', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'doithoai-'));
    try {
        for (const command of ['verify', 'serve']) {
            const { status, stderr } = await run([command, '--data', join(dir, 'nothing')]);
            assert.equal(status, 1, command);
            assert.notEqual(stderr, '', command);
        }
        assert.deepEqual(await readdir(dir), []);
    } finally {
        await rm(dir, { recursive: true });
    }
});

/** At a terminal: what is said there; each answer is typed once its question stands there. */
async function atTerminal(args, answers) {
    const child = spawn('script', ['-qec', [program, ...args].map((word) => `'${word}'`).join(' '), '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
        said += text;
        while (answers.length > 0 && said.includes(answers[0][0])) child.stdin.write(`${answers.shift()[1]}\r`);
    });
    const [status] = await once(child, 'exit');
    return { status, said };
}

test('init asks for the password at a terminal, twice, and shows neither', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'doithoai-')), data = join(dir, 'phuong');
    const init = (first, second) => atTerminal(['init', '--data', data], [['quantri:', first], ['Gõ lại', second]]);
    try {
        const differ = await init(password, `${password}x`);
        assert.equal(differ.status, 2);
        assert.match(differ.said, /không giống nhau/);
        assert.equal((await init('ngan', 'ngan')).status, 2);
        assert.deepEqual(await readdir(dir), []);
        const made = await init(password, password);
        assert.equal(made.status, 0, made.said);
        assert.ok(!made.said.includes(password));
        const ward = await Ward.at(['--data', data]);
        await ward.signIn('quantri');
        await ward.stop();
    } finally {
        await rm(dir, { recursive: true });
    }
});

test('the rules are a drawing for dot, with every state and every act that changes one', async () => {
    const [{ stdout }, { stdout: drawing }] = await Promise.all([run(['rules', '--format', 'json']), run(['rules', '--format', 'dot'])]);
    const rules = JSON.parse(stdout), svg = execFileSync('dot', ['-Tsvg'], { input: drawing, encoding: 'utf8' });
    const edges = [...drawing.matchAll(/(\w+) -> (\w+) \[label="(\w+)"\]/g)].map(([, from, to, action]) => `${from} ${to} ${action}`);
    for (const [prefix, list] of [['d', rules.dialogue], ['o', rules.opinion]])
        for (const { action, from, to } of list)
            for (const a of from) for (const b of to) if (a !== b && to.join() !== from.join()) assert.ok(edges.includes(`${prefix}_${a} ${prefix}_${b} ${action}`), `${a} ${b} ${action}`);
    assert.ok(edges.length > 40, `${edges.length}`);
    assert.equal(svg.match(/class="edge"/g).length, edges.length);
    assert.ok(svg.includes('Còn nợ trả lời') || svg.includes('còn nợ trả lời'));
    assert.ok(rules.hall.some(({ action }) => action === 'hand_up') && rules.hall.every(({ who, from }) => who.length > 0 && from.length > 0));
});

test('init makes a ward that serve answers for, and a second init is refused', async () => {
    const ward = await Ward.init();
    try {
        assert.equal((await ward.anyone.get('/healthz')).status, 200);
        await ward.signIn('quantri');
        const { status, body } = await ward.anyone.post('/api/v1/sessions', { username: 'quantri', password: 'sai' });
        assert.equal(status, 401);
        assert.equal(body.code, 'unauthenticated');
        await ward.quit();
        assert.equal((await ward.run('verify')).status, 0);
        assert.equal((await ward.run('init', '--password', password)).status, 1);
    } finally {
        await ward.stop();
    }
});
