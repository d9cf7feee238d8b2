"""Notices as HTTP POSTs of JSON to one address of the district's own, with an Idempotency-Key header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from nistaran.domain.errors import NistaranError, WorldAway

#: Answers that say "not now": the same notice is brought again later.
AWAY = frozenset({408, 425, 429, 500, 502, 503, 504})


class NoticeRefused(NistaranError):
    """प्राप्तकर्ता प्रणाली ने सूचना लेने से मना कर दिया: उसका लॉग देखें, कारण दूर करें, फिर `nistaran deliver --dead` / The
    receiving system refused the notice for good: look at its log, mend, then run `nistaran deliver --dead`."""


def _client() -> httpx.Client:
    return httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCourier:
    """Posts one notice a request. `secret` goes into the Authorization header; neither it nor the address shows in a repr.

    `seconds`: how long to wait for a connection, for the notice to be taken, and for an answer, each; together below what is
    spared of a lease for it (steps/deliver.py). Of the answer only the status is read: a body can be told for ever. The client is
    kept, since making one takes longer than a request; its connections are not: a receiver that answers twice would have its
    second answer taken for that to the next notice.
    """

    url: str
    secret: str = ""
    seconds: float = 15.0
    _client: httpx.Client = field(init=False, compare=False, default_factory=_client)

    def __repr__(self) -> str:
        return f"WebhookCourier(secret={'set' if self.secret else 'none'})"

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Post it. Raises WorldAway (no answer, 429, 5xx) or NoticeRefused (any other answer but 2xx, or no http address)."""
        notice = {"key": key, "office": dict(office), **message}
        try:
            status = self._status(notice, self._headers(key))
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise NoticeRefused(f"{type(error).__name__}: check NISTARAN_WEBHOOK_URL") from None
        except httpx.RequestError as error:
            raise WorldAway(f"the webhook: {type(error).__name__}") from None
        if status in AWAY:
            raise WorldAway(f"the webhook answered {status}")
        if not httpx.codes.is_success(status):
            raise NoticeRefused(f"HTTP {status}")
        return f"HTTP {status}"

    def _status(self, notice: Mapping[str, object], headers: Mapping[str, str]) -> int:
        with self._client.stream("POST", self.url, json=notice, headers=headers, timeout=self.seconds) as answer:
            return answer.status_code

    def _headers(self, key: str) -> dict[str, str]:
        """Looked at before they are sent: the client puts a header that it cannot send into its error and its log, whole."""
        for what, value in {"an office's code": key, "NISTARAN_WEBHOOK_SECRET": self.secret}.items():
            if not (value.isascii() and value.isprintable()):
                raise NoticeRefused(f"a header takes plain ASCII only: check {what}")
        return {"Idempotency-Key": key, **({"Authorization": f"Bearer {self.secret}"} if self.secret else {})}
