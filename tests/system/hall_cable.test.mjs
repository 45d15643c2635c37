// SPDX-License-Identifier: AGPL-3.0-or-later
// Phones as browsers in a network of their own, whose cable is pulled. A file by itself: laying a cable is another network
// for every browser of this machine.
import test from 'node:test';
import { launch } from './browser.mjs';
import { rule } from './harness.mjs';
import { Cable } from './lost_network.mjs';
import { cutOff, Hall } from './phone_page.mjs';

test('R74: a browser in a network of its own, whose cable is pulled', async (t) => {
    rule(74);
    const cable = await Cable.lay();
    if (cable.why) return t.skip(`no network namespaces here (${cable.why}); the proxy's test stands for it`);
    const hall = await Hall.open('open', { serve: ['--listen', '0.0.0.0:0'], local: true });
    const far = await launch({ within: cable.within });
    try {
        const url = `http://${cable.hall}:${new URL(hall.ward.url).port}`;
        await cutOff(hall, far, { url, cut: () => cable.pull(), join: () => cable.plug() });
    } finally {
        await far.close();
        await hall.stop();
        await cable.takeUp();
    }
});
