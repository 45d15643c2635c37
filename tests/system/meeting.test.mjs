// SPDX-License-Identifier: AGPL-3.0-or-later
// Inviting, the door, milestones, reports and indicators, in a browser and over the API: who may, what is refused and
// keeps what was typed, what the papers then say. On both engines where it touches the store.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { launch, overflows, PHONE, DESK, signIn, violations, visitor } from './browser.mjs';
import { engines } from './engines.mjs';
import { password, rule, Ward } from './harness.mjs';

let announced, open, closed, browser;
before(async () => {
    [announced, open, closed, browser] = await Promise.all([Ward.demo('announced'), Ward.demo('open'), Ward.demo('closed'), launch()]);
});
after(async () => {
    await browser?.close();
    await Promise.all([announced, open, closed].map((ward) => ward?.stop()));
});

async function as(ward, username, walk, refused = false) {
    const { page, context, complaints } = await visitor(browser, ward.url);
    try {
        await signIn(page, username, password);
        await walk(page);
        assert.deepEqual(complaints.filter((line) => !(refused && /status of 4\d\d/.test(line))), []);
    } finally {
        await context.close();
    }
}

const PAGES = ['/lam-viec/dai-bieu/1', '/lam-viec/diem-danh/1', '/lam-viec/chuan-bi/1', '/lam-viec/bao-cao/1'];

test('the pages of invitees, door, milestones and reports fit a phone and a screen, and are accessible', async () => {
    for (const [where, username, paths] of [[announced, 'khom2', PAGES.slice(0, 2)], [open, 'thuky', PAGES.slice(0, 2)],
        [closed, 'vanphong', PAGES], [announced, 'vanphong', PAGES.slice(0, 1)]]) {
        await as(where, username, async (page) => {
            for (const path of paths) {
                for (const size of [PHONE, DESK]) {
                    await page.setViewportSize(size);
                    assert.equal((await page.goto(path)).status(), 200, path);
                    assert.equal(await overflows(page), false, `${username} ${path} at ${size.width}`);
                    assert.deepEqual(await violations(page), [], `${username} ${path} at ${size.width}`);
                }
            }
        });
    }
});

test('who may open which page; without signing in none', async () => {
    const may = {
        '/lam-viec/dai-bieu/1': ['vanphong', 'thuky', 'chutich', 'khom2'],
        '/lam-viec/diem-danh/1': ['vanphong', 'thuky', 'chutich', 'khom2'],
        '/lam-viec/chuan-bi/1': ['vanphong', 'thuky', 'chutich', 'vanhoa', 'hdnd', 'danguy'],
        '/lam-viec/bao-cao/1': ['vanphong', 'chutich', 'hdnd', 'danguy', 'vanthu'],
    };
    for (const username of ['vanphong', 'thuky', 'chutich', 'khom2', 'hdnd', 'danguy', 'vanthu', 'vanhoa', 'congan', 'quantri']) {
        const client = await open.signIn(username);
        for (const [path, allowed] of Object.entries(may)) {
            assert.equal((await client.get(path)).status, allowed.includes(username) ? 200 : 403, `${username} ${path}`);
        }
    }
    for (const path of PAGES) assert.equal((await open.anyone.get(path)).status, 303, path);
});

test('R102 a khóm pastes its list; over its quota and without consent it is refused and the text stays', async () => {
    await as(announced, 'khom2', async (page) => {
        await page.goto('/lam-viec/khom');
        await page.getByRole('link', { name: 'Mời đại biểu của khóm' }).click();
        const many = Array.from({ length: 12 }, (_, i) => `${i + 1}. Người Thử Số ${i + 1}, tổ ${i + 1}`).join('\n');
        await page.getByLabel('Họ và tên, mỗi người một dòng').fill(many);
        await page.getByLabel('Những người này đã biết').check();
        await page.getByRole('button', { name: 'Ghi vào danh sách' }).click();
        assert.match(await page.getByRole('alert').innerText(), /Khóm 2 được mời 12 người, đã ghi 5, đang ghi thêm 12/);
        assert.equal(await page.locator('#names').inputValue(), many);
        await page.locator('#names').fill('Trần Văn Hai\tTổ 3\nLê Thị Ba - hộ kinh doanh');
        await page.locator('#consent').uncheck();
        await page.getByRole('button', { name: 'Ghi vào danh sách' }).click();
        assert.match(await page.getByRole('alert').innerText(), /đồng ý/);
        await page.locator('#consent').check();
        await page.getByRole('button', { name: 'Ghi vào danh sách' }).click();
        const rows = await page.locator('table').last().innerText();
        assert.match(rows, /Trần Văn Hai\s+Tổ 3/);
        assert.match(rows, /Lê Thị Ba\s+hộ kinh doanh/);
        assert.doesNotMatch(rows, /Khóm 1|Khóm 3/); // its own list alone
    }, true);
    const { status } = await announced.run('verify');
    assert.equal(status, 0);
});

test('R87 R34 R69 R92 at the door: typed, scanned, walked in; counts, delegates to introduce, who is missing', async () => {
    await as(open, 'thuky', async (page) => {
        await page.goto('/lam-viec/diem-danh/1');
        const present = async () => Number(await page.locator('.figures b').first().innerText());
        const then = (act) => Promise.all([page.waitForEvent('load'), act()]); // the page after it
        const enter = () => then(() => page.keyboard.press('Enter'));
        const before = await present();
        await page.keyboard.type('huynh van ky'); // the field has the focus; no accents needed
        await enter();
        assert.equal(await present(), before + 1);
        await page.locator('#typed').fill(`${open.url}/doi-thoai/1?gm=33`);
        await enter();
        assert.equal(await present(), before + 2);
        await page.locator('#typed').fill('33');
        await enter();
        assert.match(await page.getByRole('alert').innerText(), /đã được điểm danh/);
        assert.equal(await page.locator('#typed').inputValue(), '33');
        const walkIn = () => then(() => page.getByRole('button', { name: 'Ghi có mặt' }).click());
        await page.locator('#name').fill('Khách Không Mời');
        await walkIn();
        assert.match(await page.getByRole('alert').innerText(), /đồng ý/);
        assert.equal(await page.locator('#name').inputValue(), 'Khách Không Mời');
        await page.locator('#name').fill('');
        await walkIn(); // no name: counted all the same
        assert.equal(await present(), before + 3);
        const text = await page.locator('main').innerText();
        assert.match(text, /Giới thiệu đại biểu[\s\S]*Phó Bí thư Thường trực Đảng ủy[\s\S]*Hội đồng nhân dân/);
        assert.match(text, /chưa có mặt \(1\)[\s\S]*Lâm Văn T \(trực cơ quan\)/);
    }, true);
});

test('R22-R29 the list of delegates, one invitation for each, and who may have it', async () => {
    rule('R102', 'R98');
    const office = await open.signIn('vanphong'), khom = await open.signIn('khom2'), other = await open.signIn('khom1');
    const list = (await office.get('/api/v1/dialogues/1/documents/attendance.html')).body;
    for (const part of ['Thường trực Đảng ủy', 'Hội đồng nhân dân', 'Lãnh đạo Ủy ban nhân dân', 'Mặt trận', 'Trưởng các đoàn thể',
        'Cán bộ, công chức', 'Trạm Y tế', 'Ban Giám hiệu']) {
        assert.match(list, new RegExp(part), part);
    }
    const paper = '/api/v1/dialogues/1/documents/invitation.txt?person=22';
    assert.match((await khom.get(paper)).body, /Võ Thị Mậu/);
    assert.equal((await other.get(paper)).status, 403);
    assert.equal((await (await open.signIn('congan')).get(paper)).status, 403);
    assert.equal((await open.anyone.get(paper)).status, 401);
    assert.equal((await office.get('/api/v1/dialogues/1/documents/invitation.txt?person=999')).status, 404);
    assert.match((await office.get('/api/v1/dialogues/1/documents/minutes.txt?edition=full')).body, /Cán bộ, công chức vắng mặt: Lâm Văn T/);
    const publicly = (await open.anyone.get('/doi-thoai/1')).body;
    assert.doesNotMatch(publicly, /Võ Thị Mậu/);
});

test('R6 R19 R89 milestones with owner and date, done and late, from what stands in the store', async () => {
    const office = await closed.signIn('vanphong');
    const text = (await office.get('/lam-viec/chuan-bi/1')).body;
    assert.match(text, /ban hành kế hoạch[\s\S]*?21\/05\/2024[\s\S]*?đã xong[\s\S]*?66\/KH-UBND, sớm hơn hội nghị 154 ngày/);
    assert.match(text, /danh sách mời theo số lượng[\s\S]*?chậm[\s\S]*?25 trên 60 người/);
    assert.match(text, /Gửi báo cáo tổng hợp[\s\S]*?01\/07\/2024[\s\S]*?đã xong/);
});

test('R20 R91 indicators, and the synthesis handed over in time; a wrong line is struck out', async () => {
    const office = await closed.signIn('vanphong'), party = await closed.signIn('danguy');
    const { body } = await party.get('/api/v1/dialogues/1/indicators');
    assert.equal(body.synthesis_due, '2024-07-01');
    assert.equal(body.synthesis_sent, '2024-06-28');
    assert.ok(body.on_spot > 0 && body.on_spot <= body.all && body.in_time <= body.due && body.agreed <= body.ended);
    const page = (await party.get('/lam-viec/bao-cao/1')).body;
    assert.match(page, /đã gửi đúng hạn/);
    assert.match(page, new RegExp(`<b>\\d+%</b> \\(${body.on_spot}/${body.all}\\)`));
    const synthesis = (await office.get('/api/v1/dialogues/1/documents/synthesis.txt')).body;
    assert.match(synthesis, /Chỉ số kết quả: trả lời, tiếp thu ngay tại hội nghị/);
    await as(closed, 'vanphong', async (view) => {
        await view.goto('/lam-viec/bao-cao/1');
        await view.getByRole('button', { name: 'Gạch dòng ghi sai' }).click();
        assert.match(await view.locator('#giao-bao-cao').innerText(), /Chưa gửi[\s\S]*Quá hạn/);
        await view.locator('#receiver').fill('');
        await view.locator('#note').fill('gửi lại');
        await view.getByRole('button', { name: 'Ghi nhận đã gửi' }).click();
        assert.equal(await view.locator('#note').inputValue(), 'gửi lại');
        await view.locator('#receiver').fill('Văn phòng Đảng ủy');
        await view.getByRole('button', { name: 'Ghi nhận đã gửi' }).click();
        assert.match(await view.locator('#giao-bao-cao').innerText(), /đã gửi chậm/);
    }, true);
    assert.equal((await closed.run('verify')).status, 0);
});

describe('over the API, on both engines', () => {
    test('R102 R87 invite, hand over, check in, walk in, count; each refusal by its code', async (t) => {
        for (const { name, skip, demo } of await engines()) {
            await t.test(name, { skip }, async () => {
                const ward = await demo('announced', {});
                try {
                    const khom = await ward.signIn('khom3'), office = await ward.signIn('vanphong'), secretary = await ward.signIn('thuky');
                    const list = '/api/v1/dialogues/1/invitees', door = '/api/v1/dialogues/1/attendance';
                    const invite = (who, invitees, consent = true) => who.post(list, { invitees, consent });
                    const code = async (reply) => `${(await reply).status} ${(await reply).body.code ?? ''}`.trim();
                    const one = { name: 'Thử Thị Nghiệm', part: 'residents', khom: 'khom3' };
                    assert.equal(await code(invite(ward.anyone, [one])), '401 unauthenticated');
                    assert.equal(await code(invite(khom, [{ ...one, khom: 'khom4' }])), '403 forbidden');
                    assert.equal(await code(invite(secretary, [one])), '403 forbidden');
                    assert.equal(await code(invite(khom, [one], false)), '422 required');
                    assert.equal(await code(invite(khom, [{ ...one, part: 'kings' }])), '422 invalid');
                    assert.equal(await code(invite(khom, [{ ...one, age: 30 }])), '422 unknown_field');
                    assert.equal(await code(invite(khom, Array.from({ length: 13 }, (_, i) => ({ ...one, name: `A ${i}` })))), '422 invalid');
                    const made = await invite(khom, [one]);
                    assert.equal(made.status, 201);
                    const number = made.body.numbers[0];
                    const seen = (await khom.get(`${list}?limit=200`)).body.items;
                    assert.ok(seen.some((i) => i.name === one.name) && seen.every((i) => i.khom === 'khom3'));
                    assert.equal((await (await ward.signIn('hdnd')).get(list)).status, 403); // names are for staff alone
                    assert.equal(await code(khom.post(door, { action: 'deliver', number })), '409 proof_required');
                    assert.equal((await khom.post(door, { action: 'deliver', number, proof: { kind: 'signature', text: 'ký sổ' } })).status, 200);
                    assert.equal(await code(secretary.post(door, { action: 'check_in', number })), '409 wrong_state'); // not before the day
                    assert.equal(await code(secretary.post(door, { action: 'dance', number })), '422 invalid');
                    assert.equal((await office.post('/api/v1/dialogues/1/dispatches',
                        { type: 'synthesis', day: '2024-06-10', recipient: 'A', receiver: 'B' })).status, 409); // not closed yet
                    const counts = (await (await ward.signIn('hdnd')).get(door)).body;
                    assert.equal(counts.seats, 80);
                    assert.equal(counts.khoms.khom3.invited, 6);
                    assert.equal(counts.khoms.khom3.quota, 12);
                    assert.equal((await ward.run('verify')).status, 0);
                } finally {
                    await ward.stop();
                }
            });
        }
    });
});
