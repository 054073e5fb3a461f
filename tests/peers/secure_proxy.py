"""HTTPS in front of a server on loopback, with a certificate from an authority of trustme.

    python secure_proxy.py FOLDER http://127.0.0.1:PORT/… [TOKEN]

Prints the address with https, writes the authority to FOLDER/authority.pem, and ends when its standard input closes.
With TOKEN it lets in who bears it, and speaks to the server behind as dana.
"""

import base64
import http.client
import http.server
import json
import ssl
import sys
import threading
import urllib.parse
from pathlib import Path

import trustme

folder, behind = Path(sys.argv[1]), urllib.parse.urlsplit(sys.argv[2])
token = sys.argv[3] if len(sys.argv) > 3 else None


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
        if token:
            if self.headers.get("Authorization") != f"Bearer {token}":
                self.send_response(401)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            headers = {k: v for k, v in headers.items() if k.lower() != "authorization"}
            headers["Authorization"] = "Basic " + base64.b64encode(b"dana:secret").decode()
        connection = http.client.HTTPConnection(behind.hostname, behind.port)
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_OPTIONS = do_PROPFIND = do_REPORT = forward

    def log_message(self, *_):
        pass


authority = trustme.CA()
authority.cert_pem.write_to_path(str(folder / "authority.pem"))
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps(f"https://127.0.0.1:{server.server_address[1]}{behind.path}"), flush=True)
sys.stdin.read()
server.shutdown()
