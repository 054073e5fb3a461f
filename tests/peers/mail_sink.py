"""A mail sink on loopback (aiosmtpd): keeps what it is given, or answers with an error.

    python mail_sink.py FOLDER [CODE]

Prints its port, writes each message to FOLDER/1.eml, 2.eml, …, and ends when its standard input closes. With CODE
(451, 554) it refuses every message with it.
"""

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


controller = Controller(Sink(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""), hostname="127.0.0.1", port=0)
controller.start()
print(controller.server.sockets[0].getsockname()[1], flush=True)
sys.stdin.read()
controller.stop()
