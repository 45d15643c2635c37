// SPDX-License-Identifier: AGPL-3.0-or-later
// Every form that a person meets: walks the links of the pages from where somebody begins, and takes the forms as a
// browser would send them. No browser and no list of forms, so that a new form is walked without being asked.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: '\u00a0' };
export const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] ?? all).replace(/\s+/g, ' ').trim();
const decoded = (text) => text.replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] ?? all);
/** The attributes of a tag; one without a value is "". */
const attributes = (tag) => Object.fromEntries([...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, decoded(value ?? '')]));

/** What one control sends: { name, value, choices, type, id, label, sent }. `sent`: an untouched form has it. */
function controls(html, labels) {
    const found = [];
    for (const [, tag, rest, area, options] of html.matchAll(/<(input|textarea|select)\b((?:[^>"]|"[^"]*")*)>(?:(?<=<textarea\b(?:[^>"]|"[^"]*")*>)(.*?)<\/textarea>|(?<=<select\b(?:[^>"]|"[^"]*")*>)(.*?)<\/select>)?/gs)) {
        const it = attributes(` ${rest}`);
        if (it.name === undefined || 'disabled' in it) continue;
        const box = it.type === 'checkbox' || it.type === 'radio';
        let value = it.value ?? (box ? 'on' : '');
        if (tag === 'textarea') value = decoded(area.replace(/^\n/, ''));
        const choices = [...(options ?? '').matchAll(/<option\b([^>]*)>/g)].map(([, one]) => attributes(` ${one}`));
        if (tag === 'select') value = (choices.find((one) => 'selected' in one) ?? choices[0])?.value ?? '';
        found.push({ name: it.name, value, required: 'required' in it, most: Number(it.maxlength) || 0, choices: choices.map((one) => one.value ?? ''), label: labels.get(it.id), id: it.id, type: tag === 'input' ? it.type ?? 'text' : tag, sent: !box || 'checked' in it });
    }
    return found;
}

/** The forms of a page that change something: { action, fields, buttons, page }. */
export function formsOf(html, page) {
    const labels = new Map([...html.matchAll(/<label\b[^>]*\sfor="([^"]+)"[^>]*>(.*?)<\/label>/gs)].map(([, id, text]) => [id, plain(text.replace(/<(span|kbd)\b.*/s, ''))]));
    return [...html.replace(/<template\b.*?<\/template>/gs, '').matchAll(/<form\b((?:[^>"]|"[^"]*")*)>(.*?)<\/form>/gs)].map(([, head, inside]) => ({ head: attributes(` ${head}`), inside }))
        .filter(({ head }) => head.method === 'post')
        .map(({ head, inside }) => ({ action: head.action ?? page, page, fields: controls(inside, labels),
            buttons: [...inside.matchAll(/<button\b((?:[^>"]|"[^"]*")*)>/g)].map(([, one]) => attributes(` ${one}`)).filter((b) => b.name && b.type !== 'button') }));
}

/** What is sent when nothing was touched, with the first button that says something; as pairs. */
export const untouched = ({ fields, buttons }) => [...fields.filter((f) => f.sent).map((f) => [f.name, f.value]), ...buttons.slice(0, 1).map((b) => [b.name, b.value])];

/** One for all numbers, so that the same form of two opinions counts once. */
export const pattern = (path) => path.replace(/\?.*/, '').replace(/\/\d{4}-\d{4,}/g, '/{opinion}').replace(/\/\d{4}-\d\d-\d\d/g, '/{day}').replace(/\/tai-khoan\/(?!moi)\w+/, '/tai-khoan/{name}').replace(/\/\d+(?=\/|$)/g, '/{n}');

const WALKED = /^\/(lam-viec|doi-thoai|hoi-truong|tra-cuu)/, EVERY = /^\/lam-viec\/y-kien\/[^/]+$/, LEFT_OUT = /van-ban|\/dang-xuat|\.(pdf|docx|html)|\/su-kien/;

/** The forms somebody meets from these pages on, each kind once. `get(path)` answers { status, body }. */
export async function formsFrom(get, starts) {
    const seen = new Set(), forms = new Map(), waiting = [...starts];
    while (waiting.length > 0) {
        const path = waiting.shift(), kind = EVERY.test(path) ? path : pattern(path);
        if (seen.has(kind)) continue;
        seen.add(kind);
        const { status, body } = await get(path);
        if (status !== 200) continue;
        for (const form of formsOf(body, path)) {
            const kind = [pattern(form.action), ...form.fields.map(({ name }) => name)].join(' ');
            if (!forms.has(kind)) forms.set(kind, { ...form, kind });
        }
        for (const [, href] of body.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)) {
            const link = decoded(href);
            if (WALKED.test(link) && !LEFT_OUT.test(link)) waiting.push(link);
        }
    }
    return [...forms.values()];
}
