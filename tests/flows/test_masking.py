"""What a citizen wrote never gets into a log line, by whatever way an exception comes there (P27, P30)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from flows.edge import MaskingFilter

SECRETS = ("रामदीन", "9876501234", "98765")


@pytest.fixture(scope="session", autouse=True)
def _prefect() -> None:
    """No Prefect server: these tests need none."""


class Written:
    """A logger and what its handler wrote."""

    def __init__(self, *, guarded: bool) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        if guarded:
            self.handler.addFilter(MaskingFilter())
        self.log = logging.Logger("masking")  # noqa: LOG001 - of its own, so that no other handler sees it
        self.log.addHandler(self.handler)

    def __str__(self) -> str:
        return self._stream.getvalue()


@pytest.fixture
def written() -> Written:
    return Written(guarded=True)


@pytest.fixture
def error() -> Iterator[ValueError]:
    try:
        refuse()
    except ValueError as raised:
        yield raised


def refuse() -> None:
    raise ValueError("row of रामदीन, 9876501234")


def clean(written: Written) -> bool:
    return not any(secret in str(written) for secret in SECRETS)


def test_of_an_attached_exception_type_and_place_stay(written: Written, error: ValueError) -> None:
    written.log.error("a row failed", exc_info=error)
    assert clean(written)
    assert str(written).startswith("ERROR a row failed [ValueError at test_masking.py:")
    assert "Traceback" not in str(written)


def test_without_the_guard_it_would_be_written(error: ValueError) -> None:
    bare = Written(guarded=False)
    bare.log.error("a row failed", exc_info=error)
    assert not clean(bare)


def test_an_exception_inside_the_sentence_or_as_the_sentence(written: Written, error: ValueError) -> None:
    written.log.error("failed: %s", error)
    written.log.error("failed: %(error)s", {"error": error})
    written.log.error(error)
    assert clean(written)
    assert str(written).count("ValueError at test_masking.py:") == 3


def test_a_stack_is_not_written(written: Written) -> None:
    written.log.warning("here", stack_info=True)
    assert str(written) == "WARNING here\n"


def test_text_that_another_handler_made_of_it_is_dropped(written: Written, error: ValueError) -> None:
    record = written.log.makeRecord("x", logging.ERROR, "a.py", 1, "failed", (), (type(error), error, None))
    logging.Formatter().format(record)
    assert record.exc_text
    written.handler.handle(record)
    assert clean(written)
    assert record.exc_text is None


def test_phones_in_the_sentence_are_masked(written: Written) -> None:
    written.log.warning("call %s", "98765 01234")
    assert str(written) == "WARNING call XXXXX XXX34\n"


def test_a_line_that_cannot_be_put_together_stops_nothing(written: Written) -> None:
    written.log.warning("%d rows", "of रामदीन")
    assert clean(written)
    assert "could not be put together (TypeError at test_masking.py:" in str(written)


def test_two_guards_on_the_way_write_it_once(written: Written, error: ValueError) -> None:
    written.handler.addFilter(MaskingFilter())
    written.log.error("a row failed", exc_info=error)
    assert str(written).count("ValueError") == 1
