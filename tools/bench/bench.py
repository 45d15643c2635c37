# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the measurements of the bench share: the servers they start, wrk, figures from /proc.

Nothing here judges: it starts, measures and ends only what it has started.
"""
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
PROGRAM = os.environ.get("DOITHOAI", str(ROOT / "build/doithoai"))
PASSWORD = "mat-khau-do-luong-1"
TICKS = os.sysconf("SC_CLK_TCK")

# With two cores or more the server has one and the client another, the same for the program and its anchor.
PIN = len(os.sched_getaffinity(0)) > 1 and shutil.which("taskset") is not None


def pinned(core, command):
    cores = sorted(os.sched_getaffinity(0))
    return ["taskset", "-c", str(cores[core]), *command] if PIN else command


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.returncode}: {done.stderr[-2000:]}{done.stdout[-500:]}")
    return done.stdout


def fetch(url, headers=None):
    """(status, headers, body) without following anything."""
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return reply.status, reply.headers, reply.read()


def family(pid):
    """The process and its children, as nginx has workers."""
    pids = [pid]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            pids.append(int(stat.parent.name))
    return pids


def cpu_seconds(pid):
    total = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory(pid):
    """MB: resident, its peak, proportional share, anonymous."""
    status = Path(f"/proc/{pid}/status").read_text()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    value = lambda name, text: int(re.search(rf"^{name}:\s+(\d+) kB", text, re.M).group(1)) / 1024
    return {"rss": value("VmRSS", status), "peak": value("VmHWM", status), "pss": value("Pss", rollup),
            "anonymous": value("RssAnon", status)}


class Server:
    """The program on a data directory; ends with `with`."""

    def __init__(self, data, core=None):
        command = [PROGRAM, "serve", "--data", str(data), "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command if core is None else pinned(core, command), stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            raise RuntimeError(f"serve: {line}")
        self.url = line.split()[-1]
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def metrics(self):
        _, _, body = fetch(self.url + "/metrics")
        return {name: int(value) for name, value in (line.split() for line in body.decode().splitlines())}


class Nginx:
    """nginx serving given files: pages is path -> (headers, body)."""

    def __init__(self, folder, pages, core=None, port=None):
        folder = Path(folder)
        (folder / "files").mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        places = []
        for number, (path, (headers, body)) in enumerate(pages.items()):
            (folder / f"files/{number}").write_bytes(body)
            kind = headers.get("Content-Type", "text/html")
            add = "".join(f'add_header {name} "{value}" always;' for name, value in headers.items()
                          if name not in ("Content-Type", "Content-Length", "Date", "ETag", "Connection"))
            places.append(f'location = {path} {{ types {{ }} default_type "{kind}"; {add} add_header Last-Modified "";'
                          f' root {folder}/files; try_files /{number} =404; }}')
        self.config = folder / "nginx.conf"
        self.config.write_text(
            f"daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/error.log;"
            "events { worker_connections 1024; } http { access_log off; sendfile on; tcp_nodelay on;"
            f"keepalive_requests 1000000000; server_tokens off; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;"
            f"fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;"
            f"server {{ listen 127.0.0.1:{self.port} reuseport; {' '.join(places)} }} }}\n")
        self.command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(self.config), "-p", str(folder),
                        "-e", str(folder / "error.log")]
        if core is not None:
            self.command = pinned(core, self.command)
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.pid = self.process.pid
        return self

    def __enter__(self):
        self.start()
        first_answer(self.port, "/")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def first_answer(port, path, limit_s=20):
    """Seconds until the port gives any answer that begins with HTTP/1.1, asked without a pause."""
    start = time.monotonic()
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    while time.monotonic() - start < limit_s:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
                s.sendall(request)
                if s.recv(64).startswith(b"HTTP/1.1"):
                    return time.monotonic() - start
        except OSError:
            time.sleep(0.0005)
    raise RuntimeError("no answer")


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def wrk(url, seconds, connections, script="get.lua", core=1, threads=1, pid=None):
    """rate, errors, p50 and p99 in ms, requests per CPU second of the server `pid` and of wrk itself."""
    before, client_before = cpu_seconds(pid) if pid else 0, children_seconds()
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(HERE / script), url]
    out = run(command if core is None else pinned(core, command))
    used, client_used = cpu_seconds(pid) - before if pid else 0, children_seconds() - client_before
    requests, duration, errors, p50, p99 = map(int, re.search(r"^BENCH (.*)$", out, re.M).group(1).split())
    return {"rate": requests / (duration / 1e6), "errors": errors, "p50_ms": p50 / 1000, "p99_ms": p99 / 1000,
            "per_cpu": requests / used if used > 0 else None,
            "per_client_cpu": requests / client_used if client_used > 0 else None}


def median(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def demo(folder, stage):
    data = Path(folder) / stage
    if not data.exists():
        run([PROGRAM, "demo", "--data", str(data), "--stage", stage, "--password", PASSWORD])
    return data


def copy_of(data, folder):
    return Path(shutil.copytree(data, Path(tempfile.mkdtemp(dir=folder)) / "data"))


def bare_sqlite(folder):
    program = Path(folder) / "bare_sqlite"
    if not program.exists():
        run([os.environ.get("CC", "cc"), "-O2", "-std=gnu17", "-Wall", "-Wextra", "-o", str(program),
             str(HERE / "bare_sqlite.c"), "-lsqlite3"])
    return str(program)
