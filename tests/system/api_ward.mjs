// SPDX-License-Identifier: AGPL-3.0-or-later
// What the API's test files share: the people of the sample ward as checked clients, and an opinion in any state,
// brought there by the acts a person would do.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CheckedClient, Document } from './schema.mjs';

export const NAMES = ['chutich', 'phochutich', 'vanphong', 'thuky', 'diachinh', 'congan', 'taichinh', 'vanhoa', 'khom1', 'khom2', 'khom3',
    'khom4', 'khom5', 'hdnd', 'mttq', 'doanthe', 'danguy', 'vanthu', 'baomat1', 'baomat2', 'quantri'];

export class Hall {
    /** Signs in `names`; `document` is checked against from then on. */
    static async enter(ward, names = NAMES, dialogue = 1) {
        const hall = new Hall();
        hall.ward = ward;
        hall.dialogue = dialogue;
        hall.document = new Document((await ward.anyone.get('/api/v1/openapi.json')).body);
        hall.anyone = new CheckedClient(hall.document, ward.anyone);
        hall.people = {};
        await Promise.all(names.map(async (name) => { hall.people[name] = new CheckedClient(hall.document, await ward.signIn(name)); }));
        Object.assign(hall, hall.people);
        return hall;
    }

    author(receipt) {
        return new CheckedClient(this.document, this.ward.author(receipt));
    }

    /** Hands in an opinion: { number, receipt, state, version, entry, author }. */
    async submit(fields = {}, by = this.anyone) {
        const body = { content: 'Đường trước nhà văn hóa khóm ngập khi mưa lớn.', author: { type: 'resident', name: 'Nguyễn Thị Thử' }, ...fields };
        const { status, body: made } = await by.post(`/api/v1/dialogues/${this.dialogue}/opinions`, body);
        assert.equal(status, 201, JSON.stringify(made));
        return { ...made, author: this.author(made.receipt) };
    }

    /** Does it, expecting it to be done; the answer's body. */
    async done(client, number, action, parameters) {
        const { status, body } = await client.opinion(number, action, parameters);
        assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
        return body;
    }

    /** Is refused with that status and code (and field). */
    async refused(reply, status, code, field) {
        const { status: got, body } = await reply;
        assert.equal(got, status, JSON.stringify(body));
        if (code !== undefined) assert.equal(body.code, code, JSON.stringify(body));
        if (field !== undefined) assert.equal(body.field, field, JSON.stringify(body));
        return body;
    }

    /** An opinion in the state, while the hall is open. */
    async inState(state, fields) {
        const o = await this.submit(fields);
        for (const [who, action, parameters] of WAYS[state]) {
            const client = who === 'author' ? o.author : this.people[who];
            o.last = await this.done(client, o.number, action, parameters);
        }
        const { body } = await (state === 'received' || state === 'withdrawn' ? this.thuky : this.vanphong).get(`/api/v1/opinions/${o.number}`);
        assert.equal(body.state, state);
        return { ...o, version: body.version };
    }

    key() {
        return { 'idempotency-key': randomUUID() };
    }
}

const relay = ['thuky', 'relay', { field: 'construction', topic: 'Giao thông' }];
const spoken = ['chutich', 'answer', { mode: 'spoken', kind: 'answer', text: 'Phường sẽ nạo vét cống trong quý này.' }];

/** How an opinion comes into each state while the hall is open. */
const WAYS = {
    received: [],
    relayed: [relay],
    on_floor: [relay, ['chutich', 'call']],
    answered: [relay, ['chutich', 'call'], spoken],
    owed: [relay, ['chutich', 'assign', { to: 'diachinh' }]],
    referred: [relay, ['chutich', 'refer', { agency: 'Sở Giao thông vận tải', reason: 'beyond', text: 'Tuyến đường do tỉnh quản lý.' }]],
    concluded: [relay, ['chutich', 'call'], spoken, ['author', 'agree'], ['chutich', 'conclude', { text: 'Thống nhất.', outcome: 'agreed' }]],
    diverted: [['thuky', 'divert', { to: 'complaint', reason: 'Nội dung là khiếu nại.' }]],
    withdrawn: [['author', 'withdraw']],
};
export const STATES = Object.keys(WAYS);
