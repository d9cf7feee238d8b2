"""One S3 bucket as the object store and the inbox use it, with its failures translated.

Here: the client, its time limits, its errors. Not here: keys and hashes (objects/s3.py). Tested against moto's server, which is
not Amazon's: it takes wrong checksums, so hashes are checked by us.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from nistaran.domain.errors import NotReady, ObjectMissing, WorldAway

_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_NOT_READY = frozenset({"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket"})
_AGAIN = frozenset({"SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "RequestTimeTooSkewed"})


class Bucket:
    """A bucket and a prefix in it. Credentials come from where boto3 looks for them; nothing is opened before first use."""

    def __init__(self, *, bucket: str, prefix: str = "", endpoint: str | None = None) -> None:
        """`prefix` is put before every key; `endpoint` is the address of an S3 other than Amazon's."""
        self.name = bucket
        self._prefix = prefix.strip("/")
        self._endpoint = endpoint
        self.page_size = 1000  #: keys asked for at once

    @cached_property
    def client(self) -> Any:
        """The boto3 client; made once, and boto3 loaded only then (it is slow to load)."""
        import boto3  # type: ignore[import-untyped,unused-ignore]
        from botocore.config import Config

        limits = Config(connect_timeout=10, read_timeout=60, retries={"mode": "standard", "max_attempts": 4})
        region = None if self._endpoint is None else "us-east-1"
        return boto3.client("s3", endpoint_url=self._endpoint, region_name=region, config=limits)

    def full(self, key: str) -> str:
        """The key as the bucket knows it."""
        return f"{self._prefix}/{key}" if self._prefix else key

    def listed(self, prefix: str, *, before: datetime | None = None) -> Iterator[str]:
        """Keys (without our prefix) that begin so, sorted, page by page; with `before`, of what was put before that moment."""
        cut = len(self.full(""))
        for page in self.pages(Prefix=self.full(prefix)):
            for found in page.get("Contents", ()):
                if before is None or found["LastModified"] < before:
                    yield found["Key"][cut:]

    def pages(self, **asked: str) -> Iterator[Any]:
        """What S3 tells when it is asked for a list, page by page; keys as the bucket knows them."""
        with bucket_failures(self.name):
            yield from self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, PaginationConfig={"PageSize": self.page_size}, **asked
            )

    @contextmanager
    def opened(self, key: str) -> Iterator[Any]:
        """The object's bytes as a stream. Raises ObjectMissing."""
        with self.answered(key) as answer:
            yield answer["Body"]

    @contextmanager
    def answered(self, key: str) -> Iterator[Any]:
        """All that S3 tells with an object: its bytes as a stream (Body), and what they are (ETag, ContentLength). Raises
        ObjectMissing."""
        with bucket_failures(key):
            answer = self.client.get_object(Bucket=self.name, Key=self.full(key))
            try:
                yield answer
            finally:
                answer["Body"].close()


def error_code(error: Exception) -> str:
    """S3's own word for what went wrong."""
    response: dict[str, Any] = getattr(error, "response", {})
    return str(response.get("Error", {}).get("Code", ""))


@contextmanager
def bucket_failures(what: str) -> Iterator[None]:
    """Failures of S3 become failures that a person can do something about; others pass unchanged."""
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

    try:
        yield
    except ClientError as error:
        code = error_code(error)
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        if code in _MISSING:
            raise ObjectMissing(what) from None
        if code in _NOT_READY:
            raise NotReady(f"the object store answers {code}") from None
        if code in _AGAIN or status >= 500:
            raise WorldAway(f"the object store answers {code or status}") from None
        raise
    except NoCredentialsError:
        raise NotReady("the object store needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY") from None
    except BotoCoreError as error:
        raise WorldAway(type(error).__name__) from None
    except _stream_failures() as error:
        raise WorldAway(type(error).__name__) from None


def _stream_failures() -> tuple[type[Exception], ...]:
    """What a connection that breaks in the middle of a body raises below boto3."""
    from urllib3.exceptions import HTTPError

    return (HTTPError, ConnectionError)
