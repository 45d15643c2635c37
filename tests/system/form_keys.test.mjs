// SPDX-License-Identifier: AGPL-3.0-or-later
// A form sent twice is one act: each form of a page has a key of its own, the second answer is the first one's, and a
// form changed since is refused, not answered with what was said before. Without JavaScript, on both engines.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { browser } from './form_browser.mjs';
import { rule } from './harness.mjs';

const CONSOLE = '/lam-viec/hoi-truong/1', HALL = '/api/v1/dialogues/1/hall';
const FIELD = /<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g;
/** The forms that change something: { action, fields } as the page carries them. */
const forms = (html) => [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)]
    .map(([, action, inside]) => ({ action, fields: Object.fromEntries([...inside.matchAll(FIELD)].map(([, name, value]) => [name, value])) }));
const inConsole = (html) => forms(html).filter(({ action }) => action.startsWith(CONSOLE));

for (const engine of await engines())
    describe(`keys of forms on ${engine.name}`, () => {
        let ward, hall, secretary;
        const entries = () => Number(ward.sql('SELECT count(*) FROM entry'));
        const shown = () => ward.sql('SELECT scene_text FROM hall WHERE dialogue_id = 1');
        const speaker = () => ward.sql('SELECT t.name FROM hall_turn t JOIN hall h ON t.dialogue_id = h.dialogue_id AND t.turn = h.turn');
        const page = async () => (await secretary.get(CONSOLE)).body;
        const form = async (name, html) => inConsole(html ?? await page()).find(({ action }) => action === `${CONSOLE}/${name}`);
        const send = ({ action, fields }, more = {}) => secretary.post(action, { ...fields, ...more }, CONSOLE);

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong', 'diachinh']);
            for (const [name, khom] of [['Nguyễn Thị Một', 'khom1'], ['Trần Văn Hai', 'khom2'], ['Lê Thị Ba', 'khom3']])
                assert.equal((await hall.thuky.post(HALL, { action: 'hand_up', name, khom })).status, 200);
            secretary = await browser(ward, 'thuky');
        });
        after(() => ward?.stop());

        test('every form of the console has a key, and no two the same; the next page has others', async () => {
            const keys = async () => inConsole(await page()).map(({ action, fields }) => {
                assert.match(fields.key ?? '', /^[0-9a-f]{32,64}$/, action);
                return fields.key;
            });
            const [first, second] = [await keys(), await keys()];
            assert.ok(first.length > 8, `${first.length}`);
            assert.equal(new Set([...first, ...second]).size, first.length + second.length);
        });

        test('R60: "next speaker" pressed twice calls one speaker; the next press, from the new page, the next one', async () => {
            rule(60);
            const call = await form('call_turn'), before = entries();
            const [one, two] = await Promise.all([send(call), send(call)]);
            assert.deepEqual([one.status, two.status], [303, 303], one.body + two.body);
            assert.equal(one.headers.get('location'), two.headers.get('location'));
            assert.equal(entries(), before + 1);
            const first = speaker();
            assert.notEqual(first, '');
            assert.equal((await send(await form('call_turn'))).status, 303);
            assert.equal(entries(), before + 2);
            assert.notEqual(speaker(), first);
        });

        test('a form changed since it was sent is refused with 422 and changes nothing; the page then takes it', async () => {
            const show = await form('scene'), before = entries();
            assert.equal((await send(show, { scene: 'message', text: 'Nghỉ 10 phút' })).status, 303);
            const changed = await send(show, { scene: 'message', text: 'Nghỉ 20 phút' });
            assert.equal(changed.status, 422);
            assert.match(changed.body, /class="error-summary"/);
            assert.equal(entries(), before + 1);
            assert.equal(shown(), 'Nghỉ 10 phút');
            assert.equal((await send(await form('scene', changed.body), { scene: 'message', text: 'Nghỉ 20 phút' })).status, 303);
            assert.equal(shown(), 'Nghỉ 20 phút');
        });

        test('R72, R77: a note and an outcome sent twice are there once', async () => {
            rule(72, 77);
            const { number } = await hall.submit({ content: 'Cống hẻm 2 nghẹt.', channel: 'spoken', field: 'construction' }, hall.thuky);
            const at = (await secretary.get(`${CONSOLE}?y=${number}`)).body;
            for (const [name, more] of [['ghi-chu', { text: 'Dân hỏi lần hai' }], ['chot/assign', { to: 'diachinh', opinion: number }]]) {
                const it = await form(name, at), before = entries();
                const replies = [await send(it, more), await send(it, more)];
                assert.deepEqual(replies.map(({ status }) => status), [303, 303], name);
                assert.equal(replies[0].headers.get('location'), replies[1].headers.get('location'));
                const once = entries();
                assert.equal((await send(it, more)).status, 303);
                assert.equal(entries(), once, name);
                assert.ok(once > before, name);
            }
            assert.equal(ward.sql("SELECT count(*) FROM hall_note WHERE text = 'Dân hỏi lần hai'"), '1');
        });

        test('the other desks’ forms have a key under the same name', async () => {
            const chair = await browser(ward, 'chutich'), office = await browser(ward, 'vanphong');
            for (const [who, path] of [[secretary, '/lam-viec/thu-ky/1'], [chair, '/lam-viec/chu-tri/1'], [office, '/lam-viec']]) {
                const { body } = await who.get(path);
                assert.doesNotMatch(body, /name="idempotency_key"/, path);
            }
        });

        test('the register holds it all', async () => {
            const { status, stderr } = await ward.run('verify');
            assert.equal(status, 0, stderr);
        });
    });
