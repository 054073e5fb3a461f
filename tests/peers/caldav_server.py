"""A CalDAV server on loopback with one calendar: Radicale or Xandikos.

    python caldav_server.py radicale|xandikos FOLDER [MOST_BYTES]

Prints the calendar's address and ends when its standard input closes. MOST_BYTES is the largest event that Radicale takes.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

server, folder = sys.argv[1:3]
most = sys.argv[3] if len(sys.argv) > 3 else "100000000"
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
home = os.path.dirname(sys.executable)
if server == "radicale":
    users = os.path.join(folder, "users")
    with open(users, "w") as out:
        out.write("dana:secret\n")
    command = [
        sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}",
        "--storage-filesystem-folder", os.path.join(folder, "store"), "--server-max-content-length", most,
        "--auth-type", "htpasswd", "--auth-htpasswd-filename", users, "--auth-htpasswd-encryption", "plain",
    ]
    calendar = f"http://127.0.0.1:{port}/dana/meetings/"
else:
    command = [os.path.join(home, "xandikos"), "serve", "--listen-address", "127.0.0.1", "--port", str(port),
               "--directory", os.path.join(folder, "store"), "--current-user-principal", "/dana/", "--defaults"]
    calendar = f"http://127.0.0.1:{port}/dana/calendars/calendar/"
process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=open(os.path.join(folder, "log"), "w"))
login = {"Authorization": "Basic " + base64.b64encode(b"dana:secret").decode()}
make = b'<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"/>'
for _ in range(100):
    try:
        if server == "radicale":
            urllib.request.urlopen(urllib.request.Request(calendar, make, login, method="MKCALENDAR"))
        else:
            urllib.request.urlopen(urllib.request.Request(calendar, headers={**login, "Depth": "0"}, method="PROPFIND"))
        break
    except (urllib.error.URLError, ConnectionError) as error:
        if isinstance(error, urllib.error.HTTPError):
            sys.exit(f"{server}: {error} {error.read()!r}")
        time.sleep(0.1)
else:
    sys.exit(f"{server} does not start")
print(json.dumps(calendar), flush=True)
sys.stdin.read()
process.terminate()
process.wait()
