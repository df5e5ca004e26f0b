import contextlib
import socket
import socketserver
import threading
import time
from urllib.parse import urlsplit

PIECE = 65536  # bytes read at once


class WeakNetwork(socketserver.ThreadingTCPServer):
    """A proxy before the server of the tests, which fails as a field's network and servers do.

    ``fail(path, body)`` says what becomes of a request: nothing for its usual way, a status such
    as 502 in place of the server's answer, ``"lost"`` when the server gets it and the phone never
    hears of it, ``"refused"`` when the server is not there. ``requests`` has what arrived whole:
    ``(moment, path, body)``.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, url):
        self.target = (urlsplit(url).hostname, urlsplit(url).port)
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.requests = []
        self.open_sockets = set()
        self.fail = lambda path, body: None

    @contextlib.contextmanager
    def serve(self):
        thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.cut()
            self.shutdown()
            self.server_close()
            thread.join()

    def cut(self):
        """Break off what is on its way, as a server does that is killed."""
        for connection in list(self.open_sockets):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def kill(self):
        """End the server in the middle of what it does; ``revive`` starts it again."""
        self.fail = lambda path, body: "refused"
        self.cut()

    def revive(self):
        self.fail = lambda path, body: None

    def list(self, name, word=""):
        """Moments at which calls of a method arrived whole, with a word in them."""
        return [
            moment
            for moment, path, body in self.requests
            if path.endswith(f"/{name}") and word in body
        ]

    def handle_error(self, request, client_address):
        """Say nothing: connections break here on purpose."""


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            self.server.open_sockets.add(self.request)
            try:
                self._answer()
            finally:
                self.server.open_sockets.discard(self.request)

    def _answer(self):
        head, _end, body = self._read_until(b"\r\n\r\n")
        if not head:
            return
        lines = [
            line
            for line in head.split(b"\r\n")
            if not line.lower().startswith((b"connection:", b"keep-alive:"))
        ]
        path = lines[0].split()[1].decode()
        for line in lines:
            if line.lower().startswith(b"content-length:"):
                body += self._read(int(line.split(b":")[1]) - len(body))
        text = body.decode("latin1")
        self.server.requests.append((time.monotonic(), path, text))
        outcome = self.server.fail(path, text)
        if isinstance(outcome, int):
            self.request.sendall(
                b"HTTP/1.1 %d Sorry\r\nContent-Length: 5\r\nConnection: close\r\n\r\nSorry"
                % outcome
            )
        elif outcome != "refused":
            request = b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
            self._forward(request, is_lost=outcome == "lost")

    def _read_until(self, end):
        data = b""
        while end not in data:
            piece = self.request.recv(PIECE)
            if not piece:
                return b"", b"", b""
            data += piece
        return data.partition(end)

    def _read(self, size):
        data = b""
        while len(data) < size:
            piece = self.request.recv(PIECE)
            if not piece:
                raise ConnectionError("broken off")
            data += piece
        return data

    def _forward(self, request, is_lost):
        with socket.create_connection(self.server.target) as upstream:
            upstream.sendall(request)
            while piece := upstream.recv(PIECE):
                if not is_lost:
                    self.request.sendall(piece)
