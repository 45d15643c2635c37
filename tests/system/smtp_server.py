# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real SMTP server for notify.test.mjs (python3-aiosmtpd). Prints "port N", then one JSON line per letter it took.

Lines on stdin set what the next letter hears: "ok", "451" (refused for now), "550" (no such mailbox), "drop" (cut off
after the letter was taken). Ends with stdin.
"""
import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.smtp import SMTP

mood = "ok"


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        say(rcpt=address)
        if mood == "550":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(to=envelope.rcpt_tos, sender=envelope.mail_from, id=letter["Message-ID"], subject=letter["Subject"],
            header_from=letter["From"], date=letter["Date"], text=letter.get_content(), mood=mood,
            longest=max(map(len, envelope.content.split(b"\r\n"))))
        if mood == "451":
            return "451 4.3.0 try again"
        if mood == "drop":
            server.transport.abort()
        return "250 OK"


async def main():
    global mood
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), enable_SMTPUTF8=True), "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        mood = line.strip()
        say(now=mood)


asyncio.run(main())
