// SPDX-License-Identifier: AGPL-3.0-or-later
// Several wards in one store, served by one program and told apart by the Host: the same ids, numbers, user names, codes
// and keys in both, and nothing of one is worth anything in the other.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { engines } from './engines.mjs';
import { password, run, Ward } from './harness.mjs';
import { Place } from './hosts.mjs';

const HOSTS = ['phuong-1.example.vn', 'phuong-2.example.vn'], NAMES = ['Phường Một', 'Phường Hai'];
const PEOPLE = { chutich: 'chair', vanphong: 'office', thuky: 'secretary', vanthu: 'archivist' };
const DIALOGUE = '/api/v1/dialogues/1', OPINIONS = `${DIALOGUE}/opinions`, HALL = `${DIALOGUE}/hall`, EVENTS = `${DIALOGUE}/events`;
const MORNING = '2024-06-20T08:00:00+07:00', WEEKS_LATER = '2024-07-15T08:00:00+07:00';
const filePassword = 'mat-khau-cua-tep';

const done = (reply, status = 200) => {
    assert.equal(reply.status, status, JSON.stringify(reply.body));
    return reply.body;
};

/** A line on stderr that says it, with the status. */
const refused = ({ status, stdout, stderr }, code, what) => {
    assert.equal(status, code, stdout + stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^[^\n]+\n$/);
    assert.match(stderr, what);
};

/** Accounts, and dialogue 1 as far as its announcement, as the ward's people do it. */
async function furnish(place) {
    const admin = await place.signIn('quantri');
    for (const [username, role] of Object.entries(PEOPLE)) {
        const pairs = { username, name: `Người ${username}`, title: 'Cán bộ', roles: role, password, password_again: password, active: '1' };
        assert.equal((await admin.form('/lam-viec/quan-tri/tai-khoan/moi', pairs)).status, 303, username);
    }
    const people = await signedIn(place);
    const { id } = done(await people.vanphong.post('/api/v1/dialogues', { title: `Đối thoại của ${place.host}`, year: 2024, profile: 2024,
        planned: '2024-06', place: 'Hội trường', seats: 80 }), 201);
    assert.equal(Number(id), 1);
    done(await people.chutich.dialogue(1, 'approve'));
    done(await people.vanthu.dialogue(1, 'issue', { date: '2024-06-03' }));
    done(await people.vanphong.dialogue(1, 'announce', { starts_at: MORNING, opinions_from: '2024-06-04T08:00:00+07:00',
        opinions_until: '2024-06-18T17:00:00+07:00' }));
}

async function signedIn(place) {
    return Object.fromEntries(await Promise.all(Object.keys(PEOPLE).map(async (name) => [name, await place.signIn(name)])));
}

const send = async (place, content, extra = {}, headers = {}) => done(await place.anyone.post(OPINIONS,
    { content, author: { type: 'resident', name: 'Nguyễn Thị Thử', ...extra.author }, ...extra.rest }, headers), 201);

async function until(ask, isSo) {
    for (;;) {
        const found = await ask();
        if (isSo(found)) return found;
        await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
}

for (const engine of await engines()) describe(`two wards on ${engine.name}`, () => {
    let ward, here, there, people;

    async function on(instant) {
        await ward.quit();
        ward.clock = ['--now', instant];
        await ward.start();
    }

    before(async () => {
        ward = await engine.init({ now: '2024-06-03T08:00:00+07:00', start: false, args: ['--host', HOSTS[0], '--unit-name', NAMES[0]] });
        const second = await ward.run('init', '--password', password, '--host', 'Phuong-2.Example.VN', '--unit-name', NAMES[1]);
        assert.equal(second.status, 0, second.stderr);
        await ward.start();
        [here, there] = HOSTS.map((host) => new Place(ward, host));
        for (const place of [here, there]) await furnish(place);
        await on(MORNING);
        people = await Promise.all([here, there].map(signedIn));
        for (const one of people) done(await one.chutich.dialogue(1, 'open'));
    });
    after(() => ward?.stop());

    test('each host has its ward, by whatever port and in capitals too; another has none and is told so; health and figures have no host', async () => {
        for (const [place, name] of [[here, NAMES[0]], [there, NAMES[1]]])
            for (const host of [place.host, `${place.host}:8443`, place.host.toUpperCase(), `${place.host}.`]) {
                const { status, body } = await new Place(ward, host).anyone.page('/tra-cuu');
                assert.equal(status, 200, host);
                assert.ok(body.includes(name) && !body.includes(NAMES.find((one) => one !== name)), host);
            }
        for (const host of ['phuong-3.example.vn', '127.0.0.1', '[::1]', 'localhost']) {
            const nobody = new Place(ward, host).anyone;
            for (const path of ['/', '/doi-thoai/1', '/lam-viec', '/lam-viec/dang-nhap', '/y-kien/2024-0001']) {
                const { status, body } = await nobody.page(path);
                assert.equal(status, 404, `${host} ${path}`);
                assert.match(body, /Không có phường nào ở địa chỉ này/);
                assert.ok(!NAMES.some((name) => body.includes(name)));
                const css = /href="(\/static\/[^"]+\.css)"/.exec(body);
                assert.equal((await nobody.get(css[1])).status, 200, 'and looks like a page');
            }
            for (const [method, path] of [['GET', '/api/v1/dialogues'], ['POST', '/api/v1/sessions'], ['POST', OPINIONS]]) {
                const { status, body } = await nobody.request(method, path, { body: method === 'POST' ? {} : undefined });
                assert.deepEqual([status, body.code], [404, 'not_found'], `${host} ${path}`);
                assert.match(body.detail, /không thuộc phường nào/);
            }
            assert.equal((await nobody.request('GET', '/api/v1/dialogues', { headers: { 'accept-language': 'en' } })).body.detail.includes('phường'), false);
            assert.equal((await nobody.get('/healthz')).body, 'ok\n');
            assert.match((await nobody.get('/metrics')).body, /^doithoai_outbox_waiting \d+$/m);
        }
    });

    test('the same number in both; a receipt, a token, a cookie are worth nothing in the other', async () => {
        const mine = await send(here, 'Hẻm 12 chưa có đèn'), theirs = await send(there, 'Cầu Rạch Gừa hư');
        assert.equal(mine.number, theirs.number);
        for (const [place, other, { number, receipt }, content] of [[here, there, mine, 'Hẻm 12 chưa có đèn'], [there, here, theirs, 'Cầu Rạch Gừa hư']]) {
            assert.equal(done(await place.author(receipt).get(`/api/v1/opinions/${number}`)).content, content);
            assert.equal((await other.author(receipt).get(`/api/v1/opinions/${number}`)).status, 401);
            const kept = { cookie: `bien-nhan=${receipt.replaceAll(/\D/g, '')}` };
            assert.ok((await place.anyone.page(`/y-kien/${number}`, kept)).body.includes(content));
            assert.equal((await other.anyone.page(`/y-kien/${number}`, kept)).status, 404);
        }
        const { authorization } = people[0].thuky, token = authorization.split(' ')[1];
        assert.equal((await here.with(authorization).get(`/api/v1/opinions/${mine.number}`)).status, 200);
        assert.equal((await there.with(authorization).get(`/api/v1/opinions/${theirs.number}`)).status, 401);
        const session = { cookie: `phien=${token}` };
        assert.equal((await here.anyone.page('/lam-viec/thu-ky/1', session)).status, 200);
        const sent = await there.anyone.page('/lam-viec/thu-ky/1', session);
        assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/lam-viec/dang-nhap']);
        const relay = { action: 'relay' };
        assert.equal((await there.with(authorization).post(`/api/v1/opinions/${theirs.number}/actions`, relay)).status, 401);
    });

    test('a code of the hall and a ticket are of their ward', async () => {
        const codes = await Promise.all(people.map(async ({ thuky }) => done(await thuky.get(HALL)).code));
        assert.notEqual(codes[0], codes[1]);
        const join = (place, code) => place.anyone.post(`${DIALOGUE}/tickets`, { code, name: 'Trần Thị B' });
        assert.notEqual((await join(there, codes[0])).status, 201);
        const { ticket } = done(await join(here, codes[0]), 201);
        const up = (place) => place.with(`Ticket ${ticket}`).post(HALL, { action: 'hand_up', khom: 'khom1' });
        assert.equal((await up(there)).status, 401);
        done(await up(here));
        assert.equal(JSON.stringify(done(await people[1].thuky.get(HALL))).includes('Trần Thị B'), false);
    });

    test('one idempotency key in both is two opinions, and each is repeated where it was made', async () => {
        const key = { 'idempotency-key': randomUUID() }, same = 'Đường ngập khi mưa';
        const first = await send(here, same, {}, key), second = await send(there, same, {}, key);
        assert.notEqual(first.receipt, second.receipt);
        assert.deepEqual(await send(here, same, {}, key), first);
        assert.deepEqual(await send(there, same, {}, key), second);
    });

    test('dialogue 1 of one says nothing to the streams of dialogue 1 of the other, public or of the staff', async () => {
        const staff = (i) => ({ authorization: people[i].chutich.authorization });
        const listeners = await Promise.all([here.listen(EVENTS), there.listen(EVENTS), here.listen(EVENTS, staff(0)), there.listen(EVENTS, staff(1))]);
        const [phone, other, desk, otherDesk] = listeners;
        const { number } = await send(here, 'Chỉ của Phường Một: thiếu nắp cống');
        done(await people[0].thuky.opinion(number, 'relay', { field: 'urban' }));
        await phone.until(({ data }) => data.subject === number);
        await desk.until(({ data }) => data.subject === number && data.what === 'relayed');
        const mark = await send(there, 'Chỉ của Phường Hai: cây đổ'); // what comes later came through
        done(await people[1].thuky.opinion(mark.number, 'relay', { field: 'urban' }));
        await other.until(({ data }) => data.html?.includes('cây đổ'));
        await otherDesk.until(({ data }) => data.what === 'relayed');
        assert.doesNotMatch(JSON.stringify([other.events, otherDesk.events]), /nắp cống/);
        assert.equal(otherDesk.events.filter(({ data }) => data.what === 'relayed').length, 1);
        assert.doesNotMatch(JSON.stringify([phone.events, desk.events]), /cây đổ/);
        for (const one of listeners) one.end();
    });

    test('front pages, lists and search stay within; what changes one does not show in the other', async () => {
        const fronts = async () => Promise.all([here, there].map(async (place) => (await place.anyone.page('/doi-thoai/1')).body));
        await fronts();
        const [first, second] = await fronts(); // kept ones
        assert.ok(first.includes(HOSTS[0]) && first.includes('nắp cống') && !first.includes('cây đổ'));
        assert.ok(second.includes(HOSTS[1]) && second.includes('cây đổ') && !second.includes('nắp cống'));
        const { number } = await send(there, 'Đề nghị mở lớp xóa mù công nghệ');
        done(await people[1].thuky.opinion(number, 'relay', { field: 'urban' }));
        const [still, changed] = await until(fronts, ([, body]) => body.includes('xóa mù công nghệ'));
        assert.ok(!still.includes('xóa mù công nghệ') && changed.includes(HOSTS[1]));
        const found = async (client, q) => done(await client.get(`${OPINIONS}?limit=200${q}`)).items.map((item) => item.content);
        for (const who of ['thuky', null]) {
            const [mine, theirs] = who ? people.map((one) => one[who]) : [here.anyone, there.anyone];
            assert.equal((await found(mine, '')).some((content) => /Phường Hai|Gừa|xóa mù/.test(content)), false);
            assert.equal((await found(theirs, '')).some((content) => /Phường Một|Hẻm 12/.test(content)), false);
            assert.deepEqual(await found(mine, '&q=nap%20cong'), ['Chỉ của Phường Một: thiếu nắp cống']);
            assert.deepEqual(await found(theirs, '&q=nap%20cong'), []);
            assert.deepEqual(await found(theirs, '&q=xoa%20mu'), ['Đề nghị mở lớp xóa mù công nghệ']);
            assert.deepEqual(await found(mine, '&q=xoa%20mu'), []);
        }
    });

    test('letters of both go out by the gateway of each, and silence ends the window in both', async () => {
        const taken = [];
        const gateway = createServer(async (asked, reply) => {
            let body = '';
            for await (const part of asked) body += part;
            taken.push({ path: asked.url, key: asked.headers['idempotency-key'], ...JSON.parse(body) });
            reply.writeHead(202).end();
        });
        await new Promise((resolve) => { gateway.listen(0, '127.0.0.1', resolve); });
        try {
            await ward.quit();
            for (const unit of [1, 2])
                ward.sql(`UPDATE setting SET value = 'http://127.0.0.1:${gateway.address().port}/${unit}' WHERE unit_id = ${unit} AND name = 'sms_url'`);
            await ward.start();
            const answered = await Promise.all([here, there].map(async (place, i) => {
                const { thuky, chutich } = people[i];
                const made = await send(place, 'Đường tối quá', { author: { phone: `091234567${i}` }, rest: { reply_by: 'sms' } });
                done(await thuky.opinion(made.number, 'relay', { field: 'urban' }));
                done(await chutich.opinion(made.number, 'call'));
                done(await chutich.opinion(made.number, 'answer', { mode: 'written', kind: 'answer', text: 'Phường sẽ thay bóng đèn.' }));
                return made;
            }));
            await until(async () => taken.length, (count) => count >= 2);
            assert.deepEqual(taken.map(({ path, to }) => [path, to.replaceAll(/\D/g, '')]).sort(), [['/1', '0912345670'], ['/2', '0912345671']]);
            assert.equal(new Set(taken.map(({ key }) => key)).size, 2, 'their keys differ');
            const sent = async () => Number(/^doithoai_outbox_sent_total (\d+)$/m.exec((await here.anyone.get('/metrics')).body)[1]);
            await until(sent, (count) => count === 2);
            await on(WEEKS_LATER);
            for (const [place, { number, receipt }] of [[here, answered[0]], [there, answered[1]]]) {
                const state = async () => done(await place.author(receipt).get(`/api/v1/opinions/${number}`));
                const { outcome } = await until(state, (body) => body.state === 'concluded');
                assert.equal(outcome, 'silent');
            }
        } finally {
            gateway.close();
        }
        people = await Promise.all([here, there].map(signedIn));
    });

    if (engine.name === 'postgresql')
        test('what one program does in the second ward, another tells there and only there', async () => {
            const beside = await Ward.at(ward.where);
            const [other, wrong] = await Promise.all([new Place(beside, HOSTS[1]).listen(EVENTS), new Place(beside, HOSTS[0]).listen(EVENTS)]);
            try {
                const { number } = await send(there, 'Nói ở chương trình này, nghe ở chương trình kia');
                done(await people[1].thuky.opinion(number, 'relay', { field: 'urban' }));
                await other.until(({ data }) => data.html?.includes('nghe ở chương trình kia'));
                const mark = await send(here, 'Của Phường Một');
                done(await people[0].thuky.opinion(mark.number, 'relay', { field: 'urban' }));
                await wrong.until(({ data }) => data.html?.includes('Của Phường Một'));
                assert.doesNotMatch(JSON.stringify(wrong.events), /chương trình kia/);
            } finally {
                other.end();
                wrong.end();
                await beside.stop();
            }
        });

    if (engine.name === 'sqlite')
        test('a rehearsal begun in one shows its password to nobody of the other, who can\'t end it either', async () => {
            const PAGE = '/lam-viec/dien-tap/1', [mine, theirs] = people.map(({ vanphong }) => vanphong), RUNNING = /id="dang-dien-tap"/;
            assert.equal((await mine.form(PAGE, { people: '0' })).status, 303);
            const { body } = await until(() => mine.page(PAGE), (page) => RUNNING.test(page.body));
            const secret = /dientap-\d{6}/.exec(body)[0];
            const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(body)[1];
            assert.ok((await (await fetch(`http://127.0.0.1:${port}/`)).text()).includes(HOSTS[0]), 'made from the first ward');
            for (const path of [PAGE, `${PAGE}/ket-thuc`]) assert.equal((await theirs.form(path, path === PAGE ? { people: '0' } : {})).status, 303);
            const seen = (await theirs.page(PAGE)).body;
            assert.match(seen, /Một hội nghị khác đang được diễn tập/);
            assert.ok(!seen.includes(secret) && !seen.includes(port) && !seen.includes(HOSTS[0]) && !seen.includes('Xem buổi diễn tập đang chạy'));
            assert.match((await mine.page(PAGE)).body, RUNNING);
            await mine.form(`${PAGE}/ket-thuc`, {});
            await until(() => mine.page(PAGE), (page) => /đã kết thúc và đã được xóa/.test(page.body));
            assert.doesNotMatch((await theirs.page(PAGE)).body, /đã kết thúc/);
        });

    describe('its commands', () => {
        let again;
        before(async () => {
            await ward.quit();
            again = (...args) => run([...args, '--password', filePassword]);
        });

        test('verify walks both and names the ward of what was edited by hand', async () => {
            const { status, stdout } = await ward.run('verify');
            assert.equal(status, 0);
            assert.deepEqual(stdout.trim().split('\n').map((line) => line.split(':')[0]), HOSTS);
            const first = ward.sql('SELECT min(opinion_id) FROM opinion WHERE unit_id = 2');
            ward.sql(`UPDATE opinion SET content = content || ' (sửa)' WHERE unit_id = 2 AND opinion_id = ${first}`);
            const broken = await ward.run('verify');
            assert.equal(broken.status, 1);
            assert.match(broken.stderr, /^phuong-2\.example\.vn: mục \d+: opinion 2024-0001/);
            assert.match(broken.stdout, /^phuong-1\.example\.vn: sổ nguyên vẹn/);
            assert.equal((await ward.run('verify', '--host', HOSTS[0])).status, 0);
            assert.equal((await ward.run('verify', '--host', HOSTS[1])).status, 1);
            ward.sql(`UPDATE opinion SET content = replace(content, ' (sửa)', '') WHERE unit_id = 2 AND opinion_id = ${first}`);
            assert.equal((await ward.run('verify')).status, 0);
            refused(await ward.run('verify', '--host', 'phuong-3.example.vn'), 1, /không có phường nào mang tên miền này: phuong-3/);
            refused(await ward.run('verify', '--host', 'không phải'), 2, /tên miền không đúng/);
        });

        test('document and rehearse want to know which', async () => {
            const paper = (...args) => ward.run('document', 'plan', '--dialogue', '1', '--format', 'txt', '-o', '-', ...args);
            refused(await paper(), 2, /cần --host .*phuong-1\.example\.vn, phuong-2\.example\.vn/);
            for (const host of HOSTS) assert.match((await paper('--host', host)).stdout, new RegExp(`Đối thoại của ${host}`, 'i'));
            const into = join(ward.dir, 'dien-tap');
            refused(await ward.run('rehearse', '--into', into), 2, /cần --host/);
            const { status, stdout, stderr } = await ward.run('rehearse', '--into', into, '--host', HOSTS[1]);
            assert.equal(status, 0, stderr);
            assert.match(stdout, new RegExp(HOSTS[1]));
            assert.equal((await run(['init', '--data', into, '--host', 'khac.example.vn', '--password', password])).status, 1, 'it has no name');
            assert.equal((await run(['units', '--data', into, '--rename', 'tap.example.vn'])).status, 0);
            assert.equal((await run(['init', '--data', into, '--host', 'khac.example.vn', '--password', password])).status, 0);
            refused(await run(['rehearse', '--discard', into]), 1, /không phải thư mục diễn tập/);
        });

        test('both move to another store with their receipts, and come back', async () => {
            const file = join(ward.dir, 'export'), dir = join(ward.dir, 'moved');
            await ward.start();
            const mine = await send(here, 'Mang theo một'), theirs = await send(there, 'Mang theo hai');
            await ward.quit();
            for (const args of [['export', ...ward.where, '-o', file], ['import', file, '--data', dir]]) {
                const { status, stderr } = await again(...args);
                assert.equal(status, 0, stderr);
            }
            const moved = await Ward.at(['--data', dir]);
            try {
                for (const [host, { number, receipt }, content] of [[HOSTS[0], mine, 'Mang theo một'], [HOSTS[1], theirs, 'Mang theo hai']]) {
                    const place = new Place(moved, host);
                    assert.equal(done(await place.author(receipt).get(`/api/v1/opinions/${number}`)).content, content);
                    assert.equal(done(await place.anyone.get(`${OPINIONS}?q=nap%20cong`)).items.length, host === HOSTS[0] ? 1 : 0, 'the index was made anew');
                }
                assert.equal((await moved.run('verify')).stdout.trim().split('\n').length, 2);
                const kept = join(ward.dir, 'backup'), restored = join(ward.dir, 'restored');
                assert.equal((await again('backup', '--data', dir, '-o', kept)).status, 0);
                const { status, stdout } = await again('restore', kept, '--data', restored);
                assert.equal(status, 0);
                assert.equal(stdout.trim().split('\n').length, 2);
            } finally {
                await moved.stop();
            }
        });

        test('a third is refused without a name, with a wrong one or with another\'s; the sample ward is never one of several', async () => {
            const init = (...args) => ward.run('init', '--password', password, ...args);
            refused(await init(), 1, /đã có phường; thêm phường nữa thì cần --host/);
            refused(await init('--host', HOSTS[1].toUpperCase()), 1, /đã có phường mang tên miền này/);
            for (const host of ['a b', '-a.vn', 'a-.vn', 'a..vn', '.vn', 'phường.vn', '[::1]', 'http://a.vn', `${'a'.repeat(64)}.vn`, ''])
                refused(await init('--host', host), 2, /tên miền không đúng/);
            refused(await init('--host', 'phuong-3.example.vn', '--unit-name', ' '), 2, /tên phường không đúng/);
            refused(await ward.run('demo', '--stage', 'open'), 1, /đã có phường/);
            assert.deepEqual((await ward.run('units')).stdout.trim().split('\n').map((line) => line.split('\t')),
                [['1', HOSTS[0], NAMES[0]], ['2', HOSTS[1], NAMES[1]]]);
        });

        test('a ward is renamed while the program runs: the new name is its own, the old one nobody\'s', async () => {
            await ward.start();
            await here.anyone.page('/doi-thoai/1');
            refused(await ward.run('units', '--host', HOSTS[0], '--rename', HOSTS[1]), 1, /đã có phường mang tên miền này/);
            refused(await ward.run('units', '--rename', 'moi.example.vn'), 2, /cần --host/);
            refused(await ward.run('units', '--host', HOSTS[0]), 2, /cần có --rename/);
            assert.equal((await ward.run('units', '--host', HOSTS[0], '--rename', 'Moi.example.vn')).status, 0);
            const renamed = new Place(ward, 'moi.example.vn');
            assert.ok((await renamed.anyone.page('/doi-thoai/1')).body.includes(`Đối thoại của ${HOSTS[0]}`));
            assert.equal((await here.anyone.page('/doi-thoai/1')).status, 404);
            assert.equal((await renamed.signIn('thuky')) !== null, true);
            await ward.quit();
            assert.equal((await ward.run('verify')).status, 0);
            assert.equal((await ward.run('units', '--host', 'moi.example.vn', '--rename', HOSTS[0])).status, 0);
        });

        test('in a hall, where phones come by an address, it must be said whose hall it is', async () => {
            refused(await run(['serve', ...ward.where, '--hall', '--listen', '127.0.0.1:0']), 2, /cần --host/);
            await ward.start(['--hall', '--host', HOSTS[1]]);
            for (const [host, of] of [['127.0.0.1', 1], [HOSTS[1], 1], [HOSTS[0], 0]])
                assert.ok((await new Place(ward, host).anyone.page('/doi-thoai/1')).body.includes(`Đối thoại của ${HOSTS[of]}`), host);
            await ward.quit();
        });
    });
});

for (const engine of await engines()) describe(`a ward that is alone on ${engine.name}`, () => {
    test('answers any host, with a name or without; a second one is refused as long as the first has none', async () => {
        const ward = await engine.init();
        try {
            for (const host of ['phuong-1.example.vn', '127.0.0.1', '[::1]']) assert.equal((await new Place(ward, host).anyone.page('/')).status, 200, host);
            const second = () => ward.run('init', '--password', password, '--host', HOSTS[1]);
            refused(await second(), 1, /chưa có tên miền.*doithoai units --rename/);
            assert.equal((await ward.run('units', '--rename', HOSTS[0])).status, 0);
            for (const host of [HOSTS[0], 'khac.example.vn']) assert.equal((await new Place(ward, host).anyone.page('/')).status, 200, host);
            assert.match((await ward.run('verify')).stdout, /^sổ nguyên vẹn/);
            assert.equal((await second()).status, 0);
            assert.equal((await new Place(ward, HOSTS[1]).anyone.page('/tra-cuu')).status, 200, 'while the program runs');
            const other = new Place(ward, 'khac.example.vn').anyone;
            assert.equal((await other.page('/tra-cuu')).status, 404);
            assert.equal((await new Place(ward, HOSTS[0]).anyone.page('/tra-cuu')).status, 200);
            assert.equal((await other.page('/')).status, 404, 'the page that was kept for it is forgotten');
        } finally {
            await ward.stop();
        }
    });
});
