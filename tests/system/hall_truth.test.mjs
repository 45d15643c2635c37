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
import { Client, rule, run } from './harness.mjs';
import { CheckedClient } from './schema.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets', CONSOLE = '/lam-viec/hoi-truong/1';

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
        return new CheckedClient(h.hall.document, new Client(ward.url, `Ticket ${body.ticket}`));
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
    hall_ticket: { subject: 'ticket 1-1', where: 'ticket = 1', columns: { token_hash: 'b', name: 't', khom: 'n', joined_ms: 'n' } },
};

for (const engine of await engines())
    describe(`the truth of the hall on ${engine.name}`, { skip: engine.skip }, () => {
        const bytes = engine.name === 'sqlite' ? `X'${'5a'.repeat(32)}'` : `decode('${'5a'.repeat(32)}', 'hex')`;
        const other = (name, type) => ({ n: `${name} = ${name} + 1`, t: `${name} = ${name} || 'x'`, b: `${name} = ${bytes}` })[type];
        let ward;

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
                const broken = async (edit, what) => {
                    ward.sql(edit);
                    const { status, stderr } = await ward.run('verify');
                    ward.sql(`DELETE FROM ${table}`);
                    ward.sql(`INSERT INTO ${table} SELECT * FROM kept`);
                    assert.equal(status, 1, `${edit}: verify sees nothing`);
                    assert.match(stderr, what, edit);
                };
                const named = new RegExp(`^mục ${entry}: ${subject} `);
                for (const [name, type] of Object.entries(columns))
                    await t.test(name, () => broken(`UPDATE ${table} SET ${other(name, type)} WHERE ${where}`, named));
                await t.test('the row taken out', () => broken(`DELETE FROM ${table} WHERE ${where}`, named));
                const number = table.replace('hall_', '');
                if (number !== table)
                    await t.test('another number', () => broken(`UPDATE ${table} SET ${number} = ${number} + 1000 WHERE ${where}`,
                        new RegExp(`${number} 1-1001 không có mục nào trong sổ`)));
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
