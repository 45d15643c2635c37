// SPDX-License-Identifier: AGPL-3.0-or-later
// Five hundred people of one address in one hall (doithoai simulate), for half a minute and without figures: nobody is
// refused or slowed down, nothing is lost, every phone hears every event once. ./dev soak plays it for ten minutes.
// --audience plays the phones alone: whoever works at the desks is somebody else.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { password, run, rule, Ward } from './harness.mjs';

const people = 500, seconds = 30;

/** "refused 0" of what simulate prints. */
const count = (said, name) => Number((new RegExp(`\\b${name} (\\d+)`).exec(said) ?? assert.fail(`no "${name}" in: ${said}`))[1]);

test(`R74, R75: ${people} people behind one address for ${seconds} s: 0 refused, 0 lost, each event once`, async () => {
    rule(74, 75);
    const ward = await Ward.demo('open');
    after(() => ward.stop());
    const { status, stdout, stderr } = await run(['simulate', '--url', ward.url, '--people', String(people), '--seconds', String(seconds),
        '--password', password]);
    console.log(stdout.trim().split('\n').map((line) => `# ${line}`).join('\n'));
    assert.equal(status, 0, stdout + stderr);
    assert.equal(count(stdout, 'joined'), people);
    for (const name of ['connections failed', 'tried again', 'slowed down', 'refused', 'lost', 'events missed', 'doubled', 'begun anew'])
        assert.equal(count(stdout, name), 0, `${name}\n${stdout}${stderr.slice(0, 4000)}`);
    assert.equal(count(stdout, 'acknowledged'), count(stdout, 'found'));
    for (const name of ['acknowledged', 'hands', 'supports'])
        assert.ok(count(stdout, name) >= (people / 60) * (seconds - 20), `${name}: ${stdout}`);
    const { status: verified, stderr: why } = await ward.run('verify');
    assert.equal(verified, 0, why);
});

test('an audience joins, asks, raises hands and supports what the real secretary relays, and relays nothing itself', async () => {
    const ward = await Ward.demo('open');
    after(() => ward.stop());
    const secretary = await ward.signIn('thuky');
    const list = async (state) => (await secretary.get(`/api/v1/dialogues/1/opinions?state=${state}&limit=200`)).body.items;
    const numbers = (items) => items.map(({ number }) => number).sort();
    const before = await list('relayed');
    let over = false, mine = [];
    const played = run(['simulate', '--audience', '--url', ward.url, '--people', '20', '--seconds', '12', '--hurry'])
        .finally(() => { over = true; });
    while (!over && mine.length < 3)
        for (const { number, content } of await list('received'))
            if (content.includes('[') && mine.length < 3 && (await secretary.opinion(number, 'relay', { field: 'construction' })).status === 200)
                mine.push(number);
    const { status, stdout, stderr } = await played;
    assert.equal(status, 0, stdout + stderr);
    assert.equal(mine.length, 3, 'the secretary saw what the audience asked');
    assert.equal(count(stdout, 'joined'), 20);
    for (const name of ['acknowledged', 'hands', 'supports']) assert.ok(count(stdout, name) > 0, `${name}: ${stdout}`);
    for (const name of ['connections failed', 'refused', 'lost', 'events missed']) assert.equal(count(stdout, name), 0, `${name}: ${stdout}${stderr}`);
    assert.equal(count(stdout, 'acknowledged'), count(stdout, 'found'));
    assert.deepEqual(numbers(await list('relayed')), [...numbers(before), ...mine].sort());
    assert.equal((await ward.run('verify')).status, 0);
});

test('an audience finds no code before the announcement, and takes no password', async () => {
    const ward = await Ward.demo('drafting');
    after(() => ward.stop());
    const args = ['simulate', '--audience', '--url', ward.url, '--people', '2', '--seconds', '1'];
    const { status, stdout, stderr } = await run(args);
    assert.equal(status, 1, stdout);
    assert.match(stderr, /mã tham gia/);
    assert.equal((await run([...args, '--password', password])).status, 2);
});
