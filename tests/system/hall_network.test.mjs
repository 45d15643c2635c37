// SPDX-License-Identifier: AGPL-3.0-or-later
// The network is pulled for a third of the phones: their packets vanish, no connection is closed. When it is back each of
// them has heard every event exactly once, and what was typed meanwhile has arrived exactly once. With network namespaces
// where the machine lets us make them; and always with a proxy that stops passing bytes. ./dev soak: CUT_SECONDS=60.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root, rule, Ward } from './harness.mjs';
import { Cable, Proxy } from './lost_network.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets';
const seconds = Number(process.env.CUT_SECONDS ?? 8), PHONES = 12, CUT = PHONES / 3;

/** tests/system/phones.mjs, in a process of its own and so in a network of its own. */
class Phones {
    constructor(within, url, tickets) {
        const [command, ...args] = [...within, process.execPath, join(root, 'tests/system/phones.mjs'), url, ...tickets];
        this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
        this.asked = new Map();
        this.ready = this.#answer(0);
        createInterface({ input: this.child.stdout }).on('line', (line) => {
            const { to, answer } = JSON.parse(line);
            this.asked.get(to)(answer);
        });
        this.child.once('exit', (code, signal) => { if (code !== 0) throw new Error(`the phones ended: ${code ?? signal}`); });
    }

    #answer(number) {
        return new Promise((resolve) => { this.asked.set(number, resolve); });
    }

    tell(what) {
        const number = this.asked.size, answer = this.#answer(number);
        this.child.stdin.write(`${JSON.stringify({ ...what, number })}\n`);
        return answer;
    }

    end() {
        this.child.stdin.end();
    }
}

/** Asks the hall's whole morning of a third of the phones on the far side of `net`. */
async function pulled(ward, net) {
    const people = { chutich: await ward.signIn('chutich'), thuky: await ward.signIn('thuky') };
    const { code } = (await people.thuky.get(HALL)).body;
    const tickets = [];
    for (let i = 0; i < PHONES; i++) tickets.push((await ward.anyone.post(TICKETS, { code, name: `Người ${i + 1}` })).body.ticket);
    const near = new Phones([], ward.url, tickets.slice(CUT)), far = new Phones(net.within ?? [], net.url, tickets.slice(0, CUT));
    after(() => [near, far].forEach((phones) => phones.end()));
    const relay = async () => {
        const { body } = await ward.anyone.post('/api/v1/dialogues/1/opinions', { content: 'Hẻm 12 chưa có đèn.', author: { type: 'resident', name: 'Nguyễn Văn A' } });
        assert.equal((await people.thuky.opinion(body.number, 'relay', { field: 'urban' })).status, 200);
        return body.number;
    };
    await Promise.all([near.ready, far.ready]); // all listen
    const told = [await relay()];
    await Promise.all([near, far].map((phones) => phones.tell({ until: told[0] })));

    await net.cut();
    const keys = [...Array(PHONES)].map(() => randomUUID());
    const typed = [near.tell({ ask: keys.slice(CUT) }), far.tell({ ask: keys.slice(0, CUT) })]; // answered once they arrived
    assert.deepEqual((await typed[0]).map(({ status }) => status), Array(PHONES - CUT).fill(201), 'the others go on');
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(250)) {
        told.push(await relay());
        for (const action of ['step', 'scene']) await people.chutich.post(HALL, action === 'step' ? { action } : { action, scene: 'queue' });
    }
    const waits = await far.tell({ look: true });
    assert.ok(waits.every((phone) => !phone.events.some(({ subject }) => subject === told.at(-1))), 'cut: they heard nothing');
    await net.join();
    told.push(await relay());
    return { people, near, far, told, keys, typed: await typed[1] };
}

async function reckon(ward, { people, near, far, told, keys, typed }) {
    assert.deepEqual(typed.map(({ status }) => status), Array(CUT).fill(201));
    const heard = (await Promise.all([near, far].map((phones) => phones.tell({ until: told.at(-1) })))).flat();
    assert.equal(heard.length, PHONES);
    for (const { resumed } of heard.slice(PHONES - CUT)) assert.ok(resumed >= 1, 'the cut was felt');
    for (const { events } of heard) {
        const ids = events.map(({ id }) => Number(id));
        assert.deepEqual(ids, ids.map((_, i) => ids[0] + i), 'each event once, none missing');
        assert.ok(!events.some(({ event }) => event === 'reset'));
        const relayed = events.filter(({ what }) => what === 'relayed').map(({ subject }) => subject);
        assert.deepEqual(relayed, told);
    }
    const texts = [];
    for (let path = '/api/v1/dialogues/1/opinions?limit=200'; path; ) {
        const { body } = await people.thuky.get(path);
        texts.push(...body.items.map(({ content }) => content));
        path = body.next && `/api/v1/dialogues/1/opinions?limit=200&after=${body.next}`;
    }
    for (const key of keys) assert.equal(texts.filter((text) => text?.includes(key)).length, 1, 'what was typed, once');
    const { status, stderr } = await ward.run('verify');
    assert.equal(status, 0, stderr);
    const tries = typed.map((one) => one.tries);
    console.log(`# ${told.length} relays, ${heard[0].events.length} events to each of ${PHONES}; typed texts of the cut phones sent ${tries} times`);
}

describe('the network is pulled', { concurrency: true }, () => {
    test(`R74: a third of the phones behind a proxy that passes nothing for ${seconds} s: all resume, each event once, what was typed once`, async () => {
        rule(74);
        const ward = await Ward.demo('open');
        after(() => ward.stop());
        const proxy = await Proxy.start(ward.url);
        after(() => proxy.end());
        await reckon(ward, await pulled(ward, { url: proxy.url, cut: () => proxy.cut(), join: () => proxy.join() }));
    });

    let ward, cable;
    before(async () => { cable = await Cable.lay(0); });
    after(async () => {
        await ward?.stop();
        await cable.takeUp();
    });

    test(`R74: the cable of a third of the phones pulled for ${seconds} s`, async (t) => {
        rule(74);
        if (cable.why) return t.skip(`no network namespaces here (${cable.why}); the proxy's test stands for it`);
        ward = await Ward.demo('open', { start: false });
        await ward.start(['--listen', '0.0.0.0:0']);
        const { port } = new URL(ward.url);
        ward.url = `http://127.0.0.1:${port}`;
        await reckon(ward, await pulled(ward, { url: `http://${cable.hall}:${port}`, within: cable.within, cut: () => cable.pull(), join: () => cable.plug() }));
    });
});
