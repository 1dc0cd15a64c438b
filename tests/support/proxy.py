"""A small reverse proxy, as stands before an installation: it takes its path's prefix off.

It asks from an address of its own, so that a test can trust it and nobody else on the machine.
"""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ADDRESS = "127.0.0.5"
"""Where it asks from."""
HOP = {"connection", "transfer-encoding", "keep-alive"}


@contextmanager
def proxied(
    port: int, prefix: str, *, scheme: str = "https", address: str = ADDRESS, strips: bool = True
) -> Iterator[str]:
    """The address under which the service on this port is reached through the proxy."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.pass_on()

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - as above

        def pass_on(self) -> None:
            path = self.path.removeprefix(prefix) if strips else self.path
            length = int(self.headers.get("Content-Length", 0))
            headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
            before = self.headers.get("X-Forwarded-For")
            own = self.client_address[0]
            headers["X-Forwarded-For"] = f"{before}, {own}" if before else own
            headers["X-Forwarded-Proto"] = scheme
            headers["X-Forwarded-Prefix"] = prefix
            onward = http.client.HTTPConnection(
                "127.0.0.1", port, timeout=30, source_address=(address, 0)
            )
            onward.request(self.command, path or "/", self.rfile.read(length), headers)
            answer = onward.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            if answer.getheader("Content-Length") is None:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            onward.close()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
