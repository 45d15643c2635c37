#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clients that nobody wants, as a program of their own: pests.py slow|deaf|flood HOST PORT COUNT [SOURCE|PATH].

slow: COUNT requests that never end, a header line each second. deaf: COUNT event streams at PATH that never read, with
little room of their own. flood: COUNT at a time from the address SOURCE, each a new connection, as fast as it goes. Says
"open" when it has begun; then answers each line on standard input with one line of JSON; ends when that ends.
"""
import asyncio
import json
import resource
import socket
import struct
import sys

ESTABLISHED = 1
WINDOW = 4096
PATHS = ["/", "/doi-thoai/1/y-kien?q=duong", "/api/v1/dialogues/1/opinions?limit=20", "/man-hinh/1", "/hoi-truong/1"]
WRONG = json.dumps({"code": "AAAAAA"}).encode()


def is_open(s):
    """Whether the other side still keeps it, without reading anything."""
    return struct.unpack("B", s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1))[0] == ESTABLISHED


def connect(host, port, room=None):
    s = socket.socket()
    if room:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    s.connect((host, port))
    return s


class Held:
    """Connections that are only held, or fed a line each second."""

    def __init__(self, host, port, count, path=None):
        self.line = None if path else b"X-Cham: 1\r\n"
        begin = f"GET {path or '/'} HTTP/1.1\r\nHost: {host}\r\n" + ("Accept: text/event-stream\r\n\r\n" if path else "")
        self.all = [connect(host, port, WINDOW if path else None) for _ in range(count)]
        for s in self.all:
            s.sendall(begin.encode())

    async def go(self):
        while self.line:
            for s in self.all:
                try:
                    s.send(self.line, socket.MSG_DONTWAIT)
                except OSError:
                    pass  # ended: counted below
            await asyncio.sleep(1)

    def figures(self):
        return {"open": sum(map(is_open, self.all)), "of": len(self.all)}


class Flood:
    def __init__(self, host, port, count, source):
        self.where, self.source, self.count = (host, port), source, count
        self.answers = {}

    def note(self, what):
        self.answers[what] = self.answers.get(what, 0) + 1

    async def one(self, turn):
        host, port = self.where
        head = f"GET {PATHS[turn % len(PATHS)]} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        if turn % 4 == 3:
            head = (f"POST /api/v1/dialogues/1/tickets HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
                    f"Content-Type: application/json\r\nContent-Length: {len(WRONG)}\r\n\r\n").encode() + WRONG
        reader, writer = await asyncio.open_connection(host, port, local_addr=(self.source, 0))
        try:
            writer.write(head)
            answer = await reader.read()
            self.note(answer[9:12].decode() or "nothing")
        finally:
            writer.close()

    async def repeat(self, first):
        turn = first
        while True:
            try:
                await self.one(turn)
            except OSError as error:
                self.note(type(error).__name__)
                await asyncio.sleep(0.05)
            turn += 1

    async def go(self):
        await asyncio.gather(*(self.repeat(n) for n in range(self.count)))

    def figures(self):
        return self.answers


async def main():
    what, host, port, count, *rest = sys.argv[1:]
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    pest = {"slow": Held, "deaf": Held, "flood": Flood}[what](host, int(port), int(count), *rest)
    going = asyncio.create_task(pest.go())
    print("open", flush=True)
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while await lines.readline():
        print(json.dumps(pest.figures()), flush=True)
    going.cancel()


asyncio.run(main())
