// SPDX-License-Identifier: AGPL-3.0-or-later
// A program with several wards, asked under the name of one of them: fetch does not let a test say what the Host is.
//     const here = new Place(ward, 'phuong-1.example.vn');
//     const { status } = await (await here.signIn('thuky')).get('/api/v1/dialogues');
import { request } from 'node:http';
import { Client, password } from './harness.mjs';
import { Listener } from './listener.mjs';

/** As Client, under a name. */
export class HostClient extends Client {
    constructor(ward, host, authorization = null) {
        super(null, authorization);
        Object.assign(this, { ward, host });
    }

    request(method, path, { body, headers = {} } = {}) {
        const all = { accept: 'application/json', host: this.host, ...headers }, text = typeof body === 'object' ? JSON.stringify(body) : body;
        if (this.authorization) all.authorization ??= this.authorization;
        if (body !== undefined) all['content-type'] ??= 'application/json';
        return new Promise((resolve, reject) => {
            const asked = request(new URL(path, this.ward.url), { method, headers: all, agent: false }, async (reply) => {
                let said = '';
                for await (const part of reply.setEncoding('utf8')) said += part;
                const json = /[/+]json\b/.test(reply.headers['content-type'] ?? '');
                resolve({ status: reply.statusCode, headers: new Headers(Object.entries(reply.headers).map(([name, value]) => [name, String(value)])),
                    body: json && said ? JSON.parse(said) : said });
            });
            asked.on('error', reject).end(text);
        });
    }

    page(path, headers = {}) {
        return this.get(path, { accept: 'text/html', ...headers });
    }

    /** A form of a page, whose sender is known by its token. */
    form(path, pairs) {
        return this.request('POST', path, { body: new URLSearchParams(pairs).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    }
}

/** One ward of a program. */
export class Place {
    constructor(ward, host) {
        Object.assign(this, { ward, host });
    }

    with(authorization) {
        return new HostClient(this.ward, this.host, authorization);
    }

    get anyone() {
        return this.with(null);
    }

    author(receipt) {
        return this.with(`Receipt ${receipt}`);
    }

    async signIn(username, secret = password) {
        const { status, body } = await this.anyone.post('/api/v1/sessions', { username, password: secret });
        if (status !== 201) throw new Error(`${username} can't sign in at ${this.host}: ${status} ${JSON.stringify(body)}`);
        return this.with(`Bearer ${body.token}`);
    }

    listen(path, headers = {}) {
        return Listener.open(this.ward.url + path, '', { headers: { ...headers, host: this.host } });
    }
}
