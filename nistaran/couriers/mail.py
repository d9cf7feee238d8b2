"""Notices as e-mail by SMTP. The Message-ID is made from the key, so that a second copy is recognised as the same letter."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from nistaran.domain.deadlines import IST
from nistaran.domain.errors import NistaranError, OfficeAway, WorldAway

_TEMPLATE = """\
{post}
{name}

विषय: {subject}

जन शिकायत प्रकोष्ठ को {channel} से दिनांक {received_on} को प्राप्त सन्दर्भ:
विभाग: {department}
नियत दिनांक: {due_on}
आवेदक: {complainant}

{text}

{order}

जन शिकायत प्रकोष्ठ
{enclosed}"""
#: Of a letter that is about no single case (steps/paper_notice.py).
_PLAIN = """\
{post}
{name}

विषय: {subject}

{text}

जन शिकायत प्रकोष्ठ
"""

#: SMTP answers from here on are meant for good (RFC 5321, 4.2.1).
_FOR_GOOD = 500

#: One letter, from connecting to the server's last word: well below what is spared of a lease for it (steps/deliver.py).
_SECONDS = 40.0


class NoAddress(NistaranError):
    """कार्यालय का ई-मेल पता नहीं है, या मेल सर्वर उसे नहीं मानता: offices.toml ठीक करें, फिर `nistaran deliver --dead` / The
    office has no e-mail address, or the mail server refuses it: correct offices.toml, then `nistaran deliver --dead`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCourier:
    """Sends one letter a notice. `password` never shows in a repr and goes only to a server that proves its name.

    A server with a certificate of the State's own authority is trusted when SSL_CERT_FILE names that authority's file.
    `seconds`: how long one letter may take altogether.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = True
    seconds: float = _SECONDS

    def __repr__(self) -> str:
        return f"MailCourier(host={self.host!r}, port={self.port}, sender={self.sender!r})"

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Send the letter. Raises WorldAway (no answer in time, or a server that cannot prove its name), OfficeAway, NoAddress."""
        if not office["email"]:
            raise NoAddress(office["code"])
        letter = self.letter(key=key, office=office, message=message)
        try:
            with self._conversation() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            if any(code < _FOR_GOOD for code, _ in error.recipients.values()):  # full, or greylisted: not now
                raise OfficeAway(office["code"]) from error
            raise NoAddress(office["code"]) from error
        except (OSError, smtplib.SMTPException) as error:
            raise WorldAway("the mail server") from error
        return str(letter["Message-ID"])

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        """A server that is ready to take letters. What it says on parting no longer counts: a letter that it took is sent."""
        server = _Hurried(self.host, self.port, seconds=self.seconds)
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())  # smtplib's own default trusts anybody
            if self.user:
                server.login(self.user, self.password)
            yield server
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        finally:
            server.close()

    def letter(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> EmailMessage:
        """The letter as it will be sent."""
        letter = EmailMessage()
        letter["From"] = self.sender
        letter["To"] = office["email"]
        of_a_case = "due_on" in message
        subject = f"{message['subject']} · नियत दिनांक {message['due_on']}" if of_a_case else message["subject"]
        letter["Subject"] = subject
        letter["Date"] = datetime.now(IST)
        letter["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@nistaran.invalid>"
        letter["Idempotency-Key"] = hashlib.sha256(key.encode()).hexdigest()
        letter.set_content(
            (_TEMPLATE if of_a_case else _PLAIN).format(name=office["name"], post=office["post"], **message)
        )
        return letter


class _Hurried(smtplib.SMTP):
    """A conversation that takes so many seconds altogether. smtplib's own limit is for each answer, and there are ten of them."""

    def __init__(self, host: str, port: int, *, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        super().__init__(host, port, timeout=seconds)

    def getreply(self) -> tuple[int, bytes]:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self.sock is not None:
            self.sock.settimeout(left)
        return super().getreply()
