// SPDX-License-Identifier: AGPL-3.0-or-later
// One opinion from a resident's phone to its conclusion, through every desk, in a browser, with the ward on PostgreSQL:
// what the other browser tests walk on SQLite.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { launch, PHONE, signIn, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { password, rule } from './harness.mjs';

const SECRETARY = '/lam-viec/thu-ky/1', CHAIR = '/lam-viec/chu-tri/1';

for (const engine of (await engines()).filter(({ name }) => name === 'postgresql'))
    describe('a walk through the ward on PostgreSQL', () => {
        let ward, browser, office;

        before(async () => {
            ward = await engine.demo('open');
            browser = await launch();
            office = await ward.signIn('vanphong');
        });
        after(async () => {
            await browser?.close();
            await ward?.stop();
        });

        async function walk(steps, username, options = {}) {
            const { page, context, complaints } = await visitor(browser, ward.url, options);
            try {
                if (username) await signIn(page, username, password);
                await steps(page);
                assert.deepEqual(complaints, []);
            } finally {
                await context.close();
            }
        }

        const send = (page) => page.locator('main form button[type=submit]').first().click();
        const opinion = async (number) => (await office.get(`/api/v1/opinions/${number}`)).body;
        /** The act's own page: what it asks for is filled in and sent. */
        async function act(page, number, action, fill, back) {
            await page.goto(`/lam-viec/y-kien/${number}/${action}?back=${back}`);
            for (const [name, value] of Object.entries(fill)) {
                const field = page.locator(`main form [name="${name}"]`).first();
                if (await field.evaluate((e) => e.tagName) === 'SELECT') await field.selectOption(value);
                else await field.fill(value);
            }
            await send(page);
            await page.waitForURL(`**${back}**`);
        }

        test('sent from a phone, relayed, called, assigned, drafted, approved, handed over, agreed, concluded', async () => {
            rule(34, 55, 60, 75, 77, 78, 84);
            let number, receipt;
            await walk(async (page) => {
                await page.goto('/doi-thoai/1/gui-y-kien');
                await page.locator('#content').fill('Rãnh thoát nước hẻm 9 bị lấp.');
                await page.getByRole('button', { name: 'Gửi ý kiến', exact: true }).click();
                await page.waitForURL('**/bien-nhan');
                number = (await page.locator('.receipt__number').innerText()).trim();
                receipt = (await page.locator('.receipt__code').innerText()).trim();
            }, null, { viewport: PHONE });

            await walk(async (page) => {
                await page.goto(SECRETARY);
                await page.locator(`#cho-${number} button`).first().click();
                await page.waitForSelector(`#cho-${number}`, { state: 'detached' });
                await page.goto(SECRETARY);
                await page.locator('#content:focus').waitFor();
                await page.keyboard.type('Một ý kiến nói tại chỗ.');
                await page.keyboard.press('Tab');
                await page.keyboard.press('Enter');
                await page.waitForSelector('.receipt__number');
            }, 'thuky');
            assert.equal((await opinion(number)).state, 'relayed');

            await walk(async (page) => {
                await page.goto(CHAIR);
                await page.locator('#hang-cho a', { hasText: number }).click();
                await page.locator(`form#call-${number} button`).click();
                await page.waitForSelector(`form#return-${number}`);
                await act(page, number, 'assign', { to: 'diachinh', directive: 'Khảo sát trong tuần.' }, CHAIR);
            }, 'chutich');
            assert.deepEqual([(await opinion(number)).state, (await opinion(number)).responsible], ['owed', 'diachinh']);

            await walk(async (page) => {
                await page.goto('/lam-viec/chuyen-mon');
                assert.match(await page.locator('main').innerText(), new RegExp(number));
                await act(page, number, 'draft', { text: 'Phường nạo vét trong tháng 7.' }, '/lam-viec/chuyen-mon');
            }, 'diachinh');

            await walk(async (page) => {
                await page.goto(CHAIR);
                await page.locator(`form#approve-${number} button`).click();
                await page.waitForSelector(`form#approve-${number}`, { state: 'detached' });
            }, 'chutich');
            assert.equal((await opinion(number)).state, 'answered');

            await walk(async (page) => {
                await page.goto('/tra-cuu');
                await page.locator('#ma').fill(receipt);
                await page.getByRole('button', { name: 'Xem ý kiến của tôi', exact: true }).click();
                const mine = page.locator(`#y-kien-${number}`);
                await mine.getByText('Phường nạo vét trong tháng 7.').waitFor();
                const agree = page.locator('details', { has: page.locator('summary', { hasText: 'Tôi đồng ý với câu trả lời' }) });
                if (await agree.getAttribute('open') === null) await agree.locator('summary').first().click();
                await agree.getByRole('button').click();
                await mine.getByText('Người có ý kiến đồng ý với câu trả lời').waitFor();
            }, null, { viewport: PHONE });

            await walk((page) => act(page, number, 'conclude', { text: 'Thống nhất nạo vét trong tháng 7.', outcome: 'agreed' }, CHAIR), 'chutich');
            assert.deepEqual([(await opinion(number)).state, (await opinion(number)).outcome], ['concluded', 'agreed']);
        });

        test('searched, followed live, closed; the register holds', async () => {
            rule(54, 72);
            await walk(async (page) => {
                await page.goto(`/doi-thoai/1?q=${encodeURIComponent('ranh thoat nuoc hem 9')}`);
                await page.getByText('Rãnh thoát nước hẻm 9 bị lấp.').first().waitFor();
            });
            await walk(async (page) => {
                await page.goto(CHAIR);
                await page.getByRole('link', { name: 'Bế mạc' }).click();
                await page.fill('[name=text]', 'Cảm ơn bà con.');
                await send(page);
                await page.waitForURL(`**${CHAIR}`);
                assert.doesNotMatch(await page.locator('main').innerText(), /Chọn một ý kiến trong danh sách để mời phát biểu/);
            }, 'chutich');
            assert.equal((await office.get('/api/v1/dialogues/1')).body.state, 'closed');
            await walk(async (page) => {
                await page.goto('/lam-viec/bien-ban/1');
                assert.match(await page.inputValue('#text'), /^I\. THỜI GIAN/);
            }, 'thuky');
            await walk(async (page) => {
                await page.goto('/lam-viec/van-phong/1');
                assert.ok(await page.locator('main').innerText());
            }, 'vanphong');
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
        });
    });
