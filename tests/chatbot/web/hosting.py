"""Servers of the widget's tests: ours, the sites that show it, and a reverse proxy."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn
from fastapi import FastAPI

HOP = {"connection", "transfer-encoding", "keep-alive", "date", "server"}


@contextmanager
def serving(app: FastAPI) -> Iterator[int]:
    """Run our server on a free port of this machine."""
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        server.force_exit = True  # streams of Gradio stay open as long as a page does
        thread.join(10)


@dataclass
class Host:
    """A site on a port of its own: pages by path, with headers."""

    port: int = 0
    pages: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def add(self, path: str, html: str, headers: Mapping[str, str] | None = None) -> str:
        """Add a page and return its address."""
        self.pages[path] = (html, headers or {})
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def hosting() -> Iterator[Host]:
    """Run a site that shows what is added to it."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, headers = host.pages.get(self.path.partition("?")[0], ("", {}))
            self.send_response(200 if html else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _running(Handler) as port:
        host.port = port
        yield host


@contextmanager
def proxying(to_port: int, prefix: str, *, cut: bool) -> Iterator[int]:
    """Run a reverse proxy that serves a server under a path, as nginx does.

    Args:
        to_port: Port of the server behind.
        prefix: The path.
        cut: Whether the prefix is cut off on the way, as by `proxy_pass` with a slash.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def _pass_on(self) -> None:
            if not self.path.startswith(prefix + "/"):
                self.send_error(404)
                return
            path = self.path.removeprefix(prefix) if cut else self.path
            length = int(self.headers.get("content-length", 0))
            headers = {
                name: value for name, value in self.headers.items() if name.lower() not in HOP
            }
            behind = http.client.HTTPConnection("127.0.0.1", to_port, timeout=60)
            behind.request(self.command, path, self.rfile.read(length) or None, headers)
            answer = behind.getresponse()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.end_headers()
            try:
                while chunk := answer.read1(65536):
                    self.wfile.write(chunk)
                    self.wfile.flush()
            except ConnectionError:
                pass  # the browser went away from a stream
            finally:
                behind.close()

        do_GET = do_POST = do_OPTIONS = do_HEAD = _pass_on

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _running(Handler) as port:
        yield port


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
