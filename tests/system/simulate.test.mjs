// SPDX-License-Identifier: AGPL-3.0-or-later
// Five hundred people of one address in one hall (doithoai simulate), for half a minute and without figures: nobody is
// refused or slowed down, nothing is lost, every phone hears every event once. ./dev soak plays it for ten minutes.
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
