// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of JSON Schema that openapi.json uses, and a client that holds every answer against the document. An unknown
// keyword is an error, so that nothing passes by not being understood.
import assert from 'node:assert/strict';
import { Client } from './harness.mjs';

const REAL_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const REAL_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+07:00$/;
const FORMATS = { date: REAL_DATE, 'date-time': REAL_INSTANT };

function typeOf(value) {
    if (value === null) return 'null';
    if (Array.isArray(value)) return 'array';
    return Number.isInteger(value) ? 'integer' : typeof value;
}

const isType = (value, type) => typeOf(value) === type || (type === 'number' && typeOf(value) === 'integer');

const KEYWORDS = {
    type: (value, types) => [types].flat().some((type) => isType(value, type)),
    const: (value, wanted) => value === wanted,
    enum: (value, codes) => codes.includes(value),
    minLength: (value, n) => typeof value !== 'string' || [...value].length >= n,
    maxLength: (value, n) => typeof value !== 'string' || [...value].length <= n,
    minimum: (value, n) => typeof value !== 'number' || value >= n,
    maximum: (value, n) => typeof value !== 'number' || value <= n,
    pattern: (value, text) => typeof value !== 'string' || new RegExp(text, 'u').test(value),
    format: (value, name) => typeof value !== 'string' || FORMATS[name].test(value),
    required: (value, names) => typeOf(value) !== 'object' || names.every((name) => name in value),
    description: () => true,
    default: () => true,
    minItems: (value, n) => !Array.isArray(value) || value.length >= n,
    maxItems: (value, n) => !Array.isArray(value) || value.length <= n,
};

export class Document {
    constructor(json) {
        this.json = json;
    }

    at(ref) {
        assert.match(ref, /^#\//);
        return ref.slice(2).split('/').reduce((node, name) => {
            assert.ok(node && name in node, `${ref} leads nowhere`);
            return node[name];
        }, this.json);
    }

    /** What is wrong, as a list of sentences; empty when it fits. */
    faults(schema, value, where = '$') {
        if (schema.$ref) return this.faults(this.at(schema.$ref), value, where);
        const faults = [];
        for (const [keyword, argument] of Object.entries(schema)) {
            if (keyword in KEYWORDS) {
                if (!KEYWORDS[keyword](value, argument)) faults.push(`${where}: ${keyword} ${JSON.stringify(argument)}, got ${JSON.stringify(value)?.slice(0, 200)}`);
            } else if (keyword === 'properties') {
                for (const [name, inner] of Object.entries(argument))
                    if (typeOf(value) === 'object' && name in value) faults.push(...this.faults(inner, value[name], `${where}.${name}`));
            } else if (keyword === 'additionalProperties') {
                const inner = typeOf(value) === 'object' ? Object.keys(value) : [];
                for (const name of inner.filter((key) => !(key in (schema.properties ?? {}))))
                    if (argument === false) faults.push(`${where}.${name} is not described`);
            } else if (keyword === 'items') {
                if (Array.isArray(value)) value.forEach((inner, i) => faults.push(...this.faults(argument, inner, `${where}[${i}]`)));
            } else if (keyword === 'oneOf') {
                const fits = argument.filter((inner) => this.faults(inner, value, where).length === 0).length;
                if (fits !== 1) faults.push(`${where}: fits ${fits} of oneOf`);
            } else {
                faults.push(`${where}: keyword ${keyword} is unknown`);
            }
        }
        return faults;
    }

    /** The operation of a path, { operation, template }, or null when the document has none. */
    operation(method, path) {
        const given = path.replace(/^\/api\/v1/, '').split('?')[0].split('/');
        for (const [template, methods] of Object.entries(this.json.paths)) {
            const parts = template.split('/');
            const same = parts.length === given.length && parts.every((part, i) => part.startsWith('{') || part === given[i]);
            if (same && methods[method.toLowerCase()]) return { operation: methods[method.toLowerCase()], template };
        }
        return null;
    }

    checkAnswer(method, path, { status, headers, body }) {
        if (!path.startsWith('/api/v1/')) return; // pages, /healthz and /metrics are no operations
        const found = this.operation(method, path), place = `${method} ${path} -> ${status}`;
        if (found === null) {
            assert.ok([404, 405].includes(status), `${place}: the document does not have this operation`);
            return;
        }
        const described = found.operation.responses[status] ?? found.operation.responses.default;
        const type = (headers.get('content-type') ?? '').split(';')[0];
        if (described.content === undefined) {
            assert.equal(body, '', `${place}: a body, and none is described`);
            return;
        }
        assert.ok(type in described.content, `${place}: ${type} is not described`);
        const { schema } = described.content[type];
        if (schema) assert.deepEqual(this.faults(schema, body), [], place);
    }

    /** A body that was accepted has to fit its own description. */
    checkRequest(method, path, body) {
        const schema = this.operation(method, path)?.operation.requestBody?.content['application/json'].schema;
        if (schema) assert.deepEqual(this.faults(schema, body), [], `${method} ${path} ${JSON.stringify(body)}`);
    }
}

/** A client whose every answer, and every body that was accepted, is held against the document. */
export class CheckedClient extends Client {
    constructor(document, client) {
        super(client.url, client.authorization);
        this.document = document;
    }

    async request(method, path, options = {}) {
        const reply = await super.request(method, path, options);
        this.document.checkAnswer(method, path, reply);
        const body = options.body;
        const plain = typeof body === 'object' && body !== null && !(body instanceof Uint8Array);
        if (reply.status < 300 && plain) this.document.checkRequest(method, path, body);
        return reply;
    }
}
