"""A real mail server on loopback: it speaks SMTP over a socket, keeps what it takes, and can be told to refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What the server took. ``refusals`` are answers to the next recipients, in order; then it takes everything."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 hop thu thu nghiem")
            recipients: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line.split(" ")[0].upper()
                if verb == "EHLO":
                    self.say("250-hop thu")
                    self.say("250 8BITMIME")
                elif verb == "RCPT":
                    if box.refusals:
                        self.say(box.refusals.pop(0))
                        continue
                    recipients.append(line.partition("<")[2].partition(">")[0])
                    self.say("250 OK")
                elif verb == "DATA":
                    self.say("354 cu gui")
                    lines = []
                    while (part := self.rfile.readline()) != b".\r\n":
                        lines.append(part.removeprefix(b".") if part.startswith(b"..") else part)
                    box.raw.append(b"".join(lines))
                    box.letters.append(message_from_bytes(box.raw[-1], policy=policy.default))  # type: ignore[arg-type]
                    box.envelopes.append(recipients)
                    self.say("250 da nhan")
                elif verb == "QUIT":
                    self.say("221 chao")
                    return
                else:
                    self.say("250 OK")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
