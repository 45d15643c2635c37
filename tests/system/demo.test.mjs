// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample ward: every stage is made, served and counted; the same content every time.
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from './engines.mjs';
import { Ward, password, rule, run } from './harness.mjs';

// What the secretary sees: all but the sealed one.
const STAGES = {
    drafting: { state: 'drafting', opinions: {} },
    announced: { state: 'announced', opinions: { received: 4, relayed: 8, diverted: 1, withdrawn: 1 } },
    open: { state: 'open', opinions: { received: 2, relayed: 15, on_floor: 2, answered: 3, owed: 8, referred: 1,
        concluded: 2, diverted: 1, withdrawn: 1 }, sealed: 1 },
    closed: { state: 'closed', opinions: { answered: 8, owed: 10, referred: 2, concluded: 17, diverted: 2,
        withdrawn: 2 }, sealed: 1, overdue: 1 },
    completed: { state: 'completed', opinions: { concluded: 37, diverted: 2, withdrawn: 2 }, sealed: 1 },
};
const FIELDS = ['admin_reform', 'anticorruption', 'conduct', 'construction', 'culture_society', 'democracy', 'economy',
    'military', 'other', 'reception', 'resolutions', 'security', 'urban'];

async function all(client) {
    const items = [];
    for (let after = ''; after !== null;) {
        const { status, body } = await client.get(`/api/v1/dialogues/1/opinions?limit=200${after && `&after=${after}`}`);
        assert.equal(status, 200);
        items.push(...body.items);
        after = body.next;
    }
    return items;
}

const count = (items, key) => items.reduce((sum, item) => ({ ...sum, [item[key]]: (sum[item[key]] ?? 0) + 1 }), {});
const some = (counts) => Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));

for (const [stage, want] of Object.entries(STAGES)) {
    test(`the sample ward at ${stage} is whole, has the figures of its stage, and ends all in its time`, async () => {
        rule('R1', 'R5', 'R7', 'R17', 'R85', 'R86', 'R87', 'R100');
        const ward = await Ward.demo(stage, { fresh: true });
        try {
            const sound = await ward.run('verify');
            assert.equal(sound.status, 0, sound.stderr);
            const secretary = await ward.signIn('thuky');
            const { body: dialogue } = await secretary.get('/api/v1/dialogues/1');
            assert.equal(dialogue.state, want.state);
            assert.equal(dialogue.seats, 80);
            const items = await all(secretary);
            assert.deepEqual(count(items, 'state'), some(want.opinions));
            assert.equal(items.filter((item) => item.overdue).length, want.overdue ?? 0);
            if (stage === 'closed') assert.deepEqual(Object.keys(count(items, 'field')).sort(), FIELDS);
            const custodian = await ward.signIn('baomat1');
            const sealed = await custodian.get('/api/v1/opinions/2024-0012');
            assert.equal(sealed.status, want.sealed ? 200 : 404);
            assert.equal((await secretary.get('/api/v1/opinions/2024-0012')).status,
                want.sealed || stage === 'drafting' ? 404 : 200);
        } finally {
            await ward.stop();
        }
    });
}

test('the sample ward has every kind, channel and author; opinions grouped and split; one about the chair, one about an official', async () => {
    const ward = await Ward.demo('open', { fresh: true });
    try {
        const secretary = await ward.signIn('thuky');
        const of = async (client, number) => (await client.get(`/api/v1/opinions/${number}`)).body;
        const opinions = await Promise.all((await all(secretary)).map(({ number }) => of(secretary, number)));
        const numbers = (is) => opinions.filter(is).map(({ number }) => number).sort();
        assert.deepEqual(Object.keys(count(opinions, 'kind')).sort(), ['aspiration', 'contribution', 'question', 'recommendation', 'reflection']);
        assert.deepEqual(Object.keys(count(opinions, 'channel')).sort(), ['khom', 'online', 'phone', 'slip', 'spoken']);
        assert.deepEqual(Object.keys(count(opinions.map(({ author }) => author), 'type')).sort(), ['anonymous', 'business', 'resident']);
        assert.deepEqual(numbers(({ group }) => group !== null), ['2024-0002', '2024-0005', '2024-0008', '2024-0011', '2024-0015']);
        assert.deepEqual(numbers(({ split_from: whole }) => whole === '2024-0023'), ['2024-0024', '2024-0025']);

        assert.deepEqual(numbers(({ about }) => about === 'official'), ['2024-0019']);
        assert.deepEqual(opinions.find(({ about }) => about === 'official').named, ['diachinh']);
        assert.deepEqual(numbers(({ about }) => about === 'head'), ['2024-0013']);
        assert.deepEqual(opinions.find(({ about }) => about === 'head').named, ['chutich']);
        const [chair, reader] = await Promise.all(['chutich', 'phochutich'].map(async (who) => (await of(await ward.signIn(who), '2024-0013')).actions));
        for (const action of ['answer', 'assign', 'refer', 'set_off_topic']) {
            assert.ok(reader.includes(action), action);
            assert.ok(!chair.includes(action), `the chair's own case: ${action}`);
        }
    } finally {
        await ward.stop();
    }
});

/** Everything that is read of a ward, without what is random in it. */
async function content(ward) {
    const secretary = await ward.signIn('thuky');
    const items = await all(secretary);
    const opinions = await Promise.all(items.map(async ({ number }) =>
        (await secretary.get(`/api/v1/opinions/${number}`)).body));
    return { said: ward.said, dialogue: (await secretary.get('/api/v1/dialogues/1')).body, opinions };
}

const twice = async (first, second) => {
    const wards = [await first('closed', { fresh: true }), await second('closed', { fresh: true })];
    try {
        assert.deepEqual(await content(wards[0]), await content(wards[1]));
    } finally {
        for (const ward of wards) await ward.stop();
    }
};
const list = await engines();
for (const { name, demo } of list)
    test(`made twice on ${list[0].name} and ${name}, the sample ward says the same, instants and receipts included`,
        () => twice(list[0].demo, demo));

test('the printed receipts open the opinions they belong to, one receipt all the parts of a split one', async () => {
    rule('R15', 'R60');
    const ward = await Ward.demo('open', { fresh: true });
    try {
        const receipts = new Map([...ward.said.matchAll(/(2024-\d{4}) {2}(\d{4}) (\d{4}) (\d{4}) (\d{4})/g)]
            .map(([, number, ...groups]) => [number, groups.join('')]));
        assert.equal(receipts.size, 36);
        for (const number of ['2024-0001', '2024-0030']) {
            const { status, body } = await ward.author(receipts.get(number)).get(`/api/v1/opinions/${number}`);
            assert.equal(status, 200);
            assert.ok(body.actions.includes('reply'));
        }
        const split = ward.author(receipts.get('2024-0023'));
        for (const number of ['2024-0023', '2024-0024', '2024-0025'])
            assert.ok((await split.get(`/api/v1/opinions/${number}`)).body.actions.includes('withdraw'));
    } finally {
        await ward.stop();
    }
});

for (const { name, demo } of list)
    test(`every stored password of the sample ward on ${name} is argon2id, three passes over 64 MiB`, async () => {
        const ward = await demo('drafting', { fresh: true, start: false });
        try {
            const hashes = ward.sql('SELECT password_hash FROM account').split('\n');
            assert.equal(hashes.length, 21);
            for (const hash of hashes) assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
        } finally {
            await ward.stop();
        }
    });

test('every account of the contract signs in with its role', async () => {
    rule('R21', 'R72', 'R77', 'R94', 'R98', 'R99');
    const roles = { chutich: ['chair'], phochutich: [], vanphong: ['office'], thuky: ['secretary'],
        diachinh: ['specialist'], congan: ['specialist'], taichinh: ['specialist'], vanhoa: ['specialist', 'culture'],
        khom1: ['khom'], khom5: ['khom'], hdnd: ['oversight'], mttq: ['oversight'], doanthe: ['oversight'],
        danguy: ['party'], vanthu: ['archivist'], baomat1: ['custodian'], baomat2: ['custodian'], quantri: ['admin'] };
    const ward = await Ward.demo('drafting', { fresh: true });
    try {
        for (const [username, want] of Object.entries(roles)) {
            const { status, body } = await ward.anyone.post('/api/v1/sessions', { username, password });
            assert.equal(status, 201, username);
            assert.deepEqual([...body.roles].sort(), [...want].sort(), username);
        }
    } finally {
        await ward.stop();
    }
});

test('after a restart the ward goes on, its clock does not go back to its first morning', async () => {
    const ward = await Ward.demo('announced', { start: false, fresh: true });
    try {
        await ward.start(['--now', '2024-06-20T08:00:00+07:00']);
        assert.equal((await (await ward.signIn('chutich')).dialogue(1, 'open')).status, 200);
        await ward.quit();
        await ward.start();
        const chair = await ward.signIn('chutich');
        assert.equal((await chair.dialogue(1, 'close')).status, 200);
        const { opened_at, closed_at } = (await chair.get('/api/v1/dialogues/1')).body;
        assert.ok(closed_at >= opened_at, `${closed_at} before ${opened_at}`);
    } finally {
        await ward.stop();
    }
});

test('a second ward is not made over the first, and a stage that is none is said so', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'doithoai-'));
    try {
        const data = join(dir, 'data');
        assert.equal((await run(['demo', '--data', data, '--stage', 'open'])).status, 0);
        const again = await run(['demo', '--data', data, '--stage', 'closed'], { env: { LANG: 'vi_VN.UTF-8' } });
        assert.equal(again.status, 1);
        assert.match(again.stderr, /^doithoai: [^\n]+\n$/);
        assert.equal((await run(['verify', '--data', data])).status, 0);
        assert.equal((await run(['demo', '--data', join(dir, 'x'), '--stage', 'later'])).status, 2);
        assert.equal((await run(['demo', '--data', join(dir, 'x'), '--stage', 'open', '--password', 'ngan'])).status, 2);
    } finally {
        await rm(dir, { recursive: true, force: true });
    }
});
