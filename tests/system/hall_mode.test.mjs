// SPDX-License-Identifier: AGPL-3.0-or-later
// A laptop in a hall without internet: where it is found, what it prints, and that no phone can tire it out while
// hundreds share one address.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Client, Ward, program, run } from './harness.mjs';

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
