// SPDX-License-Identifier: AGPL-3.0-or-later
// Plays back the undo files of power_cut.c: what was written but never synced is gone.
import { existsSync, openSync, closeSync, readFileSync, writeSync, ftruncateSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = 24;

function undo(path) {
    if (!existsSync(`${path}.undo`)) return 0;
    const bytes = readFileSync(`${path}.undo`);
    const steps = [];
    for (let at = 0; at + HEAD <= bytes.length;) {
        const [offset, length, size] = [0, 8, 16].map((o) => Number(bytes.readBigInt64LE(at + o)));
        if (at + HEAD + length > bytes.length) break; // killed while it was being written: the change itself never came
        steps.push({ offset, size, old: bytes.subarray(at + HEAD, at + HEAD + length) });
        at += HEAD + length;
    }
    rmSync(`${path}.undo`);
    if (!existsSync(path)) return 0;
    const fd = openSync(path, 'r+');
    for (const { offset, size, old } of steps.reverse()) {
        if (old.length > 0) writeSync(fd, old, 0, old.length, offset);
        ftruncateSync(fd, size);
    }
    closeSync(fd);
    return steps.length;
}

/** Returns how many unsynced writes were dropped. The shared-memory file is rebuilt by SQLite from the log. */
export function dropUnsynced(data) {
    const dropped = undo(join(data, 'doithoai.db-wal')) + undo(join(data, 'doithoai.db'));
    rmSync(join(data, 'doithoai.db-shm'), { force: true });
    return dropped;
}
