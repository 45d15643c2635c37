// SPDX-License-Identifier: AGPL-3.0-or-later
// A listener to events as a phone has it: keeps what it heard, and asks again from there when its connection is lost.
// Knows no rule; what must have been heard is said by the test.
import { request } from 'node:http';

export class Listener {
    /** `id`: what it heard last. `agent` and the like go to the request. */
    static async open(url, id = '', options = {}) {
        const one = new Listener();
        Object.assign(one, { url, options, id, events: [], resumed: -1, waiting: [], text: '' });
        await one.#connect();
        return one;
    }

    #connect() {
        this.text = '';
        return new Promise((resolve, reject) => {
            const headers = { accept: 'text/event-stream', ...this.options.headers, ...(this.id && { 'last-event-id': this.id }) };
            this.request = request(this.url, { agent: false, ...this.options, headers }, (reply) => {
                if (reply.statusCode !== 200) return reject(new Error(`events: ${reply.statusCode}`));
                this.resumed++;
                reply.setEncoding('utf8').on('data', (text) => this.#take(text)).on('close', () => this.#again()).on('error', () => {});
                return resolve();
            });
            this.request.on('error', (error) => (this.resumed < 0 ? reject(error) : this.#again())).end();
        });
    }

    /** As a browser does, after a while. */
    #again() {
        if (this.ended || this.timer) return;
        this.request.destroy();
        this.timer = setTimeout(() => {
            this.timer = null;
            if (!this.ended) this.#connect().catch(() => this.#again());
        }, 300);
    }

    #take(text) {
        this.heardAt = Date.now();
        this.text += text;
        for (let end = this.text.indexOf('\n\n'); end >= 0; end = this.text.indexOf('\n\n')) {
            const fields = Object.fromEntries(this.text.slice(0, end).split('\n').map((l) => /^(\w+): (.*)$/.exec(l)?.slice(1)).filter(Boolean));
            this.text = this.text.slice(end + 2);
            if (!fields.event) continue;
            this.id = fields.id;
            this.events.push({ id: fields.id, event: fields.event, at: performance.now(), data: fields.data ? JSON.parse(fields.data) : {} });
        }
        this.waiting = this.waiting.filter((look) => !look());
    }

    #once(holds) {
        return new Promise((resolve) => {
            const look = () => holds() && (resolve(this.events), true);
            if (!look()) this.waiting.push(look);
        });
    }

    atLeast(count) {
        return this.#once(() => this.events.length >= count);
    }

    /** All it heard, once it heard such a one. */
    until(is) {
        return this.#once(() => this.events.some(is));
    }

    /** The connection is given up, as a phone does that hears nothing any more; it asks again. */
    drop() {
        this.request.destroy();
        this.#again();
    }

    end() {
        this.ended = true;
        clearTimeout(this.timer);
        this.request.destroy();
    }
}
