"""A mail sink on loopback (aiosmtpd): stores received mails, or answers with an error.

    python mail_sink.py FOLDER [CODE]

Prints its port, writes each message to FOLDER/1.eml, 2.eml, …, and ends when its standard input closes. With CODE
(451, 554) it refuses every message with it.
"""

import socket
import sys
from pathlib import Path

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, folder, code):
        self.folder, self.code, self.count = folder, code, 0

    async def handle_DATA(self, server, session, envelope):
        if self.code:
            return f"{self.code} not today"
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.content)
        (self.folder / f"{self.count}.to").write_text("\n".join(envelope.rcpt_tos))
        return "250 OK"


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
sink = Sink(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
controller = Controller(sink, hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
