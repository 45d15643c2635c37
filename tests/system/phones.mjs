// SPDX-License-Identifier: AGPL-3.0-or-later
// Phones in the hall, as a program so that it can live in a network of its own: phones.mjs URL TICKET... Each listens,
// gives up a connection that was silent for longer than a heartbeat, and sends what was typed with one key until it is
// answered. Commands are lines of JSON with a number, each answered by one line once it is
// done:
//     {"until": "2024-0012"}  once every phone heard of that opinion -> what each heard
//     {"ask": [KEY...]}       each sends a question with its key in it -> status and tries of each
//     {"look": true}          what each heard so far
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { Listener } from './listener.mjs';

const BASE = '/api/v1/dialogues/1', SILENCE_MS = 4000, TRY_MS = 2000;
const [url, ...tickets] = process.argv.slice(2);
const phones = await Promise.all(tickets.map(() => Listener.open(`${url}${BASE}/events`)));

// A browser learns of a dead network from the machine, or when its connection fails; here by being silent itself: the
// hall of this test never is.
setInterval(() => {
    for (const phone of phones) if (Date.now() - phone.heardAt > SILENCE_MS) { phone.heardAt = Date.now(); phone.drop(); }
}, 500).unref();

async function ask(ticket, key) {
    for (let tries = 1; ; tries++) {
        try {
            const reply = await fetch(`${url}${BASE}/opinions`, { method: 'POST', signal: AbortSignal.timeout(TRY_MS),
                headers: { 'content-type': 'application/json', authorization: `Ticket ${ticket}`, 'idempotency-key': key },
                body: JSON.stringify({ content: `Bao giờ sửa đường? [${key}]`, author: { type: 'resident', name: 'Nguyễn Văn A' } }) });
            await reply.text();
            if (reply.status !== 503) return { status: reply.status, tries };
        } catch { /* no network: again, with the same key */ }
        await wait(300);
    }
}

const heard = () => phones.map(({ events, resumed }) => ({ resumed,
    events: events.map(({ id, event, data }) => ({ id, event, subject: data.subject, what: data.what })) }));
const say = (to, answer) => process.stdout.write(`${JSON.stringify({ to, answer })}\n`);

say(0, 'listening');
for await (const line of createInterface({ input: process.stdin })) {
    const { number, until, ask: keys } = JSON.parse(line);
    const done = keys ? Promise.all(keys.map((key, i) => ask(tickets[i], key)))
        : Promise.all(phones.map((phone) => until && phone.until(({ data }) => data.subject === until && data.what === 'relayed'))).then(heard);
    done.then((answer) => say(number, answer));
}
process.exit(0);
