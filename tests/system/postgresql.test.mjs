// SPDX-License-Identifier: AGPL-3.0-or-later
// The same program on PostgreSQL: the sample ward at every stage, served, and moved to SQLite and back.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Server } from './engines.mjs';
import { Client, run, Ward } from './harness.mjs';
import { Listener } from './listener.mjs';

const filePassword = 'mat-khau-cua-tep';

describe('on PostgreSQL', () => {
    let server;
    const database = () => server.database();
    before(async () => { server = await Server.start(); });
    after(() => server.stop());

    for (const stage of ['drafting', 'announced', 'open', 'closed', 'completed']) {
        test(`the sample ward at ${stage} is made and sound`, async () => {
            const ward = await Ward.demo(stage, { database: database(), start: false });
            try {
                const { status, stderr } = await ward.run('verify');
                assert.equal(status, 0, stderr);
                assert.equal((await ward.run('demo', '--stage', stage)).status, 1);
            } finally {
                await ward.stop();
            }
        });
    }

    test('an empty ward is made, signs its administrator in, and a second init is refused', async () => {
        const ward = await Ward.init({ database: database() });
        try {
            await ward.signIn('quantri');
            assert.equal((await ward.run('init', '--password', filePassword)).status, 1);
            assert.equal((await ward.run('verify')).status, 0);
        } finally {
            await ward.stop();
        }
    });

    test('people send, the secretary relays, all find it; the ward then moves to SQLite and back with receipts valid', async () => {
        const ward = await Ward.demo('open', { database: database() });
        const wards = [ward];
        try {
            const sent = await ward.anyone.post('/api/v1/dialogues/1/opinions', { content: 'Đề nghị sửa cầu Rạch Gừa', author: { type: 'anonymous' } });
            assert.equal(sent.status, 201);
            const { number, receipt } = sent.body;
            const secretary = await ward.signIn('thuky');
            assert.equal((await secretary.opinion(number, 'relay')).body.state, 'relayed');
            for (const page of ['/', '/doi-thoai/1', `/y-kien/${number}`, '/doi-thoai/1/gui-y-kien', '/tra-cuu', '/healthz'])
                assert.equal((await ward.anyone.get(page, { accept: 'text/html' })).status, 200, page);
            const search = '/api/v1/dialogues/1/opinions?q=rach%20gua';
            const found = (await ward.anyone.get(search)).body;
            assert.ok(JSON.stringify(found).includes(number));

            const file = join(ward.dir, 'export'), again = join(ward.dir, 'again'), dir = join(ward.dir, 'sqlite'), second = database();
            const done = async (...args) => {
                const { status, stderr } = await run([...args, '--password', filePassword]);
                assert.equal(status, 0, `${args[0]}: ${stderr}`);
            };
            await done('export', ...ward.where, '-o', file);
            await done('import', file, '--data', dir);
            await done('export', '--data', dir, '-o', again);
            await done('import', again, '--database', second);
            assert.equal((await run(['import', again, '--database', second, '--password', filePassword])).status, 1);
            for (const where of [['--data', dir], ['--database', second]]) {
                const moved = await Ward.at(where);
                wards.push(moved);
                assert.equal((await moved.author(receipt).get(`/api/v1/opinions/${number}`)).body.content, 'Đề nghị sửa cầu Rạch Gừa');
                assert.deepEqual((await moved.anyone.get(search)).body, found);
                const clerk = await moved.signIn('thuky');
                assert.equal((await clerk.opinion(number, 'recall', { reason: 'chuyển nhầm' })).status, 200);
                await moved.quit();
                assert.equal((await moved.run('verify')).status, 0);
            }
        } finally {
            for (const one of wards.reverse()) await one.stop();
        }
    });

    describe('two programs on one database', () => {
        const EVENTS = '/api/v1/dialogues/1/events', HALL = '/api/v1/dialogues/1/hall';
        let here, there, secretary, phone, staff;
        const about = (listener, number) => listener.events.filter(({ data }) => data.subject === number);
        const ask = async (content) => (await here.anyone.post('/api/v1/dialogues/1/opinions',
            { content, author: { type: 'resident', name: 'Nguyễn Văn A' } })).body.number;
        const act = async (number, action, parameters) => {
            const { status, body } = await secretary.opinion(number, action, parameters);
            assert.equal(status, 200, JSON.stringify(body));
        };

        before(async () => {
            here = await Ward.demo('open', { database: database() });
            there = await Ward.at(here.where);
            secretary = await here.signIn('thuky');
            phone = await Listener.open(there.url + EVENTS);
            const { authorization } = await there.signIn('chutich');
            staff = await Listener.open(there.url + EVENTS, '', { headers: { authorization } });
        });
        after(async () => {
            phone?.end();
            staff?.end();
            await there?.stop();
            await here?.stop();
        });

        test('what the secretary relays at one reaches the phones of the other with its card, what is not relayed only the desks', async () => {
            const waiting = await ask('Chưa chuyển: hẻm 12 chưa có đèn'), number = await ask('Đề nghị sửa cầu Rạch Gừa');
            await act(number, 'relay', { field: 'urban' });
            await phone.until(({ data }) => data.subject === number);
            await staff.until(({ data }) => data.subject === number && data.what === 'relayed');
            assert.match(about(phone, number)[0].data.html, /sửa cầu Rạch Gừa/);
            assert.equal(about(phone, waiting).length, 0);
            assert.ok(about(staff, waiting).length > 0);
            await act(number, 'recall', { reason: 'chuyển nhầm' });
            await phone.until(({ data }) => data.subject === number && !data.html.includes('Rạch Gừa'));
        });

        test('a hand raised at one changes the queue at the other', async () => {
            const { code } = (await secretary.get(HALL)).body;
            const { ticket } = (await here.anyone.post('/api/v1/dialogues/1/tickets', { code, name: 'Trần Thị B' })).body;
            const raised = await new Client(here.url, `Ticket ${ticket}`).post(HALL, { action: 'hand_up', khom: 'khom1' });
            assert.equal(raised.status, 200);
            await phone.until(({ event, data }) => event === 'queue' && data.html.includes('Người dân Khóm 1'));
            await staff.until(({ event }) => event === 'presence');
        });

        test('its own acts a program tells once', async () => {
            const own = await Listener.open(here.url + EVENTS);
            const numbers = [];
            for (let i = 0; i < 5; i++) {
                numbers.push(await ask(`Hẻm ${i} chưa có đèn`));
                await act(numbers[i], 'relay', { field: 'urban' });
            }
            await phone.until(({ data }) => data.subject === numbers[4]); // the other has looked; so has this one, soon
            const later = await there.signIn('thuky');
            assert.equal((await later.opinion(numbers[0], 'recall', { reason: 'chuyển nhầm' })).status, 200);
            await own.until(({ data }) => data.subject === numbers[0] && data.what === 'recalled');
            assert.deepEqual(numbers.map((number) => about(own, number).filter(({ data }) => data.what === 'relayed').length), [1, 1, 1, 1, 1]);
            own.end();
        });

        for (const [what, said, action, parameters] of [
            ['sealed', 'diverted', 'divert', { to: 'denunciation', reason: 'tố cáo' }], ['recalled', 'recalled', 'recall', { reason: 'chuyển nhầm' }],
            ['kept to staff', 'classified', 'classify', { visibility: 'staff' }],
        ]) test(`what is ${what} at one is not repeated to a phone by the other`, async () => {
            const number = await ask('Tố cáo: ông X nhận tiền');
            await act(number, 'relay', { field: 'urban' });
            await phone.until(({ data }) => data.subject === number);
            const before = BigInt(about(phone, number)[0].id) - 1n;
            await act(number, action, parameters);
            await phone.until(({ data }) => data.subject === number && data.what === said);
            const late = await Listener.open(there.url + EVENTS, String(before));
            await late.atLeast(1);
            assert.ok(!JSON.stringify(late.events).includes('nhận tiền'), 'nothing of it');
            assert.equal(late.events[0].event, 'reset');
            late.end();
        });

        test('the closing at one, with what is still owed and referred, is told by the other', async () => {
            const number = await ask('Tuyến tỉnh lộ hư hỏng nặng');
            await act(number, 'relay', { field: 'urban' });
            const chair = await here.signIn('chutich');
            assert.equal((await chair.opinion(number, 'refer', { agency: 'Sở Giao thông vận tải', reason: 'beyond' })).status, 200);
            assert.equal((await chair.dialogue(1, 'close')).status, 200);
            await phone.until(({ event, data }) => event === 'dialogue' && data.what === 'close');
            await staff.until(({ event }) => event === 'scene');
            assert.equal((await there.anyone.get('/healthz')).status, 200);
        });
    });
});
