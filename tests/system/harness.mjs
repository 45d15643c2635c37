// SPDX-License-Identifier: AGPL-3.0-or-later
// A real server for each test file: own data directory, own port, ended by the test that began it.
//     const ward = await Ward.demo('open');      // or Ward.init()
//     const secretary = await ward.signIn('thuky');
//     const { status, body } = await secretary.post('/api/v1/opinions/2024-0001/actions', { action: 'relay' });
//     after(() => ward.stop());
// Never sleeps and never guesses a port: it waits for the line the server prints.
import { spawn, execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { ask } from './ask.mjs';
import { lighten, sampleOf } from './samples.mjs';

const call = promisify(execFile);

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = process.env.DOITHOAI
    ?? ['build-test/doithoai', 'build/doithoai'].map((p) => join(root, p)).find(existsSync)
    ?? 'doithoai';
export const password = 'mat-khau-thu-nghiem-1';

/** Names the rules of the plan that a test holds; docs/rules.md is made from these calls. */
export function rule(..._numbers) {}

/** Runs a subcommand to its end: { status, stdout, stderr }. Never throws for a status. */
export function run(args, { env = {}, input = '' } = {}) {
    return new Promise((resolve) => {
        const child = execFile(program, args, { env: { ...process.env, ...env }, maxBuffer: 64 << 20 },
            (error, stdout, stderr) => resolve({ status: error ? error.code ?? error.signal : 0, stdout, stderr }));
        child.stdin.on('error', () => {}); // it may end without reading
        child.stdin.end(input);
    });
}

/** The first line of the server's stdout names its address. */
async function addressOf(child) {
    const lines = createInterface({ input: child.stdout });
    try {
        for await (const line of lines) {
            const found = /^listening on (https?:\/\/\S+)$/.exec(line);
            if (found) return found[1];
            throw new Error(`expected "listening on ...", got: ${line}`);
        }
    } finally {
        child.stdout.resume();
    }
    throw new Error('the server ended without listening');
}

/** The sample ward in a folder, its passwords cheap to check; answers what the command said. */
async function copySample(name, make, data) {
    const kept = await sampleOf(name, async (folder) => {
        await writeFile(join(folder, 'said'), await make(['--data', join(folder, 'data')]));
        await call('sqlite3', ['-bail', join(folder, 'data/doithoai.db'), lighten]);
    });
    await cp(join(kept, 'data'), data, { recursive: true });
    return readFile(join(kept, 'said'), 'utf8');
}

export class Ward {
    /** The sample ward at a stage. `serve` are further arguments of serve. */
    static async demo(stage, options = {}) {
        return Ward.#make(['demo', '--stage', stage, '--password', password], options);
    }

    /** An empty unit. `args` are further arguments of init. */
    static async init({ args = [], ...options } = {}) {
        return Ward.#make(['init', '--password', password, ...args], options);
    }

    /** `database`: a PostgreSQL address instead of a folder. With DOITHOAI_WARDS=postgresql every ward that names none
        lives in one, so that a file written for SQLite can be tried on the other engine. `fresh`: just as the command
        makes it, not a copy with passwords that are cheap to check. */
    static async #make(command, { now, database, serve = [], start = true, fresh = command[0] !== 'demo' } = {}) {
        const ward = new Ward();
        if (process.env.DOITHOAI_WARDS === 'postgresql') database ??= await (await import('./engines.mjs')).another();
        ward.dir = await mkdtemp(join(tmpdir(), 'doithoai-'));
        ward.data = join(ward.dir, 'data');
        ward.where = database ? ['--database', database] : ['--data', ward.data];
        ward.clock = now ? ['--now', now] : [];
        const make = async (where) => {
            const made = await run([...command, ...where, ...ward.clock]);
            if (made.status !== 0) throw new Error(`${command[0]}: status ${made.status}: ${made.stderr}`);
            return made.stdout;
        };
        if (fresh) ward.said = await make(ward.where);
        else if (database) ward.said = await (await import('./engines.mjs')).sample(make, database);
        else ward.said = await copySample([program, ...command, ...ward.clock].join(' '), make, ward.data);
        if (start) await ward.start(serve);
        return ward;
    }

    /** A store that is there already: where it lies, as arguments. */
    static async at(where, { serve = [] } = {}) {
        const ward = new Ward();
        ward.dir = await mkdtemp(join(tmpdir(), 'doithoai-'));
        ward.where = where;
        ward.clock = [];
        return ward.start(serve);
    }

    async start(args = []) {
        this.stderr = '';
        this.child = spawn(program, ['serve', ...this.where, '--listen', '127.0.0.1:0', ...this.clock, ...args],
            { stdio: ['ignore', 'pipe', 'pipe'] });
        this.child.stderr.setEncoding('utf8').on('data', (text) => { this.stderr += text; });
        this.ended = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve({ code, signal })));
        try {
            this.url = await addressOf(this.child);
        } catch (error) {
            const { code, signal } = await this.ended;
            throw new Error(`${error.message} (status ${code ?? signal})\n${this.stderr}`);
        }
        return this;
    }

    /** Ends the server; a crash or a leak found by the sanitizers on the way is an error. */
    async quit(signal = 'SIGTERM') {
        if (!this.child) return;
        this.child.kill(signal);
        const { code } = await this.ended;
        this.child = null;
        if (signal === 'SIGTERM' && code !== 0) throw new Error(`serve ended with ${code}\n${this.stderr.slice(-4000)}`);
    }

    async stop() {
        try {
            await this.quit();
        } finally {
            await rm(this.dir, { recursive: true, force: true });
        }
    }

    /** Runs a subcommand on this ward's data. */
    run(command, ...args) {
        return run([command, ...this.where, ...this.clock, ...args]);
    }

    /** A client without any right. */
    get anyone() {
        return new Client(this.url);
    }

    async signIn(username, secret = password) {
        const { status, body } = await this.anyone.post('/api/v1/sessions', { username, password: secret });
        if (status !== 201) throw new Error(`${username} can't sign in: ${status} ${JSON.stringify(body)}`);
        return new Client(this.url, `Bearer ${body.token}`);
    }

    /** Signed in once for the whole file. */
    async by(username) {
        this.sessions ??= new Map();
        if (!this.sessions.has(username)) this.sessions.set(username, await this.signIn(username));
        return this.sessions.get(username);
    }

    author(receipt) {
        return new Client(this.url, `Receipt ${receipt}`);
    }
}

/** The body of an answer that says it was done. */
export async function done(reply) {
    const { status, body } = await reply;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
}

export class Client {
    constructor(url, authorization = null) {
        this.url = url;
        this.authorization = authorization;
    }

    /** { status, headers, body }: body parsed when it is JSON, else text. */
    async request(method, path, { body, headers = {} } = {}) {
        const all = { accept: 'application/json', ...headers };
        if (this.authorization) all.authorization ??= this.authorization;
        if (body !== undefined) all['content-type'] ??= 'application/json';
        const reply = await ask(new URL(path, this.url), { method, headers: all,
            body: body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) });
        const json = /[/+]json\b/.test(reply.headers.get('content-type') ?? '');
        return json && reply.body ? { ...reply, body: JSON.parse(reply.body) } : reply;
    }

    get(path, headers) {
        return this.request('GET', path, { headers });
    }

    /** Each POST carries a key of its own, as the contract asks of opinions. */
    post(path, body, headers = {}) {
        return this.request('POST', path, { body, headers: { 'idempotency-key': randomUUID(), ...headers } });
    }

    act(path, action, parameters = {}) {
        return this.post(`${path}/actions`, { action, ...parameters });
    }

    opinion(number, action, parameters) {
        return this.act(`/api/v1/opinions/${number}`, action, parameters);
    }

    dialogue(id, action, parameters) {
        return this.act(`/api/v1/dialogues/${id}`, action, parameters);
    }
}
