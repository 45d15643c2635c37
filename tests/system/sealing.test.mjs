// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealing as people meet it: minutes already signed lose the denunciation for everybody but the custodians, and no door
// shows a sealed matter before its read stands in the log and in the sealed chain.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { rule } from './harness.mjs';
import { engines } from './engines.mjs';
import { browser } from './form_browser.mjs';

const WORDS = 'Ông tổ trưởng ở hẻm Cây Vông thu mỗi nhà hai trăm nghìn đồng mà không đưa biên lai, tôi xin tố cáo việc ấy';

for (const engine of await engines())
    describe(`sealing on ${engine.name}`, () => {
        let ward, number, custodian, sealedEntries;
        before(async () => {
            ward = await engine.demo('open');
            const secretary = await ward.signIn('thuky');
            const sent = await secretary.post('/api/v1/dialogues/1/opinions',
                { content: WORDS, channel: 'slip', author: { type: 'resident', name: 'Trần Thị Quỳnh Dao' } });
            assert.equal(sent.status, 201, JSON.stringify(sent.body));
            number = sent.body.number;
            assert.equal((await (await ward.signIn('chutich')).dialogue(1, 'close')).status, 200);
            custodian = await browser(ward, 'baomat1');
            sealedEntries = async () => Number(/(\d+) mục/.exec((await (await browser(ward, 'quantri')).get('/lam-viec/so')).body
                .split('Sổ niêm phong')[1])[1]);
        });
        after(() => ward?.stop());

        test('R46 R47 minutes already signed: the words are gone for all, kept for custodians, and it is said', async () => {
            rule(46, 47);
            const secretary = await browser(ward, 'thuky');
            const page = '/lam-viec/bien-ban/1';
            const shown = (await secretary.get(page)).body;
            const text = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(shown)?.[1];
            assert.ok(text, 'the minutes are not signed yet');
            const version = /name="if_version" value="(\d+)"/.exec(shown)[1];
            const saved = await secretary.post(page, { if_version: version, text: `II. DIỄN BIẾN\nÝ kiến 1 (${number}). Bà Trần Thị Quỳnh Dao\nNội dung: ${WORDS}.\nIII. TỔNG HỢP\nHết.` });
            assert.equal(saved.status, 303, saved.body.replace(/<[^>]+>/g, ' ').slice(0, 600));
            for (const who of ['thuky', 'chutich'])
                assert.equal((await (await ward.signIn(who)).dialogue(1, 'sign_minutes')).status, 200, who);
            const minutes = async () => (await (await ward.signIn('vanphong')).get('/api/v1/dialogues/1/documents/minutes.txt?edition=full')).body;
            assert.match(await minutes(), /Cây Vông/);
            assert.equal((await (await ward.signIn('thuky')).opinion(number, 'divert', { to: 'denunciation', reason: 'Là tố cáo' })).status, 200);
            const left = await minutes();
            assert.doesNotMatch(left, /Cây Vông|Quỳnh Dao/);
            assert.ok(!left.includes(number));
            assert.match(left, /Một nội dung được tiếp nhận theo thủ tục riêng/);
            assert.match(left, /Biên bản này đã được ký\. Ngày .* một nội dung được rút/);
            for (const who of ['thuky', 'chutich', 'vanphong', 'quantri', 'hdnd']) {
                const other = await browser(ward, who);
                assert.doesNotMatch((await other.get(page)).body, /Cây Vông|Quỳnh Dao/, who);
                assert.equal((await other.get('/lam-viec/niem-phong/bien-ban/1')).status, 403, who);
            }
            const before = await sealedEntries();
            assert.match((await custodian.get('/lam-viec/niem-phong')).body, /niem-phong\/bien-ban\/1/);
            assert.equal(await sealedEntries(), before, 'the list tells nothing');
            const kept = await custodian.get('/lam-viec/niem-phong/bien-ban/1');
            assert.match(kept.body, /Cây Vông/);
            assert.equal(kept.headers.get('cache-control'), 'no-store');
            assert.equal(await sealedEntries(), before + 1);
            assert.equal((await custodian.get('/lam-viec/niem-phong/bien-ban/77')).status, 404);
        });

        test('R50 R99 every door to a sealed matter writes its entry first', async () => {
            rule(50, 99);
            const api = await ward.signIn('baomat2');
            let count = await sealedEntries();
            for (const open of [
                () => custodian.get(`/lam-viec/niem-phong/${number}`),
                () => custodian.get(`/lam-viec/y-kien/${number}/notify`),
                () => custodian.get(`/lam-viec/y-kien/${number}/restore`),
                () => api.get(`/api/v1/opinions/${number}`)]) {
                const reply = await open();
                assert.equal(reply.status, 200);
                assert.match(JSON.stringify(reply.body), /Cây Vông/);
                assert.equal(await sealedEntries(), ++count);
            }
            // A refused form comes back without the words; lists and documents never have them.
            const refused = await custodian.post(`/lam-viec/y-kien/${number}/restore`, { reason: '' }, `/lam-viec/y-kien/${number}/restore`);
            count++; // the form was opened once more to be sent
            assert.equal(refused.status, 422);
            assert.doesNotMatch(refused.body, /Cây Vông/);
            for (const path of ['/doi-thoai/1/y-kien', '/doi-thoai/1/y-kien?tinh-trang=diverted', '/doi-thoai/1'])
                assert.doesNotMatch((await custodian.get(path)).body, /Cây Vông/, path);
            for (const type of ['slip', 'answer', 'task', 'referral'])
                assert.notEqual((await api.get(`/api/v1/dialogues/1/documents/${type}.txt?opinion=${number}`)).status, 200, type);
            assert.ok(!JSON.stringify((await api.get('/api/v1/dialogues/1/opinions?limit=200')).body).includes(number));
            for (const who of ['thuky', 'chutich', 'quantri'])
                assert.equal((await (await browser(ward, who)).get(`/lam-viec/y-kien/${number}/restore`)).status, 404, who);
            assert.equal(await sealedEntries(), count, 'none of these is a read');
        });
    });
