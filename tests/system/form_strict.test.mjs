// SPDX-License-Identifier: AGPL-3.0-or-later
// Every form of every role, found by walking the pages: it takes the fields it has, each once, and nothing else; and a
// refusal gives back the page with all that was typed and the name of what is wrong. Nothing of it is in the register.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { NAMES } from './api_ward.mjs';
import { browser, visitor } from './form_browser.mjs';
import { formsFrom, pattern, plain, untouched } from './form_walk.mjs';
import { Ward } from './harness.mjs';

const STARTS = ['/lam-viec', '/lam-viec/hoi-truong/1', '/lam-viec/van-phong/1/chuong-trinh', '/doi-thoai/1/gui-y-kien', '/tra-cuu'];
/** Shown to more people, or for longer, than may do it: then that is what is told, before the fields. */
const EARLIER = /^(\/lam-viec)?\/(hoi-truong\/\{n\}\/\w|dai-bieu\/\{n\}\/can-bo)/;
const SHOWN_AT = {
    announced: ['/lam-viec/dai-bieu/{n}', '/lam-viec/khom/{n}', '/doi-thoai/{n}/gui-y-kien', '/tra-cuu', '/tra-cuu/y-kien/{opinion}/amend'],
    open: ['/lam-viec/bien-ban/{n}', '/lam-viec/khom/{n}/phat-bieu', '/lam-viec/hoi-truong/{n}/chot/assign', '/lam-viec/thu-ky/{n}/tiep-nhan', '/hoi-truong/{n}/vao', '/hoi-truong/{n}/gui', '/hoi-truong/{n}/hand_up', '/hoi-truong/{n}/y-kien/{opinion}/continue'],
    closed: ['/lam-viec/y-kien/{opinion}/draft'], completed: [] };
/** The page takes less than the act: words that are read from the last row. */
const SHORTER = /\/hoi-truong\/\{n\}\/scene$/;
/** Whoever sends these is known by what is in them, or by nothing (decision in src/web/web.h: ROUTE_NO_CSRF). */
const TOKENLESS = ['/doi-thoai/{n}/gui-y-kien', '/tra-cuu', '/tra-cuu/dong', '/lam-viec/dang-nhap', '/hoi-truong/{n}/vao'];
const REPEATED = ['csrf', 'named', 'with', 'legal_refs', 'roles', 'fields', 'khom_name', 'quota', 'part_text', 'part_field', 'step_title', 'step_owner', 'step_minutes', 'step_side'];
/** Those without an account: somebody new, an author with the receipt, a phone before and after its code. */
const somebody = async (ward) => ({ name: 'somebody', starts: ['/', '/doi-thoai/1/gui-y-kien', '/tra-cuu', '/lam-viec/dang-nhap', '/hoi-truong/1'], ...visitor(ward) });
const author = async (ward) => {
    const it = visitor(ward);
    assert.equal((await it.post('/doi-thoai/1/gui-y-kien', { content: 'Đèn hẻm 3 hư.', author_type: 'resident' })).status, 303);
    return { name: 'author', starts: ['/tra-cuu', '/bien-nhan'], ...it };
};
/** A phone may do so much in a minute: told how long to wait, it waits. */
const patient = (ask) => async (...args) => {
    for (;;) {
        const reply = await ask(...args);
        if (reply.status !== 429) return reply;
        await wait(1000 * Number(reply.headers.get('retry-after')));
    }
};
const phone = async (ward) => {
    const it = visitor(ward), [secretary, chair] = [await ward.signIn('thuky'), await ward.signIn('chutich')], { body } = await secretary.get('/api/v1/dialogues/1/hall');
    assert.equal((await it.post('/hoi-truong/1/vao', { code: body.code, name: 'Nguyễn Văn A' }, '/hoi-truong/1')).status, 303);
    assert.equal((await it.post('/hoi-truong/1/gui', { content: 'Bao giờ sửa đường?', author_type: 'resident' }, '/hoi-truong/1')).status, 303);
    const [, number] = /<strong>(\d{4}-\d+)<\/strong>/.exec((await it.get('/hoi-truong/1')).body);
    for (const [who, action, more] of [[secretary, 'relay', {}], [chair, 'call', {}], [chair, 'answer', { mode: 'spoken', kind: 'answer', text: 'Trong quý này.' }]])
        assert.equal((await who.opinion(number, action, more)).status, 200, action);
    return { name: 'phone', starts: ['/hoi-truong/1'], ...it, raw: patient(it.raw), submit: patient(it.submit) };
};
const RESIDENTS = { announced: [somebody, author], open: [somebody, author, phone], closed: [somebody], completed: [somebody] };
/** A direction mark that turns the letters around; the rest looks for what a page forgets to escape. */
const TYPED = 'Gõ <b>"vào" \u202e đây', SHOWN = 'Gõ &lt;b&gt;&quot;vào&quot; \u202e đây';
/** Some forms everybody has: three people try each. */
const PEOPLE_EACH = 3;
const SECRETS = ['smtp_password', 'sms_token'];
const spoken = (html) => plain(/<main\b.*<\/main>/s.exec(html)?.[0] ?? html);
const summary = (html) => /<div class="error-summary".*?<\/div>/s.exec(html)?.[0] ?? '';

/** As if somebody had begun to fill it in: with a new password and the first proof of the list. */
const begun = (form) => untouched(form).map(([name, value]) => {
    const field = form.fields.find((one) => one.name === name);
    return [name, field?.type === 'password' ? 'mat-khau-moi-12' : name === 'proof_kind' && field.type === 'select' ? value || field.choices[1] : value];
});

for (const stage of ['announced', 'open', 'closed', 'completed'])
    describe(`the forms of a ward that is ${stage}`, () => {
        let ward;
        const walked = []; // { who, form, path }
        const heads = async () => (await ward.run('verify')).stdout;

        before(async () => {
            ward = await Ward.demo(stage);
            const everybody = [...NAMES.map((name) => async () => ({ name, starts: STARTS, ...await browser(ward, name) })), ...RESIDENTS[stage]];
            for (const enter of everybody) {
                const who = await enter(ward);
                for (const form of await formsFrom(who.get, who.starts)) {
                    const path = pattern(form.action), same = walked.filter((one) => one.path === path && one.form.kind === form.kind);
                    if (!/\/(dang-xuat|dong)$/.test(path) && same.length < PEOPLE_EACH) walked.push({ who, form, path });
                }
            }
        });
        after(() => ward?.stop());

        /** Asks of every form; a fault is a sentence. */
        async function ofEach(ask) {
            const faults = [], head = await heads();
            for (const one of walked) faults.push(...(await ask(one)).map((what) => `${one.who.name} ${one.form.action}: ${what}`));
            assert.deepEqual(faults, []);
            assert.equal(await heads(), head, 'a refusal is no entry');
        }

        test('are many, and hold what they are there for', () => {
            const paths = new Set(walked.map(({ path }) => path));
            assert.ok(walked.length > 50 && paths.size > 30, `${walked.length} forms, ${paths.size} kinds`);
            for (const path of ['/lam-viec/quan-tri/cai-dat', '/lam-viec/y-kien/{opinion}/remark', ...SHOWN_AT[stage]])
                assert.ok(paths.has(path), path);
        });

        test('a field that the form does not have is refused, by its name, with each of its buttons', () => ofEach(async ({ who, form, path }) => {
            const faults = [], buttons = [...new Map(form.buttons.map((one) => [one.name, one])).values()];
            for (const chosen of buttons.length > 0 ? buttons.map((one) => [one]) : [[]]) {
                const { status, body } = await who.submit(form.action, [...begun({ ...form, buttons: chosen }), ['la-lam', '1']]);
                const earlier = EARLIER.test(path) && (status === 409 || status === 403);
                if (!earlier && (status !== 422 || !spoken(body).includes('“la-lam”'))) faults.push(`${status} ${summary(body) || spoken(body).slice(0, 200)}`);
            }
            return faults;
        }));

        test('a field that comes twice is refused, by its name', () => ofEach(async ({ who, form, path }) => {
            const faults = [], seen = new Set();
            for (const [name, value] of begun(form)) {
                if (REPEATED.includes(name) || seen.has(name)) continue;
                seen.add(name);
                const { status, body } = await who.submit(form.action, [...begun(form), [name, value]]);
                const earlier = EARLIER.test(path) && (status === 409 || status === 403);
                if (!earlier && ((status !== 400 && status !== 422) || !spoken(body).includes(`“${name}” được gửi hai lần`)))
                    faults.push(`${name}: ${status} ${summary(body) || spoken(body).slice(0, 200)}`);
            }
            return faults;
        }));

        test('what was typed stays when it is refused, and the page says which field it is about', () => ofEach(async ({ who, form, path }) => {
            const faults = [];
            for (const field of written(form)) {
                const { name, id } = field;
                const { status, body } = await who.submit(form.action, begun(form).map(([key, value]) => [key, key === name ? TYPED : value]));
                const earlier = EARLIER.test(path) && (status === 409 || status === 403);
                if (!earlier && status !== 400 && status !== 422) faults.push(`${name}: ${status}`);
                if (!body.includes(SHOWN) && !SECRETS.includes(name)) faults.push(`${name}: what was typed is gone (${status})`);
                if (!earlier && !names(body, field)) faults.push(`${name} (${id}): not named: ${summary(body)}`);
            }
            return faults;
        }));

        /** Whether the page says which field it is about. */
        const names = (body, { name, id, label }) => {
            const said = summary(body), linked = [...said.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to).filter((to) => body.includes(` id="${to}"`));
            return new RegExp(`id="${id}"[^>]*aria-invalid="true"`).test(body) || (/^proof_/.test(name) && plain(said).includes('Minh chứng:'))
                || Boolean(label && plain(said).includes(label)) || linked.some((to) => to === name || id?.startsWith(to));
        };
        const written = (form) => form.fields.filter(({ type }) => ['text', 'textarea', 'tel', 'email', 'search'].includes(type));

        test('nothing where something is needed, a letter more than it takes, a NUL, half a letter: each by the name of the field', () => ofEach(async ({ who, form, path }) => {
            const faults = [];
            for (const field of written(form)) {
                const rows = [['half a letter', 'a%E1%BB'], ['a NUL', 'a%00b']];
                if (field.required) rows.push(['nothing', ''], ['blanks', '%20%09']);
                if (field.most > 0 && !SHORTER.test(path)) rows.push(['too long', 'x'.repeat(field.most + 1)]);
                for (const [what, bytes] of rows) {
                    const pairs = begun(form).filter(([key]) => key !== field.name);
                    const body = `${new URLSearchParams(pairs)}&${encodeURIComponent(field.name)}=${bytes}`;
                    const reply = await who.raw(form.action, body), earlier = EARLIER.test(path) && (reply.status === 409 || reply.status === 403);
                    if (!earlier && (reply.status !== 400 && reply.status !== 422 || !names(reply.body, field)))
                        faults.push(`${field.name} (${field.id}), ${what}: ${reply.status} ${summary(reply.body) || spoken(reply.body).slice(0, 200)}`);
                    if (what === 'too long' && !earlier && !SECRETS.includes(field.name) && !reply.body.includes(bytes)) faults.push(`${field.name}: what was typed is gone`);
                }
            }
            return faults;
        }));

        test('one from elsewhere, or without the page’s own token, is refused before it is read', () => ofEach(async ({ who, form, path }) => {
            const faults = [], without = begun(form).filter(([name]) => name !== 'csrf');
            const rows = ['https://xau.example', 'null', `${new URL(ward.url).origin}.xau.example`].map((origin) => [`from ${origin}`, begun(form), { origin }]);
            rows.push(['from another site', begun(form), { 'sec-fetch-site': 'cross-site' }]);
            if (form.fields.some(({ name }) => name === 'csrf') && !TOKENLESS.includes(path)) rows.push(['without a token', without, {}], ['with a wrong one', [...without, ['csrf', '0'.repeat(64)]], {}]);
            for (const [what, pairs, headers] of rows) {
                const { status } = await who.submit(form.action, pairs, headers);
                if (status !== 403) faults.push(`${what}: ${status}`);
            }
            return faults;
        }));

        test('one that is no more than a button does nothing either', async () => {
            const office = await browser(ward, 'vanphong'), [form] = (await formsFrom(office.get, ['/lam-viec'])).filter(({ action }) => action.endsWith('/dang-xuat'));
            assert.equal((await office.submit(form.action, [...untouched(form), ['la-lam', '1']])).status, 422);
            assert.equal((await office.get('/lam-viec')).status, 200, 'still signed in');
            assert.equal((await office.submit(form.action, untouched(form))).status, 303);
            assert.equal((await office.get('/lam-viec')).status, 303);
        });

        test('a form that is none is told as that', async () => {
            const office = await browser(ward, 'vanphong'), at = new URL('/lam-viec/mat-khau', ward.url);
            for (const [type, body, wanted] of [['application/x-www-form-urlencoded', 'current=%zz', 400], ['application/x-www-form-urlencoded', 'a&'.repeat(500), 400],
                ['application/json', '{}', 415], ['multipart/form-data; boundary=x', 'nichts', 400]]) {
                const reply = await fetch(at, { method: 'POST', redirect: 'manual', headers: { 'content-type': type }, body });
                assert.equal(reply.status, wanted, `${type} ${body.slice(0, 20)}`);
            }
            assert.equal((await office.get('/lam-viec')).status, 200);
        });
    });
