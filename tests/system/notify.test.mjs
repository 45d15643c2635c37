// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters to authors through a real SMTP server: written with the act, sent after it, the answer delivered by that; a
// server that refuses, cuts off or is away; a gateway for SMS; on both engines. Time is moved by starting again at a
// later --now.
import test, { after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { engines } from './engines.mjs';
import { rule } from './harness.mjs';

const PYTHON = '/usr/bin/python3'; // Debian's own, which has Debian's packages
const EMAIL = 'kin@example.vn';
const have = (() => {
    try {
        execFileSync(PYTHON, ['-c', 'import aiosmtpd']);
        execFileSync('sqlite3', ['--version']);
        return true;
    } catch {
        return false;
    }
})();
const skip = have ? false : 'python3-aiosmtpd or sqlite3 is not installed';

/** Lines of a child as a queue that can be waited on. */
class Mailbox {
    static async start() {
        const box = new Mailbox();
        box.lines = [];
        box.waiting = [];
        box.child = spawn(PYTHON, [fileURLToPath(new URL('smtp_server.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
        createInterface({ input: box.child.stdout }).on('line', (line) => {
            box.lines.push(line.startsWith('{') ? JSON.parse(line) : { port: Number(line.split(' ')[1]) });
            box.waiting.splice(0).forEach((wake) => wake());
        });
        box.port = (await box.next((line) => line.port)).port;
        return box;
    }

    /** The first line that fits; it is taken out. */
    async next(fits) {
        for (;;) {
            const at = this.lines.findIndex(fits);
            if (at >= 0) return this.lines.splice(at, 1)[0];
            await new Promise((resolve) => this.waiting.push(resolve));
        }
    }

    letter() {
        return this.next((line) => line.id);
    }

    async mood(mood) {
        this.child.stdin.write(`${mood}\n`);
        await this.next((line) => line.now === mood);
    }

    stop() {
        this.child.stdin.end();
    }
}

/** The sample ward in its open hall, with these settings. */
async function wardWith(engine, values) {
    const ward = await engine.demo('open', { start: false });
    for (const [name, value] of Object.entries(values))
        ward.sql(`INSERT INTO setting (unit_id, name, value) VALUES (1, '${name}', '${value}') ON CONFLICT (unit_id, name) DO UPDATE SET value = excluded.value`);
    await ward.start();
    return ward;
}

const mail = (box) => ({ smtp_url: `smtp://127.0.0.1:${box.port}`, smtp_from: 'ubnd@phuong1.example.vn', web_address: 'https://phuong1.example.vn/' });

/** Asks again until it is so: for what follows a letter on another thread. */
async function until(ask, isSo) {
    for (;;) {
        const found = await ask();
        if (isSo(found)) return found;
        await new Promise((resolve) => setImmediate(resolve));
    }
}

const metric = async (ward, name) => Number(new RegExp(`^doithoai_outbox_${name} (\\d+)$`, 'm').exec((await ward.anyone.get('/metrics')).body)[1]);

/** An opinion with its author's address, relayed and answered by the chair; { number, receipt }. */
async function answered(ward, author = { email: EMAIL }, reply_by = 'email', text = 'Phường sẽ thay bóng đèn trước ngày 30/6.') {
    const [secretary, chair] = [await ward.signIn('thuky'), await ward.signIn('chutich')];
    const made = await secretary.post('/api/v1/dialogues/1/opinions', { content: 'Đường tối quá, bí mật của tôi.', channel: 'slip', reply_by, field: 'urban',
        author: { type: 'resident', name: 'Lê Thị Kín', khom: 'khom3', ...author } });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { number, receipt } = made.body;
    for (const [who, action, more] of [[secretary, 'relay', {}], [chair, 'call', {}], [chair, 'answer', { mode: 'written', kind: 'answer', text }]]) {
        const { status, body } = await who.opinion(number, action, more);
        assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
    }
    return { number, receipt };
}

const seen = async (ward, number) => (await (await ward.signIn('vanphong')).get(`/api/v1/opinions/${number}`)).body;

/** Starts again so many minutes later: the clock of the ward goes on from there. */
async function later(ward, minutes) {
    await ward.quit();
    const own = ward.sql('SELECT max(next_ms) FROM outbox');
    ward.clock = ['--now', new Date(Number(own) + minutes * 60_000).toISOString().replace('Z', '+00:00')];
    await ward.start();
}

for (const engine of await engines()) describe(`letters to authors on ${engine.name}`, { skip: skip || engine.skip }, () => {
    const open = [];
    after(async () => { for (const thing of open) await thing.stop(); });
    const begin = async () => {
        const box = await Mailbox.start();
        const ward = await wardWith(engine, mail(box));
        open.push(ward, box);
        return { box, ward };
    };

    test('an answer goes out by e-mail, is delivered by that, and starts the author\'s window (R59 R83)', async () => {
        rule('R59', 'R83');
        const { box, ward } = await begin();
        const { number, receipt } = await answered(ward);
        const letter = await box.letter();
        assert.deepEqual(letter.to, [EMAIL]);
        assert.equal(letter.sender, 'ubnd@phuong1.example.vn');
        assert.equal(letter.subject, `Ý kiến số ${number}: đã được trả lời`);
        assert.match(letter.header_from, /^UBND /);
        assert.match(letter.text, /Phường sẽ thay bóng đèn trước ngày 30\/6\./);
        assert.match(letter.text, /https:\/\/phuong1\.example\.vn\/tra-cuu/);
        assert.ok(letter.longest <= 78, `a line of ${letter.longest}`);
        assert.ok(!letter.text.includes(receipt) && !letter.text.replaceAll(/\s/g, '').includes(receipt.replaceAll(/\s/g, '')));
        assert.ok(!letter.text.includes('bí mật'));
        await until(() => metric(ward, 'sent_total'), (n) => n === 1);
        const agreed = await ward.author(receipt).opinion(number, 'agree');
        assert.equal(agreed.status, 200);
        assert.equal(ward.sql('SELECT count(*) FROM outbox WHERE recipient || subject || body <> \'\''), '0', 'nothing personal stays');
        assert.equal(await metric(ward, 'waiting'), 0);
        await ward.quit();
        assert.equal((await ward.run('verify')).status, 0);
        assert.equal(ward.sql(`SELECT count(*) FROM opinion WHERE email = '${EMAIL}' AND delivered_ms > 0 AND window_end IS NOT NULL`), '1');
    });

    test('nothing leaves a rehearsal, whatever mail server is written into it; the same letter goes once it is none (R52)', async () => {
        rule('R52');
        const box = await Mailbox.start();
        const ward = await wardWith(engine, { ...mail(box), rehearsal: '1' });
        open.push(ward, box);
        await answered(ward);
        await answered(ward); // woken twice: the first would have gone
        assert.deepEqual(box.lines, []);
        assert.equal(ward.sql('SELECT count(*), max(attempts) FROM outbox WHERE sent_ms = 0'), '2 0');
        assert.equal(await metric(ward, 'sent_total'), 0);
        await ward.quit();
        ward.sql("DELETE FROM setting WHERE name = 'rehearsal'");
        await ward.start();
        assert.deepEqual((await box.letter()).to, [EMAIL]);
    });

    test('refused for now it is sent again after a minute, cut off it is the same letter; an unknown mailbox is given up', async () => {
        const { box, ward } = await begin();
        await box.mood('451');
        await answered(ward);
        const first = await box.letter();
        assert.equal(await metric(ward, 'sent_total'), 0);
        await ward.quit();
        await box.mood('drop');
        await later(ward, 1);
        const second = await box.letter();
        assert.equal(second.id, first.id);
        await box.mood('ok');
        await later(ward, 1);
        const third = await box.letter();
        assert.equal(third.id, first.id);
        await until(() => metric(ward, 'sent_total'), (n) => n === 1);
        await box.mood('550');
        await answered(ward);
        await until(() => metric(ward, 'failed'), (n) => n === 1);
        assert.equal(await metric(ward, 'waiting'), 0);
    });

    test('a server that always refuses is given up in the end; one that is away never is', async () => {
        const { box, ward } = await begin();
        await box.mood('451');
        const { number } = await answered(ward);
        for (let attempt = 1; attempt < 7; attempt++) {
            await box.letter();
            await later(ward, 1);
        }
        await until(() => metric(ward, 'failed'), (n) => n === 1);
        assert.equal((await seen(ward, number)).state, 'answered');
        box.stop();
        await answered(ward);
        await ward.quit();
        for (let attempt = 0; attempt < 8; attempt++) await later(ward, 1);
        assert.equal(await metric(ward, 'waiting'), 1);
    });

    test('without a mail server letters wait; delivered by hand, or sealed, they are not sent any more', async () => {
        const ward = await wardWith(engine, {});
        open.push(ward);
        const [office, secretary] = [await ward.signIn('vanphong'), await ward.signIn('thuky')];
        const one = await answered(ward), two = await answered(ward);
        assert.equal(await metric(ward, 'waiting'), 2);
        const given = await office.opinion(one.number, 'deliver', { how: 'letter', proof: { kind: 'signature', text: 'Đã ký nhận' } });
        assert.equal(given.status, 200, JSON.stringify(given.body));
        assert.equal(await metric(ward, 'waiting'), 1);
        const sealed = await secretary.opinion(two.number, 'divert', { to: 'denunciation', reason: 'Có nội dung tố cáo' });
        assert.equal(sealed.status, 200, JSON.stringify(sealed.body));
        assert.equal(await metric(ward, 'waiting'), 0);
    });

    test('an SMS goes through the gateway, short and without the receipt', async () => {
        const taken = [];
        let arrived;
        const gateway = createServer(async (request, reply) => {
            const parts = [];
            for await (const part of request) parts.push(part);
            taken.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts)) });
            reply.writeHead(202).end();
            arrived?.();
        });
        const arrival = new Promise((resolve) => { arrived = resolve; });
        await new Promise((resolve) => gateway.listen(0, '127.0.0.1', resolve));
        const ward = await wardWith(engine, { sms_url: `http://127.0.0.1:${gateway.address().port}/gui`, sms_token: 'ma-thu' });
        open.push(ward, { stop: () => new Promise((resolve) => gateway.close(resolve)) });
        const { number, receipt } = await answered(ward, { phone: '0912345678' }, 'sms', 'Dài. '.repeat(300));
        await arrival;
        const { headers, body } = taken[0];
        assert.equal(headers.authorization, 'Bearer ma-thu');
        assert.equal(headers['idempotency-key'], body.id);
        assert.equal(body.to.replaceAll(/\D/g, ''), '0912345678');
        assert.ok(body.text.includes(number) && !body.text.includes(receipt) && [...body.text].length < 640, body.text);
        await until(() => metric(ward, 'sent_total'), (n) => n === 1);
    });
});
