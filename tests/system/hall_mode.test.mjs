// SPDX-License-Identifier: AGPL-3.0-or-later
// A laptop in a hall without internet: where it is found, what it prints, and that no phone can tire it out while
// hundreds share one address.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Client, Ward, password, program, run } from './harness.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets';
const lan = Object.values(networkInterfaces()).flat().filter((a) => a.family === 'IPv4' && !a.internal).map((a) => a.address);

/** The half blocks as a picture: light modules are the blocks. */
function picture(lines) {
    const SCALE = 6, rows = lines.flatMap((line) => [['▀', '█'], ['▄', '█']].map((light) => [...line].map((c) => (light.includes(c) ? 255 : 0))));
    const wide = rows.flatMap((row) => Array(SCALE).fill(row.flatMap((v) => Array(SCALE).fill(v)))).map((row) => row.join(' '));
    return `P2\n${rows[0].length * SCALE} ${rows.length * SCALE}\n255\n${wide.join('\n')}\n`;
}

describe('serve --hall', () => {
    let ward;
    before(async () => {
        ward = await Ward.demo('open', { start: false });
        ward.child = spawn(program, ['serve', ...ward.where, '--hall', '--listen', '0.0.0.0:0'],
            { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
        ward.ended = new Promise((resolve) => ward.child.once('exit', (status, signal) => resolve({ code: status, signal })));
        ward.stderr = ward.printed = '';
        // What it prints ends with the line for the people, or with why there is none.
        for await (const text of ward.child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
            if (/^(Mời bà con|Máy này) .*\n/m.test(ward.printed += text)) break;
        ward.url = /^listening on (\S+)$/m.exec(ward.printed)[1];
    });
    after(() => ward?.stop());

    test('names the address in the local network first and answers there', async () => {
        const { hostname } = new URL(ward.url);
        if (lan.length > 0) assert.ok(lan.includes(hostname), `${hostname} is none of ${lan}`);
        else assert.equal(hostname, '127.0.0.1');
        assert.equal((await ward.anyone.get('/')).status, 200);
        const own = new Client(`http://127.0.0.1:${new URL(ward.url).port}`);
        assert.equal((await own.get('/')).status, 200);
    });

    test('the QR code on the screen leads to that address, even when the laptop itself says localhost', { skip: lan.length === 0 }, async () => {
        const { host, port } = new URL(ward.url);
        const { body } = await new Client(`http://127.0.0.1:${port}`).get('/man-hinh/1?canh=welcome');
        assert.ok(String(body).includes(`${host}/hoi-truong/1`));
    });

    test('prints the other addresses, a QR code that can be read, and what to tell people', { skip: lan.length === 0 }, async (t) => {
        const lines = ward.printed.split('\n');
        const { port } = new URL(ward.url);
        assert.equal(lines[0], `listening on ${ward.url}`);
        assert.ok(lines.includes(`và http://127.0.0.1:${port}`));
        assert.ok(lines.some((l) => /^Mời bà con .*: http:/.test(l) && l.endsWith(ward.url)));
        const code = lines.filter((line) => /^[ ▀▄█]+$/.test(line));
        const file = join(ward.dir, 'qr.pgm');
        await writeFile(file, picture(code));
        const read = await new Promise((resolve) => execFile('zbarimg', ['-q', '--raw', file], (error, out) => resolve(error?.code === 'ENOENT' ? null : out.trim())));
        if (read === null) t.skip('zbarimg is not installed');
        else assert.equal(read, ward.url);
    });

    test('an address of one machine alone is only that', async () => {
        const other = await Ward.init({ serve: ['--hall'] }); // the harness listens on 127.0.0.1:0
        after(() => other.stop());
        assert.match(other.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    });

    test('the name of the Wi-Fi is a setting of the ward and stands on the welcome scene', async () => {
        assert.match((await run(['serve', '--help'])).stdout, /--hall/);
        assert.match((await ward.anyone.get('/man-hinh/1?canh=welcome')).body, /Wi-Fi: HoiTruong-Phuong1/);
    });
});

/** Over TLS, taking whatever certificate is shown. */
function secure(url, { method = 'GET', headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
        const asked = request(url, { method, headers, rejectUnauthorized: false, agent: false }, (reply) => {
            const shown = reply.socket.getPeerX509Certificate(), protocol = reply.socket.getProtocol();
            let text = '';
            reply.setEncoding('utf8').on('data', (piece) => { text += piece; });
            reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: text, shown, protocol }));
        });
        asked.on('error', reject).end(body);
    });
}

/** serve until it has said what staff compare: { url, tls, said }. */
async function served(ward, args, command = [program]) {
    const child = spawn(command[0], [...command.slice(1), 'serve', ...ward.where, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    ward.child = child;
    ward.ended = new Promise((resolve) => child.once('exit', (status, signal) => resolve({ code: status, signal })));
    ward.stderr = '';
    let said = '';
    for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
        if (/^([0-9A-F]{2}:){31}[0-9A-F]{2}\n/m.test(said += text)) break;
    return { said, url: /^listening on (\S+)$/m.exec(said)?.[1], tls: /(https:\S+)\/lam-viec/.exec(said)?.[1],
        fingerprint: /^([0-9A-F:]{95})$/m.exec(said)?.[1] };
}

describe('serve --hall --tls', () => {
    let ward, first;
    const path = () => join(ward.data, 'tls.pem');
    before(async () => {
        ward = await Ward.demo('open', { start: false });
        first = await served(ward, ['--hall', '--tls', '--listen', '0.0.0.0:0']);
    });
    after(() => ward?.stop());

    test('the certificate is made, for its owner alone to read, two years, with every name of this machine', async () => {
        assert.equal((await stat(path())).mode & 0o777, 0o600);
        const made = new X509Certificate(await readFile(path()));
        assert.equal(made.fingerprint256, first.fingerprint);
        assert.match(first.said, /Chứng thư mới lập/);
        for (const address of ['127.0.0.1', ...lan]) assert.ok(made.checkIP(address), `${address} in ${made.subjectAltName}`);
        assert.ok(made.subjectAltName.includes(`DNS:${hostname()}`), made.subjectAltName);
        const years = (new Date(made.validTo) - Date.now()) / (365.25 * 24 * 3600e3);
        assert.ok(years > 1.99 && years < 2.01, `${years} years`);
    });

    test('what is served is that certificate, by TLS 1.2 or newer', async () => {
        const { status, shown, protocol } = await secure(`${first.tls}/lam-viec/dang-nhap`);
        assert.equal(status, 200);
        assert.equal(shown.fingerprint256, first.fingerprint);
        assert.match(protocol, /^TLSv1\.[23]$/);
    });

    test('phones stay on plain http; pages of the staff lead over to https', async () => {
        const phone = new Client(first.url), port = new URL(first.tls).port, { hostname: host } = new URL(first.url);
        assert.equal((await phone.get('/')).status, 200);
        assert.equal((await phone.get('/hoi-truong/1')).status, 200);
        const desk = await phone.get('/lam-viec/thu-ky/1?trang=2');
        assert.equal(desk.status, 303);
        assert.equal(desk.headers.get('location'), `https://${host}:${port}/lam-viec/thu-ky/1?trang=2`);
        const typed = await phone.request('POST', '/lam-viec/dang-nhap', { body: 'username=thuky', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
        assert.equal(typed.headers.get('location'), `https://${host}:${port}/lam-viec`);
        assert.equal(typed.headers.get('set-cookie'), null);
    });

    test('the session over TLS is a __Host- cookie, and opens the desk there', async () => {
        const form = { 'content-type': 'application/x-www-form-urlencoded' };
        const signed = await secure(`${first.tls}/lam-viec/dang-nhap`, { method: 'POST', headers: form, body: new URLSearchParams({ username: 'thuky', password }).toString() });
        assert.equal(signed.status, 303, signed.body);
        const cookie = signed.headers['set-cookie'].find((c) => c.startsWith('__Host-phien='));
        assert.match(cookie, /; Secure/);
        assert.match(cookie, /; HttpOnly/);
        const desk = await secure(`${first.tls}/lam-viec/hoi-truong/1`, { headers: { cookie: cookie.split(';')[0] } });
        assert.equal(desk.status, 200);
    });

    test('a screen opened over https still leads phones to the plain address', async () => {
        const { body } = await secure(`${first.tls}/man-hinh/1?canh=welcome`);
        assert.ok(body.includes(`${new URL(first.url).host}/hoi-truong/1`), 'the plain address');
        assert.ok(!body.includes(`${new URL(first.tls).host}/hoi-truong/1`));
    });

    test('an event told to a phone is told over TLS too', async () => {
        const stream = await new Promise((resolve, reject) => request(`${first.tls}/api/v1/dialogues/1/events`, { rejectUnauthorized: false, agent: false }, resolve).on('error', reject).end());
        ward.url = first.url;
        const secretary = await ward.signIn('thuky');
        assert.equal((await secretary.post(HALL, { action: 'scene', scene: 'programme' })).status, 200);
        let heard = '';
        for await (const text of stream.setEncoding('utf8')) if (/event: scene/.test(heard += text)) break;
        assert.match(heard, /event: scene/);
    });

    test('the next start keeps it: staff accept it once', async () => {
        await ward.quit();
        const again = await served(ward, ['--hall', '--tls', '--listen', '0.0.0.0:0']);
        assert.equal(again.fingerprint, first.fingerprint);
        assert.doesNotMatch(again.said, /Chứng thư mới lập/);
    });

    test('a file that is no certificate is refused and left as it is', async () => {
        const bad = await Ward.init({ start: false });
        after(() => bad.stop());
        await writeFile(join(bad.data, 'tls.pem'), 'not this\n');
        const { status, stderr } = await bad.run('serve', '--tls', '--listen', '127.0.0.1:0');
        assert.equal(status, 1);
        assert.match(stderr, /chứng thư/);
        assert.equal(await readFile(join(bad.data, 'tls.pem'), 'utf8'), 'not this\n');
    });
});

describe('a network of IPv6 alone', () => {
    // A network of its own: one cable, no IPv4 but the machine's talking to itself.
    const CABLE = 'ip link set lo up && ip link add hall0 type veth peer name hall1 && ip addr add fd00:5::20/64 dev hall0 nodad'
        + ' && ip link set hall0 up && ip link set hall1 up';
    const sh = (...args) => new Promise((resolve) => execFile(args[0], args.slice(1), (error, stdout, stderr) => resolve({ ok: !error, stdout, why: stderr })));

    test('serve --hall is found by its IPv6 address, which is printed and in the certificate', async (t) => {
        const can = await sh('unshare', '-n', 'sh', '-c', CABLE);
        assert.doesNotMatch(can.why, /not found/, 'a missing tool is no reason to skip');
        if (!can.ok) return t.skip(`no network of its own: ${can.why.trim()}`);
        const ward = await Ward.demo('open', { start: false });
        after(() => ward.stop());
        const { url, tls, said } = await served(ward, ['--hall', '--tls'], ['unshare', '-n', 'sh', '-c', `${CABLE} && exec "$0" "$@"`, program]);
        assert.equal(url, 'http://[fd00:5::20]:8080');
        assert.equal(tls, 'https://[fd00:5::20]:8443');
        assert.match(said, /^Mời bà con .* http:\/\/\[fd00:5::20\]:8080$/m);
        assert.ok(new X509Certificate(await readFile(join(ward.data, 'tls.pem'))).checkIP('fd00:5::20'));
        for (const at of [`${url}/man-hinh/1?canh=welcome`, 'http://127.0.0.1:8080/']) {
            const there = await sh('nsenter', '-t', String(ward.child.pid), '-n', 'curl', '-sf', '--noproxy', '*', at);
            assert.ok(there.ok, `${at}: ${there.why}`);
            if (at.startsWith(url)) assert.ok(there.stdout.includes('[fd00:5::20]:8080/hoi-truong/1'));
        }
    });
});

describe('limits in the hall', () => {
    let ward, code;
    const joined = async () => {
        const { status, body } = await ward.anyone.post(TICKETS, { code });
        assert.equal(status, 201, JSON.stringify(body));
        return new Client(ward.url, `Ticket ${body.ticket}`);
    };
    before(async () => {
        ward = await Ward.demo('open');
        ({ code } = (await (await ward.signIn('thuky')).get(HALL)).body);
    });
    after(() => ward?.stop());

    test('a phone that changes too much too fast waits, the phone beside it does not', async () => {
        const [eager, calm] = [await joined(), await joined()];
        const replies = await Promise.all(Array.from({ length: 40 }, () => eager.post(HALL, { action: 'hand_up' })));
        const slow = replies.filter(({ status }) => status === 429);
        assert.ok(replies.length - slow.length >= 20, `${slow.length} of 40 refused`);
        assert.ok(slow.length > 0);
        assert.equal(slow[0].body.code, 'slow_down');
        assert.match(slow[0].headers.get('retry-after'), /^[12]$/);
        assert.equal((await eager.get(HALL)).status, 200);
        assert.equal((await calm.post(HALL, { action: 'hand_up' })).status, 200);
    });

    test('three hundred phones of one address join; wrong codes of that address come to an end', async () => {
        for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 30 }, joined));
        const wrong = await Promise.all(Array.from({ length: 120 }, () => ward.anyone.post(TICKETS, { code: 'AAAAAA' })));
        const refused = wrong.filter(({ status }) => status === 422), slow = wrong.filter(({ status }) => status === 429);
        assert.equal(refused.length + slow.length, 120);
        assert.ok(refused.length >= 60 && slow.length > 0, `${refused.length} tried, ${slow.length} slowed`);
        assert.equal(slow[0].body.code, 'slow_down');
        assert.match(slow[0].headers.get('retry-after'), /^\d+$/);
    });
});
