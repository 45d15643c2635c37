// SPDX-License-Identifier: AGPL-3.0-or-later
// A ward at rest, copied as often as somebody wants to edit it past the program: a file, or a database made from another.
// Statements are written as SQLite has them; what PostgreSQL writes otherwise is the table below.
//     const { base, copy } = await COPIES.postgresql('completed');
//     const one = await copy();                              // { where, sql(text), columns(table), drop() }
//     await one.sql("UPDATE entry SET digest = X'00'");      // rows of a SELECT as objects; bytes by hex()
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Server } from './engines.mjs';
import { Ward } from './harness.mjs';

/** The output of a client that reads its statements from stdin. */
function client(command, args, text) {
    return new Promise((resolve, reject) => {
        const child = execFile(command, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) =>
            (error ? reject(new Error(`${text.slice(0, 2000)}\n${stderr}`)) : resolve(stdout.trim())));
        child.stdin.end(text);
    });
}

class File {
    constructor(folder) {
        this.folder = folder;
        this.where = ['--data', folder];
    }

    async sql(text) {
        const said = await client('sqlite3', ['-json', '-bail', join(this.folder, 'doithoai.db')], text);
        return said ? JSON.parse(said) : [];
    }

    columns(table) {
        return this.sql(`SELECT name, type FROM pragma_table_info('${table}') WHERE name <> 'unit_id'`);
    }

    async copy(folder) {
        await mkdir(folder);
        for (const name of ['doithoai.db', 'secret']) await copyFile(join(this.folder, name), join(folder, name));
        return new File(folder);
    }

    drop() {
        return rm(this.folder, { recursive: true });
    }
}

const OTHERWISE = [[/\bX'(\w*)'/gi, "'\\x$1'::bytea"], [/\bhex\((\w+)\)/g, "upper(encode($1, 'hex'))"],
    [/\bzeroblob\((\d+)\)/g, "decode(repeat('00', $1), 'hex')"], [/\browid\b/g, 'ctid']];

class Database {
    constructor(server, address) {
        Object.assign(this, { server, address, where: ['--database', address] });
    }

    async sql(text) {
        const own = OTHERWISE.reduce((now, [theirs, ours]) => now.replace(theirs, ours), text);
        const rows = /^\s*SELECT/.test(own) ? `SELECT json_agg(row) FROM (${own}) AS row` : own;
        // Who edits by hand is not held by foreign keys: in SQLite they are off unless asked for.
        const said = await client(`${this.server.bin}/psql`, ['-qAtX', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '-d', this.address],
            `SET session_replication_role = replica; ${this.before ?? ''} ${rows};`);
        this.before = null;
        return said ? JSON.parse(said) : [];
    }

    columns(table) {
        return this.sql(`SELECT column_name AS name, upper(data_type) AS type FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = '${table}' AND column_name <> 'unit_id' ORDER BY ordinal_position`);
    }

    /** Remembers every row as it is now; copies remember it too. */
    keep() {
        return this.sql(`CREATE SCHEMA kept; DO $$ DECLARE one name; BEGIN
            FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', one);
            END LOOP; END $$`);
    }
}

/** Puts back what was remembered, where a table differs from it. */
const RESTORE = `DO $$ DECLARE one name; differs boolean; BEGIN
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
            EXECUTE format('SELECT EXISTS (TABLE public.%1$I EXCEPT ALL TABLE kept.%1$I)
                OR EXISTS (TABLE kept.%1$I EXCEPT ALL TABLE public.%1$I)', one) INTO differs;
            IF differs THEN
                EXECUTE format('DELETE FROM public.%1$I', one);
                EXECUTE format('INSERT INTO public.%1$I TABLE kept.%1$I', one);
            END IF;
        END LOOP; END $$;`;

/** Databases made from one, each used again when it is put back: making one takes PostgreSQL longer than all the rest. */
class Pool {
    constructor(base) {
        Object.assign(this, { base, free: [], all: [] });
    }

    async copy() {
        return this.free.pop() ?? this.#another();
    }

    async #another() {
        const { server, address } = this.base, one = new Database(server, await server.copy(address));
        one.drop = async () => { // put back with the next edit: one client less to start
            one.before = RESTORE;
            this.free.push(one);
        };
        this.all.push(one);
        return one;
    }
}

/** By engine: makes the sample ward at a stage. { base, copy(), all, stop() }; `all`: copies that serve several times. */
export const COPIES = {
    async sqlite(stage) {
        const ward = await Ward.demo(stage, { start: false }), base = new File(ward.data);
        let copies = 0;
        return { base, copy: () => base.copy(join(ward.dir, `copy-${copies++}`)), all: [], stop: () => ward.stop() };
    },
    async postgresql(stage) {
        const server = await Server.start(), database = server.database(), base = new Database(server, database);
        const ward = await Ward.demo(stage, { start: false, database });
        await base.keep();
        const pool = new Pool(base);
        return { base, copy: () => pool.copy(), all: pool.all, stop: () => ward.stop().finally(() => server.stop()) };
    },
};
