// SPDX-License-Identifier: AGPL-3.0-or-later
// The form of every act, by the table of actions itself: each role that has the act is shown its form, and the form is
// looked at on a phone and at a desk (by axe on the phone alone: the frame around the forms is every_page.test.mjs').
// A new action without a form anywhere makes this red.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { launch, PHONE } from './browser.mjs';
import { run, Ward } from './harness.mjs';
import { walk } from './look.mjs';

const OPEN = 'open', CLOSED = 'closed';
let browser;
const wards = {}, sessions = new Map();

before(async () => {
    [wards.open, wards.closed, wards.early, browser] = await Promise.all([Ward.demo('open'), Ward.demo('closed'), Ward.demo('drafting'), launch()]);
});
after(async () => {
    await browser?.close();
    await Promise.all(Object.values(wards).map((ward) => ward.stop()));
});

async function by(stage, username) {
    const key = `${stage} ${username}`;
    if (!sessions.has(key)) sessions.set(key, await wards[stage].signIn(username));
    return sessions.get(key);
}

const ACCOUNTS = { chair: 'chutich', second_reader: 'phochutich', office: 'vanphong', secretary: 'thuky', assignee: 'diachinh', khom: 'khom2',
    oversight: 'hdnd', custodian: 'baomat1', archivist: 'vanthu', culture: 'vanhoa' };
/** Who has the form of an action: [role, user name, on whose behalf]. */
function holders({ who }) {
    const own = who.filter((role) => role in ACCOUNTS).map((role) => [role, ACCOUNTS[role], '']);
    if (who.includes('author')) own.push(['author', 'thuky', 'author'], ['author', 'vanphong', 'author'], ['author', 'khom2', 'author']);
    if (who.includes('floor')) own.push(['floor', 'thuky', 'floor']);
    if (who.includes('chair')) own.push(['chair', 'thuky', 'chair']);
    return own;
}
/** Nobody does these at a desk. */
const ELSEWHERE = { support: 'a ticket holder, on the phone', lapse: 'the clock', revoke: 'the author alone, with the receipt' };

const rules = async () => JSON.parse((await run(['rules', '--format', 'json'])).stdout);
const query = (behalf) => (behalf === '' ? '' : `?thay=${behalf}`);
/** Whether this person finds the form there. */
async function hasForm(stage, who, path) {
    const { status, body } = await (await by(stage, who)).get(path, { accept: 'text/html' });
    return status === 200 && /<form class="form"/.test(body);
}

test('the form of every act of an opinion, for every role that has it', async () => {
    const numbers = {}, visits = [];
    for (const stage of [OPEN, CLOSED]) {
        const all = await (await by(stage, 'thuky')).get('/api/v1/dialogues/1/opinions?limit=200');
        numbers[stage] = [...all.body.items.map(({ number }) => number), '2024-0012']; // the sealed one is in no list
    }
    for (const rule of (await rules()).opinion) {
        const roles = new Set();
        for (const [role, who, behalf] of holders(rule)) {
            const places = [OPEN, CLOSED].flatMap((stage) => numbers[stage].map((number) => [stage, who, `/lam-viec/y-kien/${number}/${rule.action}${query(behalf)}`]));
            let found = null;
            for (const place of places) {
                if (!await hasForm(...place)) continue;
                found = place;
                break;
            }
            if (found === null) continue;
            if (roles.size === 0 || behalf === 'author') visits.push(found); // the others see the same form
            roles.add(role);
        }
        const lacking = rule.action in ELSEWHERE ? [] : holders(rule).map(([role]) => role).filter((role) => !roles.has(role));
        assert.deepEqual(lacking, [], `nobody is shown the form of ${rule.action}`);
        if (rule.action in ELSEWHERE) assert.equal(roles.size, 0, `${rule.action} is for ${ELSEWHERE[rule.action]}`);
    }
    assert.ok(visits.length > 40, `${visits.length}`);
    await walk(browser, wards, visits, [PHONE]);
});

test('the form of every act of a dialogue, from its draft to its close', async () => {
    const wanted = (await rules()).dialogue.flatMap((rule) => holders(rule).filter(([, , behalf]) => behalf === '').map(([, who]) => [who, rule.action]));
    const moves = [['chutich', 'approve'], ['vanthu', 'issue', { date: '2024-01-10' }],
        ['vanphong', 'announce', { starts_at: '2024-06-20T08:00:00+07:00', opinions_from: '2024-01-11T08:00:00+07:00', opinions_until: '2024-06-15T17:00:00+07:00' }],
        ['vanphong', 'postpone', { reason: 'Mưa bão.' }], ['vanphong', 'reschedule', { starts_at: '2024-06-27T08:00:00+07:00' }], ['chutich', 'open'],
        ['chutich', 'adjourn', { resumes_at: '2024-06-27T14:00:00+07:00' }], ['chutich', 'resume'], ['chutich', 'close']];
    const seen = new Set();
    for (const move of [null, ...moves]) {
        if (move !== null) {
            const { status, body } = await (await by('early', move[0])).dialogue(1, move[1], move[2]);
            assert.equal(status, 200, JSON.stringify(body));
        }
        const visits = [];
        for (const [who, action] of wanted) {
            const path = `/lam-viec/doi-thoai/1/${action}`;
            if (seen.has(`${who} ${action}`) || !await hasForm('early', who, path)) continue;
            seen.add(`${who} ${action}`);
            visits.push(['early', who, path]);
        }
        await walk(browser, wards, visits, [PHONE]);
    }
    assert.deepEqual(wanted.map((one) => one.join(' ')).filter((one) => !seen.has(one)), []);
});
