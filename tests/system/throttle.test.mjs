// SPDX-License-Identifier: AGPL-3.0-or-later
// Guessing passwords is slowed down, for one user name from one address.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { Ward } from './harness.mjs';

test('ten wrong passwords and the right one must wait, other names need not', async () => {
    const ward = await Ward.init();
    after(() => ward.stop());
    const attempt = (username) => ward.anyone.post('/api/v1/sessions', { username, password: 'sai-mat-khau' });
    for (let i = 0; i < 10; i++) assert.equal((await attempt('quantri')).status, 401);
    const blocked = await attempt('quantri');
    assert.equal(blocked.status, 429);
    assert.equal(blocked.body.code, 'slow_down');
    assert.equal((await attempt('nguoikhac')).status, 401);
});
