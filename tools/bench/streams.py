# SPDX-License-Identifier: AGPL-3.0-or-later
"""Event streams: the program against nginx with nchan, both with all their listeners connected, taking turns.

Ours is published to as in a hall: the secretary relays one question after the other over the API; the event carries the
rendered card. nchan is given the same event. Rates are of deliveries; latency is from when an event was due to be
published to when a listener has read it.
"""
import json
import os
import re
import resource
import shutil
import socket
import subprocess
import urllib.request
import uuid
from pathlib import Path

import bench as b
from bench import median

DEAF = 20
PAST = 200  # events of the past that they ask for
WINDOW = 4  # events under way when the rate is measured
MODULES = ["/usr/lib/nginx/modules/ngx_nchan_module.so"]


def listeners_possible(wanted):
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    low, high = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    return max(1, min(wanted, files - 500 if files > 0 else wanted, (high - low) // 2 - 1000))


def build(folder):
    program = Path(folder) / "streams"
    b.run([os.environ.get("CC", "cc"), "-O2", "-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-o", str(program),
           str(b.HERE / "streams.c")])
    return program


def call(url, body, token=None):
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers=headers)
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.load(reply)


def ask(url, count):
    """Questions that wait to be relayed; the number of the first."""
    first = None
    for n in range(count):
        got = call(url + "/api/v1/dialogues/1/opinions", {
            "content": f"Đường vào hẻm bị ngập mỗi khi mưa lớn, đề nghị phường cho biết khi nào được nâng cấp? [{n:06d}]",
            "author": {"type": "resident", "name": "Nguyễn Văn A", "khom": f"khom{n % 5 + 1}"}})
        first = first or got["number"]
    year, number = first.split("-")
    return year, int(number)


def one_event(url, relay):
    """(bytes of the event, its data) as the first listener sees it."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as s:
        s.sendall(b"GET /doi-thoai/1/su-kien HTTP/1.1\r\nHost: " + host.encode() + b"\r\n\r\n")
        got = s.recv(8192)
        relay()
        while not re.search(rb"\nid: .*\n\n", got, re.S):
            got += s.recv(65536)
    event = got[got.index(b"\nid: ") + 1:]
    return event, re.search(rb"^data: (.*)$", event, re.M).group(1)


def post(path, headers, body):
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


class Nchan(b.Nginx):
    def __init__(self, folder, core):
        super().__init__(folder, {}, core=core)
        module = next((m for m in MODULES if Path(m).exists()), None)
        if module is None:
            raise RuntimeError("no nchan module for nginx (libnginx-mod-nchan)")
        self.config.write_text(
            f"load_module {module}; daemon off; worker_processes 1; worker_rlimit_nofile 20000; pid {folder}/pid;"
            f"error_log {folder}/error.log; events {{ worker_connections 19000; }} http {{ access_log off; tcp_nodelay on;"
            f"keepalive_requests 1000000000; server_tokens off; client_body_temp_path {folder}/t1;"
            f"proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4;"
            f"scgi_temp_path {folder}/t5; server {{ listen 127.0.0.1:{self.port} backlog=1024;"
            "location = / { return 200; }"
            "location = /publish { nchan_publisher http; nchan_channel_id hall; nchan_message_buffer_length 512; }"
            "location = /events { nchan_subscriber eventsource; nchan_channel_id hall; } } }\n")


class Listeners:
    """The client with all its streams open."""

    def __init__(self, program, folder, port, path, count, request, first):
        file = Path(folder) / f"publish-{port}"
        file.write_bytes(request)
        self.port, self.count, self.events = int(port), count, 0
        self.process = subprocess.Popen(b.pinned(1, [str(program), str(port), path, str(count), str(file), str(first)]),
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "open\n":
            raise RuntimeError("the streams did not open")

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the listeners ended at: {command}")
        return [float(word) for word in line.split()]

    def rate(self, seconds):
        delivered, took, events, lost, closed = self.tell(f"rate {seconds} {WINDOW}")
        self.events += int(events)
        return {"rate": delivered / took, "events": events, "lost": lost, "closed": closed}

    def steady(self, seconds, every_ms):
        delivered, expected, p50, p99, slowest, late = self.tell(f"steady {seconds} {every_ms}")
        self.events += int(expected) // self.count
        return {"p50_ms": p50 / 1000, "p99_ms": p99 / 1000, "max_ms": slowest / 1000, "lost": expected - delivered, "late": late}

    def deaf(self, count, first_id):
        """Streams that never read, after asking for so much of the past that they are stuck at once."""
        self.tell(f"deaf {count} {first_id + max(0, self.events - PAST)}")

    def stuck(self):
        """How many of the server's connections hold bytes that their clients do not take."""
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(int(line[1].split(":")[1], 16) == self.port and int(line[4].split(":")[0], 16) > 16_384 for line in lines)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def resident(pid):
    return sum(b.memory(one)["rss"] for one in b.family(pid))


def compare(ours, theirs, first_id, options):
    """The rounds. The same pace for both: half of what the slower can."""
    got = {who: {"rate": [], "steady": []} for who in ("ours", "nchan", "without deaf", "deaf")}
    seconds = options.seconds
    for one in (ours, theirs):
        one.rate(1)
    for _ in range(options.rounds):
        got["nchan"]["rate"].append(theirs.rate(seconds))
        got["ours"]["rate"].append(ours.rate(seconds))
    slower = min(median([r["rate"] for r in got[who]["rate"]]) for who in ("ours", "nchan"))
    got["every_ms"] = every_ms = 1000 * options.streams / (0.5 * slower)
    for _ in range(options.rounds):
        got["nchan"]["steady"].append(theirs.steady(seconds, every_ms))
        got["ours"]["steady"].append(ours.steady(seconds, every_ms))
    got["stuck"] = []
    for turn in range(2 * options.rounds):  # who comes first changes, as the machine's other work does
        for who in ("without deaf", "deaf") if turn % 2 == 0 else ("deaf", "without deaf"):
            ours.deaf(DEAF if who == "deaf" else 0, first_id)
            got[who]["rate"].append(ours.rate(seconds))
            got[who]["steady"].append(ours.steady(seconds, every_ms))
            if who == "deaf":
                got["stuck"].append(ours.stuck())
    ours.deaf(0, first_id)
    return got


def values(rounds, name):
    return [one[name] for one in rounds]


def report(got, row, streams, memory):
    ours, nchan, before, deaf = (got[who] for who in ("ours", "nchan", "without deaf", "deaf"))
    lost = sum(r["lost"] for who in (ours, nchan, before, deaf) for kind in ("rate", "steady") for r in who[kind])
    ratio = [x / y for x, y in zip(values(ours["rate"], "rate"), values(nchan["rate"], "rate"))]
    row(f"{streams:,} streams, deliveries a second : nchan", f"{median(ratio):.2f}", ">= 1.1", median(ratio) >= 1.1,
        f"[{min(ratio):.2f}-{max(ratio):.2f}], {median(values(ours['rate'], 'rate')):,.0f} : "
        f"{median(values(nchan['rate'], 'rate')):,.0f}, lost {lost:.0f}")
    late = [x / y for x, y in zip(values(ours["steady"], "p99_ms"), values(nchan["steady"], "p99_ms"))]
    row(f"{streams:,} streams, p99 at an event each {got['every_ms']:.0f} ms : nchan", f"{median(late):.2f}", "<= 1",
        median(late) <= 1, f"[{min(late):.2f}-{max(late):.2f}], p50 {median(values(ours['steady'], 'p50_ms')):.1f} : "
        f"{median(values(nchan['steady'], 'p50_ms')):.1f} ms, p99 {median(values(ours['steady'], 'p99_ms')):.1f} : "
        f"{median(values(nchan['steady'], 'p99_ms')):.1f} ms")
    row("resident memory of one stream", f"{memory['ours']:.1f} KB", "<= 11 KB", memory["ours"] <= 11,
        f"nchan {memory['nchan']:.1f} KB")
    rates = [x / y for x, y in zip(values(deaf["rate"], "rate"), values(before["rate"], "rate"))]
    lates = [x / y for x, y in zip(values(deaf["steady"], "p99_ms"), values(before["steady"], "p99_ms"))]
    row(f"with {DEAF} that never read : without, deliveries a second", f"{median(rates):.2f}",
        note=f"[{min(rates):.2f}-{max(rates):.2f}], stuck at the end of each round {got['stuck']}")
    row(f"with {DEAF} that never read : without, p99", f"{median(lates):.2f}", note=f"[{min(lates):.2f}-{max(lates):.2f}]")


def measure(folder, options, row, figures, token):
    options.streams = listeners_possible(options.streams)
    program = build(folder)
    data = b.copy_of(b.demo(folder, "open"), folder)
    with b.Server(data, core=0) as server, Nchan(Path(folder) / "nchan", core=0) as nchan:
        bearer = token(server.url)
        year, first = ask(server.url, options.questions)
        relay = {"action": "relay", "field": "construction"}
        path = f"/api/v1/opinions/{year}-%s/actions"
        event, data_line = one_event(server.url, lambda: call(server.url + path % f"{first:04d}", relay, bearer))
        request = post(path % "{n}", ["Content-Type: application/json", "Authorization: Bearer " + bearer,
                                      "Idempotency-Key: bench-relay-{n}"], json.dumps(relay).encode())
        theirs = post("/publish", ["Content-Type: application/json", "X-EventSource-Event: opinion"], data_line)
        before = {"ours": resident(server.pid), "nchan": resident(nchan.pid)}
        with Listeners(program, folder, server.url.split(":")[-1], "/doi-thoai/1/su-kien", options.streams, request,
                       first + 1) as at_ours, \
                Listeners(program, folder, nchan.port, "/events", options.streams, theirs, 1) as at_nchan:
            after = {"ours": resident(server.pid), "nchan": resident(nchan.pid)}
            memory = {who: 1024 * (after[who] - before[who]) / options.streams for who in before}
            first_id = int(re.search(rb"^id: (\d+)$", event, re.M).group(1))
            got = compare(at_ours, at_nchan, first_id, options)
        got.update({"streams": options.streams, "event_bytes": len(event), "memory_kb": memory})
        figures["streams"] = got
        report(got, row, options.streams, memory)
    shutil.rmtree(data.parent)
