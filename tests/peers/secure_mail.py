"""A mail server on loopback with TLS (aiosmtpd, its certificate from an authority of trustme).

    python secure_mail.py FOLDER starttls|implicit|plain none|password|token

Prints its port, writes the authority to FOLDER/authority.pem and each message to FOLDER/1.eml, and ends when its standard
input closes. It takes the password `secret` or the token `ya29.token` of dana@example.org, or anybody.
"""

import base64
import ssl
import socket
import sys
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder, encryption, login = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
authority = trustme.CA()
authority.cert_pem.write_to_path(str(folder / "authority.pem"))
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)


class Sink:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        Sink.count += 1
        (folder / f"{Sink.count}.eml").write_bytes(envelope.content)
        return "250 OK"

    if login == "token":
        async def auth_XOAUTH2(self, server, args):
            sent = base64.b64decode(args[1]) if len(args) > 1 else b""
            taken = sent == b"user=dana@example.org\x01auth=Bearer ya29.token\x01\x01"
            return AuthResult(success=taken, handled=False, message=None if taken else "535 5.7.3 no")


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"dana@example.org" and data.password == b"secret", handled=False)


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
options = {"require_starttls": True, "tls_context": context} if encryption == "starttls" else {}
if login != "none":
    excluded = ["LOGIN", "PLAIN"] if login == "token" else []
    options |= {"auth_required": True, "auth_require_tls": encryption == "starttls", "authenticator": authenticate,
                "auth_exclude_mechanism": excluded}
if encryption == "implicit":
    options["ssl_context"] = context
controller = Controller(Sink(), hostname="127.0.0.1", port=port, **options)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
