// SPDX-License-Identifier: AGPL-3.0-or-later
// The truth of the hall: whoever edits a row of it by hand is named by `verify`; it travels whole; and a sealed opinion
// leaves screen, phones, consoles, API and events at once. On both engines.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { browser } from './form_browser.mjs';
import { Listener } from './listener.mjs';
import { Client, rule, run } from './harness.mjs';
import { CheckedClient } from './schema.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets', CONSOLE = '/lam-viec/hoi-truong/1';

const WORDS = 'Ông tổ trưởng ở hẻm Cây Vông thu mỗi nhà hai trăm nghìn đồng mà không đưa biên lai cho ai';
const NAME = 'Trần Thị Quỳnh Dao', NOTED = 'Bà Dao kể lại chuyện thu tiền, chủ trì xin ghi riêng', FACT = 'Tổ trưởng hẻm này nhận việc từ năm 2021';
const SECRET = /Cây Vông|Quỳnh Dao|kể lại chuyện thu tiền|nhận việc từ năm 2021/;

/** A hall with a queue, a speaker, a scene, two notes (one of them still typed), a fact and two tickets. */
async function lively(ward) {
    const h = { ward, hall: await Hall.enter(ward, ['thuky', 'chutich', 'diachinh', 'vanphong', 'baomat1']) };
    h.act = (client, action, parameters = {}) => client.post(HALL, { action, ...parameters });
    h.done = async (client, action, parameters) => {
        const { status, body } = await h.act(client, action, parameters);
        assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
        return body;
    };
    h.now = async () => (await h.hall.anyone.get(HALL)).body;
    const { code } = (await h.hall.thuky.get(HALL)).body;
    h.phone = async (name, khom) => {
        const { status, body } = await h.hall.anyone.post(TICKETS, { code, name, khom });
        assert.equal(status, 201, JSON.stringify(body));
        const client = new CheckedClient(h.hall.document, new Client(ward.url, `Ticket ${body.ticket}`));
        return Object.assign(client, { page: async () => (await fetch(new URL('/hoi-truong/1', ward.url), { headers: { cookie: `ve=${body.ticket}` } })).text() });
    };
    h.secretary = await browser(ward, 'thuky');
    h.officer = await browser(ward, 'diachinh');
    h.note = async (fields) => {
        const reply = await h.secretary.post(`${CONSOLE}/ghi-chu`, fields, CONSOLE);
        assert.equal(reply.status, 303, reply.body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 900));
    };
    h.fact = async (opinion, text) => {
        const reply = await h.officer.post(`${CONSOLE}/cung-cap`, { opinion, text }, CONSOLE);
        assert.equal(reply.status, 303, reply.body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 900));
    };
    return h;
}

async function sound(ward) {
    const { status, stderr } = await ward.run('verify');
    assert.equal(status, 0, stderr);
}

// Columns that an editor by hand might want to change, by type: n number, t text, b bytes.
const ROWS = {
    hall: { subject: 'hall 1', columns: { undo_action: 'n', undo_turn: 'n', undo_before: 'n', undo_scene: 'n', undo_opinion: 'n', undo_text: 't', scene_text: 't', salt: 'b' } },
    hall_note: { subject: 'note 1-1', where: 'note = 1', columns: { text: 't', author: 't', turn: 'n', opinion_id: 'n', became: 'n', became_opinion: 'n', struck: 'n', entry: 'n', at_ms: 'n', edited_ms: 'n', salt: 'b' } },
    hall_fact: { subject: 'fact 1-1', where: 'fact = 1', columns: { opinion_id: 'n', username: 't', text: 't', at_ms: 'n', salt: 'b' } },
    hall_ticket: { subject: 'ticket 1-1', where: 'ticket = 1', columns: { token_hash: 'b', name: 't', khom: 'n', joined_ms: 'n', author_type: 'n', organisation: 't' } },
};

for (const engine of await engines())
    describe(`the truth of the hall on ${engine.name}`, () => {
        const bytes = engine.name === 'sqlite' ? `X'${'5a'.repeat(32)}'` : `decode('${'5a'.repeat(32)}', 'hex')`;
        const other = (name, type) => ({ n: `${name} = ${name} + 1`, t: `${name} = ${name} || 'x'`, b: `${name} = ${bytes}` })[type];
        let ward, asked;
        /** What is edited by hand is found, and put back from the table `kept`. */
        const breaks = async (table, edit, what) => {
            ward.sql(edit);
            const { status, stderr } = await ward.run('verify');
            ward.sql(`DELETE FROM ${table}`);
            ward.sql(`INSERT INTO ${table} SELECT * FROM kept`);
            assert.equal(status, 1, `${edit}: verify sees nothing`);
            assert.match(stderr, what, edit);
        };

        before(async () => {
            ward = await engine.demo('open');
            const h = await lively(ward);
            const a = await h.phone('Nguyễn Văn A', 'khom1');
            await h.phone('Nguyễn Văn B', 'khom2');
            await h.done(a, 'hand_up', { khom: 'khom1', name: 'Nguyễn Văn A', topic: 'Đèn đường' });
            const { number } = await h.hall.inState('on_floor');
            await h.done(h.hall.chutich, 'call_turn');
            await h.done(h.hall.chutich, 'scene', { scene: 'question', opinion: number });
            await h.done(h.hall.chutich, 'scene', { scene: 'message', text: 'Xin giữ trật tự' });
            await h.note({ text: 'Bà con hẻm 12 xin thêm đèn' });
            await h.note({ text: 'Còn đang ghi dở', done: 'false' });
            await h.fact(number, 'Hẻm 12 có 6 bóng hỏng.');
            asked = (await h.hall.submit({ content: 'Xin thêm thùng rác ở đầu hẻm 12.' }, a)).number;
            await h.hall.done(h.hall.thuky, asked, 'relay', { field: 'urban' });
            const b = await h.phone('Nguyễn Văn C', 'khom2');
            assert.equal((await b.post(`/api/v1/opinions/${asked}/actions`, { action: 'support' })).status, 200);
            await sound(ward);
            await ward.quit();
        });
        after(() => ward?.stop());

        for (const [table, { subject, where = '1 = 1', columns }] of Object.entries(ROWS))
            test(`R82 each column of ${table}, edited by hand, breaks the last entry about it`, async (t) => {
                rule(82);
                const entry = ward.sql(`SELECT entry FROM entry WHERE subject = '${subject}' ORDER BY version DESC LIMIT 1`);
                assert.match(entry, /^\d+$/, `${subject} has an entry`);
                ward.sql(`CREATE TABLE kept AS SELECT * FROM ${table}`);
                const named = new RegExp(`^mục ${entry}: ${subject} `);
                for (const [name, type] of Object.entries(columns))
                    await t.test(name, () => breaks(table, `UPDATE ${table} SET ${other(name, type)} WHERE ${where}`, named));
                await t.test('the row taken out', () => breaks(table, `DELETE FROM ${table} WHERE ${where}`, named));
                const number = table.replace('hall_', '');
                if (number !== table)
                    await t.test('another number', () => breaks(table, `UPDATE ${table} SET ${number} = ${number} + 1000 WHERE ${where}`,
                        new RegExp(`${number} 1-1001 không có mục nào trong sổ`)));
                ward.sql('DROP TABLE kept');
                await sound(ward);
            });

        for (const [table, columns] of [['hall_support', ['ticket', 'at_ms']], ['hall_ticket_opinion', ['ticket']]])
            test(`R82 a row of ${table} edited, taken out or put in by hand breaks the last entry about its opinion`, async (t) => {
                rule(82);
                const entry = ward.sql(`SELECT entry FROM entry WHERE subject = 'opinion ${asked}' ORDER BY version DESC LIMIT 1`);
                const id = ward.sql(`SELECT opinion_id FROM ${table} ORDER BY opinion_id DESC LIMIT 1`), mine = `opinion_id = ${id}`;
                const named = new RegExp(`^mục ${entry}: opinion ${asked} hiện không như sổ đã ghi`);
                const put = (what) => `INSERT INTO ${table} (${columnsOf}) SELECT ${what} FROM ${table} WHERE ${mine}`;
                const columnsOf = `unit_id, dialogue_id, opinion_id, ticket${columns.includes('at_ms') ? ', at_ms' : ''}`;
                assert.match(entry, /^\d+$/);
                ward.sql(`CREATE TABLE kept AS SELECT * FROM ${table}`);
                const broken = (name, edit, what = named) => t.test(name, () => breaks(table, edit, what));
                const other = `(SELECT max(ticket) FROM hall_ticket WHERE ticket NOT IN (SELECT ticket FROM ${table} WHERE ${mine}))`;
                for (const name of columns)
                    await broken(name, `UPDATE ${table} SET ${name} = ${name === 'ticket' ? other : 'at_ms + 1'} WHERE ${mine}`);
                await broken('taken out', `DELETE FROM ${table} WHERE ${mine}`);
                await broken('put in', put(columnsOf.replace(' ticket', ` ${other}`)));
                await broken('of a phone that never came', `UPDATE ${table} SET ticket = 999 WHERE ${mine}`);
                await broken('of an opinion that is not there', put(columnsOf.replace('opinion_id', 'opinion_id + 5000')), /có liên kết mà thiếu một bên/);
                ward.sql('DROP TABLE kept');
                await sound(ward);
            });

        test('R82 notes, facts, tickets and the hall travel whole, and verify where they arrive', async () => {
            rule(82);
            const password = 'mat-khau-cua-tep', file = join(ward.dir, 'hall-export'), dir = join(ward.dir, 'moved');
            const out = await ward.run('export', '-o', file, '--password', password);
            assert.equal(out.status, 0, out.stderr);
            await mkdir(dir);
            const back = await run(['import', file, '--data', dir, '--password', password]);
            assert.equal(back.status, 0, back.stderr);
            const { status, stderr } = await run(['verify', '--data', dir]);
            assert.equal(status, 0, stderr);
            const backup = join(ward.dir, 'hall-backup'), restored = join(ward.dir, 'restored');
            const made = await run(['backup', '--data', dir, '-o', backup, '--password', password]);
            assert.equal(made.status, 0, made.stderr);
            const restore = await run(['restore', backup, '--data', restored, '--password', password]);
            assert.equal(restore.status, 0, restore.stderr);
            for (const table of [...Object.keys(ROWS), 'hall_turn', 'hall_interval', 'hall_ticket_opinion', 'hall_support'])
                assert.equal(execFileSync('sqlite3', [join(restored, 'doithoai.db'), `SELECT count(*) FROM ${table}`], { encoding: 'utf8' }).trim(),
                    ward.sql(`SELECT count(*) FROM ${table}`), table);
            assert.equal((await run(['verify', '--data', restored])).status, 0);
        });
    });

for (const engine of await engines())
    describe(`a sealed opinion in the hall on ${engine.name}`, () => {
        let ward, h, number, dao, other, events, heardBefore;
        const screen = async (query = '') => (await (await fetch(new URL(`/man-hinh/1${query}`, ward.url))).text()).replace(/\s+/g, ' ');
        const main = () => ward.sql('SELECT max(entry) FROM entry');

        before(async () => {
            ward = await engine.demo('open');
            h = await lively(ward);
            events = await Listener.open(new URL('/api/v1/dialogues/1/events', ward.url));
            dao = await h.phone('Cô Ba', 'khom1');
            other = await h.phone('Chú Tư', 'khom2');
            ({ number } = await h.hall.submit({ content: WORDS, publish_name: true, author: { type: 'resident', name: NAME } }, dao));
            await h.hall.done(h.hall.thuky, number, 'relay', { field: 'conduct' });
            await h.done(other, 'hand_up', { khom: 'khom2', name: 'Chú Tư' });
            await h.done(h.hall.thuky, 'hand_up', { khom: 'khom1', name: NAME, topic: 'Thu tiền ở hẻm Cây Vông', opinion: number });
            await h.note({ text: 'Mở thêm cửa sổ cho mát' }); // about something else
            await h.hall.done(h.hall.chutich, number, 'call');
            await h.done(h.hall.chutich, 'scene', { scene: 'answer', opinion: number });
            await h.done(h.hall.chutich, 'scene', { scene: 'question', opinion: number });
            await h.note({ text: NOTED });
            await h.note({ text: `Chép nguyên văn: ${WORDS}` });
            await h.note({ text: `Đang gõ: ${WORDS}`, done: 'false' });
            await h.fact(number, FACT);
        });
        after(async () => {
            events?.end?.();
            await ward?.stop();
        });

        test('before it is sealed it is everywhere it may be', async () => {
            assert.match(await screen(), /Cây Vông/);
            assert.equal((await h.now()).scene_opinion, number);
            assert.match(await dao.page(), /Cây Vông/);
            assert.match((await h.secretary.get(CONSOLE)).body, /kể lại chuyện thu tiền/);
            assert.match((await h.secretary.get(CONSOLE)).body, /nhận việc từ năm 2021/);
            assert.match(JSON.stringify((await h.now()).queue), /Quỳnh Dao/);
            assert.match(JSON.stringify(await events.until(({ data }) => /Cây Vông/.test(data.html ?? ''))), /Cây Vông/);
            heardBefore = events.events[0].id;
        });

        test('R99 sealed, it is gone from the screen in the same act, which falls back to the queue', async () => {
            rule(99);
            const entries = main(), version = (await h.now()).version;
            const sealed = await h.hall.thuky.opinion(number, 'divert', { to: 'denunciation', reason: 'Là tố cáo' });
            assert.equal(sealed.status, 200, JSON.stringify(sealed.body));
            const now = await h.now();
            assert.equal(now.scene, 'queue');
            assert.equal(now.scene_opinion, undefined);
            assert.equal(now.version, version + 1, 'one act, one version');
            assert.equal(main(), entries, 'the main chain does not tell when');
            assert.doesNotMatch(JSON.stringify(now), SECRET);
            const shown = await screen();
            assert.doesNotMatch(shown, SECRET);
            assert.ok(!shown.includes(number));
            assert.match(shown, /đang chờ phát biểu/);
            assert.equal(now.queue.length, 2, 'nobody loses a place');
        });

        test('R99 gone from phones, consoles and the API, for all but custodians', async () => {
            rule(99);
            for (const phone of [dao, other]) {
                const page = await phone.page();
                assert.doesNotMatch(page, SECRET);
                assert.ok(!page.includes(number));
            }
            for (const who of ['thuky', 'chutich', 'phochutich', 'diachinh', 'vanphong', 'hdnd', 'quantri']) {
                const desk = await browser(ward, who);
                for (const path of [CONSOLE, `${CONSOLE}?y=${number}`, `${CONSOLE}?bang=1`, '/lam-viec', '/doi-thoai/1'])
                    assert.doesNotMatch((await desk.get(path)).body, SECRET, `${who} ${path}`);
                const api = await ward.signIn(who);
                assert.equal((await api.get(`/api/v1/opinions/${number}`)).status, 404, who);
                assert.doesNotMatch(JSON.stringify([(await api.get(HALL)).body, (await api.get('/api/v1/dialogues/1/opinions?limit=200')).body]), SECRET, who);
            }
            for (const scene of ['question', 'answer'])
                for (const query of [`?canh=${scene}&y=${number}`, `/canh?canh=${scene}&y=${number}`, `?scene=${scene}&opinion=${number}`]) {
                    const page = await screen(query);
                    assert.doesNotMatch(page, SECRET, query);
                    assert.ok(!page.replaceAll(`y=${number}`, '').replaceAll(`opinion=${number}`, '').includes(number), query);
                }
            await h.act(h.hall.chutich, 'undo'); // there may be nothing to undo
            assert.notEqual((await h.now()).scene_opinion, number, 'undo brings nothing back');
            assert.equal((await h.hall.chutich.post(HALL, { action: 'scene', scene: 'question', opinion: number })).status === 200, false);
        });

        test('R99 events give it to nobody any more, not even their past', async () => {
            rule(99);
            await events.until(({ data }) => data.subject === number && data.what === 'diverted');
            const late = await Listener.open(new URL('/api/v1/dialogues/1/events', ward.url), heardBefore);
            const heard = await late.until(({ event }) => event === 'reset');
            assert.equal(heard[0].event, 'reset');
            assert.doesNotMatch(JSON.stringify(heard), SECRET);
            late.end?.();
        });

        test('R99 the words are in no row of the hall; custodians have them with the opinion; an open editor brings nothing back', async () => {
            rule(99);
            for (const [table, columns] of [['hall', ['scene_text', 'undo_text']], ['hall_turn', ['name', 'topic']], ['hall_note', ['text']], ['hall_fact', ['text']]])
                for (const column of columns)
                    assert.doesNotMatch(ward.sql(`SELECT ${column} FROM ${table}`), SECRET, `${table}.${column}`);
            assert.match(ward.sql('SELECT text FROM hall_note'), /Mở thêm cửa sổ/);
            const kept = (await (await browser(ward, 'baomat1')).get(`/lam-viec/niem-phong/${number}`)).body;
            for (const words of [/Cây Vông/, /kể lại chuyện thu tiền/, /nhận việc từ năm 2021/, /Ghi chú của thư ký trong hội nghị/]) assert.match(kept, words);
            await h.note({ text: `Đang gõ: ${WORDS}`, done: 'false' });
            await h.note({ text: `Đang gõ: ${WORDS}` });
            assert.doesNotMatch((await h.secretary.get(CONSOLE)).body, SECRET);
            assert.doesNotMatch(ward.sql('SELECT text FROM hall_note'), SECRET);
            await sound(ward);
        });

        test('R75 withdrawn by its author while it is shown: the screen falls back, and its number opens nothing', async () => {
            rule(75);
            const o = await h.hall.submit({ content: 'Xin sửa nắp cống trước số nhà mười hai hẻm Lá.' });
            await h.hall.done(h.hall.thuky, o.number, 'relay', { field: 'urban' });
            await h.done(h.hall.chutich, 'scene', { scene: 'question', opinion: o.number });
            assert.match(await screen(), /nắp cống/);
            await h.hall.done(o.author, o.number, 'withdraw');
            const now = await h.now();
            assert.deepEqual([now.scene, now.scene_opinion], ['queue', undefined]);
            for (const query of ['', `?canh=question&y=${o.number}`, `/canh?canh=answer&y=${o.number}`])
                assert.doesNotMatch(await screen(query), /nắp cống/, query);
            await sound(ward);
        });
    });
