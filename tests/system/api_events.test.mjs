// SPDX-License-Identifier: AGPL-3.0-or-later
// The event stream over HTTP: what comes, in which form, how it is resumed, and what the public never gets.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { Ward } from './harness.mjs';

/** A reader of one stream. next() waits for the next event; the stream ends with the test. */
class Stream {
    static async open(client, path, headers = {}) {
        const stream = new Stream();
        stream.abort = new AbortController();
        const all = { accept: 'text/event-stream', ...(client.authorization && { authorization: client.authorization }), ...headers };
        stream.reply = await fetch(new URL(path, client.url), { headers: all, signal: stream.abort.signal });
        stream.blocks = stream.#read();
        return stream;
    }

    async *#read() {
        let text = '';
        for await (const chunk of this.reply.body) {
            text += Buffer.from(chunk).toString();
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
                yield text.slice(0, end);
                text = text.slice(end + 2);
            }
        }
    }

    async next() {
        for (;;) {
            const { value, done } = await this.blocks.next();
            if (done) throw new Error('the stream ended');
            const fields = value.split('\n').map((line) => /^([^:]*): ?(.*)$/.exec(line)).filter(Boolean);
            const of = (name) => fields.filter((field) => field[1] === name).map((field) => field[2]).join('\n');
            if (of('event')) return { id: of('id'), event: of('event'), data: of('data') && JSON.parse(of('data')) };
        }
    }

    close() {
        this.abort.abort();
    }
}

const EVENTS = '/api/v1/dialogues/1/events';

describe('events', () => {
    let ward, hall;
    const streams = [];
    const open = async (client, headers, path = EVENTS) => {
        const stream = await Stream.open(client, path, headers);
        streams.push(stream);
        return stream;
    };

    before(async () => {
        ward = await Ward.demo('open');
        hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong']);
    });
    after(() => {
        streams.forEach((stream) => stream.close());
        return ward?.stop();
    });

    test('an event has a number, a name and data of the listed form', async () => {
        const stream = await open(hall.anyone);
        assert.equal(stream.reply.status, 200);
        assert.match(stream.reply.headers.get('content-type'), /^text\/event-stream/);
        const o = await hall.inState('relayed');
        const { id, event, data } = await stream.next();
        assert.match(id, /^\d+$/);
        assert.deepEqual([event, data.subject, data.what, data.version], ['opinion', o.number, 'relayed', 2]);
        for (const name of Object.keys(data)) assert.ok(['subject', 'what', 'state', 'version', 'html'].includes(name), name);
    });

    test('the public hears nothing of what is not relayed, kept to staff, or sealed', async () => {
        const stream = await open(hall.anyone);
        const hidden = await hall.submit();
        await hall.done(hall.thuky, hidden.number, 'classify', { field: 'urban' });
        const sealed = await hall.submit();
        await hall.done(hall.thuky, sealed.number, 'divert', { to: 'denunciation', reason: 'Là tố cáo' });
        const inside = await hall.submit();
        await hall.done(hall.thuky, inside.number, 'classify', { visibility: 'staff' });
        await hall.done(hall.thuky, inside.number, 'relay');
        const shown = await hall.inState('relayed');
        assert.equal((await stream.next()).data.subject, shown.number, 'the first thing heard');
    });

    test('staff hear of what comes in, by name only', async () => {
        const stream = await open(hall.thuky);
        const o = await hall.submit({ content: 'Bí mật chưa chuyển' });
        const { data } = await stream.next();
        assert.deepEqual([data.subject, data.what], [o.number, 'submitted']);
        assert.doesNotMatch(JSON.stringify(data), /Bí mật/);
    });

    test('ids grow by one, and Last-Event-ID resumes with what was missed', async () => {
        const stream = await open(hall.anyone);
        const numbers = [(await hall.inState('relayed')).number, (await hall.inState('relayed')).number, (await hall.inState('relayed')).number];
        const seen = [await stream.next(), await stream.next(), await stream.next()];
        assert.deepEqual(seen.map((event) => event.data.subject), numbers);
        assert.deepEqual(seen.map((event) => Number(event.id) - Number(seen[0].id)), [0, 1, 2]);
        const resumed = await open(hall.anyone, { 'last-event-id': seen[0].id });
        assert.deepEqual([await resumed.next(), await resumed.next()], seen.slice(1));
    });

    for (const id of ['1', '0', 'x', '99999999999999999999', '-1'])
        test(`an id that is too old or not of this stream gets one reset: ${id}`, async () => {
            const stream = await open(hall.anyone, { 'last-event-id': id });
            assert.equal((await stream.next()).event, 'reset');
        });

    for (const [what, act] of Object.entries({
        recalled: (o) => hall.done(hall.thuky, o.number, 'recall', { reason: 'chuyển nhầm' }),
        'kept to staff': (o) => hall.done(hall.thuky, o.number, 'classify', { visibility: 'staff' }),
        redacted: (o) => hall.done(hall.vanphong, o.number, 'redact', { spans: [{ from: 0, to: 11 }], reason: 'Nêu tên người dân' }),
        withdrawn: (o) => hall.done(o.author, o.number, 'withdraw'),
    }))
        test(`words that were ${what} are not told again to whoever asks for the past`, async () => {
            const before = await open(hall.anyone);
            const hears = async (number) => { // the hall's card may come between
                for (;;) {
                    const event = await before.next();
                    if (event.data.subject === number) return event;
                }
            };
            const o = await hall.inState('relayed', { content: 'Bà Trần Thị Ngoài nợ tiền quỹ khóm.' }), { id, data } = await hears(o.number);
            assert.ok(data.html.includes('Bà Trần Thị'));
            await act(o);
            const { data: now } = await hears(o.number); // who listens hears what became of it
            assert.ok(!now.html.includes('Bà Trần Thị'), now.html);
            const late = await open(hall.anyone, { 'last-event-id': String(BigInt(id) - 1n) });
            const first = await late.next();
            assert.equal(first.event, 'reset');
            const { number: after } = await hall.inState('relayed', { content: 'Ý kiến sau đó' }), heard = [first];
            while (heard.at(-1).data.subject !== after) heard.push(await late.next());
            assert.ok(!JSON.stringify(heard).includes('Bà Trần Thị'));
        });

    test('a dialogue that is not there, and a token of nobody', async () => {
        assert.equal((await open(hall.anyone, {}, '/api/v1/dialogues/99/events')).reply.status, 404);
        assert.equal((await open(hall.anyone, { authorization: 'Bearer abc' })).reply.status, 401);
    });
});
