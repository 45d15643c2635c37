// SPDX-License-Identifier: AGPL-3.0-or-later
// The interface in English: the catalogue lacks nothing, and where a page speaks for itself (headings, buttons, labels)
// no Vietnamese word is left. What people wrote, and names of the ward, stay as they are.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, signIn, visitor } from './browser.mjs';
import { password, root, Ward } from './harness.mjs';

const VIETNAMESE = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i;

test('every message of the catalogue is translated', async () => {
    const entries = (await readFile(join(root, 'po/en.po'), 'utf8')).split('\n\n').slice(1);
    assert.ok(entries.length > 1000);
    const text = (entry, name) => new RegExp(`^${name} ((?:".*"\\n?)+)`, 'm').exec(entry)?.[1].trim().split('\n').map((line) => JSON.parse(line)).join('');
    const lacking = entries.filter((entry) => !entry.startsWith('#~') && (!text(entry, 'msgstr(?:\\[0\\])?') || /^#,.*fuzzy/m.test(entry)));
    assert.deepEqual(lacking.map((entry) => text(entry, 'msgid')), []);
});

describe('pages in English', () => {
    let ward, browser;
    before(async () => {
        ward = await Ward.demo('open');
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await ward?.stop();
    });

    /** What the page says by itself: not names, titles and texts that people gave, nor the names of neighbourhoods; not
        whom a button is about, which is said aloud only ("Present: ..."). */
    const own = (page) => page.evaluate(() => {
        const given = 'blockquote, .quote, .queue__text, option, .site-brand, .site-user, .tag + small, .queue .tag, td, footer, [lang=vi], h1 a, textarea';
        return [...document.querySelectorAll('button, label, legend, th, summary, .button, nav a, .field__hint, .tag, dt')]
            .filter((e) => e.closest(given) === null && e.querySelector('input[name=named]') === null)
            .map((e) => e.innerText.replace(/\n: .*$/s, '').trim()).filter((words) => words && !/^Khóm \d$/.test(words));
    });

    const pages = {
        '': ['/', '/doi-thoai/1', '/doi-thoai/1/gui-y-kien', '/tra-cuu', '/lam-viec/dang-nhap', '/hoi-truong/1', '/man-hinh/1'],
        thuky: ['/lam-viec/thu-ky/1', '/lam-viec/hoi-truong/1', '/lam-viec/diem-danh/1', '/lam-viec/y-kien/2024-0002', '/lam-viec/bien-ban/1', '/lam-viec/y-kien/2024-0002/classify', '/lam-viec/mat-khau'],
        chutich: ['/lam-viec/chu-tri/1', '/lam-viec/hoi-truong/1', '/lam-viec/y-kien/2024-0002', '/lam-viec/y-kien/2024-0002/assign', '/lam-viec/doi-thoai/1/close'],
        vanphong: ['/lam-viec/van-phong/1', '/lam-viec/van-phong/moi', '/lam-viec/thu-chua-gui', '/lam-viec/dai-bieu/1', '/lam-viec/chuan-bi/1', '/lam-viec/bao-cao/1', '/lam-viec/dien-tap/1'],
        quantri: ['/lam-viec/quan-tri', '/lam-viec/quan-tri/cai-dat', '/lam-viec/quan-tri/tai-khoan/moi', '/lam-viec/quan-tri/ngay-nghi/2024'],
        hdnd: ['/lam-viec/giam-sat/1', '/lam-viec/so/1'],
        diachinh: ['/lam-viec/chuyen-mon', '/lam-viec/hoi-truong/1'],
        khom2: ['/lam-viec/khom', '/lam-viec/khom/1', '/lam-viec/khom/1/phat-bieu'],
        danguy: ['/lam-viec/dang-uy/1'],
        vanthu: ['/lam-viec/van-thu', '/lam-viec/van-thu/so', '/lam-viec/van-thu/cap-so/1/notice'],
        vanhoa: ['/lam-viec/van-hoa/1'],
        baomat1: ['/lam-viec/niem-phong'],
    };
    for (const [username, paths] of Object.entries(pages))
        test(`as ${username || 'a resident'}`, async () => {
            const { page, context } = await visitor(browser, ward.url, { locale: 'en-GB' });
            try {
                await page.goto('/ngon-ngu/en?ve=/');
                if (username) await signIn(page, username, password);
                const left = [];
                for (const path of paths) {
                    assert.equal((await page.goto(path)).status(), 200, path);
                    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en', path);
                    for (const words of await own(page)) if (VIETNAMESE.test(words) && !words.startsWith('Word for the neighbourhood')) left.push(`${path}: ${words}`);
                }
                assert.deepEqual(left, []);
            } finally {
                await context.close();
            }
        });
});
