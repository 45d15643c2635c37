// SPDX-License-Identifier: AGPL-3.0-or-later
// What many files begin from is made once and copied: the sample ward of each stage on SQLite, the empty cluster of a
// PostgreSQL. tests/run.py names a folder for all files of a run (DOITHOAI_SAMPLES); a file run alone has its own.
import { createHash } from 'node:crypto';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The harness's password by argon2id at its cheapest: these wards sign in thousands of times. Wards made with `fresh`
    or by init, and every password that is set anew, keep the program's own cost. */
export const LIGHT = '$argon2id$v=19$m=64,t=1,p=1$bXVvaS10aHUtbmdoaWVtLTE$RYtMKTNBcmED4IcZrIDMXh248dE6ad7TsoX9VRmveAE';
export const lighten = `UPDATE account SET password_hash = '${LIGHT}'`;

let folder = process.env.DOITHOAI_SAMPLES;

function own() {
    folder = mkdtempSync(join(tmpdir(), 'doithoai-samples-'));
    chmodSync(folder, 0o711); // PostgreSQL runs as somebody else
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
}

/** A folder with what `make(folder)` makes, to be copied. Several that begin at once each make it; the first is kept. */
export async function sampleOf(name, make) {
    const kept = join(folder ?? own(), createHash('sha256').update(name).digest('hex').slice(0, 24));
    if (await access(kept).then(() => true, () => false)) return kept;
    const work = await mkdtemp(join(folder, 'work-'));
    await make(work);
    await rename(work, kept).catch(async (error) => {
        if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
        await rm(work, { recursive: true, force: true });
    });
    return kept;
}
