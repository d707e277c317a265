"""A server on a bare socket that answers with exactly the bytes that a test gives, and logs what it got and sent."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Answer:
    """What to send for one path: the parts one after the other, then what becomes of the connection."""

    parts: tuple[bytes | float, ...]  # a number is a pause in seconds
    end: Literal["keep", "close", "reset", "hang"] = "keep"

    @property
    def bytes(self) -> bytes:
        return b"".join(part for part in self.parts if isinstance(part, bytes))


@dataclass
class Talk:
    """One request and what was sent for it."""

    request: bytes
    sent: bytes


@dataclass
class RawServer:
    """Serves on a free port of loopback, one thread a connection, until closed."""

    answers: dict[str, Answer]
    certificate: Path | None = None  # with its key, for TLS
    talks: dict[str, list[Talk]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._tls: ssl.SSLContext | None = None
        if self.certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(self.certificate)
        self.address = f"{'https' if self._tls else 'http'}://127.0.0.1:{self._socket.getsockname()[1]}"
        self._connections: list[socket.socket] = []
        self._start(self._accept)

    def close(self) -> None:
        self._closing.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._connections:
            with contextlib.suppress(OSError):  # most have been closed by their own thread
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _start(self, work, *arguments) -> None:  # type: ignore[no-untyped-def]
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            while request := self._request(connection):
                path = request.split(b" ")[1].decode()
                if not self._answer(connection, path, request):
                    return
        except OSError:
            return  # the client went away, as some tests want it to
        finally:
            connection.close()

    def _request(self, connection: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return b""
            data += more
        return data

    def _answer(self, connection: socket.socket, path: str, request: bytes) -> bool:
        answer = self.answers[path]
        talk = Talk(request, answer.bytes)
        self.talks.setdefault(path, []).append(talk)
        for part in answer.parts:
            if isinstance(part, bytes):
                connection.sendall(part)
            else:
                time.sleep(part)
        if answer.end == "hang":
            while connection.recv(65536):
                pass
        if answer.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return answer.end == "keep"
