"""Starting the server from the command line."""

from __future__ import annotations

import socket

from chatbot.assembly import Assembly
from chatbot.desk import Desk
from chatbot.live import LiveChatbot
from corpus.errors import UnavailableError


def run_server(parts: Assembly) -> None:
    """Serve until stopped.

    Raises:
        UnavailableError: The port is in use or may not be opened, the library cannot be read,
            or there is no usable index.
    """
    import uvicorn

    from chatbot.web.server import create_app

    settings = parts.settings
    parts.check_index()
    listening = _listen(settings.host, settings.port)
    live = LiveChatbot(parts)
    app = create_app(live, settings, live.prepare, Desk(parts, live.prepare))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    print(f"Hỏi luật: http://{settings.host}:{port}/  (Ctrl-C stops it)", flush=True)  # noqa: T201 - the address is what the operator waits for
    live.start_watching()
    try:
        server.run(sockets=[listening])
    finally:
        live.stop_watching()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UnavailableError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; "
            "name another port: python app.py serve --port 7861"
        ) from error
    return listening
