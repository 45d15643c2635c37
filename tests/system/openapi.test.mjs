// SPDX-License-Identifier: AGPL-3.0-or-later
// The document that the program serves of itself: valid by the OpenAPI schema, and the same operations, parameters and
// actions as the tables that the program runs by. A path that is in one and not in the other is a fault.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ward, root, run } from './harness.mjs';
import { CheckedClient, Document } from './schema.mjs';

let ward, document;
before(async () => {
    ward = await Ward.demo('open');
    document = (await ward.anyone.get('/api/v1/openapi.json')).body;
});
after(() => ward.stop());

/** What the program routes by: [method, path, names of the query]. */
async function routes() {
    const text = await readFile(join(root, 'src/web/routes.c'), 'utf8');
    const rows = [...text.matchAll(/\{HTTP_(\w+), "\/api\/v1(\/[^"]*)",([^}]*)\}/g)];
    assert.equal(rows.length, text.match(/"\/api\/v1\//g).length, 'every row was read');
    return rows.map(([, method, path, rest]) => [method.toLowerCase(), path, /\.query = "([^"]*)"/.exec(rest)?.[1].split(' ') ?? []]);
}

const operations = () => Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

test('it is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator(), { valid, errors } = await validator.validate(structuredClone(document));
    assert.ok(valid, JSON.stringify(errors, null, 1));
    assert.equal(validator.version, '3.1');
    const broken = structuredClone(document);
    delete broken.paths['/opinions/{number}'].get.responses;
    broken.paths['/dialogues'].get.parameters[0].in = 'nowhere';
    assert.equal((await validator.validate(broken)).valid, false, 'what is broken is seen');
});

test('its operations are the routes, and the routes its operations', async () => {
    const routed = (await routes()).map(([method, path]) => `${method} ${path}`), described = operations().map(({ method, path }) => `${method} ${path}`);
    assert.ok(routed.length > 20, `${routed.length}`);
    assert.deepEqual(described.sort(), routed.sort());
});

test('its parameters are those that the route takes, and those of the path', async () => {
    for (const [method, path, query] of await routes()) {
        const { parameters = [] } = document.paths[path][method], names = (place) => parameters.filter((one) => one.in === place).map(({ name }) => name);
        assert.deepEqual(names('query'), query, path);
        assert.deepEqual(names('path'), [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name), path);
        assert.ok(parameters.every((one) => one.in !== 'path' || one.required), path);
    }
});

test('every reference leads somewhere, every schema is used, every required name is a property', () => {
    const used = new Set(), at = new Document(document);
    const walk = (node, where) => {
        if (node === null || typeof node !== 'object') return;
        if (node.$ref) {
            used.add(node.$ref.split('/').pop());
            at.at(node.$ref);
        }
        if (node.type === 'object' && node.properties) for (const name of node.required ?? []) assert.ok(name in node.properties, `${where}: ${name} is required and no property`);
        for (const [name, inner] of Object.entries(node)) walk(inner, `${where}/${name}`);
    };
    walk(document, '#');
    assert.deepEqual(Object.keys(document.components.schemas).filter((name) => !used.has(name)), []);
});

test('its actions are those of the rules, with their parameters', async () => {
    const { stdout } = await run(['rules'], { env: { LANG: 'vi_VN.UTF-8' } });
    const sections = stdout.split(/^# /m).filter((text) => text.includes('việc | ai')), COMMON = ['action', 'if_version', 'on_behalf', 'proof'];
    assert.ok(sections.length >= 2, stdout.slice(0, 200));
    for (const [schema, heading] of [['dialogue_action', 'hội nghị'], ['opinion_action', 'ý kiến'], ['hall_action', 'hội trường']]) {
        const lines = sections.find((text) => text.startsWith(`${heading}:`)).trim().split('\n').slice(1).filter((line) => line !== '' && !line.startsWith('lapse '));
        const ruled = lines.map((line) => line.split('|').map((part) => part.trim())).map(([verb, , , params = '']) => `${verb} ${params}`.trim());
        const described = document.components.schemas[schema].oneOf.map(({ properties, required }) => [properties.action.const,
            ...Object.keys(properties).filter((name) => !COMMON.includes(name)).map((name) => name + (required.includes(name) ? '' : '?'))].join(' '));
        assert.ok(ruled.length > 10, heading);
        assert.deepEqual(described, ruled);
    }
});

test('a client that is held against it fails for what it does not describe', async () => {
    const client = new CheckedClient(new Document({ ...document, paths: { ...document.paths, '/dialogues': {} } }), ward.anyone);
    await assert.rejects(client.get('/api/v1/dialogues'), /does not have this operation/);
    const poor = structuredClone(document);
    poor.components.schemas.dialogue_page.properties.items.items = { type: 'string' };
    await assert.rejects(new CheckedClient(new Document(poor), ward.anyone).get('/api/v1/dialogues'), /type "string"/);
    const told = structuredClone(document);
    delete told.paths['/openapi.json'].get.responses['200'].content;
    await assert.rejects(new CheckedClient(new Document(told), ward.anyone).get('/api/v1/openapi.json'), /a body, and none is described/);
    assert.equal((await new CheckedClient(new Document(document), ward.anyone).get('/api/v1/dialogues')).status, 200);
});

test('a method that a path does not have is a problem too', async () => {
    const { status, headers, body } = await ward.anyone.request('DELETE', '/api/v1/dialogues');
    assert.deepEqual([status, headers.get('content-type'), body.status, body.title], [405, 'application/problem+json', 405, 'Không làm được việc này ở đây']);
    assert.equal(headers.get('allow'), 'GET, HEAD, POST, OPTIONS');
});
