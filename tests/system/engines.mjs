// SPDX-License-Identifier: AGPL-3.0-or-later
// Both engines for one test file: SQLite in a folder, PostgreSQL from DOITHOAI_TEST_PG (postgresql://...) or a server
// of this file's own, which ends with it. A machine without PostgreSQL fails; DOITHOAI_TEST_ENGINE=sqlite leaves it out.
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { after } from 'node:test';
import { Ward } from './harness.mjs';
import { lighten, sampleOf } from './samples.mjs';

const call = promisify(execFile);
const nameOf = (address) => /^postgresql:\/\/[^/]*\/(\w+)/.exec(address)[1];

async function postgresPrograms() {
    const versions = await readdir('/usr/lib/postgresql').catch(() => []);
    const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
    if (!newest) throw new Error('PostgreSQL is not installed');
    return `/usr/lib/postgresql/${newest}/bin`;
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
    if (process.getuid() !== 0) return {};
    const id = (flag) => Number(execFileSync('id', [flag, 'postgres']));
    return { uid: id('-u'), gid: id('-g') };
}

async function emptyCluster(bin, folder, user) {
    if ('uid' in user) await chown(folder, user.uid, user.gid);
    await call(`${bin}/initdb`, ['-D', folder, '-U', 'doithoai', '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'],
        { ...user, cwd: folder });
}

/** A PostgreSQL of the test's own, on a socket in a new folder. */
export class Server {
    static async start() {
        const bin = await postgresPrograms(), server = new Server(), user = unprivileged();
        server.dir = await mkdtemp(join(tmpdir(), 'doithoai-pg-'));
        const options = { ...user, cwd: server.dir, stdio: ['ignore', 'ignore', 'pipe'] };
        await cp(await sampleOf('cluster', (folder) => emptyCluster(bin, folder, user)), join(server.dir, 'data'), { recursive: true });
        if ('uid' in user) await call('chown', ['-R', `${user.uid}:${user.gid}`, server.dir]);
        await chmod(join(server.dir, 'data'), 0o700);
        server.child = spawn(`${bin}/postgres`, ['-D', 'data', '-c', 'listen_addresses=', '-c', `unix_socket_directories=${server.dir}`,
            '-c', 'fsync=off', '-c', 'autovacuum=off', '-c', 'shared_buffers=32MB'], options);
        process.once('exit', () => server.child.kill('SIGQUIT'));
        for await (const line of createInterface({ input: server.child.stderr }))
            if (line.includes('ready to accept connections')) break;
        server.child.stderr.resume();
        server.bin = bin;
        server.count = 0;
        return server;
    }

    #address(name) {
        return `postgresql://doithoai@/${name}?host=${encodeURIComponent(this.dir)}`;
    }

    /** A database of its own for each ward. */
    database() {
        const name = `ward${this.count++}`;
        execFileSync(`${this.bin}/createdb`, ['-h', this.dir, '-U', 'doithoai', '-S', 'file_copy', name], { stdio: 'pipe' });
        return this.#address(name);
    }

    /** A database that holds what another does now. */
    async copy(address) {
        const name = `ward${this.count++}`;
        await call(`${this.bin}/createdb`, ['-h', this.dir, '-U', 'doithoai', '-T', nameOf(address), '-S', 'file_copy', name]);
        return this.#address(name);
    }

    async stop() {
        this.child.kill('SIGQUIT');
        await once(this.child, 'exit');
        await rm(this.dir, { recursive: true, force: true });
    }
}

const given = process.env.DOITHOAI_TEST_PG;
export const wanted = (process.env.DOITHOAI_TEST_ENGINE ?? 'sqlite postgresql').split(' ');
let server = null;

const onSqlite = (ward) => (text) => execFileSync('sqlite3', ['-separator', ' ', `${ward.data}/doithoai.db`, text], { encoding: 'utf8' }).trim();
const onPostgres = (bin, address) => (text) => execFileSync(`${bin}/psql`, ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-F', ' ', '-d', address, '-c', text], { encoding: 'utf8' }).trim();

/** The sample ward in a database, its passwords cheap to check. */
export async function sample(make, database) {
    const said = await make(['--database', database]);
    onPostgres(await postgresPrograms(), database)(lighten);
    return said;
}

/** A new database of this file's own server, which ends with the process. */
export async function another() {
    server ??= Server.start().then((started) => {
        started.child.unref();
        started.child.stderr.unref();
        process.once('exit', () => rmSync(started.dir, { recursive: true, force: true, maxRetries: 5 }));
        return started;
    });
    return (await server).database();
}

/** Every file under a folder, as bytes. */
async function filesOf(folder) {
    const all = await readdir(folder, { withFileTypes: true, recursive: true });
    return Promise.all(all.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath ?? one.path, one.name))));
}

/** What PostgreSQL keeps: a dump, and where the server is this file's own its tables and log as they lie there. */
async function postgresBytes(bin, address, place) {
    const { stdout } = await call(`${bin}/pg_dump`, ['-d', address], { encoding: 'buffer', maxBuffer: 256 << 20 });
    const folders = place ? ['base', 'pg_wal'].map((name) => filesOf(join(place.dir, 'data', name))) : [];
    return [stdout, ...(await Promise.all(folders)).flat()];
}

/** [{ name, demo(stage, options), init(options) }]: wards that live in each engine. `ward.sql(text)` reads and writes past the
    program: rows as lines, values parted by a space; `ward.hex(column)` is what a statement says for bytes as hex;
    `ward.bytes()` is all that the engine keeps of it. */
export async function engines() {
    const onFile = async (making) => {
        const ward = await making;
        return Object.assign(ward, { sql: onSqlite(ward), hex: (column) => `hex(${column})`, bytes: () => filesOf(ward.data) });
    };
    const list = [{ name: 'sqlite', demo: (stage, options) => onFile(Ward.demo(stage, options)), init: (options) => onFile(Ward.init(options)) }];
    if (wanted.includes('postgresql')) {
        const place = given === undefined ? await (server ??= Server.start()) : null;
        if (place !== null) after(() => place.stop());
        const bin = await postgresPrograms();
        const onServer = async (make) => {
            const database = place?.database() ?? given;
            return Object.assign(await make(database), { sql: onPostgres(bin, database), hex: (column) => `encode(${column}, 'hex')`,
                bytes: () => postgresBytes(bin, database, place) });
        };
        list.push({ name: 'postgresql', demo: (stage, options) => onServer((database) => Ward.demo(stage, { ...options, database })),
            init: (options) => onServer((database) => Ward.init({ ...options, database })) });
    }
    return list.filter(({ name }) => wanted.includes(name));
}
