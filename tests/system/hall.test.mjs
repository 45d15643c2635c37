// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall over HTTP and in a browser: phones join by the code, the queue moves, the screen follows, nothing
// unrelayed is shown, and the register holds it all. On both engines; every answer is held against openapi.json.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Hall } from './api_ward.mjs';
import { launch, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { Client, password, rule } from './harness.mjs';
import { CheckedClient } from './schema.mjs';

const HALL = '/api/v1/dialogues/1/hall', TICKETS = '/api/v1/dialogues/1/tickets';

for (const engine of await engines())
    describe(`the hall on ${engine.name}`, () => {
        let ward, hall, code;
        const phone = async (name, khom) => {
            const { status, body } = await hall.anyone.post(TICKETS, { code, name, khom });
            assert.equal(status, 201, JSON.stringify(body));
            return new CheckedClient(hall.document, new Client(ward.url, `Ticket ${body.ticket}`));
        };
        const act = (client, action, parameters = {}) => client.post(HALL, { action, ...parameters });
        const done = async (client, action, parameters) => {
            const { status, body } = await act(client, action, parameters);
            assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`);
            return body;
        };
        const now = async () => (await hall.anyone.get(HALL)).body;

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward, ['thuky', 'chutich', 'diachinh', 'khom1', 'hdnd']);
            ({ code } = (await hall.thuky.get(HALL)).body);
        });
        after(() => ward?.stop());

        test('a phone joins with the code of the screen, not with another, and the code is not public', async () => {
            await hall.refused(hall.anyone.post(TICKETS, { code: 'AAAAAA' }), 422, 'invalid', 'code');
            await hall.refused(hall.anyone.post(TICKETS, {}), 422, 'required', 'code');
            await phone('Nguyễn Văn A', 'khom1');
            assert.equal((await now()).code, undefined);
            const stranger = new Client(ward.url, 'Ticket khong-co-that');
            await hall.refused(act(stranger, 'hand_up'), 401, 'unauthenticated');
        });

        test('hands are called in a fair order whose reasons are told; the chair and nobody else calls', async () => {
            rule(60, 63, 74);
            const [a, b, c] = [await phone('Nguyễn Văn A', 'khom1'), await phone('Nguyễn Văn B', 'khom1'), await phone('Nguyễn Văn C', 'khom2')];
            for (const [client, khom, name] of [[a, 'khom1', 'Nguyễn Văn A'], [b, 'khom1', 'Nguyễn Văn B'], [c, 'khom2', 'Nguyễn Văn C']])
                await done(client, 'hand_up', { khom, name });
            await hall.refused(act(a, 'hand_up'), 409, 'wrong_state');
            assert.deepEqual((await now()).queue.map(({ name }) => name), [null, null, null], 'nobody has read them yet');
            const read = (await hall.thuky.get(HALL)).body.queue;
            await done(hall.thuky, 'show_names', { turn: Math.max(...read.map(({ turn }) => turn)) });
            const { queue } = await now();
            assert.deepEqual(queue.map(({ name }) => name.slice(-1)), ['A', 'C', 'B']);
            assert.deepEqual(queue[0].reasons, ['first_time', 'round_robin']);
            for (const client of [a, hall.hdnd, hall.diachinh, hall.khom1])
                await hall.refused(act(client, 'call_turn'), 403, 'forbidden');
            await done(hall.chutich, 'call_turn');
            assert.equal((await now()).speaker.name, 'Nguyễn Văn A');
            await done(hall.thuky, 'call_turn', { on_behalf: 'chair' });
            await done(hall.thuky, 'undo');
            assert.equal((await now()).speaker.name, 'Nguyễn Văn A');
            await done(hall.chutich, 'end_turn');
            assert.equal((await now()).speaker, null);
        });

        test('the share of the floor adds up to the elapsed time', async () => {
            rule(62, 63);
            await done(hall.thuky, 'speak', { side: 'authority', to: 'diachinh' });
            await done(hall.thuky, 'pause_turn');
            await done(hall.thuky, 'resume_turn');
            await done(hall.thuky, 'step', { step: 2 });
            const { share } = await now();
            assert.equal(share.people_ms + share.authority_ms + share.none_ms, share.elapsed_ms);
        });

        test('what a phone asks reaches the screen through the secretary alone, and one tap takes it off', async () => {
            rule(75);
            const a = await phone('Nguyễn Văn A', 'khom1');
            const { number } = await hall.submit({ content: 'Đèn đường hẻm 12 hỏng.' }, a);
            await hall.refused(act(hall.chutich, 'scene', { scene: 'question', opinion: number }), 409, 'wrong_state', 'opinion');
            await hall.done(hall.thuky, number, 'relay', { field: 'urban' });
            await done(hall.chutich, 'scene', { scene: 'question', opinion: number });
            assert.equal((await now()).scene, 'question');
            await hall.done(a, number, 'support');
            await hall.refused(a.opinion(number, 'support'), 409, 'wrong_state');
            await done(hall.thuky, 'clear_screen');
            assert.equal((await now()).scene, 'welcome');
        });

        test('the register holds every act, and names what is changed by hand', async () => {
            const { status, stdout } = await ward.run('verify');
            assert.equal(status, 0, stdout);
        });

        if (engine.name === 'sqlite')
            test('chair, secretary, screen and a phone at once; the phone without script too', async () => {
                rule(74, 75, 83);
                const browser = await launch();
                const people = await Promise.all([{}, { viewport: { width: 1920, height: 1080 } }, { viewport: PHONE },
                    { viewport: PHONE, javaScriptEnabled: false }].map((options) => visitor(browser, ward.url, options)));
                const [secretary, screen, mobile, plain] = people.map(({ page }) => page);
                try {
                    await signIn(secretary, 'thuky', password);
                    await secretary.goto('/lam-viec/hoi-truong/1');
                    await screen.goto('/man-hinh/1?canh=speaker');
                    for (const [page, name] of [[mobile, 'Nguyễn Thị D'], [plain, 'Nguyễn Thị E']]) {
                        await page.goto('/hoi-truong/1');
                        await page.locator('#code').fill('SAI');
                        await page.locator('#name').fill(name);
                        await page.getByRole('button', { name: 'Tham gia' }).click();
                        await page.locator('.error-summary').waitFor();
                        assert.equal(await page.locator('#name').inputValue(), name); // nothing typed is lost
                        await page.locator('#code').fill(code);
                        await page.getByRole('button', { name: 'Tham gia' }).click();
                        await page.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
                        await page.locator('[data-my-place]').waitFor();
                    }
                    await secretary.getByText('Nguyễn Thị D').first().waitFor(); // by itself
                    await secretary.locator('h1').click();
                    for (let i = 0; i < 6 && !(await screen.locator('.hall__title', { hasText: 'Nguyễn Thị' }).count()); i++) {
                        await secretary.keyboard.press('n');
                        await secretary.waitForTimeout(700);
                    }
                    await screen.locator('.hall__title', { hasText: 'Nguyễn Thị' }).waitFor();
                    for (const page of [secretary, screen, mobile]) assert.deepEqual(await violations(page), []);
                } finally {
                    await browser.close();
                }
            });
    });
