"""A receiving department on a real HTTP server: it does the work or not, and answers well, badly, twice, late, endlessly or not
at all.

Not here: what is sent to it (nistaran/couriers/webhook.py).
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
AWAY = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"

#: What it does with a request → how often in a hundred.
MOODS = {"ok": 65, "twice": 12, "drop": 9, "500 after": 6, "500 before": 6, "late": 2}


@dataclass(slots=True)
class Receiver:
    """`inbox`: (key, body) of every piece of work that it did, in order. `headers`: of every request that came."""

    mood: Callable[[], str] = lambda: "ok"
    late_seconds: float = 1.0
    url: str = ""
    inbox: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopped: threading.Event = field(default_factory=threading.Event)

    def by_key(self) -> dict[str, dict[str, Any]]:
        """The inbox as an honest receiver keeps it: the first of each key."""
        kept: dict[str, dict[str, Any]] = {}
        for key, body in self.inbox:
            kept.setdefault(key, body)
        return kept

    def take(self, headers: dict[str, str], body: bytes) -> tuple[str, bytes]:
        """Do what it is in the mood for; returns the mood and what is written back."""
        with self.lock:
            mood = self.mood()
            self.headers.append(headers)
            if mood != "500 before":
                self.inbox.append((headers["Idempotency-Key"], json.loads(body)))
        match mood:
            case "ok":
                return mood, OK
            case "twice":
                return mood, OK + OK
            case "endless":
                return mood, OK.replace(b"Length: 2", b"Length: 1000000")
            case "500 before" | "500 after":
                return mood, AWAY
            case "drop":
                return mood, b""
            case "late":
                self.stopped.wait(self.late_seconds)
                return mood, OK
            case code:
                return mood, f"HTTP/1.1 {code} Said\r\nContent-Length: 0\r\n\r\n".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *request: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a sender that hangs up is part of the test
            super().handle_error(*request)


def moody(seed: int) -> Callable[[], str]:
    """A mood for each request, the same ones for the same seed."""
    rng = random.Random(seed)
    return lambda: rng.choices(list(MOODS), list(MOODS.values()))[0]


@contextmanager
def receiving(receiver: Receiver) -> Iterator[Receiver]:
    """Start it on a free port of this machine; stop it on leaving."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            mood, answer = receiver.take(dict(self.headers), body)
            self.close_connection = mood in {"drop", "late"}
            try:
                self.wfile.write(answer)
                while mood == "endless" and not receiver.stopped.wait(0.05):
                    self.wfile.write(b"x")
            except OSError:
                self.close_connection = True  # it came too late and nobody listens

        def log_message(self, *_: object) -> None: ...

    server = _Server(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/notices"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
