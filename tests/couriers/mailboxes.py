"""A mail server of the district on this machine: a real SMTP server in a thread, and a certificate of the State's own authority."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(slots=True)
class Mailbox:
    """`letters`: as a mail program reads them. `refusal`: what is answered to every recipient; "": all are welcome. `late`: for
    how many seconds it thinks about RCPT, DATA or QUIT."""

    refusal: str = ""
    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    late: dict[str, float] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._think("RCPT")
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._think("DATA")
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        assert max(map(len, envelope.content.splitlines())) <= 998, "a line longer than RFC 5322 allows"
        self.letters.append(letter)
        return "250 taken"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._think("QUIT")
        return "221 Bye"

    async def _think(self, command: str) -> None:
        await asyncio.sleep(self.late.get(command, 0.0))

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Note the password; "right" is right."""
        assert isinstance(data, LoginPassword)
        self.passwords.append(data.password.decode())
        return AuthResult(success=data.password == b"right", handled=False)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mailing(mailbox: Mailbox, *, tls: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """Start it; stop it on leaving."""
    mailbox.port = mailbox.port or free_port()
    server = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        ready_timeout=30,
        tls_context=tls,
        require_starttls=tls is not None,
        authenticator=mailbox.authenticate,
        auth_required=tls is not None,
    )
    server.start()
    try:
        yield mailbox
    finally:
        server.stop()


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "district mail")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
