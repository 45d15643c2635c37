// SPDX-License-Identifier: AGPL-3.0-or-later
// A hall that goes on while others press on it: connections that never finish a request, a flood from another address,
// listeners that never read. Every act of the hall is accepted, every reader hears every event once, and who is slow is
// closed. ./dev soak: PESTS=1000, longer, and with slowhttptest besides.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, root, rule, Ward } from './harness.mjs';
import { Listener } from './listener.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets', EVENTS = '/api/v1/dialogues/1/events';
const slow = Number(process.env.PESTS ?? 200), long = slow > 200;
const PHONES = 48, DEAF = 20, READERS = 30, FLOOD = 16;

/** tests/system/pests.py: look() is what it counted. */
class Pest {
    static async start(what, url, count, more = '') {
        const pest = new Pest(), { hostname, port } = new URL(url);
        pest.child = spawn('python3', [join(root, 'tests/system/pests.py'), what, hostname, port, String(count), ...(more ? [more] : [])],
            { stdio: ['pipe', 'pipe', 'inherit'] });
        pest.lines = createInterface({ input: pest.child.stdout })[Symbol.asyncIterator]();
        assert.equal((await pest.lines.next()).value, 'open');
        return pest;
    }

    async look() {
        this.child.stdin.write('\n');
        return JSON.parse((await this.lines.next()).value);
    }

    end() {
        this.child.stdin.end();
    }
}

const p99 = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.99)]?.toFixed(0);

describe('a hall under pressure', () => {
    let ward, people, phones, first, ears;
    const deliveries = [];
    const started = [];
    const pest = async (...args) => {
        const one = await Pest.start(...args);
        started.push(one);
        return one;
    };
    const reader = async (id) => {
        const one = await Listener.open(ward.url + EVENTS, id);
        started.push(one);
        return one;
    };
    const metrics = async () => Object.fromEntries(String((await ward.anyone.get('/metrics')).body).trim().split('\n').map((l) => l.split(' ')));
    /** Waits until there are so many more than then. */
    const streams = async (more, then) => {
        while (Number((await metrics()).doithoai_http_streams) !== Number(then.doithoai_http_streams) + more) await wait(100);
    };
    const resident = async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${ward.child.pid}/status`, 'utf8'))[1]) / 1024;
    const accepted = async (reply, what, took = []) => {
        const begun = performance.now();
        const { status, body } = await reply;
        took.push(performance.now() - begun);
        assert.ok(status === 200 || status === 201, `${what}: ${status} ${JSON.stringify(body)}`);
        return body;
    };
    const relayed = async (took) => {
        const { number } = await accepted(ward.anyone.post('/api/v1/dialogues/1/opinions',
            { content: 'Hẻm 12 chưa có đèn.', author: { type: 'resident', name: 'Nguyễn Văn A' } }), 'ask', took);
        await accepted(people.thuky.opinion(number, 'relay', { field: 'urban' }), 'relay', took);
        return number;
    };

    /** What a hall does, one round: a hand up, called, a pause, ended; a question asked, relayed, on the screen. */
    async function round(took) {
        const [a, b] = phones.splice(0, 2);
        phones.push(a, b);
        await accepted(a.post(HALL, { action: 'hand_up', khom: 'khom1' }), 'hand_up', took);
        for (const action of ['call_turn', 'pause_turn', 'resume_turn', 'end_turn']) await accepted(people.chutich.post(HALL, { action }), action, took);
        await accepted(b.post(HALL, { action: 'hand_up', khom: 'khom2' }), 'hand_up', took);
        const asked = performance.now(), opinion = await relayed(took);
        deliveries.push(toTheLast(opinion, asked));
        await accepted(b.post(HALL, { action: 'hand_down' }), 'hand_down', took);
        await accepted(a.opinion(opinion, 'support'), 'support', took);
        await accepted(people.thuky.post(HALL, { action: 'scene', scene: 'question', opinion }), 'scene', took);
    }

    /** Milliseconds from the question's sending to its relay on the last of the ears; both acts are in it. */
    async function toTheLast(number, since) {
        const heard = await Promise.all(ears.map((one) => one.until(({ data }) => data.subject === number)));
        return Math.max(...heard.map((events) => events.find(({ data }) => data.subject === number).at)) - since;
    }
    /** p99 of those since it was last asked. */
    const delivered = async () => p99(await Promise.all(deliveries.splice(0)));

    async function rounds(forMs) {
        const took = [];
        for (const end = performance.now() + forMs; performance.now() < end; await wait(200)) await round(took);
        return took;
    }

    before(async () => {
        ward = await Ward.demo('open');
        people = { chutich: await ward.signIn('chutich'), thuky: await ward.signIn('thuky') };
        const { code } = (await people.thuky.get(HALL)).body;
        phones = await Promise.all(Array.from({ length: PHONES }, async (_, i) => {
            const { ticket } = await accepted(ward.anyone.post(TICKETS, { code, name: `Người ${i + 1}` }), 'join');
            return new Client(ward.url, `Ticket ${ticket}`);
        }));
        const early = await reader();
        await relayed();
        first = (await early.atLeast(1))[0].id;
        ears = await Promise.all(Array.from({ length: READERS }, () => reader()));
        for (let i = 0; i < 100; i++) await relayed(); // a past that fills the pipes of whoever asks for it and does not read
    });
    after(async () => {
        for (const one of started) one.end();
        await ward?.stop();
    });

    let quiet; // before any of them

    test(`${DEAF} listeners that never read cost the others nothing`, async () => {
        quiet = { ...(await metrics()), resident: await resident() };
        const readers = await Promise.all(Array.from({ length: READERS }, () => reader()));
        await delivered();
        await pest('deaf', ward.url, DEAF, `${EVENTS}?after=${first}`);
        await streams(READERS + DEAF, quiet);
        const took = await rounds(long ? 30_000 : 3000);
        const last = await relayed();
        const heard = await Promise.all(readers.map((one) => one.until((event) => event.data.subject === last)));
        for (const events of heard) {
            const ids = events.map(({ id }) => Number(id));
            assert.deepEqual(ids, ids.map((_, i) => ids[0] + i), 'each once, none missing');
            assert.equal(ids.at(-1), Number(heard[0].at(-1).id));
        }
        console.log(`# ${heard[0].length} events to each of ${READERS}, acts p99 ${p99(took)} ms of ${took.length}, asked, relayed and heard by the last of ${READERS} p99 ${await delivered()} ms`);
    });

    test(`${slow} requests that never end and a flood from 127.0.0.2: every act accepted, the slow ones closed`, async () => {
        rule(74);
        const own = await reader(), alone = await rounds(long ? 10_000 : 1000), heardAlone = await delivered();
        const before = await metrics();
        const [crawling, flood] = await Promise.all([pest('slow', ward.url, slow), pest('flood', ward.url, FLOOD, '127.0.0.2')]);
        assert.deepEqual(await crawling.look(), { open: slow, of: slow });
        const took = [];
        let left;
        do { // they have ten seconds for their headers
            took.push(...await rounds(1000));
            left = await crawling.look();
        } while (left.open > 0);
        assert.ok(Number((await metrics()).doithoai_http_reaped_total) >= Number(before.doithoai_http_reaped_total) + slow);
        if (long) took.push(...await rounds(30_000));
        const answers = await flood.look();
        assert.ok(Object.values(answers).reduce((a, b) => a + b, 0) > 100, JSON.stringify(answers));
        assert.ok(!Object.keys(answers).some((code) => code.startsWith('5') && code !== '503'), JSON.stringify(answers));
        const last = await relayed();
        const ids = (await own.until((event) => event.data.subject === last)).map(({ id }) => Number(id));
        assert.deepEqual(ids, ids.map((_, i) => ids[0] + i), 'each once, none missing');
        console.log(`# acts alone p99 ${p99(alone)} ms of ${alone.length}, under pressure p99 ${p99(took)} ms of ${took.length}; heard by the last p99 ${heardAlone} ms alone, ${await delivered()} ms under pressure; flood ${JSON.stringify(answers)}`);
    });

    test(`the ${DEAF} are let go within the time a stream may stall, and what they left unread is not kept`, async () => {
        await streams(READERS + 1, quiet); // and the one of the test before
        const now = await resident();
        console.log(`# resident ${quiet.resident.toFixed(1)} -> ${now.toFixed(1)} MB`);
        if (long) assert.ok(now < quiet.resident + 20, `${quiet.resident} -> ${now} MB`); // sanitizers keep what is freed
    });

    for (const [mode, what] of long ? [['-H', 'slow headers'], ['-B', 'slow bodies'], ['-X', 'slow reading']] : [])
        test(`slowhttptest, ${slow} connections, ${what}`, async (t) => {
            const log = [], tool = spawn('slowhttptest', [mode, '-c', String(slow), '-r', String(slow), '-i', '2', '-l', '60', '-p', '5', '-k', '3',
                '-w', '10', '-y', '20', '-n', '5', '-z', '32', '-u', `${ward.url}/`], { stdio: ['ignore', 'pipe', 'pipe'] });
            const over = new Promise((resolve) => { tool.once('error', resolve); tool.once('exit', () => resolve(null)); });
            tool.stdout.on('data', (text) => log.push(String(text)));
            const flood = await pest('flood', ward.url, FLOOD, '127.0.0.2');
            await delivered();
            const took = await rounds(30_000), error = await over;
            if (error) return t.skip(`slowhttptest: ${error.message}`);
            const said = log.join('').replace(/\u001b\[[0-9;]*m/g, '');
            const state = said.slice(said.lastIndexOf('initializing:'));
            console.log(`# ${what}: acts p99 ${p99(took)} ms of ${took.length}, heard by the last p99 ${await delivered()} ms; flood ${JSON.stringify(await flood.look())}; ${state.replace(/\s+/g, ' ').trim()}`);
            flood.end();
            assert.match(state, /service available:\s+YES/);
            assert.ok(Number((await metrics()).doithoai_http_connections) < slow, 'they are gone');
        });
});
