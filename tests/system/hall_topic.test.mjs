// SPDX-License-Identifier: AGPL-3.0-or-later
// Topic by topic: the console says what is being discussed, whoever asked to speak about it comes first, and every list
// says so. Words of phones that are none of the topics reach nobody; a store of before topics holds.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { Client, password, rule } from './harness.mjs';
import { CheckedClient } from './schema.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets', CONSOLE = '/lam-viec/hoi-truong/1';

for (const engine of await engines())
    describe(`topics in the hall on ${engine.name}`, { skip: engine.skip }, () => {
        let ward, hall, browser;
        const act = (client, action, parameters = {}) => client.post(HALL, { action, ...parameters });
        const done = async (...asked) => {
            const { status, body } = await act(...asked);
            assert.equal(status, 200, JSON.stringify(body));
            return body;
        };
        const now = async () => (await hall.anyone.get(HALL)).body;
        const names = async () => (await now()).queue.map(({ name }) => name);

        before(async () => {
            [ward, browser] = await Promise.all([engine.demo('open'), launch()]);
            hall = await Hall.enter(ward, ['thuky', 'chutich', 'khom1', 'khom2', 'hdnd']);
            for (const { turn } of (await now()).queue) await done(hall.thuky, 'hand_down', { turn });
        });
        after(async () => {
            await browser?.close();
            await ward?.stop();
        });

        test('by the API: the order, its reason, and what is refused (R60, R63)', async () => {
            rule(60, 63);
            assert.equal((await now()).topic, null);
            await done(hall.khom1, 'hand_up', { name: 'Một', topic: 'economy' });
            await done(hall.khom2, 'hand_up', { name: 'Hai', topic: 'urban' });
            await done(hall.thuky, 'hand_up', { name: 'Ba', khom: 'khom3' });
            assert.deepEqual(await names(), ['Một', 'Hai', 'Ba']);
            for (const client of [hall.khom1, hall.hdnd]) await hall.refused(act(client, 'order', { topic: 'urban' }), 403, 'forbidden');
            await hall.refused(act(hall.thuky, 'order', { topic: 'chuyện khác' }), 422, 'invalid', 'topic');
            await done(hall.thuky, 'order', { topic: 'urban' });
            const { topic, queue, first_time: firstTime } = await now();
            assert.deepEqual([topic, firstTime, ...queue.map(({ name }) => name)], ['urban', true, 'Hai', 'Một', 'Ba']);
            assert.deepEqual(queue.map((turn) => turn.topic), ['urban', 'economy', null]);
            assert.deepEqual(queue[0].reasons, ['first_time', 'round_robin', 'topic']);
            await done(hall.chutich, 'call_turn');
            const { speaker } = await now();
            assert.deepEqual([speaker.name, speaker.topic], ['Hai', 'urban']);
            await done(hall.chutich, 'end_turn');
            await done(hall.chutich, 'order', { topic: 'none' });
            assert.equal((await now()).topic, null);
        });

        test('what a phone writes as its topic is kept, and shown to nobody (R75)', async () => {
            rule(75);
            const { code } = (await hall.thuky.get(HALL)).body;
            const { body } = await hall.anyone.post(TICKETS, { code, name: 'Bốn', khom: 'khom4' });
            const phone = new CheckedClient(hall.document, new Client(ward.url, `Ticket ${body.ticket}`));
            await done(phone, 'hand_up', { name: 'Bốn', topic: 'Lời chưa ai đọc' });
            const four = (await hall.thuky.get(HALL)).body.queue.find(({ name }) => name === 'Bốn');
            assert.equal(four.topic, null);
            const page = await hall.thuky.get(CONSOLE, { accept: 'text/html' });
            assert.match(page.body, /Bốn/);
            for (const path of [CONSOLE, '/hoi-truong/1', '/man-hinh/1', HALL])
                assert.ok(!JSON.stringify((await hall.thuky.get(path)).body).includes('Lời chưa ai đọc'), path);
        });

        test('the console: a topic is chosen by keyboard, the list follows and says why; a hand is raised about it', async () => {
            const { page, context, complaints } = await visitor(browser, ward.url);
            page.setDefaultTimeout(10_000);
            await signIn(page, 'thuky', password);
            await page.goto(CONSOLE);
            const queue = page.locator('.console-side ol.queue > li');
            assert.match(await queue.first().textContent(), /Một.*Kinh tế/s);
            await page.locator('#up-name').fill('Năm');
            await page.locator('#up-khom').selectOption('khom5');
            await page.locator('#up-topic').selectOption('security');
            await Promise.all([page.waitForEvent('load'), page.locator('#up-name').press('Enter')]);
            await page.locator('#q-topic').focus();
            await page.locator('#q-topic').selectOption('security');
            await page.keyboard.press('Tab');
            await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
            await page.getByText('Đang bàn: An ninh trật tự; người đăng ký cùng nội dung được mời trước.').waitFor();
            assert.match(await queue.first().textContent(), /Năm.*An ninh trật tự; cùng nội dung đang bàn, lần đầu phát biểu/s);
            assert.equal(await page.locator('#q-topic').inputValue(), 'security');
            assert.deepEqual(await violations(page), []);
            await done(hall.chutich, 'order', { topic: 'economy' }); // somebody else: the console follows
            await page.getByText('Đang bàn: Kinh tế').waitFor();
            assert.match(await queue.first().textContent(), /Một.*cùng nội dung đang bàn/s);
            await page.setViewportSize(PHONE);
            assert.equal(await overflows(page), false);
            assert.deepEqual(complaints, []);
            await context.close();
        });

        test('without the script, and a khóm chooses from the same list', async () => {
            const { page, context } = await visitor(browser, ward.url, { javaScriptEnabled: false });
            await signIn(page, 'khom2', password);
            await page.goto('/lam-viec/khom/1/phat-bieu');
            await page.fill('#dang-ky-1-name', 'Sáu');
            await page.locator('#dang-ky-1-topic').selectOption('economy');
            await page.locator('#dang-ky-1 button').click();
            await page.locator('#luot-1 li', { hasText: 'Sáu' }).getByText('Kinh tế; cùng nội dung đang bàn').waitFor();
            await context.close();
        });

        test('the register holds; a store from before topics is brought forward, and its hall holds too', async () => {
            await done(hall.thuky, 'order', { topic: 'none' });
            const checked = await ward.run('verify');
            assert.equal(checked.status, 0, checked.stderr);
            await done(hall.thuky, 'order', { topic: 'urban' });
            assert.equal((await ward.run('verify')).status, 0);
            ward.sql("UPDATE hall SET topic = 'economy'"); // past the program: seen
            assert.equal((await ward.run('verify')).status, 1);
            ward.sql("UPDATE hall SET topic = 'urban'");
            await done(hall.thuky, 'order', { topic: 'none' });
            if (engine.name !== 'sqlite') return;
            await act(hall.thuky, 'show_names', { turn: 9999 }); // and what came later than topics, with them
            await ward.quit();
            ward.sql(`ALTER TABLE hall DROP COLUMN topic; ALTER TABLE hall_turn DROP COLUMN name_state; ALTER TABLE hall_ticket DROP COLUMN author_type;
                ALTER TABLE hall_ticket DROP COLUMN organisation; DROP INDEX unit_by_host; DELETE FROM schema_version WHERE version >= 8`);
            await ward.start();
            const brought = await ward.run('verify');
            assert.equal(brought.status, 0, brought.stderr);
        });
    });
