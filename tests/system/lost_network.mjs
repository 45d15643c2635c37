// SPDX-License-Identifier: AGPL-3.0-or-later
// Networks that lose what they carry: a proxy that passes nothing, and two real networks joined by a cable that can be
// pulled. In both no connection is closed: packets just vanish, which is what a full hall's Wi-Fi does.
import { execFile } from 'node:child_process';
import { createConnection, createServer } from 'node:net';

/** Passes bytes between phones and hall until cut; then it holds every connection and passes nothing, as lost packets do. */
export class Proxy {
    static async start(url) {
        const proxy = new Proxy(), { hostname, port } = new URL(url);
        Object.assign(proxy, { isCut: false, loses: () => false, held: new Set() });
        proxy.server = createServer((near) => {
            const far = createConnection(Number(port), hostname), pair = [near, far];
            proxy.held.add(pair);
            near.on('data', (bytes) => {
                if (proxy.isCut || pair.lost) return Proxy.#lose(pair);
                if (proxy.loses(bytes.toString('latin1'))) pair.mute = true;
                far.write(bytes);
            });
            far.on('data', (bytes) => {
                if (pair.mute) return proxy.onMuted?.();
                if (proxy.isCut || pair.lost) return Proxy.#lose(pair);
                near.write(bytes);
            });
            for (const [from, to] of [pair, [far, near]]) {
                from.on('error', () => {});
                from.on('close', () => { if (!proxy.isCut && !pair.lost && !pair.mute) to.destroy(); });
            }
        });
        await new Promise((resolve) => { proxy.server.listen(0, '127.0.0.1', resolve); });
        proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
        return proxy;
    }

    /** Reads no more and closes nothing. */
    static #lose(pair) {
        pair.lost = true;
        for (const socket of pair) socket.pause();
    }

    cut() { this.isCut = true; }
    /** Whatever lost bytes stays dead, silently: a stream can't go on with a hole in it. */
    join() { this.isCut = false; }

    /** The next request that holds this text arrives, and its answer is lost: resolves when there was one. */
    loseAnswerTo(text) {
        return new Promise((resolve) => {
            this.loses = (bytes) => bytes.includes(text) && !(this.loses = () => false)();
            this.onMuted = resolve;
        });
    }

    end() {
        for (const pair of this.held) for (const socket of pair) socket.destroy();
        this.server.close();
    }
}

const ip = (...args) => new Promise((resolve, reject) => {
    execFile('ip', args, (error, out, err) => (error?.code === 'ENOENT' ? reject(error) // a missing tool is no reason to skip
        : resolve({ ok: !error, why: (err || error?.message || '').trim().split('\n')[0] })));
});

/** Two networks: the server's own, and that of who runs `within`, joined by a cable (veth) whose far end can be pulled. */
export class Cable {
    /** Tells in `why` when the machine lets nobody make one. Others may lay theirs at the same time. */
    static async lay() {
        const cable = new Cable(), name = `dt${process.pid}`, net = `10.213.${process.pid % 256}`;
        Object.assign(cable, { name, hall: `${net}.1`, within: ['ip', 'netns', 'exec', name] });
        if (process.getuid() !== 0) return Object.assign(cable, { why: 'only root may make them' });
        for (const command of [['netns', 'add', name], ['link', 'add', name, 'type', 'veth', 'peer', 'name', 'phones', 'netns', name],
            // No address of its own comes later (IPv6): to a browser that would be another network, and what it asks for fails.
            ['link', 'set', name, 'addrgenmode', 'none'], ['-n', name, 'link', 'set', 'phones', 'addrgenmode', 'none'],
            ['addr', 'add', `${net}.1/24`, 'dev', name], ['link', 'set', name, 'up'],
            ['-n', name, 'addr', 'add', `${net}.2/24`, 'dev', 'phones'], ['-n', name, 'link', 'set', 'phones', 'up']]) {
            const done = await ip(...command);
            if (!done.ok) return Object.assign(cable, { why: `ip ${command.slice(0, 3).join(' ')}: ${done.why}` });
        }
        return cable;
    }

    pull() { return ip('-n', this.name, 'link', 'set', 'phones', 'down'); }
    plug() { return ip('-n', this.name, 'link', 'set', 'phones', 'up'); }
    takeUp() { return ip('netns', 'del', this.name); } // and with it the cable
}
