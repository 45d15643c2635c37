// SPDX-License-Identifier: AGPL-3.0-or-later
// What staff keep in order themselves: their own password, over the API and on its page; the messages that could not
// be sent; and lists of work that are longer than a page.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { Hall } from './api_ward.mjs';
import { engines } from './engines.mjs';
import { password } from './harness.mjs';
import { LIGHT } from './samples.mjs';

const NEW = 'mật khẩu mới rất dài', PASSWORD = '/api/v1/password';

for (const engine of await engines())
    describe(`staff on ${engine.name}`, () => {
        let ward, hall, browser;

        before(async () => {
            ward = await engine.demo('open');
            hall = await Hall.enter(ward, ['thuky', 'vanphong', 'chutich', 'hdnd', 'diachinh']);
            browser = await launch();
        });
        after(async () => {
            await browser?.close();
            await ward?.stop();
        });

        async function as(username, steps, { secret = password, refused = false, ...options } = {}) {
            const { page, context, complaints } = await visitor(browser, ward.url, options);
            try {
                await signIn(page, username, secret);
                await steps(page);
                assert.deepEqual(complaints.filter((line) => !(refused && /status of 4\d\d/.test(line))), []);
            } finally {
                await context.close();
            }
        }

        test('one\'s own password over the API: refused for its own reasons, changed, other sessions end', async () => {
            const change = (body, by = hall.hdnd) => by.post(PASSWORD, body);
            const author = (await hall.submit()).author;
            await hall.refused(change({ current: password, password: NEW }, hall.anyone), 401, 'unauthenticated');
            await hall.refused(change({ current: password, password: NEW }, author), 403, 'forbidden');
            await hall.refused(change({ password: NEW }), 422, 'required', 'current');
            await hall.refused(change({ current: password }), 422, 'required', 'password');
            await hall.refused(change({ current: password, password: 'ngan-7x' }), 422, 'invalid', 'password');
            await hall.refused(change({ current: password, password: 'x'.repeat(201) }), 422, 'too_long', 'password');
            await hall.refused(change({ current: password, password: NEW, username: 'thuky' }), 422, 'unknown_field', 'username');
            await hall.refused(change({ current: 'không phải nó', password: NEW }), 422, 'invalid', 'current');
            await hall.refused(change({ current: password, password }), 422, 'invalid', 'password');
            const other = await ward.signIn('hdnd');
            assert.equal((await change({ current: password, password: NEW })).status, 204);
            const list = '/api/v1/dialogues';
            assert.equal((await hall.hdnd.get(list)).status, 200, 'the session at hand goes on');
            await hall.refused(other.get(list), 401, 'unauthenticated');
            await hall.refused(hall.anyone.post('/api/v1/sessions', { username: 'hdnd', password }), 401);
            assert.equal((await (await ward.signIn('hdnd', NEW)).get(list)).status, 200);
            assert.equal((await hall.thuky.get(list)).status, 200, 'of nobody else');
        });

        test('one\'s own password on its page, also of who is only appointed', async () => {
            const fill = async (page, values) => {
                for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
                await page.click('main form button[type=submit]');
            };
            await as('phochutich', async (page) => {
                await page.getByRole('link', { name: 'Đổi mật khẩu' }).click();
                await page.waitForURL('**/lam-viec/mat-khau');
                assert.deepEqual(await violations(page), []);
                await fill(page, { current: password, password: NEW, password_again: 'khác hẳn nhau' });
                await page.waitForSelector('.error-summary');
                assert.match(await page.locator('.error-summary').innerText(), /không giống nhau/);
                await fill(page, { current: 'mật khẩu sai', password: NEW, password_again: NEW });
                await page.getByText('Mật khẩu đang dùng không đúng.').waitFor();
                assert.equal(await page.inputValue('[name=password]'), '', 'never drawn again');
                assert.equal(await overflows(page), false);
                await fill(page, { current: password, password: NEW, password_again: NEW });
                await page.waitForURL('**/lam-viec');
            }, { viewport: PHONE, refused: true });
            await as('phochutich', async (page) => { assert.ok(await page.locator('h1').innerText()); }, { secret: NEW });
        });

        test('messages that were given up: the address masked, the reason, sent again', async () => {
            const o = await hall.submit({ reply_by: 'email', author: { type: 'resident', name: 'Lê Thị Kín', email: 'kin@example.vn' } });
            await hall.done(hall.thuky, o.number, 'relay');
            await hall.done(hall.chutich, o.number, 'answer', { mode: 'written', kind: 'answer', text: 'Sẽ sửa.' });
            ward.sql('UPDATE outbox SET state = 2, attempts = 2');
            const path = '/lam-viec/thu-chua-gui';
            await as('vanphong', async (page) => {
                await page.goto(path);
                const row = page.locator('tbody tr', { hasText: o.number });
                const said = await row.innerText();
                assert.match(said, /ki…@example\.vn/);
                assert.match(said, /từ chối/);
                assert.doesNotMatch(await page.content(), /kin@example/);
                assert.deepEqual(await violations(page), []);
                await row.getByRole('button', { name: 'Gửi lại' }).click();
                await page.getByText('Thư được gửi lại ngay bây giờ.').waitFor();
                await page.getByText('Không có thư, tin nhắn nào gửi hỏng.').waitFor();
            });
            assert.equal(ward.sql('SELECT state, attempts FROM outbox WHERE state <> 3'), '0 0');
            await as('thuky', async (page) => { assert.equal((await page.goto(path)).status(), 403); }, { refused: true });
        });

        test('a list of work longer than a page: everything is on one page, nothing on two', async () => {
            const numbers = await Promise.all(Array.from({ length: 130 }, async (_, i) => {
                const { number } = await hall.submit({ content: `Ý kiến thứ ${i}.`, channel: 'slip' }, hall.thuky);
                await hall.done(hall.thuky, number, 'relay');
                await hall.done(hall.chutich, number, 'assign', { to: 'diachinh' });
                return number;
            }));
            const walk = async (page, from) => {
                const seen = [];
                await page.goto(from);
                for (let pages = 0; pages < 9; pages++) {
                    seen.push(...await page.locator('#con-no .card h3 a, #phai-tra-loi .card h3 a').allInnerTexts());
                    const next = page.getByRole('link', { name: 'Xem tiếp' });
                    if (await next.count() === 0) return seen.map((text) => /\d{4}-\d{4}/.exec(text)[0]);
                    await next.click();
                    await page.getByRole('link', { name: 'Về đầu danh sách' }).waitFor();
                }
                return assert.fail('no end');
            };
            const every = async (username, from) => as(username, async (page) => {
                const seen = await walk(page, from);
                assert.equal(new Set(seen).size, seen.length, 'twice');
                assert.deepEqual(numbers.filter((number) => !seen.includes(number)), []);
            });
            await every('vanphong', '/lam-viec/van-phong/1');
            await every('diachinh', '/lam-viec/chuyen-mon');
            await as('thuky', async (page) => {
                await page.goto('/lam-viec/thu-ky/1');
                const owed = page.locator('details.panel', { has: page.locator('a[rel=next]') }).last();
                await owed.locator('summary').click();
                const first = await owed.locator('.queue strong').allInnerTexts();
                await owed.locator('a[rel=next]').click();
                await page.waitForURL((url) => url.searchParams.has('sau-owed'));
                const rest = await page.locator('details.panel[open]', { hasText: 'Về đầu danh sách' }).locator('.queue strong').allInnerTexts();
                assert.deepEqual(numbers.filter((number) => ![...first, ...rest].includes(number)), []);
            });
            await hall.done(hall.diachinh, [...numbers].sort().at(-1), 'draft', { text: 'Dự thảo ở cuối danh sách.' });
            await as('chutich', async (page) => {
                await page.goto('/lam-viec/chu-tri/1');
                await page.locator('#cho-duyet').getByText('Dự thảo ở cuối danh sách.').waitFor();
            });
        });

        test('every password set here is argon2id, three passes over 64 MiB; the same password twice is two texts', () => {
            const hashes = Object.fromEntries(ward.sql('SELECT username, password_hash FROM account').split('\n').map((row) => row.split(' ')));
            assert.equal(Object.keys(hashes).length, 21);
            const set = Object.entries(hashes).filter(([, hash]) => hash !== LIGHT);
            assert.deepEqual(set.map(([username]) => username).sort(), ['hdnd', 'phochutich']);
            for (const [username, hash] of set)
                assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/, username);
            assert.notEqual(hashes.hdnd, hashes.phochutich); // both changed it to NEW
        });

        test('the register holds', async () => {
            await ward.quit();
            const { status, stdout, stderr } = await ward.run('verify');
            assert.equal(status, 0, stdout + stderr);
        });
    });
