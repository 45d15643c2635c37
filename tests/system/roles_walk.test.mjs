// SPDX-License-Identifier: AGPL-3.0-or-later
// Every role walks to its chief task and does it without a mouse: on a phone, at a desk, and once more without
// JavaScript, where something is refused first. Only links and keys after signing in; the API and the register say
// what came of it.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, launch, PHONE, visitor } from './browser.mjs';
import { Keyboard } from './keyboard.mjs';
import { password, rule, Ward } from './harness.mjs';

let open, closed, browser;
const sessions = new Map();

before(async () => {
    [open, closed, browser] = await Promise.all([Ward.demo('open'), Ward.demo('closed'), launch()]);
});
after(async () => {
    await browser?.close();
    await Promise.all([open?.stop(), closed?.stop()]);
});

async function by(username, ward = open) {
    const key = `${ward.url} ${username}`;
    if (!sessions.has(key)) sessions.set(key, await ward.signIn(username));
    return sessions.get(key);
}

/** The register of the ward after an entry, a page of it: { last, rows, text }. */
async function register(ward, after) {
    const office = await by('vanphong', ward);
    const { body } = await office.get(`/lam-viec/so?after=${after}`);
    const last = Number(/<dt>Số mục<\/dt><dd>([\d.]+)/.exec(body)[1].replaceAll('.', ''));
    const rows = [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].slice(1).map(([, row]) =>
        [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => cell.replace(/<[^>]+>/g, '').trim()));
    return { last, rows, text: rows.map((row) => row.join(' ')).join('\n') };
}

// ---- what stands ready for a walk, through the API

const done = async (reply) => {
    const { status, body } = await reply;
    assert.ok(status < 300, JSON.stringify(body));
    return body;
};
const act = async (username, number, action, more) => done((await by(username)).opinion(number, action, more));
const opinion = async (number, username = 'vanphong') => (await (await by(username)).get(`/api/v1/opinions/${number}`)).body;

async function taken(content, username = 'thuky', more = {}) {
    const { number } = await done((await by(username)).post('/api/v1/dialogues/1/opinions',
        { content, channel: 'slip', author: { type: 'resident', name: 'Trần Thị Bông', khom: 'khom2' }, ...more }));
    return number;
}
async function relayed(content, username, more) {
    const number = await taken(content, username, more);
    await act('thuky', number, 'relay');
    return number;
}
async function owed(content) {
    const number = await relayed(content);
    await act('chutich', number, 'assign', { to: 'diachinh' });
    return number;
}
/** About the chair: the second reader decides on the draft. */
async function aboutTheChair(content) {
    const number = await taken(content);
    await act('thuky', number, 'classify', { about: 'head' });
    await act('thuky', number, 'relay');
    await act('phochutich', number, 'assign', { to: 'diachinh' });
    await act('diachinh', number, 'draft', { text: 'Dự thảo về lịch tiếp dân.' });
    return number;
}
async function answered(content, username, more) {
    const number = await relayed(content, username, more);
    await act('chutich', number, 'answer', { mode: 'written', kind: 'answer', text: 'Phường sẽ làm trong quý III.' });
    return number;
}
async function sealed(content) {
    const number = await taken(content);
    await act('thuky', number, 'divert', { to: 'denunciation', reason: 'Có nội dung tố cáo.' });
    return number;
}

// ---- how a form says no

/** The page names the field in Vietnamese and leads to it; what was typed in another one still stands. */
async function refusedAt(k, label, kept = {}) {
    const summary = k.page.locator('.error-summary');
    await summary.waitFor();
    assert.match(await summary.innerText(), label);
    assert.match(await summary.innerText(), /[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]/i);
    const anchor = (await summary.locator('a').first().getAttribute('href')).slice(1);
    assert.equal(await k.page.locator(`[id="${anchor}"]`).count(), 1, `nothing is called ${anchor}`);
    for (const [name, text] of Object.entries(kept))
        assert.ok(await k.main.locator(`[name="${name}"]:not([type=hidden])`).first().inputValue() === text, `${name} is kept`);
}

const LONG = 'Đề nghị làm rõ.'.repeat(1400); // more than a text may have

/** { who, rules, where, make, walk(k, it), made(it), logged }: `it` is what make() gave, with `refused` where the form
 *  is refused first, and `turn` 0..2. */
const WALKS = [
    {
        who: 'chutich', role: 'the chair calls, and answers on the spot', rules: [60, 63, 77], make: () => relayed('Bao giờ sửa đèn hẻm 3?'),
        async walk(k, it) {
            await k.follow(k.link(/^Bàn chủ trì/));
            await k.follow(k.link(new RegExp(it.number), k.page.locator('#hang-cho')));
            await k.to(k.page.locator(`#call-${it.number} button`));
            await k.page.keyboard.press('Enter');
            await k.page.locator(`#return-${it.number}`).waitFor();
            await k.follow(k.link('Trả lời tại đây'));
            if (it.refused) {
                await k.write(k.main.locator('[name=legal_refs]'), 'Luật Tổ chức chính quyền địa phương');
                await k.press(k.button('Trả lời'));
                await refusedAt(k, /Nội dung/, { legal_refs: 'Luật Tổ chức chính quyền địa phương' });
            }
            await k.write(k.main.locator('[name=text]'), 'Phường sửa trong tuần sau.');
            await k.press(k.button('Trả lời'));
        },
        async made(it) {
            const o = await opinion(it.number);
            assert.deepEqual([o.state, o.answers[0].text], ['answered', 'Phường sửa trong tuần sau.']);
        },
        logged: /Trả lời .*chủ trì/,
    },
    {
        who: 'phochutich', role: 'the second reader decides on an answer about the chair', rules: [78], make: () => aboutTheChair('Chủ tịch tiếp dân không đúng lịch.'),
        async walk(k, it) {
            await k.follow(k.link(/^Bàn chủ trì/));
            const card = k.page.locator('#cho-duyet article', { hasText: it.number });
            if (it.refused) {
                await k.open(card.locator('summary'));
                await k.write(card.locator('[name=reason]'), LONG);
                await k.press(card.locator('details button'));
                await refusedAt(k, /Lý do/, { reason: LONG });
                await k.write(k.main.locator('[name=reason]'), 'Cần nêu lịch tiếp dân mới.');
                await k.press(k.button('Yêu cầu soạn lại'));
            } else {
                await k.to(card.locator(`#approve-${it.number} button`));
                await k.page.keyboard.press('Enter');
                await card.waitFor({ state: 'detached' });
            }
        },
        made: async (it) => assert.equal((await opinion(it.number)).state, it.refused ? 'owed' : 'answered'),
        logged: /(Duyệt|soạn lại).*người xem xét thứ hai/,
    },
    {
        who: 'thuky', role: 'the secretary relays', rules: [54, 60], make: () => taken('Rác tồn ở đầu hẻm 12.'),
        async walk(k, it) {
            await k.follow(k.link(/^Bàn thư ký/));
            await k.to(k.page.locator(`#cho-${it.number} button`).first());
            await k.page.keyboard.press('Enter');
            await k.page.locator(`#cho-${it.number}`).waitFor({ state: 'detached' });
        },
        made: async (it) => assert.equal((await opinion(it.number)).state, 'relayed'),
        logged: /Chuyển chủ trì/,
    },
    {
        who: 'diachinh', role: 'a specialist drafts an answer', rules: [77, 78, 93], make: () => owed('Cống hẻm 9 nghẹt, bao giờ nạo vét?'),
        async walk(k, it) {
            await k.follow(k.link('Tôi phải trả lời'));
            const card = k.page.locator(`#y-kien-${it.number}`);
            await k.open(card.locator('summary').first());
            if (it.refused) {
                await k.write(card.locator('[name=legal_refs]').first(), 'Quyết định 12/QĐ-UBND');
                await k.press(card.getByRole('button', { name: 'Trình chủ trì duyệt' }));
                await refusedAt(k, /Nội dung/, { legal_refs: 'Quyết định 12/QĐ-UBND' });
            }
            await k.write(k.main.locator('[name=text]:visible').first(), 'Nạo vét xong trước 30/7.');
            await k.press(k.main.locator('form:has([name=text]):visible button[type=submit]').first());
        },
        async made(it) {
            const { status } = await (await by('chutich')).opinion(it.number, 'approve');
            assert.equal(status, 200);
            assert.equal((await opinion(it.number)).answers.at(-1).text, 'Nạo vét xong trước 30/7.');
        },
        logged: /Soạn dự thảo/,
    },
    {
        who: 'vanphong', role: 'the office hands over a letter', rules: [59, 78],
        make: () => answered('Xin trả lời bằng thư.', 'thuky', { reply_by: 'letter' }),
        walk: (k, it) => handOver(k, it, k.link(/^Bàn Văn phòng/)),
        made: async (it) => assert.ok((await opinion(it.number)).answers.at(-1).delivered_at),
        logged: /Ghi nhận đã giao .*Văn phòng/,
    },
    {
        who: 'khom2', role: 'a khóm hands over an answer to its people', rules: [75, 101],
        make: () => answered('Nhờ khóm đưa thư giúp.', 'khom2', { channel: 'khom', reply_by: 'khom' }),
        walk: (k, it) => handOver(k, it, k.link('Bàn khóm')),
        made: async (it) => assert.ok((await opinion(it.number)).answers.at(-1).delivered_at),
        logged: /Ghi nhận đã giao .*khóm/,
    },
    {
        who: 'hdnd', role: 'an overseer remarks', rules: [99], make: () => relayed('Chợ họp lấn lòng đường.'),
        async walk(k, it) {
            await k.follow(k.link(/^Bàn giám sát/));
            await k.write(k.page.getByLabel('Từ cần tìm'), 'lấn lòng đường');
            await k.press(k.button('Lọc'));
            await k.skip();
            await k.follow(k.link(it.number));
            if (it.refused) {
                await k.write(k.page.getByLabel('Nội dung'), LONG);
                await k.press(k.button('Ghi ý kiến giám sát'));
                await refusedAt(k, /Nội dung/, { text: LONG });
            }
            await k.write(k.page.getByLabel('Nội dung'), `Đề nghị báo rõ thời gian (lần ${it.turn}).`);
            await k.press(k.button('Ghi ý kiến giám sát'));
        },
        made: async (it) => assert.match(JSON.stringify(await opinion(it.number)), new RegExp(`lần ${it.turn}`)),
        logged: /giám sát/,
    },
    {
        who: 'danguy', role: 'the Party committee reads the synthesis', rules: [90, 91], where: () => closed,
        async walk(k) {
            await k.follow(k.link(/^Báo cáo tổng hợp/));
            await k.to(k.link('Bản PDF'));
            const { status } = await (await by('danguy', closed)).get(await k.link('Bản PDF').getAttribute('href'));
            assert.equal(status, 200);
            const { body } = await (await by('danguy', closed)).get('/api/v1/dialogues/1/documents/synthesis.txt');
            const words = (text) => text.replace(/\s+/g, ' ').trim();
            const heading = /^I\. .*$/m.exec(body)[0];
            assert.ok(words(await k.page.locator('.document-sheet').innerText()).includes(words(heading)), heading);
        },
    },
    {
        who: 'vanhoa', role: 'the culture officer logs a broadcast', rules: [94, 95, 96],
        async walk(k, it) {
            await k.follow(k.link(/^Thông báo, phát thanh/));
            const note = `Cụm loa số ${it.turn + 1}`;
            if (it.refused) {
                await k.write(k.page.getByLabel('Người đọc'), '');
                await k.write(k.page.getByLabel('Ghi chú'), note);
                await k.press(k.button('Ghi vào sổ'));
                await refusedAt(k, /Người đọc/, { note });
            }
            await k.write(k.page.getByLabel('Người đọc'), 'Bùi Thị I');
            await k.write(k.page.getByLabel('Ghi chú'), note);
            await k.press(k.button('Ghi vào sổ'));
        },
        made: async (it) => assert.match((await (await by('vanhoa')).get('/lam-viec/van-hoa/1')).body, new RegExp(`Cụm loa số ${it.turn + 1}`)),
        logged: /phát thanh|tuyên truyền/i,
    },
    {
        who: 'baomat1', role: 'a custodian says who handles a denunciation', rules: [46, 47], make: () => sealed('Tôi tố cáo việc thu tiền không biên lai.'),
        async walk(k, it) {
            await k.follow(k.link('Hồ sơ niêm phong'));
            await k.follow(k.link(new RegExp(it.number)));
            assert.doesNotMatch(await k.page.locator('.timeline').innerText(), /\d\d:\d\d/, 'a sealed matter keeps the day, not the hour');
            const form = k.page.locator(`#notify-${it.number}`);
            if (it.refused) {
                await k.write(form.locator('[name=text]'), 'Đơn đã được chuyển.');
                await k.press(form.locator('button'));
                await refusedAt(k, /Cơ quan/, { text: 'Đơn đã được chuyển.' });
            }
            await k.write(form.locator('[name=agency]'), 'Thanh tra thành phố');
            await k.write(form.locator('[name=text]'), 'Đơn đã được chuyển đến Thanh tra thành phố.');
            await k.choose(form.locator('[name=how]'), 'page');
            await k.press(form.locator('button'));
        },
        made: async (it) => assert.match(JSON.stringify(await opinion(it.number, 'baomat2')), /Thanh tra thành phố/),
    },
    {
        who: 'quantri', role: 'the admin makes an account', rules: [2],
        async walk(k, it) {
            const secret = 'mot-cau-that-dai';
            await k.follow(k.link('Quản trị'));
            await k.follow(k.link('Lập tài khoản'));
            await k.write(k.page.getByLabel('Tên đăng nhập'), `canbo${it.turn}`);
            await k.write(k.page.getByLabel('Họ và tên'), 'Lý Thị Mới');
            await k.tick(k.page.getByLabel('Văn phòng', { exact: true }));
            for (const value of it.refused ? ['ngan', secret] : [secret]) {
                await k.write(k.page.getByLabel('Mật khẩu', { exact: true }), value);
                await k.write(k.page.getByLabel('Nhập lại mật khẩu'), value);
                await k.press(k.button('Lập tài khoản'));
                if (value !== secret) await refusedAt(k, /ít nhất 8 ký tự/, { username: `canbo${it.turn}`, name: 'Lý Thị Mới' });
            }
        },
        made: async (it) => assert.equal((await (await open.signIn(`canbo${it.turn}`, 'mot-cau-that-dai')).get('/lam-viec/van-phong/1')).status, 200),
        logged: /tài khoản/i,
    },
    {
        who: 'vanthu', role: 'the archivist gives a number', rules: [1, 104], where: () => closed,
        async walk(k, it) {
            await k.follow(k.link('Bàn văn thư'));
            await k.follow(k.link(/^Cấp số: (Thông báo|Chương trình|Báo cáo)/).first());
            if (it.refused) {
                await k.write(k.page.getByLabel('Số', { exact: true }), 'x/y');
                await k.write(k.page.getByLabel('Ký hiệu'), 'TB-VP');
                await k.press(k.button('Cấp số và ban hành'));
                await refusedAt(k, /Số/, { number: 'x/y', symbol: 'TB-VP' });
            }
            await k.write(k.page.getByLabel('Số', { exact: true }), `${71 + it.turn}`);
            await k.press(k.button('Cấp số và ban hành'));
        },
        async made(it) {
            const { items } = (await (await by('vanthu', closed)).get('/api/v1/dialogues/1/documents')).body;
            assert.ok(items.some(({ number }) => number.startsWith(`${71 + it.turn}/`)), JSON.stringify(items.map(({ number }) => number)));
        },
        logged: /Ban hành|Cấp số/i,
    },
];

/** Office and khóm alike: the card, how it was handed over, the proof. */
async function handOver(k, it, desk) {
    await k.follow(desk);
    const card = k.page.locator(`#y-kien-${it.number}`);
    await k.open(card.locator('summary').first());
    if (it.refused) {
        await k.write(card.locator('[name=proof_text]'), 'Bà Bông ký nhận.');
        await k.press(card.locator('form:has([name=proof_text]) button'));
        await refusedAt(k, /Minh chứng/, { proof_text: 'Bà Bông ký nhận.' });
    }
    const form = k.main.locator('form:has([name=proof_text]):visible').first();
    await k.choose(form.locator('[name=proof_kind]'), 'signature');
    await k.write(form.locator('[name=proof_text]'), 'Bà Bông ký nhận.');
    await k.press(form.locator('button'));
}

const TURNS = [['at 360 px', { viewport: PHONE }], ['at 1280 px', { viewport: DESK }],
    ['without JavaScript, refused first', { viewport: PHONE, javaScriptEnabled: false }]];

for (const { who, role, rules, where = () => open, make, walk, made, logged } of WALKS)
    describe(role, () => {
        for (const [turn, [name, options]] of TURNS.entries())
            test(name, async () => {
                rule(...rules);
                const refused = options.javaScriptEnabled === false, ward = where();
                const it = { turn, refused, number: await make?.() };
                const before = (await register(ward, 0)).last;
                const { page, context, complaints } = await visitor(browser, ward.url, options);
                try {
                    const k = new Keyboard(page);
                    await k.signIn(who, password);
                    if (turn < 2) await k.tour();
                    await k.page.goto('/lam-viec');
                    assert.equal(await k.page.getByRole('navigation').getByRole('link', { name: 'Bàn làm việc' }).count(), 1);
                    await k.skip();
                    await walk(k, it);
                    assert.deepEqual(complaints.filter((line) => !(refused && /status of 4\d\d/.test(line))), []);
                } finally {
                    await context.close();
                }
                await made?.(it);
                if (logged) assert.match((await register(ward, before)).text, logged);
            });
    });

test('every role has its walk, and the registers hold them', async () => {
    const users = [...open.said.matchAll(/^ {4}(\w+) +[^/\n]+\(([^)]*)\)$/gm)];
    const walked = users.filter(([, name]) => WALKS.some(({ who }) => who === name)).flatMap(([, , roles]) => roles.split(', '));
    for (const [, name, roles] of users)
        for (const role of roles.split(', ')) assert.ok(walked.includes(role), `nobody walks as ${role} (${name})`);
    for (const ward of [open, closed]) {
        for (let after = 0, { last, rows } = await register(ward, 0); after < last; after = Number(rows[rows.length - 1][0])) {
            ({ rows } = await register(ward, after));
            const bare = rows.filter(([, , action, subject]) => /^[a-z_]+$/.test(action) || /^[a-z]+ /.test(subject));
            assert.deepEqual(bare, [], 'the register speaks in words');
        }
        const { status, stdout, stderr } = await ward.run('verify');
        assert.equal(status, 0, stdout + stderr);
    }
});
