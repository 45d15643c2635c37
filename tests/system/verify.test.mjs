// SPDX-License-Identifier: AGPL-3.0-or-later
// The register holds: whoever edits the data by hand, in whatever way, is named by `doithoai verify`, with the first
// entry that no longer fits. Each way on a fresh copy of the sample ward; the untouched copy is sound.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { blake2b256, entryHash } from './chain.mjs';
import { COPIES } from './copies.mjs';
import { wanted } from './engines.mjs';
import { run, Ward } from './harness.mjs';

for (const engine of Object.keys(COPIES).filter((name) => wanted.includes(name))) describe(`verify on ${engine}`, () => {
    let store, base;

    before(async () => {
        store = await COPIES[engine]('completed');
        ({ base } = store);
    });
    after(async () => {
        try {
            for (const one of store?.all ?? []) {
                await one.sql('SELECT 1');
                assert.equal((await run(['verify', ...one.where])).status, 0, 'put back as it was');
            }
        } finally {
            await store?.stop();
        }
    });

    /** verify on a copy after `edit`: a statement, or a function of the copy. */
    async function verified(edit) {
        const copy = await store.copy();
        try {
            await (typeof edit === 'function' ? edit(copy) : copy.sql(edit));
            return await run(['verify', ...copy.where]);
        } finally {
            await copy.drop();
        }
    }

    /** `entry`: its number, null where no entry can be named; `sealed`: in the sealed chain. */
    async function isBroken(edit, entry, { sealed = false, what = /./ } = {}) {
        const { status, stdout, stderr } = await verified(edit);
        assert.equal(status, 1, `verify says: ${stdout}${stderr}`);
        assert.equal(stdout, '');
        assert.match(stderr, /^[^\n]+\n$/, 'one line');
        assert.match(stderr, what);
        if (entry === undefined) return assert.match(stderr, /mục \d+:/);
        if (entry === null) return undefined;
        return assert.match(stderr, new RegExp(`^${sealed ? 'sổ niêm phong, ' : ''}mục ${entry}: `));
    }

    const one = async (statement) => (await base.sql(statement))[0];

    /** Another value of the column's type. */
    function other({ name, type }) {
        if (type === 'TEXT') return `${name} = ${name} || 'x'`;
        if (type === 'BLOB' || type === 'BYTEA') return `${name} = X'${'5a'.repeat(32)}'`;
        return `${name} = CASE ${name} WHEN 0 THEN 1 WHEN 1 THEN 0 ELSE COALESCE(${name}, 0) + 1 END`; // flags too
    }

    /** Entries as the chain hashes them. */
    async function entries(copy, table = 'entry') {
        const rows = await copy.sql(`SELECT entry, at_ms, actor, role, behalf, action, subject, from_state, to_state, version,
            hex(digest) AS digest, hex(previous) AS previous, hex(hash) AS hash FROM ${table} ORDER BY entry`);
        const bytes = (row) => Object.fromEntries(['digest', 'previous', 'hash'].map((name) => [name, Buffer.from(row[name], 'hex')]));
        return rows.map((row) => ({ ...row, ...bytes(row) }));
    }

    function insertEntry(e, table = 'entry') {
        const hash = entryHash(1, e);
        return `INSERT INTO ${table} VALUES (1, ${e.entry}, ${e.at_ms}, '${e.actor}', ${e.role}, ${e.behalf}, '${e.action}', '${e.subject}',
            ${e.from_state}, ${e.to_state}, ${e.version}, X'${e.digest.toString('hex')}', X'${e.previous.toString('hex')}', X'${hash.toString('hex')}');`;
    }

    /** Hashes every entry anew from a number on, as a forger who knows the code would, and sets the head. */
    async function rechain(copy, from, table = 'entry') {
        const all = await entries(copy, table);
        let previous = Buffer.alloc(32), statements = '';
        for (const e of all) {
            if (e.entry >= from) {
                e.previous = previous;
                e.hash = entryHash(1, e);
                statements += `UPDATE ${table} SET previous = X'${e.previous.toString('hex')}', hash = X'${e.hash.toString('hex')}' WHERE entry = ${e.entry};`;
            }
            previous = e.hash;
        }
        const [number, hash] = table === 'entry' ? ['entry', 'hash'] : ['sealed_entry', 'sealed_hash'];
        await copy.sql(`${statements} UPDATE unit_head SET ${number} = ${all.at(-1).entry}, ${hash} = X'${previous.toString('hex')}'`);
    }

    /** An entry about an opinion that stands in the main chain. */
    const lastEntryOf = (subject, table = 'entry') => one(`SELECT entry, version FROM ${table} WHERE subject = '${subject}' ORDER BY version DESC LIMIT 1`);

    describe('the edits', { concurrency: 2 }, () => {
        test('the second writing of the hash agrees with the published vector and with every entry', async () => {
            assert.equal(blake2b256(Buffer.alloc(0)).toString('hex'), '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8');
            for (const table of ['entry', 'sealed_entry'])
                for (const e of await entries(base, table)) assert.deepEqual(entryHash(1, e), e.hash, `${table} ${e.entry}`);
        });

        test('an untouched copy is sound, and its summary has the numbers of the tables', async () => {
            const { status, stdout } = await verified('SELECT 1');
            assert.equal(status, 0);
            const { e, s, o, d } = await one(`SELECT (SELECT count(*) FROM entry) AS e, (SELECT count(*) FROM sealed_entry) AS s,
                (SELECT count(*) FROM opinion) AS o, (SELECT count(*) FROM dialogue) AS d`);
            assert.deepEqual(stdout.match(/\d+/g).map(Number), [e, s, o, d]);
            assert.ok(s > 0, 'the sample has a sealed matter');
        });

        for (const stage of engine === 'sqlite' ? ['drafting', 'announced', 'open', 'closed'] : []) // the others in postgresql.test.mjs
            test(`the sample ward is sound at stage ${stage}`, async () => {
                const other = await Ward.demo(stage, { start: false });
                try {
                    const { status, stderr } = await other.run('verify');
                    assert.equal(status, 0, stderr);
                } finally {
                    await other.stop();
                }
            });

        for (const [table, entry, sealed] of [['entry', 20, false], ['sealed_entry', 1, true]])
            test(`each column of ${table}, edited, breaks that entry`, async (t) => {
                for (const column of await base.columns(table)) {
                    const renumbered = column.name === 'entry';
                    const edit = `UPDATE ${table} SET ${renumbered ? 'entry = entry + 100000' : other(column)} WHERE entry = ${entry}`;
                    await t.test(column.name, () => isBroken(edit, entry, { sealed }));
                }
            });

        test('each column of an opinion, edited, breaks its last entry', async (t) => {
            const { entry } = await lastEntryOf('opinion 2024-0001');
            for (const column of await base.columns('opinion')) {
                const edit = `UPDATE opinion SET ${other(column)} WHERE opinion_id = (SELECT min(opinion_id) FROM opinion)`;
                await t.test(column.name, () => isBroken(
                    column.name === 'opinion_id' ? edit.replace('+ 1', '+ 90000') : edit, column.name === 'opinion_id' ? null : entry));
            }
        });

        test('each column of what was added to an opinion, edited, breaks its last entry', async (t) => {
            const { opinion_id: id, item } = await one('SELECT opinion_id, item FROM opinion_item WHERE kind = 5 ORDER BY opinion_id LIMIT 1');
            const { entry } = await lastEntryOf(`opinion 2024-${String(id % 10000).padStart(4, '0')}`);
            for (const column of await base.columns('opinion_item')) {
                const moved = { opinion_id: 'opinion_id = opinion_id + 90000', item: 'item = item + 1000' }[column.name];
                await t.test(column.name, () => isBroken(
                    `UPDATE opinion_item SET ${moved ?? other(column)} WHERE opinion_id = ${id} AND item = ${item}`, entry));
            }
        });

        test('each column of an issued document and of its files, edited, breaks its entry (invariant 11)', async (t) => {
            const { id } = await one('SELECT max(issued_id) AS id FROM issued_document');
            const { entry } = await lastEntryOf(`document ${id}`);
            for (const table of ['issued_document', 'issued_file'])
                for (const column of await base.columns(table)) {
                    const moved = column.name === 'issued_id' || column.name === 'format';
                    const edit = column.type === 'BYTEA' ? 'bytes = bytes || x\'20\'' : moved ? `${column.name} = ${column.name} + 100` : other(column);
                    const one = table === 'issued_file' ? 'AND format = 1' : '';
                    await t.test(`${table} ${column.name}`, () => isBroken(`UPDATE ${table} SET ${edit} WHERE issued_id = ${id} ${one}`, column.name === 'issued_id' ? null : entry));
                }
        });

        test('each column of a dialogue, edited, breaks its last entry', async (t) => {
            const { entry } = await lastEntryOf('dialogue 1');
            for (const column of await base.columns('dialogue')) {
                const moved = column.name === 'dialogue_id';
                await t.test(column.name, () => isBroken(`UPDATE dialogue SET ${other(column)}`, moved ? null : entry));
            }
        });

        test('each column of the head, edited, is found', async (t) => {
            const { entry } = await one('SELECT max(entry) AS entry FROM entry');
            const { sealed } = await one('SELECT max(entry) AS sealed FROM sealed_entry');
            const named = { entry: entry + 1, hash: entry, sealed_entry: sealed + 1, sealed_hash: sealed };
            for (const { name, type } of await base.columns('unit_head'))
                if (name in named) await t.test(name, () => isBroken(`UPDATE unit_head SET ${other({ name, type })}`, named[name], { sealed: name.startsWith('sealed') }));
        });

        test('entries cut, moved or repeated', async (t) => {
            const { last } = await one('SELECT max(entry) AS last FROM entry');
            const ways = [
                ['the last one cut', `DELETE FROM entry WHERE entry = ${last}`, last],
                ['the last ten cut', `DELETE FROM entry WHERE entry > ${last - 10}`, last - 9],
                ['the first one cut', 'DELETE FROM entry WHERE entry = 1', 1],
                ['one cut in the middle', 'DELETE FROM entry WHERE entry = 30', 30],
                ['five cut in the middle', 'DELETE FROM entry WHERE entry BETWEEN 30 AND 34', 30],
                ['all cut', 'DELETE FROM entry', 1],
                ['one cut and the rest renumbered', `DELETE FROM entry WHERE entry = 30;
                    UPDATE entry SET entry = -(entry - 1) WHERE entry > 30; UPDATE entry SET entry = -entry WHERE entry < 0`, 30],
                ['two in the other order', 'UPDATE entry SET entry = -entry WHERE entry IN (30, 31); UPDATE entry SET entry = 61 + entry WHERE entry < 0', 30],
                ['two hashes swapped', `UPDATE entry SET hash = (SELECT e.hash FROM entry e WHERE e.entry = 61 - entry.entry) WHERE entry = 30;
                    UPDATE entry SET hash = previous WHERE entry = 31`, 30],
                ['contents of two swapped', `CREATE TABLE t AS SELECT * FROM entry WHERE entry IN (30, 31); UPDATE entry SET
                    (actor, action, subject, digest) = (SELECT actor, action, subject, digest FROM t WHERE t.entry = 61 - entry.entry)
                    WHERE entry IN (30, 31); DROP TABLE t`, 30],
                ['the last one twice', `INSERT INTO entry SELECT unit_id, entry + 1, at_ms, actor, role, behalf, action, subject, from_state,
                    to_state, version, digest, previous, hash FROM entry WHERE entry = ${last}`, last + 1],
                ['one repeated in the middle, the rest moved', `UPDATE entry SET entry = -(entry + 1) WHERE entry > 30;
                    UPDATE entry SET entry = -entry WHERE entry < 0; INSERT INTO entry SELECT unit_id, 31, at_ms, actor, role, behalf,
                    action, subject, from_state, to_state, version, digest, previous, hash FROM entry WHERE entry = 30`, 31],
                ['a hole before the last', `UPDATE entry SET entry = entry + 1 WHERE entry = ${last}`, last],
            ];
            for (const [name, edit, entry] of ways) await t.test(name, () => isBroken(edit, entry));
        });

        test('entries forged with a correct hash', async (t) => {
            const all = await entries(base);
            const last = all.at(-1);
            const forged = { ...last, entry: last.entry + 1, previous: last.hash, actor: 'chutich', action: 'conclude',
                subject: 'opinion 2024-0001', from_state: 3, to_state: 6, version: 99 };
            const head = (e) => `UPDATE unit_head SET entry = ${e.entry}, hash = X'${entryHash(1, e).toString('hex')}'`;
            await t.test('appended, the head as it was', () => isBroken(insertEntry(forged), forged.entry));
            await t.test('appended, the head moved', () => isBroken(insertEntry(forged) + head(forged), forged.entry));
            const { version } = await lastEntryOf('opinion 2024-0001');
            const next = { ...forged, version: version + 1, action: 'classify', from_state: 6, to_state: 6 };
            await t.test('appended as its next version, the head moved', () => isBroken(insertEntry(next) + head(next), next.entry));
            const nobody = { ...forged, subject: 'opinion 2024-9000', version: 1, from_state: -1, to_state: 0 };
            await t.test('appended about an opinion that is not there', () => isBroken(insertEntry(nobody) + head(nobody), nobody.entry));
            const overseer = { ...next, actor: 'hdnd', role: 6 };
            await t.test('appended as an act of an overseer', () => isBroken(insertEntry(overseer) + head(overseer), overseer.entry));
            await t.test('the actor of one replaced and its hash made anew', () => isBroken(async (copy) => {
                const [e] = (await entries(copy)).filter((row) => row.entry === 30);
                await copy.sql(`UPDATE entry SET actor = 'quantri', hash = X'${entryHash(1, { ...e, actor: 'quantri' }).toString('hex')}' WHERE entry = 30`);
            }, 31));
            const { entry: submit } = await one("SELECT entry FROM entry WHERE subject = 'opinion 2024-0001' ORDER BY entry LIMIT 1");
            await t.test('an entry about an opinion cut, the whole chain made anew', () => isBroken(async (copy) => {
                await copy.sql(`DELETE FROM entry WHERE entry = ${submit}; UPDATE entry SET entry = -(entry - 1) WHERE entry > ${submit};
                    UPDATE entry SET entry = -entry WHERE entry < 0`);
                await rechain(copy, submit);
            }));
            await t.test('the end of an opinion cut, the whole chain made anew', async () => {
                const { entry } = await lastEntryOf('opinion 2024-0001');
                await isBroken(async (copy) => {
                    await copy.sql(`DELETE FROM entry WHERE entry = ${entry}; UPDATE entry SET entry = -(entry - 1) WHERE entry > ${entry};
                        UPDATE entry SET entry = -entry WHERE entry < 0`);
                    await rechain(copy, entry);
                });
            });
            const relay = (await one("SELECT min(entry) AS entry FROM entry WHERE action = 'relay' AND version = 2")).entry;
            await t.test('states of one replaced, the whole chain made anew', () => isBroken(async (copy) => {
                await copy.sql(`UPDATE entry SET from_state = 5 WHERE entry = ${relay}`);
                await rechain(copy, relay);
            }, relay));
        });

        test('rows taken away or put in', async (t) => {
            const first = await one("SELECT entry FROM entry WHERE subject = 'opinion 2024-0001' ORDER BY version DESC LIMIT 1");
            const { id } = await one('SELECT min(opinion_id) AS id FROM opinion');
            const ofOpinion = ['unit_id', ...(await base.columns('opinion')).map((c) => c.name)];
            const itemColumns = ['unit_id', ...(await base.columns('opinion_item')).map((c) => c.name)];
            const answer = await one('SELECT opinion_id, item FROM opinion_item WHERE kind = 5 ORDER BY opinion_id LIMIT 1');
            const answered = await lastEntryOf(`opinion 2024-${String(answer.opinion_id % 10000).padStart(4, '0')}`);
            const dialogue = await lastEntryOf('dialogue 1');
            await t.test('an opinion (invariant 1)', () => isBroken(`DELETE FROM opinion WHERE opinion_id = ${id}; DELETE FROM opinion_item WHERE opinion_id = ${id}`, first.entry));
            await t.test('an opinion with every entry about it, the chain made anew', () => isBroken(async (copy) => {
                await copy.sql(`DELETE FROM opinion WHERE opinion_id = ${id}; DELETE FROM opinion_item WHERE opinion_id = ${id};
                    DELETE FROM entry WHERE subject = 'opinion 2024-0001';
                    CREATE TABLE t AS SELECT entry AS was, row_number() OVER (ORDER BY entry) AS becomes FROM entry;
                    UPDATE entry SET entry = -(SELECT becomes FROM t WHERE was = entry.entry); UPDATE entry SET entry = -entry; DROP TABLE t`);
                await rechain(copy, 1);
            }, null));
            await t.test('an item', () => isBroken(`DELETE FROM opinion_item WHERE opinion_id = ${answer.opinion_id} AND item = ${answer.item}`, answered.entry));
            await t.test('the dialogue', () => isBroken('DELETE FROM dialogue', null));
            await t.test('an opinion put in', () => isBroken(`INSERT INTO opinion (${ofOpinion}) SELECT ${ofOpinion.map((c) => (c === 'opinion_id' ? `${id} + 7000` : c))} FROM opinion WHERE opinion_id = ${id}`, null, { what: /không có mục nào trong sổ/ }));
            await t.test('an item put in', () => isBroken(`INSERT INTO opinion_item (${itemColumns}) SELECT ${itemColumns.map((c) => (c === 'item' ? 'item + 500' : c))}
                FROM opinion_item WHERE opinion_id = ${answer.opinion_id} AND item = ${answer.item}`, answered.entry));
            await t.test('a dialogue put in', () => isBroken(`CREATE TABLE t AS SELECT * FROM dialogue; UPDATE t SET dialogue_id = 2; INSERT INTO dialogue SELECT * FROM t; DROP TABLE t`, null, { what: /không có mục nào trong sổ/ }));
            await t.test('two opinions exchange their texts', () => isBroken(`UPDATE opinion SET content = (SELECT o.content FROM opinion o WHERE o.opinion_id = ${2 * id + 1} - opinion.opinion_id)
                WHERE opinion_id = ${id}`, first.entry));
            await t.test('the close put off', () => isBroken('UPDATE dialogue SET closed_ms = closed_ms + 86400000', dialogue.entry));
            await t.test('the results never published', () => isBroken('UPDATE dialogue SET results_ms = results_ms - 1', dialogue.entry));
            await t.test('the minutes signed by nobody', () => isBroken('UPDATE dialogue SET minutes_chair_ms = closed_ms + 1', dialogue.entry));
        });

        test('sealed matters and their anchors', async (t) => {
            const { last } = await one('SELECT max(entry) AS last FROM sealed_entry');
            const anchor = await one("SELECT entry, version FROM entry WHERE action = 'anchor' ORDER BY entry LIMIT 1");
            const lastAnchor = await one("SELECT entry, version FROM entry WHERE action = 'anchor' ORDER BY entry DESC LIMIT 1");
            const sealed = (await one('SELECT opinion_id FROM opinion WHERE visibility = 3')).opinion_id;
            const sealedEntry = await lastEntryOf(`opinion 2024-${String(sealed % 10000).padStart(4, '0')}`, 'sealed_entry');
            await t.test('the last sealed entry cut', () => isBroken(`DELETE FROM sealed_entry WHERE entry = ${last}`, last, { sealed: true }));
            await t.test('the last sealed entry cut, its head moved back', () => isBroken(`DELETE FROM sealed_entry WHERE entry = ${last};
                UPDATE unit_head SET sealed_entry = ${last - 1}, sealed_hash = COALESCE((SELECT hash FROM sealed_entry WHERE entry = ${last - 1}), zeroblob(32))`, lastAnchor.entry));
            await t.test('a sealed entry rewritten, its chain made anew', () => isBroken(async (copy) => {
                await copy.sql("UPDATE sealed_entry SET actor = 'quantri' WHERE entry = 1");
                await rechain(copy, 1, 'sealed_entry');
            }, anchor.entry));
            await t.test('a sealed entry kept to the second', () => isBroken(async (copy) => {
                await copy.sql(`UPDATE sealed_entry SET at_ms = at_ms + 1000 WHERE entry = ${last}`);
            }, last, { sealed: true }));
            await t.test('an anchor edited', () => isBroken(`UPDATE entry SET digest = X'${'00'.repeat(32)}' WHERE entry = ${anchor.entry}`, anchor.entry));
            await t.test('the last anchor taken out, the chain made anew', () => isBroken(async (copy) => {
                await copy.sql(`DELETE FROM entry WHERE entry = ${lastAnchor.entry}; UPDATE entry SET entry = -(entry - 1) WHERE entry > ${lastAnchor.entry};
                    UPDATE entry SET entry = -entry WHERE entry < 0`);
                await rechain(copy, lastAnchor.entry);
            }));
            await t.test('an anchor made to name another, the chain made anew', () => isBroken(async (copy) => {
                await copy.sql(`UPDATE entry SET digest = X'${'00'.repeat(32)}' WHERE entry = ${anchor.entry}`);
                await rechain(copy, anchor.entry);
            }, anchor.entry));
            await t.test('a sealed opinion unsealed', () => isBroken(`UPDATE opinion SET visibility = 0 WHERE opinion_id = ${sealed}`, sealedEntry.entry, { sealed: true }));
            await t.test('a sealed opinion taken away', () => isBroken(`DELETE FROM opinion WHERE opinion_id = ${sealed}; DELETE FROM opinion_item WHERE opinion_id = ${sealed}`, sealedEntry.entry, { sealed: true }));
            await t.test('a sealed opinion put into the search index (invariant 10)', () => isBroken(
                `INSERT INTO opinion_indexed VALUES (1, ${sealed}, 'to cao')`, sealedEntry.entry, { sealed: true, what: /bất biến 10/ }));
        });

        test('the search index and the counter of numbers', async (t) => {
            const withdrawn = (await one('SELECT opinion_id FROM opinion WHERE state = 8')).opinion_id;
            const shown = (await one('SELECT opinion_id FROM opinion_indexed ORDER BY opinion_id LIMIT 1')).opinion_id;
            const entryOf = async (id) => (await lastEntryOf(`opinion 2024-${String(id % 10000).padStart(4, '0')}`)).entry;
            await t.test('a withdrawn opinion put into the index', async () => isBroken(`INSERT INTO opinion_indexed VALUES (1, ${withdrawn}, 'x')`, await entryOf(withdrawn), { what: /bất biến 10/ }));
            await t.test('a public opinion taken out of the index', async () => isBroken(`DELETE FROM opinion_indexed WHERE opinion_id = ${shown}`, await entryOf(shown), { what: /bất biến 10/ }));
            await t.test('the counter of numbers set back', () => isBroken('UPDATE unit_head SET opinion = opinion - 1', null));
            await t.test('the counter of numbers set ahead', () => isBroken('UPDATE unit_head SET opinion = opinion + 1', null));
        });

        test('other tables of one unit are not read as another unit', async (t) => {
            for (const table of ['opinion', 'opinion_item', 'dialogue', 'entry', 'sealed_entry'])
                await t.test(table, () => isBroken(`UPDATE ${table} SET unit_id = 2 WHERE rowid = (SELECT min(rowid) FROM ${table})`, null));
        });
    });
});
