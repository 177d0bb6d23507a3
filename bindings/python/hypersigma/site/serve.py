"""A look at a site on this machine: files of one folder, on loopback only."""

from __future__ import annotations

import os
import socket
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

HOST = "127.0.0.1"
MAX_CONNECTIONS = 16
_TIMEOUT = 10.0


class SiteServer(ThreadingHTTPServer):
    """Serves a folder to this machine's browsers, 16 connections at a time.

    A connection past those is closed at once; one that is silent for ten
    seconds, too. It answers to requests for 127.0.0.1 and localhost only, so
    that no other site's name can be made to lead here.
    """

    daemon_threads = True
    request_queue_size = MAX_CONNECTIONS

    def __init__(self, folder: str | os.PathLike[str], port: int = 0) -> None:
        """Listens; `serve_forever` then serves.

        Args:
            folder: What to serve.
            port: At which port; 0 takes a free one.

        Raises:
            OSError: The port is taken.
        """
        root = Path(folder).resolve()
        super().__init__((HOST, port), partial(_Handler, directory=str(root)))
        self._free = BoundedSemaphore(MAX_CONNECTIONS)

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.server_port}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serves one connection in a thread, if there is one left."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Gives the thread back when the connection ends."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: browsers go away as they like."""


class _Handler(SimpleHTTPRequestHandler):
    timeout = _TIMEOUT

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send_head(self) -> Any:
        name = self.headers.get("Host", "").rpartition(":")[0]
        if name not in {HOST, "localhost"}:
            self.send_error(421)
            return None
        path = Path(self.translate_path(self.path))
        root = Path(self.directory).resolve()
        if not path.resolve().is_relative_to(root):
            self.send_error(404)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()
