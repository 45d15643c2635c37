// SPDX-License-Identifier: AGPL-3.0-or-later
// The desks around the hall in a browser, with a quiet console: what each does and refuses; that a changed setting is
// everywhere at once. How they look is every_page.test.mjs'.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { launch, signIn, visitor } from './browser.mjs';
import { password, rule, Ward } from './harness.mjs';

let ward, drafting, browser;
const sessions = new Map();

before(async () => {
    [ward, drafting, browser] = await Promise.all([Ward.demo('closed'), Ward.demo('drafting'), launch()]);
});
after(async () => {
    await browser?.close();
    await Promise.all([ward?.stop(), drafting?.stop()]);
});

/** A signed-in client of the closed ward, one session per user. */
async function by(username) {
    if (!sessions.has(username)) sessions.set(username, await ward.signIn(username));
    return sessions.get(username);
}

/** Runs `walk(page)` as a user; the console must have stayed quiet but for `refused` answers on purpose. */
async function as(username, walk, { refused = false, where = ward, ...options } = {}) {
    const { page, context, complaints } = await visitor(browser, where.url, options);
    try {
        await signIn(page, username, password);
        await walk(page);
        assert.deepEqual(complaints.filter((line) => !(refused && /status of 4\d\d/.test(line))), []);
    } finally {
        await context.close();
    }
}

const STAFF = ['diachinh', 'vanphong', 'khom2', 'hdnd', 'danguy', 'vanthu', 'vanhoa', 'baomat1', 'quantri'];

test('each role opening another desk is refused with 403', async () => {
    const desks = {
        '/lam-viec/chuyen-mon': ['diachinh', 'vanphong'], '/lam-viec/van-phong/1': ['vanphong'],
        '/lam-viec/van-phong/moi': ['vanphong'], '/lam-viec/van-phong/1/chuong-trinh': ['vanphong'],
        '/lam-viec/khom': ['khom2'], '/lam-viec/khom/1': ['khom2'], '/lam-viec/giam-sat/1': ['hdnd'],
        '/lam-viec/giam-sat/da-doc': ['hdnd'], '/lam-viec/dang-uy/1': ['danguy', 'vanphong'],
        '/lam-viec/van-thu': ['vanthu'], '/lam-viec/van-hoa/1': ['vanhoa', 'vanphong'],
        '/lam-viec/niem-phong': ['baomat1'], '/lam-viec/niem-phong/2024-0012': ['baomat1'],
        '/lam-viec/quan-tri': ['quantri'], '/lam-viec/quan-tri/cai-dat': ['quantri'],
        '/lam-viec/quan-tri/tai-khoan/thuky': ['quantri'],
    };
    for (const [path, allowed] of Object.entries(desks)) {
        for (const username of STAFF) {
            if (username === 'diachinh' && path === '/lam-viec/chuyen-mon') continue;
            if (username === 'vanhoa' && path === '/lam-viec/chuyen-mon') continue; // owes answers in their field
            const { status } = await (await by(username)).get(path);
            assert.equal(status, allowed.includes(username) ? 200 : 403, `${username} ${path}`);
        }
        const { status, headers } = await ward.anyone.get(path);
        assert.equal(status, 303, path);
        assert.equal(headers.get('location'), '/lam-viec/dang-nhap');
    }
});

test('R50 R99 the admin and all others see no sealed matter; a custodian reads it after it was logged', async () => {
    const custodian = await by('baomat1');
    const list = (await custodian.get('/lam-viec/niem-phong')).body;
    const number = /niem-phong\/(\d{4}-\d{4})/.exec(list)[1];
    for (const username of ['quantri', 'vanphong', 'thuky', 'chutich', 'hdnd']) {
        const client = await by(username);
        assert.equal((await client.get(`/lam-viec/niem-phong/${number}`)).status, 403, username);
        assert.equal((await client.get(`/api/v1/opinions/${number}`)).status, 404, username);
    }
    const reads = (text) => text.split('Những lần đọc')[1].split('<li>').length - 1;
    const first = await custodian.get(`/lam-viec/niem-phong/${number}`);
    assert.equal(first.headers.get('cache-control'), 'no-store');
    const second = await custodian.get(`/lam-viec/niem-phong/${number}`);
    assert.equal(reads(second.body), reads(first.body) + 1);
    assert.equal((await custodian.get(`/api/v1/opinions/${number}`)).status, 200);
    assert.equal((await custodian.get(`/lam-viec/y-kien/${number}`)).headers.get('location'), `/lam-viec/niem-phong/${number}`);
    assert.equal((await custodian.get(`/y-kien/${number}`)).headers.get('location'), `/lam-viec/niem-phong/${number}`);
    const third = await custodian.get(`/lam-viec/niem-phong/${number}`);
    assert.equal(reads(third.body), reads(second.body) + 2, 'the API logs it too');
    const register = (await (await by('quantri')).get('/lam-viec/so')).body;
    assert.match(register, /Sổ niêm phong/);
    assert.ok(!register.includes('Có dấu hiệu'), 'no reason of a sealed matter');
});

test('R99 an overseer reads, remarks and is answered, changes nothing, and alone sees what they read', async () => {
    rule(99);
    const overseer = await by('hdnd');
    assert.equal((await overseer.opinion('2024-0003', 'assign', { to: 'diachinh' })).status, 403);
    assert.equal((await overseer.dialogue(1, 'publish_results')).status, 403);
    await as('hdnd', async (page) => {
        await page.goto('/lam-viec/giam-sat/1/y-kien/2024-0003');
        assert.equal(await page.getByRole('button', { name: 'Phân công' }).count(), 0);
        await page.getByLabel('Nội dung').fill('Đề nghị báo rõ thời gian thi công.');
        await page.getByRole('button', { name: 'Ghi ý kiến giám sát' }).press('Enter');
        await page.getByText('Đề nghị báo rõ thời gian thi công.').waitFor();
        await page.goto('/lam-viec/giam-sat/da-doc');
        assert.ok(await page.getByText('Ý kiến 2024-0003').count() > 0);
    });
    assert.ok(!(await (await by('mttq')).get('/lam-viec/giam-sat/da-doc')).body.includes('2024-0003'));
    await as('vanphong', async (page) => {
        await page.goto('/lam-viec/van-phong/1');
        const card = page.locator('#giam-sat article').filter({ hasText: 'thời gian thi công' });
        await card.locator('summary').press('Enter');
        await card.getByLabel('Nội dung').fill('Phường sẽ báo trước ngày 30/8.');
        await card.getByRole('button').press('Enter');
        await page.waitForURL(/van-phong\/1$/);
        assert.equal(await page.locator('#giam-sat article').filter({ hasText: 'thi công' }).count(), 0);
    });
    assert.match((await overseer.get('/lam-viec/giam-sat/1/y-kien/2024-0003')).body, /Phường sẽ báo trước/);
});

test('R77 R78 R93 a specialist drafts, the chair sends it back with a reason, the reason and the text are there again', async () => {
    rule(77, 78, 93);
    await as('diachinh', async (page) => {
        await page.goto('/lam-viec/chuyen-mon');
        const card = page.locator('#phai-tra-loi article').first();
        const id = await card.getAttribute('id');
        const number = id.replace('y-kien-', '');
        await card.locator('summary').first().press('Enter');
        await card.getByLabel('Nội dung').fill('Dự thảo thứ nhất.');
        await card.getByRole('button', { name: 'Trình chủ trì duyệt' }).press('Enter');
        await page.locator(`#cho-duyet #${id}`).waitFor();
        const rejected = await (await by('chutich')).opinion(number, 'reject', { reason: 'Cần nêu căn cứ.' });
        assert.equal(rejected.status, 200, JSON.stringify(rejected.body));
        await page.goto('/lam-viec/chuyen-mon');
        const again = page.locator(`#phai-tra-loi #${id}`);
        assert.ok(await again.getByText('Cần nêu căn cứ.').count() > 0);
        assert.equal(await again.locator('textarea[name=text]').inputValue(), 'Dự thảo thứ nhất.');
    });
});

test('R59 the office is told that a notice is late, and its refusal keeps what was typed', async () => {
    rule(59);
    await as('vanphong', async (page) => {
        await page.goto('/lam-viec/van-phong/1');
        const card = page.locator('#thong-bao-co-quan article').first();
        assert.ok(await card.getByText('Chậm: phải báo').count() > 0);
        await card.locator('summary').press('Enter');
        await card.locator('textarea[name=text]').fill('Xin thông báo thời gian giải quyết.');
        await card.locator('input[name=expected]').fill('2024-08-30');
        await card.locator('select[name=how]').selectOption('letter');
        await card.getByRole('button').press('Enter'); // a letter without a proof
        await page.getByRole('alert').waitFor();
        assert.equal(await page.locator('textarea[name=text]').first().inputValue(),
            'Xin thông báo thời gian giải quyết.');
    }, { refused: true });
});

test('R68 R84 a programme is edited while drafting, refusals keep it, an issued one is frozen', async () => {
    rule(68, 84);
    await as('vanphong', async (page) => {
        await page.goto('/lam-viec/van-phong/1/chuong-trinh');
        await page.getByLabel('Số phút').nth(2).fill('0');
        await page.getByLabel('Nội dung').nth(2).fill('Nhân dân phát biểu ý kiến');
        await page.locator('form#step_title').evaluate((form) => { form.noValidate = true; });
        await page.getByRole('button', { name: 'Lưu chương trình' }).press('Enter');
        await page.getByRole('alert').waitFor();
        assert.equal(await page.getByLabel('Nội dung').nth(2).inputValue(), 'Nhân dân phát biểu ý kiến');
        await page.getByLabel('Số phút').nth(2).fill('75');
        await page.getByRole('button', { name: 'Lưu chương trình' }).press('Enter');
        await page.locator('.flash').waitFor();
        assert.equal(await page.getByLabel('Số phút').nth(2).inputValue(), '75');
    }, { refused: true, where: drafting });
    const { status } = await (await by('vanphong')).request('POST', '/lam-viec/van-phong/1/chuong-trinh',
        { body: 'step_title=A&step_owner=B&step_minutes=5&step_side=both',
            headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal(status, 409);
});

test('R94 R95 R96 R101 what was read aloud is logged and a wrong line struck out', async () => {
    rule(94, 95, 96, 101);
    await as('vanhoa', async (page) => {
        await page.goto('/lam-viec/van-hoa/1');
        await page.getByLabel('Số lần đọc').fill('3');
        await page.getByLabel('Ghi chú').fill('Cụm loa khóm 4');
        await page.getByRole('button', { name: 'Ghi vào sổ' }).press('Enter');
        const row = page.locator('tbody tr').filter({ hasText: 'Cụm loa khóm 4' });
        await row.waitFor();
        await row.getByRole('button').press('Enter');
        await row.getByText('đã gạch').waitFor();
    });
    await as('khom2', async (page) => {
        await page.goto('/lam-viec/khom/1');
        await page.getByLabel('Ghi chú').fill('Họp tổ dân phố');
        await page.getByRole('button', { name: 'Ghi vào sổ' }).press('Enter');
        await page.locator('tbody tr').filter({ hasText: 'Họp tổ dân phố' }).filter({ hasText: 'Khóm 2' }).waitFor();
    });
});

test('R75 R101 a khóm takes in an opinion of its people by hand, with a receipt', async () => {
    rule(75, 101);
    const announced = await Ward.demo('announced');
    try {
        await as('khom2', async (page) => {
            await page.goto('/lam-viec/khom/1');
            await page.getByRole('button', { name: 'Ghi nhận và cấp biên nhận' }).press('Enter'); // nothing typed
            await page.getByRole('alert').waitFor();
            await page.getByLabel('Nội dung ý kiến').fill('Cống đầu hẻm 7 bị nghẹt.');
            await page.getByRole('button', { name: 'Ghi nhận và cấp biên nhận' }).press('Enter');
            await page.locator('.receipt__code').waitFor();
            await page.goto('/lam-viec/khom');
            await page.getByText('Cống đầu hẻm 7 bị nghẹt.').waitFor();
        }, { refused: true, where: announced });
        assert.equal((await announced.signIn('khom3').then((c) => c.get('/lam-viec/khom'))).body.includes('hẻm 7 bị'), false);
    } finally {
        await announced.stop();
    }
});

test('R2 a changed setting is on every page at once, and only the admin changes it', async () => {
    const office = await (await by('vanphong')).request('POST', '/lam-viec/quan-tri/cai-dat',
        { body: 'unit_name=X', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal(office.status, 403);
    await as('quantri', async (page) => {
        await page.goto('/lam-viec/quan-tri/cai-dat');
        await page.getByLabel('Tên đơn vị').fill('Phường An Lạc');
        await page.getByRole('button', { name: 'Lưu' }).press('Enter');
        await page.locator('.flash').waitFor();
        assert.match(await page.title(), /Phường An Lạc/);
    });
    assert.match((await (await by('vanphong')).get('/lam-viec/van-phong/1')).body, /Phường An Lạc/);
    const verified = await ward.run('verify');
    assert.equal(verified.status, 0, verified.stderr);
});

test('an admin makes an account that can sign in, closes it, and cannot close their own', async () => {
    await as('quantri', async (page) => {
        await page.goto('/lam-viec/quan-tri/tai-khoan/moi');
        await page.getByLabel('Tên đăng nhập').fill('canbomoi');
        await page.getByLabel('Họ và tên').fill('Lý Thị Mới');
        await page.getByLabel('Văn phòng', { exact: true }).check();
        await page.getByLabel('Mật khẩu', { exact: true }).fill('ngan');
        await page.getByLabel('Nhập lại mật khẩu').fill('ngan');
        await page.getByRole('button', { name: 'Lập tài khoản' }).press('Enter');
        await page.getByText('ít nhất 8 ký tự').first().waitFor();
        assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Lý Thị Mới');
        assert.equal(await page.getByLabel('Mật khẩu', { exact: true }).inputValue(), '');
        for (const label of ['Mật khẩu', 'Nhập lại mật khẩu']) {
            await page.getByLabel(label, { exact: true }).fill('mot-cau-that-dai');
        }
        await page.getByRole('button', { name: 'Lập tài khoản' }).press('Enter');
        await page.waitForURL(/quan-tri$/);
        const fresh = await ward.signIn('canbomoi', 'mot-cau-that-dai');
        assert.equal((await fresh.get('/lam-viec/van-phong/1')).status, 200);
        await page.goto('/lam-viec/quan-tri/tai-khoan/canbomoi');
        await page.getByLabel('Tài khoản đang dùng').uncheck();
        await page.getByRole('button', { name: 'Lưu' }).press('Enter');
        await page.waitForURL(/quan-tri$/);
        assert.notEqual((await fresh.get('/lam-viec/van-phong/1')).status, 200);
        await page.goto('/lam-viec/quan-tri/tai-khoan/quantri');
        await page.getByLabel('Tài khoản đang dùng').uncheck();
        await page.getByRole('button', { name: 'Lưu' }).press('Enter');
        await page.getByText('không thể tự khóa').waitFor();
    }, { refused: true });
});

test('the office covers words by copying them; words that are nowhere are refused and stay', async () => {
    const office = await by('vanphong'), number = '2024-0026';
    const content = async () => (await office.get(`/api/v1/opinions/${number}`)).body.content;
    const before = await content(), [, , third, fourth, fifth] = before.split(' ');
    await as('vanphong', async (page) => {
        await page.goto(`/lam-viec/y-kien/${number}/redact`);
        await page.getByLabel('Đoạn cần che').fill('0900 000 999');
        await page.getByLabel('Lý do').fill('Nêu tên người khác.');
        await page.getByRole('button', { name: 'Che thông tin' }).press('Enter');
        await page.getByText('Không thấy đoạn này trong ý kiến').first().waitFor();
        assert.equal(await page.getByLabel('Đoạn cần che').inputValue(), '0900 000 999');
        await page.getByLabel('Đoạn cần che').fill(` ${third} ${fourth} \n${fourth} ${fifth}`);
        await page.getByRole('button', { name: 'Che thông tin' }).press('Enter');
        await page.locator('.flash').waitFor();
    }, { refused: true, javaScriptEnabled: false });
    assert.ok(before.split(`${third} ${fourth} ${fifth}`).length === 2, 'the words are there once');
    assert.equal(await content(), before.replace(`${third} ${fourth} ${fifth}`, '[đã che]'));
});

test('a cancelled conference hands its opinions to one chosen by its name', async () => {
    const office = await drafting.signIn('vanphong');
    const made = await office.post('/api/v1/dialogues', { title: 'Đối thoại với thanh niên', year: 2024, profile: 2024, planned: '2024-09', place: 'Nhà văn hóa', seats: 60 });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await as('vanphong', async (page) => {
        await page.goto('/lam-viec/van-phong/1');
        const form = page.locator('form#cancel-1');
        await page.locator('summary', { hasText: 'Hủy hội nghị' }).press('Enter');
        await form.getByText('Không ý kiến nào bị bỏ').waitFor();
        await form.getByLabel('Lý do').fill('Gộp với cuộc đối thoại khác.');
        await form.locator('[name=opinions]').selectOption('carry');
        await form.locator('[name=carry_to]').selectOption({ label: 'Đối thoại với thanh niên' });
        await form.getByRole('button').press('Enter');
        await page.locator('.flash').waitFor();
    }, { where: drafting });
    assert.equal((await office.get('/api/v1/dialogues/1')).body.state, 'cancelled');
});
