-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Figures of plain GETs in a form that is easy to read, for wrk.
function done(summary, latency, requests)
    io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration,
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
