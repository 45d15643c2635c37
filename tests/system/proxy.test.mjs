// SPDX-License-Identifier: AGPL-3.0-or-later
// Behind nginx with TLS, as on the internet: what the proxy says of the visitor is believed, from the proxy alone.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as overTls } from 'node:https';
import { request as plainly } from 'node:http';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { password, run, Ward } from './harness.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }, SIGN_IN = '/lam-viec/dang-nhap';

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    return port;
}

/** nginx as docs/operations.md has it, in front of a server, with the pem as its certificate. */
class Nginx {
    static async start(upstream, pem) {
        const one = new Nginx();
        one.dir = await mkdtemp(join(tmpdir(), 'doithoai-nginx-'));
        one.port = await freePort();
        await mkdir(join(one.dir, 'temp'));
        await copyFile(pem, join(one.dir, 'tls.pem'));
        const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${one.dir}/temp;`).join('\n');
        await writeFile(join(one.dir, 'nginx.conf'), `daemon off; pid ${one.dir}/pid; error_log stderr; ${process.getuid() === 0 ? 'user root;' : ''}
            events {}
            http { ${temp} access_log off;
              server { listen 127.0.0.1:${one.port} ssl; ssl_certificate ${one.dir}/tls.pem; ssl_certificate_key ${one.dir}/tls.pem;
                location / { proxy_pass ${upstream}; proxy_http_version 1.1; proxy_set_header Connection "";
                  proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme; proxy_read_timeout 1h; } } }`);
        one.child = spawn('/usr/sbin/nginx', ['-c', join(one.dir, 'nginx.conf'), '-p', one.dir], { stdio: ['ignore', 'ignore', 'inherit'] });
        one.ended = once(one.child, 'exit');
        for (;;) { // until it listens, or has ended
            if (one.child.exitCode !== null) throw new Error(`nginx ended with ${one.child.exitCode}`);
            const there = await new Promise((resolve) => {
                const socket = connect(one.port, '127.0.0.1', () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
            });
            if (there) break;
            await wait(20);
        }
        one.url = `https://127.0.0.1:${one.port}`;
        return one;
    }

    async stop() {
        this.child.kill('SIGTERM');
        await this.ended;
        await rm(this.dir, { recursive: true, force: true });
    }
}

/** One request, from an address of this machine: { status, headers, body }. */
const ask = (url, { method = 'GET', headers = {}, body, from } = {}) => new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? overTls : plainly;
    const asked = request(url, { method, headers, localAddress: from, rejectUnauthorized: false, agent: false }, (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (piece) => { text += piece; });
        reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: text }));
    });
    asked.on('error', reject).end(body);
});
const typed = (username, secret) => new URLSearchParams({ username, password: secret }).toString();
const signIn = (url, more = {}) => ask(`${url}${SIGN_IN}`, { method: 'POST', body: typed('thuky', password), ...more, headers: { ...FORM, ...more.headers } });
const session = ({ headers }) => headers['set-cookie']?.find((cookie) => /^(__Host-)?phien=/.test(cookie)) ?? '';

describe('behind nginx with TLS', () => {
    let ward, front;
    before(async () => {
        ward = await Ward.demo('open', { start: false });
        await ward.start(['--tls', '--tls-listen', '127.0.0.1:0']); // makes a certificate, which nginx takes
        await ward.quit();
        await ward.start(['--proxy', '192.0.2.1,127.0.0.1']);
        front = await Nginx.start(ward.url, join(ward.data, 'tls.pem'));
    });
    after(async () => {
        await front?.stop();
        await ward?.stop();
    });

    test('who signs in gets a __Host- cookie for https alone, and forms sent from that page are taken', async () => {
        const signed = await signIn(front.url, { headers: { origin: front.url } }), cookie = session(signed);
        assert.equal(signed.status, 303, signed.body);
        assert.match(cookie, /^__Host-phien=[^;]+;.*; Secure/);
        const own = { cookie: cookie.split(';')[0] }, page = await ask(`${front.url}/lam-viec/mat-khau`, { headers: own });
        assert.equal(page.status, 200);
        const token = /name="csrf" value="([^"]+)"/.exec(page.body)[1];
        const sent = (origin) => ask(`${front.url}/lam-viec/dang-xuat`, { method: 'POST', headers: { ...FORM, ...own, origin }, body: new URLSearchParams({ csrf: token }).toString() });
        assert.equal((await sent('https://example.org')).status, 403);
        assert.equal((await sent(front.url)).status, 303);
    });

    test('the hall’s screen and the papers lead to https', async () => {
        const { body } = await ask(`${front.url}/man-hinh/1?canh=welcome`);
        assert.ok(body.includes(`${new URL(front.url).host}/hoi-truong/1`));
        assert.ok(!body.includes(new URL(ward.url).host));
    });

    test('ten wrong passwords from one address shut out that address, whatever it says of itself, and no other', async () => {
        const guess = (from, said) => ask(`${front.url}/api/v1/sessions`, { method: 'POST', from, body: JSON.stringify({ username: 'vanphong', password: 'sai' }),
            headers: { 'content-type': 'application/json', ...(said && { 'x-forwarded-for': said }) } });
        for (let i = 0; i < 10; i++) assert.equal((await guess('127.0.0.2', `203.0.113.${i}`)).status, 401);
        assert.equal((await guess('127.0.0.2', '203.0.113.99')).status, 429);
        assert.equal((await guess('127.0.0.3')).status, 401);
        assert.equal((await guess('127.0.0.3', '127.0.0.2')).status, 401);
    });

    test('an event comes through at once', async () => {
        const stream = await new Promise((resolve, reject) => overTls(`${front.url}/api/v1/dialogues/1/events`, { rejectUnauthorized: false, agent: false }, resolve).on('error', reject).end());
        const secretary = await ward.signIn('thuky');
        assert.equal((await secretary.post('/api/v1/dialogues/1/hall', { action: 'scene', scene: 'programme' })).status, 200);
        let heard = '';
        for await (const text of stream.setEncoding('utf8')) if (/event: scene/.test(heard += text)) break;
        assert.match(heard, /event: scene/);
    });
});

test('without --proxy, or from another address, nobody is believed', async () => {
    const said = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
    const ward = await Ward.demo('open', { start: false });
    try {
        for (const args of [[], ['--proxy', '192.0.2.1']]) {
            await ward.start(args);
            const signed = await signIn(ward.url, { headers: said });
            assert.equal(signed.status, 303);
            assert.match(session(signed), /^phien=/);
            assert.doesNotMatch(session(signed), /Secure/);
            for (let i = 0; i < 10; i++) await signIn(ward.url, { body: typed('khom1', 'sai'), headers: { 'x-forwarded-for': `203.0.113.${i}` } });
            assert.equal((await ask(`${ward.url}/api/v1/sessions`, { method: 'POST', body: JSON.stringify({ username: 'khom1', password: 'sai' }), headers: { 'content-type': 'application/json' } })).status, 429);
            await ward.quit();
        }
    } finally {
        await ward.stop();
    }
});

test('a proxy that is no address is wrong use', async () => {
    for (const proxy of ['nginx', '127.0.0.1,', '', '10.0.0.0/8', '127.0.0.1 ::1']) {
        const { status, stdout, stderr } = await run(['serve', '--data', '/nonexistent', '--proxy', proxy]);
        assert.equal(status, 2, proxy);
        assert.equal(stdout, '');
        assert.match(stderr, /^[^\n]+\n$/);
    }
});
