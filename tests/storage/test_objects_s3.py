"""What only S3 can meet: a store that keeps other bytes, one that does not answer, more keys than one page."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from botocore.exceptions import ClientError

from nistaran.domain.errors import NotReady, ObjectDamaged, ObjectExists, WorldAway
from storage.objects import S3Objects
from tests.servers import S3Server


@pytest.fixture
def objects(s3_server: S3Server, bucket: str) -> S3Objects:
    """An S3 store in a bucket of its own, without a prefix."""
    return S3Objects(bucket=bucket, endpoint=s3_server.endpoint)


def test_prefixes_keep_houses_apart(s3_server: S3Server, bucket: str) -> None:
    one, two = (S3Objects(bucket=bucket, prefix=prefix, endpoint=s3_server.endpoint) for prefix in ("one", "two/"))
    one.put_bytes("raw/a", b"1")
    two.put_bytes("raw/a", b"2")

    assert (one.read_bytes("raw/a"), two.read_bytes("raw/a")) == (b"1", b"2")
    assert list(one.keys("")) == list(two.keys("")) == ["raw/a"]


@pytest.mark.promise("P11")
def test_other_bytes_than_given_are_found_and_removed(objects: S3Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moto takes what does not fit its checksum (M14), as other stand-ins may: we look for ourselves."""
    real = objects._bucket.client.put_object

    def lie(**given: Any) -> object:
        given.pop("ChecksumSHA256")
        return real(**{**given, "Body": b"other bytes"})

    monkeypatch.setattr(objects._bucket.client, "put_object", lie)
    with pytest.raises(ObjectDamaged, match="other bytes"):
        objects.put_bytes("raw/a", b"content")
    assert not objects.exists("raw/a")

    monkeypatch.undo()
    objects.put_bytes("raw/a", b"content")
    assert objects.read_bytes("raw/a") == b"content"


def test_puts_that_meet_are_tried_again(objects: S3Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    real, told = objects._bucket.client.put_object, []

    def meet(**given: Any) -> object:
        told.append(409)
        if len(told) < 3:
            raise ClientError({"Error": {"Code": "ConditionalRequestConflict"}}, "PutObject")
        return real(**given)

    monkeypatch.setattr(objects._bucket.client, "put_object", meet)
    objects.put_bytes("raw/a", b"content")
    assert objects.read_bytes("raw/a") == b"content"


@pytest.mark.parametrize(
    ("code", "failure"),
    [("SlowDown", WorldAway), ("InternalError", WorldAway), ("AccessDenied", NotReady), ("NoSuchBucket", NotReady)],
)
def test_what_s3_says_becomes_what_to_do(
    objects: S3Objects, monkeypatch: pytest.MonkeyPatch, code: str, failure: type[Exception]
) -> None:
    def fail(**_: Any) -> None:
        raise ClientError({"Error": {"Code": code}}, "PutObject")

    monkeypatch.setattr(objects._bucket.client, "put_object", fail)
    with pytest.raises(failure):
        objects.put_bytes("raw/a", b"content")


def test_a_bucket_that_is_not_there_is_not_ready(s3_server: S3Server) -> None:
    with pytest.raises(NotReady):
        S3Objects(bucket="nobody-made-it", endpoint=s3_server.endpoint).put_bytes("raw/a", b"")


def test_a_server_that_does_not_answer_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
    away = S3Objects(bucket="b", endpoint=endpoint)
    with pytest.raises(WorldAway):
        away.put_bytes("raw/a", b"content")


def test_keys_go_on_over_many_pages(objects: S3Objects) -> None:
    objects._bucket.page_size = 3
    for n in range(10):
        objects.put_bytes(f"raw/{n}", b"")
    assert list(objects.keys("raw/")) == [f"raw/{n}" for n in range(10)]


def test_a_put_never_replaces(objects: S3Objects) -> None:
    objects.put_bytes("raw/a", b"one")
    with pytest.raises(ObjectExists):
        objects.put_bytes("raw/a", b"two")
    versions = objects._bucket.client.list_object_versions(Bucket=objects._bucket.name)["Versions"]
    assert len(versions) == 1
