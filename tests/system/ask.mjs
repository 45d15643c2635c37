// SPDX-License-Identifier: AGPL-3.0-or-later
// One request over a kept connection. fetch() took more than twice the processor for it, and the suite asks tens of
// thousands of times.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** { status, headers, body }: the body as text, redirects as they are. */
export async function ask(url, what = {}) {
    try {
        return await once(url, what);
    } catch (error) { // kept open too long: the server closed it as this was sent
        if (error.code === 'ECONNRESET' && error.reused) return once(url, what);
        throw error;
    }
}

function once(url, { method = 'GET', headers = {}, body }) {
    return new Promise((resolve, reject) => {
        const asked = request(url, { method, headers, agent }, (reply) => {
            const parts = [];
            reply.on('data', (part) => parts.push(part)).on('error', reject).on('end', () => {
                const found = new Headers();
                for (let i = 0; i < reply.rawHeaders.length; i += 2) found.append(reply.rawHeaders[i], reply.rawHeaders[i + 1]);
                resolve({ status: reply.statusCode, headers: found, body: Buffer.concat(parts).toString() });
            });
        });
        asked.on('error', (error) => reject(Object.assign(error, { reused: asked.reusedSocket })));
        if (body === undefined) asked.end();
        else asked.setHeader('content-length', Buffer.byteLength(body)).end(body);
    });
}
