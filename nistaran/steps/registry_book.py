"""The histories of posts while a file is entered into them, row by row. Not here: reading rows, keeping what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic

from nistaran.domain.periods import FROM_THE_START, Entry, amended, entered
from nistaran.domain.registry_refused import EndsBeforeItBegins, TwoOnOnePost

Post = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Book(Generic[Entry]):
    """`changed` is what must be kept, `seen` the rows of this file by post, with the day that each names."""

    today: date
    fills: Sequence[str]
    same: Callable[[Entry, Entry], bool]
    histories: dict[Post, list[Entry]] = field(default_factory=dict)
    seen: dict[Post, list[tuple[date | None, Entry]]] = field(default_factory=dict)
    changed: dict[tuple[str, str, date], Entry] = field(default_factory=dict)

    def begin(self, kept: Iterable[Entry]) -> None:
        """Take up what is kept already."""
        for one in kept:
            self.histories.setdefault(one.key[:2], []).append(one)

    def enter(self, new: Entry, *, since: date | None) -> bool:
        """Enter a row; without a day it fills up the present entry of the same person, or begins today. Returns whether it changed anything.

        Raises:
            TwoOnOnePost: when another row of the file is on the same post, and not both say since when: the order of the rows would
                decide, and the same file once more would change it back.
            EndsBeforeItBegins: when it would be over before it begins.
        """
        post = new.key[:2]
        before = self.histories.get(post, [])
        self._must_fit(post, new, since)
        if since is None:
            new = replace(new, since=FROM_THE_START)
            new = amended(before, new, today=self.today, fills=self.fills, same=self.same)
        if new.until is not None and new.until < new.since:
            raise EndsBeforeItBegins
        after = self.histories[post] = entered(before, new)
        fresh = [one for one in after if one not in before]
        self.changed.update({one.key: one for one in fresh})
        return bool(fresh)

    def _must_fit(self, post: Post, new: Entry, since: date | None) -> None:
        row = (since, new)
        seen = self.seen.setdefault(post, [])
        for other in seen:
            if other != row and (since is None or other[0] in (None, since)):
                raise TwoOnOnePost
        seen.append(row)
