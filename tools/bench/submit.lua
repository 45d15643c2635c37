-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Opinions handed in through the API, each with a key and a text of its own, for wrk.
local number, prefix = 0, ""
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("id", threads)
end

function init(args)
    prefix = string.format("%08x%02d", os.time() % 0xffffffff, id)
    math.randomseed(os.time() + id)
    prefix = prefix .. string.format("%06x", math.random(0, 0xffffff))
end

function request()
    number = number + 1
    local key = string.format("%s%010d", prefix, number)
    local body = string.format(
        '{"content":"Đường vào hẻm bị ngập mỗi khi mưa lớn, đề nghị phường cho biết khi nào được nâng cấp? [%s]",'
            .. '"author":{"type":"resident","name":"Nguyễn Văn A","khom":"khom%d"}}', key, number % 5 + 1)
    return wrk.format("POST", nil, { ["Content-Type"] = "application/json", ["Idempotency-Key"] = key }, body)
end

function done(summary, latency, requests)
    io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration,
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
