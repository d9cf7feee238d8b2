"""Notices as HTTP POSTs of JSON to one address of the district's own, with an Idempotency-Key header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from nistaran.domain.errors import NistaranError, WorldAway

#: Answers that say "not now": the same notice is brought again later.
AWAY = frozenset({408, 425, 429, 500, 502, 503, 504})


class NoticeRefused(NistaranError):
    """The receiving system refused the notice for good: look at its log, mend, then run `nistaran deliver --dead`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCourier:
    """Posts one notice a request. `secret` goes into the Authorization header and never shows in a repr."""

    url: str
    secret: str = ""

    def __repr__(self) -> str:
        return f"WebhookCourier(url={self.url!r})"

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Post it. Raises WorldAway (no answer, 429, 5xx) or NoticeRefused (any other answer but 2xx)."""
        headers = {"Idempotency-Key": key}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        try:
            answer = httpx.post(
                self.url, json={"key": key, "office": dict(office), **message}, headers=headers, timeout=20.0
            )
        except httpx.TransportError as error:
            raise WorldAway("the webhook") from error
        if answer.status_code in AWAY:
            raise WorldAway(f"the webhook answered {answer.status_code}")
        if not answer.is_success:
            raise NoticeRefused(f"HTTP {answer.status_code}")
        return f"HTTP {answer.status_code}"
