"""Raw bytes in an S3 bucket: create-only by If-None-Match, checked by our own hash after every put.

Here: the S3 store. Not here: the client and its failures (storage/bucket.py), what keys look like (storage/keys.py).
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from nistaran.domain.errors import NistaranError, ObjectDamaged, ObjectExists, ObjectMissing, WorldAway
from storage.bucket import Bucket, bucket_failures, error_code
from storage.keys import checked_key, checked_sha256
from storage.streams import copy_checked, copy_hashed

#: S3 answers 409 when two puts of one key meet; one of them wins, so the other soon reads 412.
_TRIES = 5

#: One put, one object: larger files would need a multipart upload, which S3 cannot check by one sha256.
LARGEST = 5 * 1024**3


class S3Objects:
    """Objects below a prefix of a bucket.

    The same content under the same key again is fine and changes nothing; other content raises ObjectExists. Raises WorldAway
    when S3 does not answer, NotReady for a missing bucket or refused credentials, ValueError for a bad key.
    """

    def __init__(self, *, bucket: str, prefix: str = "", endpoint: str | None = None) -> None:
        """Nothing is opened yet."""
        self._bucket = Bucket(bucket=bucket, prefix=prefix, endpoint=endpoint)

    def put(self, key: str, source: Path, *, sha256: str) -> None:
        """Keep a file of at most 5 GiB. Raises ObjectExists when other content is there, ObjectDamaged for another hash."""
        checked_key(key)
        with source.open("rb") as stream:
            if copy_hashed(stream, None) != checked_sha256(sha256):
                raise ObjectDamaged(f"{key}: the file is not what its hash says")
            if stream.tell() > LARGEST:
                raise ValueError("a file above 5 GiB cannot be kept as one object: split it")
            self._put(key, stream, sha256)

    def put_bytes(self, key: str, data: bytes) -> None:
        """Keep a few bytes. Raises ObjectExists when other content is there."""
        self._put(checked_key(key), BytesIO(data), hashlib.sha256(data).hexdigest())

    def fetch(self, key: str, target: Path, *, sha256: str) -> None:
        """Copy an object into a file, which appears only when its hash is right. Raises ObjectMissing, ObjectDamaged."""
        with self._bucket.opened(checked_key(key)) as stream:
            copy_checked(stream, target, sha256=sha256, key=key)

    def read_bytes(self, key: str) -> bytes:
        """A small object. Raises ObjectMissing."""
        with self._bucket.opened(checked_key(key)) as stream:
            data: bytes = stream.read()
            return data

    def exists(self, key: str) -> bool:
        """Whether the key is there."""
        try:
            with bucket_failures(key):
                self._bucket.client.head_object(Bucket=self._bucket.name, Key=self._bucket.full(checked_key(key)))
        except ObjectMissing:
            return False
        return True

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin so, sorted. Raises ValueError for a prefix that no key begins with."""
        folder = prefix.rpartition("/")[0]
        if folder:
            checked_key(folder)
        return self._bucket.listed(prefix)

    def older(self, prefix: str, *, before: datetime) -> Iterator[str]:
        """Of keys() those whose object was put before that moment, by the bucket's clock."""
        return self._bucket.listed(prefix, before=before)

    def remove(self, key: str) -> None:
        """Take an object away for good, after its time. One that is not there is fine. A bucket that keeps versions keeps this one
        too, until its own lifecycle rule takes it (docs/retention.md)."""
        with suppress(ObjectMissing), bucket_failures(key):
            self._bucket.client.delete_object(Bucket=self._bucket.name, Key=self._bucket.full(checked_key(key)))

    def _put(self, key: str, stream: BinaryIO, sha256: str) -> None:
        if not self._created(key, stream, sha256):
            if self._hash_of(key) != sha256:
                raise ObjectExists(key)
            return
        if self._hash_of(key) == sha256:
            return
        # A stand-in for S3 may take what does not fit its checksum. Nothing points at this object yet, and left lying it would
        # stand in the way of every later try.
        with suppress(NistaranError), bucket_failures(key):
            self._bucket.client.delete_object(Bucket=self._bucket.name, Key=self._bucket.full(key))
        raise ObjectDamaged(f"{key}: the object store kept other bytes than it was given")

    def _created(self, key: str, stream: BinaryIO, sha256: str) -> bool:
        """Put it if nothing is there yet. False when something is."""
        from botocore.exceptions import ClientError

        checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
        for _ in range(_TRIES):
            stream.seek(0, os.SEEK_SET)
            try:
                with bucket_failures(key):
                    self._bucket.client.put_object(
                        Bucket=self._bucket.name,
                        Key=self._bucket.full(key),
                        Body=stream,
                        IfNoneMatch="*",
                        ChecksumSHA256=checksum,
                    )
            except ClientError as error:
                if error_code(error) == "PreconditionFailed":
                    return False
                if error_code(error) != "ConditionalRequestConflict":
                    raise
            else:
                return True
        raise WorldAway("puts of one key keep meeting one another")

    def _hash_of(self, key: str) -> str:
        with self._bucket.opened(key) as stream:
            return copy_hashed(stream, None)
