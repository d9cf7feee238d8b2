"""The mail courier's letters arrive readable in Hindi, know their second copy, and give the password only to the right server."""

from __future__ import annotations

import dataclasses
import ssl
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from nistaran.couriers.mail import MailCourier, NoAddress
from nistaran.domain.errors import OfficeAway, WorldAway
from tests.couriers.conftest import MESSAGE, OFFICE, Desk
from tests.couriers.mailboxes import Mailbox, certificate, free_port, mailing

PASSWORD = "p4ssw0rd-of-the-cell"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mailing(Mailbox()) as started:
        yield started


def courier(port: int, **changes: object) -> MailCourier:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "sender": "cell@example.invalid",
        "starttls": False,
        **changes,
    }
    return MailCourier(**values)  # type: ignore[arg-type]


def send(sender: MailCourier, key: str = "k1", **changes: str) -> str:
    return sender.deliver(key=key, office=OFFICE, message={**MESSAGE, **changes})


def test_subject_and_body_are_readable_hindi(mailbox: Mailbox) -> None:
    send(courier(mailbox.port))
    letter = mailbox.letters[0]
    assert letter["Subject"] == "सन्दर्भ संख्या SDR-2026-0000042 का समयबद्ध निस्तारण · नियत दिनांक 05.12.2026"
    assert (letter["To"], letter["From"]) == ("xen@example.invalid", "cell@example.invalid")
    body = letter.get_content()
    for part in (
        OFFICE["name"],
        OFFICE["post"],
        *(MESSAGE[name] for name in MESSAGE if name not in {"reference", "kind"}),
    ):
        assert part in body, part
    assert letter.get_content_charset() == "utf-8"
    assert datetime.now(UTC) - parsedate_to_datetime(str(letter["Date"])) < timedelta(minutes=5)
    assert str(letter["Date"]).endswith("+0530")


@pytest.mark.parametrize(
    "text",
    [
        "क" * 5000,
        "ट्रांसफार्मर " * 400,
        ".\n..\nQUIT\n.\nFrom यहाँ",
        "{name} {0} %s {post}",
        "Bcc: x@example.invalid\nSubject: x",
    ],
    ids=["one long word", "one long line", "dots", "braces", "headers"],
)
def test_a_text_of_any_shape_arrives_whole(mailbox: Mailbox, text: str) -> None:
    send(courier(mailbox.port), text=text)
    assert text in mailbox.letters[0].get_content().replace("\r\n", "\n")
    assert mailbox.letters[0]["Bcc"] is None


def test_the_same_key_is_the_same_letter_and_another_is_another(mailbox: Mailbox) -> None:
    receipts = [send(courier(mailbox.port), key) for key in ("k1", "k1", "k2")]
    ids = [letter["Message-ID"] for letter in mailbox.letters]
    assert receipts == ids
    assert ids[0] == ids[1] != ids[2]
    assert [letter["Idempotency-Key"] for letter in mailbox.letters].count(mailbox.letters[0]["Idempotency-Key"]) == 2


def test_a_subject_cannot_smuggle_a_header(mailbox: Mailbox) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        send(courier(mailbox.port), subject="SDR\r\nBcc: x@example.invalid")
    assert mailbox.letters == []


def test_an_office_without_an_address_is_a_dead_letter_and_the_others_go(
    desk: Callable[[int], Desk], mailbox: Mailbox
) -> None:
    office = desk(12)
    silent = min(office.house.district.offices[key.split(":")[2]].code for key in office.notice_keys())
    theirs = sum(f":{silent}:" in key for key in office.notice_keys())
    rows = {
        code: row.model_copy(update={"email": ""}) if code == silent else row
        for code, row in office.house.district.offices.items()
    }
    district = dataclasses.replace(office.house.district, offices=rows)
    office = Desk(dataclasses.replace(office.house, district=district, courier=courier(mailbox.port)), office.clock)
    outcome = office.deliver()
    assert (outcome.delivered, outcome.dead, outcome.postponed) == (12 - theirs, theirs, 0)
    assert 0 < theirs < 12
    assert len(mailbox.letters) == 12 - theirs


def test_a_server_that_is_away_postpones_and_nothing_is_lost(desk: Callable[[int], Desk]) -> None:
    mailbox = Mailbox(port=free_port())
    office = desk(5).with_courier(courier(mailbox.port))
    outcome = office.deliver()
    assert (outcome.postponed, outcome.returned) == (1, 4)
    assert office.deliver().notices == 0, "not before its time"
    office.clock.forward(minutes=3)
    with mailing(mailbox):
        assert office.deliver().delivered == 5
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == len(mailbox.letters) == 5
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 1)


def test_a_letter_takes_a_limited_time_however_many_answers_the_server_is_late_with(mailbox: Mailbox) -> None:
    mailbox.late.update(RCPT=0.8, DATA=0.8)
    with pytest.raises(WorldAway):
        send(courier(mailbox.port, seconds=1.2))
    assert send(courier(mailbox.port, seconds=10.0))


def test_a_letter_that_was_taken_is_sent_whatever_the_server_does_on_parting(mailbox: Mailbox) -> None:
    mailbox.late.update(QUIT=5.0)
    assert send(courier(mailbox.port, seconds=0.8)) == mailbox.letters[0]["Message-ID"]


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ("550 5.1.1 no such user", NoAddress),
        ("451 4.7.1 greylisted, come back later", OfficeAway),
        ("452 4.2.2 mailbox full", OfficeAway),
    ],
)
def test_a_refusal_for_now_is_tried_again_one_for_good_is_not(
    mailbox: Mailbox, refusal: str, error: type[Exception]
) -> None:
    mailbox.refusal = refusal
    with pytest.raises(error):
        send(courier(mailbox.port))


def test_the_password_is_in_no_repr_or_exception(mailbox: Mailbox) -> None:
    sender = courier(mailbox.port, user="cell", password=PASSWORD)
    told = [repr(sender), str(sender)]
    with pytest.raises(WorldAway) as failed:
        send(sender)  # this server knows no login without TLS
    told += traceback.format_exception(failed.value)
    assert PASSWORD not in "\n".join(told)


def test_login_over_tls_with_a_server_that_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with mailing(Mailbox(), tls=server_side(pem)) as mailbox:
        send(courier(mailbox.port, starttls=True, user="cell", password="right"))
        with pytest.raises(WorldAway):
            send(courier(mailbox.port, starttls=True, user="cell", password=PASSWORD))
    assert mailbox.passwords[0] == "right"
    assert set(mailbox.passwords[1:]) == {PASSWORD}, "by each way of logging in"
    assert len(mailbox.letters) == 1


def test_a_server_that_cannot_prove_its_name_gets_neither_password_nor_letter(tmp_path: Path) -> None:
    with mailing(Mailbox(), tls=server_side(certificate(tmp_path))) as mailbox, pytest.raises(WorldAway):
        send(courier(mailbox.port, starttls=True, user="cell", password=PASSWORD))
    assert (mailbox.passwords, mailbox.letters) == ([], [])


def server_side(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
