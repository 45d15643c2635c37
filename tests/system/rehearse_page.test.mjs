// SPDX-License-Identifier: AGPL-3.0-or-later
// The page from which a rehearsal (R52) is begun and ended: without the script and by keyboard alone, for whom, one at a
// time, and gone with the program that holds it, whatever way that ends.
import assert from 'node:assert/strict';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test, { after, before, describe } from 'node:test';
import { DESK, launch, overflows, PHONE, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { browser as forms } from './form_browser.mjs';
import { Client, password, rule, Ward } from './harness.mjs';

const PAGE = '/lam-viec/dien-tap/1';
const beside = async (ward) => (await readdir(ward.dir)).filter((name) => name !== 'data');
const headOf = async (ward) => (await promisify(execFile)('sqlite3', ['-readonly', join(ward.data, 'doithoai.db'), 'SELECT count(*), hex(max(hash)) FROM entry'])).stdout;

/** The page once the words are on it: it opens itself again, as `Refresh` asks a browser to. */
async function until(office, words) {
    for (;;) {
        const { status, headers, body } = await office.get(PAGE);
        assert.equal(status, 200);
        assert.equal(headers.get('cache-control'), 'no-store');
        if (words.test(body)) return body;
        assert.match(headers.get('refresh') ?? '', /^\d+$/, `neither ${words} nor on the way there: ${body}`);
    }
}
const RUNNING = /id="dang-dien-tap"/, OVER = /đã kết thúc và đã được xóa/;
const addressIn = (body) => /href="(http:[^"]+)\/lam-viec"/.exec(body)[1];
const passwordIn = (body) => /dientap-\d{6}/.exec(body)[0];

async function signInAt(url, username, secret) {
    const { status, body } = await new Client(url).post('/api/v1/sessions', { username, password: secret });
    assert.equal(status, 201, username);
    return new Client(url, `Bearer ${body.token}`);
}

describe('on a folder', () => {
    let ward, chromium, office;
    before(async () => {
        ward = await Ward.demo('announced');
        chromium = await launch();
        office = await forms(ward, 'vanphong');
    });
    after(async () => {
        await chromium?.close();
        await ward?.stop();
    });

    test('begun and ended by keyboard without the script; an audience asks there, and nothing happens in the real ward', async () => {
        rule(52);
        const head = await headOf(ward);
        const { page, context } = await visitor(chromium, ward.url, { javaScriptEnabled: false, viewport: PHONE });
        try {
            await signIn(page, 'vanphong', password);
            await page.goto('/lam-viec/van-phong/1');
            await page.getByRole('link', { name: 'Diễn tập', exact: true }).press('Enter');
            await page.getByLabel('Người dân ảo cùng dự').selectOption('80');
            await page.getByLabel('Người dân ảo cùng dự').press('Tab');
            await page.keyboard.press('Enter');
            await page.locator('#dang-dien-tap').waitFor();
            assert.equal(await overflows(page), false);
            assert.equal((await beside(ward)).length, 1);

            const url = addressIn(await page.content()), secret = passwordIn(await page.content());
            assert.notEqual(new URL(url).port, new URL(ward.url).port);
            const there = await context.newPage();
            await there.goto(`${url}/lam-viec/dang-nhap`);
            await there.locator('input[name=username]').fill('thuky');
            await there.locator('input[name=password]').fill(secret);
            await there.locator('input[name=password]').press('Enter');
            await there.waitForURL(`${url}/lam-viec`);
            await there.goto(url + PAGE);
            assert.match(await there.content(), /Đây đã là một buổi diễn tập/, 'a rehearsal has none of its own');
            await there.close();

            const secretary = await signInAt(url, 'thuky', secret);
            const received = async () => (await secretary.get('/api/v1/dialogues/1/opinions?state=received&limit=200')).body.items;
            let asked = [];
            while (asked.length === 0) asked = (await received()).filter(({ content }) => content.includes('['));

            await page.reload(); // still signed in here, though the same browser signed in there
            await page.getByRole('button', { name: 'Kết thúc và xóa' }).press('Enter');
            await page.getByText(OVER).waitFor();
            assert.ok(Number(await page.locator('.figures li', { hasText: 'ý kiến gửi trong lúc diễn tập' }).innerText().then((text) => parseInt(text, 10))) >= asked.length);
        } finally {
            await context.close();
        }
        assert.deepEqual(await beside(ward), []);
        assert.equal(await headOf(ward), head);
    });

    test('beginning, running and over, the page is sound at both widths', async () => {
        const { page, context, complaints } = await visitor(chromium, ward.url);
        const look = async () => {
            for (const size of [PHONE, DESK]) {
                await page.setViewportSize(size);
                assert.equal(await overflows(page), false);
                assert.deepEqual(await violations(page), []);
            }
        };
        try {
            await signIn(page, 'thuky', password);
            await page.goto('/lam-viec');
            await page.getByRole('link', { name: 'Diễn tập', exact: true }).click();
            await look();
            await page.getByLabel('Người dân ảo cùng dự').selectOption('0');
            await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
            await page.locator('#dang-dien-tap').waitFor();
            await look();
            await page.getByRole('button', { name: 'Kết thúc và xóa' }).click();
            await page.getByText(OVER).waitFor();
            await look();
            assert.deepEqual(complaints, []);
        } finally {
            await context.close();
        }
    });

    test('one at a time, for the office, the secretary and the administrator, with the page\'s own token', async () => {
        for (const username of ['khom1', 'hdnd', 'vanthu']) {
            const somebody = await forms(ward, username);
            assert.equal((await somebody.get(PAGE)).status, 403, username);
            for (const path of [PAGE, `${PAGE}/ket-thuc`]) assert.equal((await somebody.post(path, { people: '0' }, '/lam-viec/mat-khau')).status, 403, `${username} ${path}`);
        }
        assert.equal((await office.post(PAGE, { people: '0', csrf: 'khac' })).status, 403);
        for (const people of ['-1', '201', 'nhiều', '']) {
            const { status, body } = await office.post(PAGE, { people });
            assert.equal(status, 422, people);
            assert.match(body, /href="#people"[^>]*>Người dân ảo cùng dự/, people);
        }
        assert.equal((await office.get('/lam-viec/dien-tap/99')).status, 404);
        assert.deepEqual(await beside(ward), [], 'nobody of these began one');

        assert.equal((await office.post(PAGE, { people: '0' })).status, 303);
        const body = await until(office, RUNNING);
        const secretary = await forms(ward, 'thuky');
        assert.equal((await secretary.post(PAGE, { people: '20' })).status, 303);
        assert.equal(addressIn(await until(secretary, RUNNING)), addressIn(body), 'the same one');
        assert.equal((await beside(ward)).length, 1);
        const admin = await forms(ward, 'quantri');
        assert.equal((await admin.post(`${PAGE}/ket-thuc`, {}, PAGE)).status, 303);
        await until(office, OVER);
        assert.deepEqual(await beside(ward), []);
    });

    test('another dialogue\'s page says that one is running, and does not end it', async () => {
        const created = await (await ward.signIn('vanphong')).post('/api/v1/dialogues', { title: 'Hội nghị thử', year: 2025, profile: 2025, planned: '2025-05', place: 'Hội trường', seats: 60 });
        assert.equal(created.status, 201, JSON.stringify(created.body));
        const other = `/lam-viec/dien-tap/${created.body.id}`;
        await office.post(PAGE, { people: '0' });
        const body = await until(office, RUNNING);
        const there = (await office.get(other)).body;
        assert.match(there, /Một hội nghị khác đang được diễn tập/);
        assert.ok(!there.includes(passwordIn(body)));
        await office.post(`${other}/ket-thuc`, {}, other);
        await until(office, RUNNING);
        await office.post(`${PAGE}/ket-thuc`, {}, PAGE);
        await until(office, OVER);
        assert.doesNotMatch((await office.get(other)).body, OVER);
    });

    test('ended while it is being made, and a rehearsal that was killed, leave nothing; the page says it broke off', async () => {
        await office.post(PAGE, { people: '0' });
        await office.post(`${PAGE}/ket-thuc`, {}, PAGE);
        await until(office, /Bắt đầu diễn tập/);
        assert.deepEqual(await beside(ward), []);
        await office.post(PAGE, { people: '5' });
        await until(office, RUNNING);
        const [child] = (await promisify(execFile)('ps', ['--ppid', String(ward.child.pid), '-o', 'pid='])).stdout.trim().split('\n');
        process.kill(Number(child), 'SIGKILL');
        for (let body = ''; !/dừng giữa chừng/.test(body);) ({ body } = await office.get(PAGE));
        assert.deepEqual(await beside(ward), []);
    });
});

for (const signal of ['SIGTERM', 'SIGKILL'])
    test(`the rehearsal ends with its program, also by ${signal}`, async () => {
        const ward = await Ward.demo('announced');
        try {
            const office = await forms(ward, 'vanphong');
            await office.post(PAGE, { people: '5' });
            const url = addressIn(await until(office, RUNNING));
            await ward.quit(signal);
            if (signal === 'SIGTERM') assert.deepEqual(await beside(ward), [], 'it waits until nothing is left');
            while ((await beside(ward)).length > 0);
            await assert.rejects(fetch(url));
            assert.equal((await ward.run('verify')).status, 0);
        } finally {
            await ward.stop();
        }
    });

test('in a hall it is found where the hall is, at its own port', async () => {
    const ward = await Ward.demo('announced', { serve: ['--hall', '--listen', '0.0.0.0:0'] });
    try {
        const office = await forms(ward, 'vanphong');
        await office.post(PAGE, { people: '0' });
        const body = await until(office, RUNNING), url = new URL(addressIn(body));
        assert.equal(url.hostname, new URL(ward.url).hostname);
        assert.notEqual(url.port, new URL(ward.url).port);
        assert.doesNotMatch(body, /Chỉ máy đang chạy chương trình/);
        await signInAt(url.origin, 'thuky', passwordIn(body));
    } finally {
        await ward.stop();
    }
});

for (const engine of (await engines()).filter(({ name }) => name === 'postgresql'))
    test('on PostgreSQL the page says what is missing, and nothing is begun', async () => {
        const ward = await engine.demo('announced');
        try {
            const office = await forms(ward, 'vanphong');
            assert.match((await office.get(PAGE)).body, /PostgreSQL và chưa biết .* --rehearsals THƯ_MỤC/);
            assert.equal((await office.post(PAGE, { people: '0' }, '/lam-viec/mat-khau')).status, 303);
            assert.doesNotMatch((await office.get(PAGE)).body, RUNNING);
        } finally {
            await ward.stop();
        }
    });

for (const engine of await engines())
    test(`on ${engine.name} it is made in the folder that serve was told, and nothing of it stays there`, async () => {
        const ward = await engine.demo('announced', { start: false }), place = join(ward.dir, 'dien-tap');
        try {
            for (const wrong of [place, join(ward.dir, 'data', 'doithoai.db')])
                assert.equal((await ward.run('serve', '--listen', '127.0.0.1:0', '--rehearsals', wrong)).status, 1, 'it is there, and a folder');
            await mkdir(place);
            await ward.start(['--rehearsals', place]);
            const office = await forms(ward, 'vanphong');
            await office.post(PAGE, { people: '0' });
            const body = await until(office, RUNNING), [folder] = await readdir(place);
            assert.equal((await stat(join(place, folder))).mode & 0o777, 0o700);
            assert.ok((await readdir(join(place, folder))).includes('DIEN-TAP'));
            assert.deepEqual((await beside(ward)).sort(), ['dien-tap']);
            const secretary = await signInAt(addressIn(body), 'thuky', passwordIn(body));
            assert.equal((await secretary.get('/api/v1/dialogues/1')).status, 200);
            await office.post(`${PAGE}/ket-thuc`, {}, PAGE);
            await until(office, OVER);
            assert.deepEqual(await readdir(place), []);
            await rm(place, { recursive: true });
            await office.post(PAGE, { people: '0' });
            assert.match(await until(office, /Lý do:/), /dien-tap/, 'the folder is gone meanwhile');
        } finally {
            await ward.stop();
        }
    });
