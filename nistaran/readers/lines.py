"""The physical lines of a text file, one after the other, in bounded memory whatever a line's length.

Not here: what a line holds (separated.py, jsonlines.py).
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

_SCAN = 1 << 25  #: how far the end of an overlong line is looked for


class LineTooLong(Exception):
    """The next line is longer than the limit and was passed over."""


class PhysicalLines(Iterator[str]):
    """Lines with their ends (\\r\\n becomes \\n). `recent` collects what was given since it was last cleared; lines may be put back."""

    def __init__(self, chunks: Iterable[str], *, limit: int) -> None:
        self._chunks = iter(chunks)
        self._limit = limit
        self._queue: deque[str] = deque()
        self._carry = ""
        self._at_end = False
        self._newline_ends: bool | None = None  # whether lines end with \n; else with \r, as on old machines
        self.recent: list[str] = []
        self.gave_up = False  #: the rest of the file was not looked at

    def __next__(self) -> str:
        """Raises StopIteration at the end, LineTooLong when a line was passed over; reading may go on after that."""
        while not self._queue:
            if len(self._carry) > self._limit:
                self._pass_over()
                raise LineTooLong
            self._fill()
        line = self._queue.popleft()
        if len(line) > self._limit:
            raise LineTooLong
        self.recent.append(line)
        return line

    def peek(self, count: int) -> list[str]:
        """The next lines, at most `count`, without taking them; fewer where an overlong line comes between."""
        while len(self._queue) < count and not self._at_end and len(self._carry) <= self._limit:
            self._fill()
        return list(islice(self._queue, count))

    def put_back(self, lines: Sequence[str]) -> None:
        """Let these lines come again, next."""
        self._queue.extendleft(reversed(lines))

    def pass_over_until(self, wanted: Callable[[str], bool]) -> None:
        """Drop lines up to the next wanted one; give the file up when none is near."""
        scanned = 0
        while scanned <= _SCAN:
            try:
                line = next(self, None)
            except LineTooLong:
                continue
            finally:
                self.recent.clear()
            if line is None:
                return
            if wanted(line):
                self.put_back([line])
                return
            scanned += len(line)
        self._give_up()

    def _give_up(self) -> None:
        self.gave_up = True
        self._at_end = True
        self._carry = ""
        self._queue.clear()

    def _fill(self) -> None:
        if self._at_end:
            raise StopIteration
        chunk = next(self._chunks, None)
        if self._newline_ends is None and chunk:
            self._newline_ends = chunk.count("\n") * 2 >= chunk.count("\r")
        if chunk is None:
            self._at_end = True
            rest, self._carry = self._carry, ""
            self._queue.extend(io.StringIO(rest, newline=""))
        else:
            self._split(self._carry + chunk)

    def _split(self, text: str) -> None:
        held = ""
        if self._newline_ends and "\r" in text:
            # a \r on its own is a break inside a field there; one at the end may be half of a \r\n
            if text.endswith("\r"):
                text, held = text[:-1], "\r"
            text = text.replace("\r\n", "\n").replace("\r", " ")
        lines = io.StringIO(text, newline="").readlines()
        self._carry = (lines.pop() if lines and not lines[-1].endswith("\n") else "") + held
        self._queue.extend(lines)

    def _pass_over(self) -> None:
        """Drop what is left of the line; give the file up when its end is not near."""
        self._carry = ""
        scanned = 0
        for chunk in self._chunks:
            end = _line_end(chunk)
            if end is not None:
                self._split(chunk[end:])
                return
            scanned += len(chunk)
            if scanned > _SCAN:
                self._give_up()
                return
        self._at_end = True


def _line_end(chunk: str) -> int | None:
    """Where the next line begins."""
    ends = [at for at in (chunk.find("\n"), chunk.find("\r")) if at >= 0]
    if not ends:
        return None
    at = min(ends)
    return at + 2 if chunk[at : at + 2] == "\r\n" else at + 1
