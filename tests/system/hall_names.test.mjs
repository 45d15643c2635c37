// SPDX-License-Identifier: AGPL-3.0-or-later
// A name typed on a phone reaches chair, screen, other phones, API, events and minutes only through the secretary
// (invariant 6). Both engines; every answer of the API is held against openapi.json.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { Client, password, rule } from './harness.mjs';
import { Listener } from './listener.mjs';
import { CheckedClient } from './schema.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets', CONSOLE = '/lam-viec/hoi-truong/1', JOIN = '/hoi-truong/1';
const RUDE = 'Thằng Chủ Tịch Ăn Bẩn', GENERIC = 'Người dân Khóm 2';
const WALL = { width: 1920, height: 1080 };

for (const engine of await engines())
    describe(`names typed on phones on ${engine.name}`, () => {
        const everybody = [];
        let ward, hall, code, browser, stream;
        const act = (client, action, parameters = {}) => client.post(HALL, { action, ...parameters });
        const done = async (...asked) => {
            const { status, body } = await act(...asked);
            assert.equal(status, 200, JSON.stringify(body));
            return body;
        };
        const now = async (client = hall.anyone) => (await client.get(HALL)).body;
        const turnOf = async (name) => (await now(hall.thuky)).queue.find((turn) => turn.name === name)?.turn;
        const phone = async (name, more = {}) => {
            const { status, body } = await hall.anyone.post(TICKETS, { code, name, khom: 'khom2', ...more });
            assert.equal(status, 201, JSON.stringify(body));
            return new CheckedClient(hall.document, new Client(ward.url, `Ticket ${body.ticket}`));
        };
        const empty = async () => {
            for (const { turn } of (await now()).queue) await done(hall.thuky, 'hand_down', { turn });
            if ((await now()).speaker) await done(hall.thuky, 'end_turn');
        };
        const enter = async (options, username) => {
            const one = await visitor(browser, ward.url, options);
            one.page.setDefaultTimeout(30_000);
            everybody.push(one);
            if (username) await signIn(one.page, username, password);
            return one.page;
        };
        const join = async (page, name) => {
            await page.goto(JOIN);
            await page.fill('#code', code);
            await page.fill('#name', name);
            await page.selectOption('[name=khom]', 'khom2');
            await page.getByRole('button', { name: 'Tham gia' }).click();
            await page.getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor();
        };
        const press = async (page, letter) => {
            await page.locator(`[data-key="${letter}"]`).first().waitFor();
            await page.locator('h1').first().click();
            await Promise.all([page.waitForNavigation(), page.keyboard.press(letter)]);
        };
        const minutes = async () => (await fetch(`${ward.url}/api/v1/dialogues/1/documents/minutes.txt`, { headers: { authorization: hall.office } })).text();

        before(async () => {
            [ward, browser] = await Promise.all([engine.demo('open'), launch()]);
            hall = await Hall.enter(ward, ['thuky', 'chutich', 'vanphong', 'diachinh', 'khom2', 'hdnd']);
            hall.office = (await ward.signIn('vanphong')).authorization;
            ({ code } = (await hall.thuky.get(HALL)).body);
            stream = await Listener.open(`${ward.url}/api/v1/dialogues/1/events`);
        });
        after(async () => {
            stream?.end();
            await browser?.close();
            await ward?.stop();
            assert.deepEqual(everybody.flatMap(({ complaints }) => complaints), []);
        });

        test('R63, R74: an abusive name never reaches screen, phones, API, events, minutes or the chair before the secretary has read it', async () => {
            rule(63, 74);
            await empty();
            const [rude, other, chair, speaker, queue, secretary, officer] = await Promise.all([enter({ viewport: PHONE }), enter({ viewport: PHONE }),
                enter({}, 'chutich'), enter({ viewport: WALL }), enter({ viewport: WALL }), enter({}, 'thuky'), enter({}, 'diachinh')]);
            const pages = { other, chair, speaker, queue, officer };
            await join(rude, RUDE);
            await join(other, 'Bà Bảy Ví Dụ');
            for (const page of [chair, secretary, officer]) await page.goto(CONSOLE);
            await queue.goto('/man-hinh/1?canh=queue');
            await speaker.goto('/man-hinh/1?canh=speaker');
            const reaches = async (words) => {
                for (const [who, page] of Object.entries(pages)) await page.getByText(words).first().waitFor().catch((e) => { throw new Error(`${who}: ${e.message}`); });
            };
            const nobody = async (when) => {
                for (const [who, page] of Object.entries({ ...pages })) assert.ok(!(await page.content()).includes(RUDE), `${when}: ${who}`);
                for (const path of ['/man-hinh/1', '/man-hinh/1/canh?canh=queue', '/man-hinh/1/canh?canh=speaker', JOIN, HALL, '/api/v1/dialogues/1', '/api/v1/dialogues/1/opinions'])
                    assert.ok(!JSON.stringify((await ward.anyone.get(path)).body).includes(RUDE), `${when}: ${path}`);
                for (const who of ['anyone', 'chutich', 'vanphong', 'diachinh', 'khom2', 'hdnd'])
                    assert.ok(!JSON.stringify(await now(hall[who])).includes(RUDE), `${when}: ${who}`);
                assert.ok(!JSON.stringify(stream.events).includes(RUDE), `${when}: events`);
                assert.ok(!(await minutes()).includes(RUDE), `${when}: minutes`);
            };
            await rude.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
            await rude.locator('[data-my-place]').waitFor();
            await reaches(GENERIC);
            await nobody('waiting');
            await rude.locator('#luot', { hasText: RUDE }).waitFor(); // the owner's own
            const mine = (await now()).queue[0];
            assert.deepEqual([mine.name, mine.name_state, mine.khom], [null, 'waiting', 'khom2']);
            await secretary.locator('.console-side li', { hasText: RUDE }).getByText('tên chờ đọc').waitFor();

            await done(hall.chutich, 'call_turn'); // the chair calls: nobody has read it yet
            await speaker.locator('.hall__title', { hasText: GENERIC }).waitFor();
            await chair.locator('.console-speaker', { hasText: GENERIC }).waitFor();
            await other.locator('.hall-card__now', { hasText: GENERIC }).waitFor();
            await nobody('called');
            const panel = secretary.locator('.panel--now');
            await panel.getByText(RUDE).waitFor();
            await panel.getByRole('button', { name: 'Hiện tên' }).waitFor();
            await secretary.screenshot({ path: process.env.DOITHOAI_PICTURES ? `${process.env.DOITHOAI_PICTURES}/ten-${engine.name}.png` : undefined });

            await Promise.all([secretary.waitForNavigation(), panel.getByRole('button', { name: 'Ẩn tên' }).click()]);
            await panel.getByText('tên không hiện').waitFor();
            assert.equal(await secretary.locator('[data-key="y"]').count(), 0, 'none waits any more');
            await done(hall.chutich, 'end_turn');
            await rude.getByRole('button', { name: 'Đăng ký phát biểu' }).click(); // again: kept back without a word
            await rude.locator('[data-my-place]').waitFor();
            await reaches(GENERIC);
            assert.equal((await now(hall.thuky)).queue[0].name_state, 'hidden');
            await done(hall.thuky, 'call_turn', { turn: await turnOf(RUDE) });
            await speaker.locator('.hall__title', { hasText: GENERIC }).waitFor();
            await nobody('kept back');
            for (const page of [secretary, chair, rude]) assert.deepEqual(await violations(page), []);
            for (const page of [secretary, rude]) assert.equal(await overflows(page), false);
            assert.equal((await ward.run('verify')).status, 0);
        });

        test('R63: one letter shows all names that were read, once for each phone; a wrong one is hidden again', async () => {
            rule(63);
            await empty();
            const [secretary, screen] = await Promise.all([enter({}, 'thuky'), enter({ viewport: WALL })]);
            await screen.goto('/man-hinh/1?canh=queue');
            await secretary.goto(CONSOLE);
            assert.equal(await secretary.locator('[data-key="y"]').count(), 0);
            const [one, two, staff] = [await phone('Nguyễn Thị Một'), await phone('Trần Văn Hai'), hall.khom2];
            await done(one, 'hand_up');
            await done(two, 'hand_up');
            await done(staff, 'hand_up', { name: 'Ông Sáu Ví Dụ' });
            await secretary.getByRole('button', { name: 'Hiện các tên đã đọc (2)' }).waitFor(); // by itself
            await screen.getByText('Ông Sáu Ví Dụ').waitFor();
            assert.equal(await screen.getByText('Nguyễn Thị Một').count(), 0);
            assert.equal(await secretary.locator('.console-side li', { hasText: 'Ông Sáu' }).getByRole('button', { name: 'Ẩn tên' }).count(), 0);
            await press(secretary, 'y');
            await screen.getByText('Nguyễn Thị Một').waitFor();
            await screen.getByText('Trần Văn Hai').waitFor();
            assert.equal(await secretary.locator('[data-key="y"]').count(), 0);
            await done(one, 'hand_down');
            await done(one, 'hand_up', { kind: 'point_of_order' });
            assert.equal((await now()).queue[0].name, 'Nguyễn Thị Một', 'read once');
            await done(one, 'hand_down');
            await done(one, 'hand_up', { name: 'Tên khác hẳn' });
            assert.ok((await now()).queue.every(({ name }) => name !== 'Tên khác hẳn'), 'another name is read anew');

            await secretary.locator('.console-side li', { hasText: 'Tên khác hẳn' }).waitFor(); // else the list moves under the pointer
            const row = secretary.locator('.console-side li', { hasText: 'Trần Văn Hai' });
            await stream.until(({ data }) => data.html?.includes('Trần Văn Hai'));
            const { id } = stream.events[0];
            await Promise.all([secretary.waitForNavigation(), row.getByRole('button', { name: 'Ẩn tên' }).click()]);
            await screen.getByText('Trần Văn Hai').waitFor({ state: 'detached' });
            const late = await Listener.open(`${ward.url}/api/v1/dialogues/1/events`, id); // nor from what was before
            await late.until(({ event }) => event === 'reset');
            assert.ok(!JSON.stringify(late.events).includes('Trần Văn Hai'));
            late.end();
            await Promise.all([secretary.waitForNavigation(), row.getByRole('button', { name: 'Hiện tên' }).focus().then(() => secretary.keyboard.press('Enter'))]);
            await screen.getByText('Trần Văn Hai').waitFor();
            assert.deepEqual(await violations(secretary), []);
            await secretary.setViewportSize(PHONE);
            assert.equal(await overflows(secretary), false);
        });

        test('R63: whom the secretary calls is read with the call; what came after the page was read is not', async () => {
            rule(63);
            await empty();
            const [secretary, plain] = [await enter({}, 'thuky'), await enter({ javaScriptEnabled: false }, 'thuky')];
            await done(await phone('Phạm Văn Bốn'), 'hand_up');
            await secretary.goto(CONSOLE);
            await press(secretary, 'n');
            assert.deepEqual([(await now()).speaker.name, (await now()).speaker.name_state], ['Phạm Văn Bốn', 'shown']);
            await done(hall.thuky, 'end_turn');
            await done(await phone('Lê Thị Năm'), 'hand_up');
            await plain.goto(CONSOLE); // without the script: a page of a while ago
            await done(await phone(RUDE), 'hand_up', { kind: 'point_of_order' });
            await plain.getByRole('button', { name: 'Hiện các tên đã đọc (1)' }).click();
            const { queue } = await now();
            assert.deepEqual(queue.map(({ name, name_state: state }) => [name, state]), [[null, 'waiting'], ['Lê Thị Năm', 'shown']]);
            await done(hall.thuky, 'hand_down', { turn: queue[0].turn });
            await done(hall.thuky, 'hand_down', { turn: queue[1].turn });
            await done(await phone('Võ Thị Sáu'), 'hand_up');
            await plain.goto(CONSOLE);
            await done(await phone(`${RUDE}!`), 'hand_up', { kind: 'point_of_order' });
            await plain.locator('[data-key="n"]').click(); // another has become the first
            assert.deepEqual([(await now()).speaker.name, (await now()).speaker.name_state], [null, 'waiting']);
            await plain.locator('.panel--now').getByRole('button', { name: 'Ẩn tên' }).click();
            assert.equal((await now(hall.thuky)).speaker.name_state, 'hidden');
        });

        test('by the API: who may, what is refused, and what the secretary reads', async () => {
            await empty();
            const one = await phone('Đỗ Thị Bảy');
            const { turn } = await done(one, 'hand_up');
            for (const client of [one, hall.chutich, hall.khom2, hall.hdnd, hall.vanphong])
                for (const action of ['show_name', 'show_names', 'hide_name']) await hall.refused(act(client, action, { turn }), 403, 'forbidden');
            await hall.refused(act(hall.anyone, 'show_name', { turn }), 401, 'unauthenticated');
            await hall.refused(act(hall.thuky, 'show_name', { turn, on_behalf: 'chair' }), 403, 'forbidden');
            await hall.refused(act(hall.thuky, 'show_name'), 422, 'required', 'turn');
            await hall.refused(act(hall.thuky, 'show_name', { turn: 9999 }), 422, 'invalid', 'turn');
            const { turn: own } = await done(hall.thuky, 'hand_up', { name: 'Ông Tám', khom: 'khom1' });
            await hall.refused(act(hall.thuky, 'hide_name', { turn: own }), 409, 'wrong_state');
            assert.equal(await turnOf('Đỗ Thị Bảy'), turn);
            await done(hall.thuky, 'show_name', { turn });
            await hall.refused(act(hall.thuky, 'show_names', { turn }), 409, 'wrong_state');
            assert.ok((await now()).queue.some(({ name }) => name === 'Đỗ Thị Bảy'));
            await done(hall.thuky, 'hide_name', { turn });
            assert.ok((await now()).queue.every(({ name }) => name !== 'Đỗ Thị Bảy'));
        });

        test('R82: what is edited by hand is seen; a store from before names were read is brought forward, and its hall holds', async () => {
            rule(82);
            await Promise.all(everybody.map(({ context }) => context.close())); // the server goes and comes
            const two = await phone('Hồ Văn Chín');
            await done(two, 'hand_up');
            assert.equal((await ward.run('verify')).status, 0);
            ward.sql("UPDATE hall_turn SET name_state = 0 WHERE name = 'Hồ Văn Chín'"); // past the program
            const seen = await ward.run('verify');
            assert.equal(seen.status, 1);
            assert.match(seen.stderr, /hall 1/);
            ward.sql("UPDATE hall_turn SET name_state = 1 WHERE name = 'Hồ Văn Chín'");
            for (const { turn, name_state: state } of (await now(hall.thuky)).queue) if (state !== 'shown') await done(hall.thuky, 'show_name', { turn });
            if (engine.name !== 'sqlite') return;
            await ward.quit();
            ward.sql('UPDATE hall_turn SET name_state = 0'); // as halls of before are
            ward.sql(`ALTER TABLE hall_turn DROP COLUMN name_state; ALTER TABLE hall_ticket DROP COLUMN author_type;
                ALTER TABLE hall_ticket DROP COLUMN organisation; DELETE FROM schema_version WHERE name LIKE '%hall_names%'`);
            await ward.start();
            const client = await ward.signIn('thuky');
            assert.equal((await client.post(HALL, { action: 'order', first_time: true })).status, 200); // its digest anew
            const brought = await ward.run('verify');
            assert.equal(brought.status, 0, brought.stderr);
        });
    });
