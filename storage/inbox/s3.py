"""Where files arrive, as a prefix of an S3 bucket. Files stay there: who may delete in the bucket is not ours to say.

Not here: knowing which were kept before; the house knows each file by its hash.
"""

from __future__ import annotations

from pathlib import Path

from storage.bucket import Bucket
from storage.failures import world_failures
from storage.inbox.folder import is_unfinished, plain_name
from storage.streams import copy_hashed


class S3Inbox:
    """Objects directly below the prefix; what lies deeper, hidden and unfinished names are left alone."""

    def __init__(self, *, bucket: str, prefix: str = "", endpoint: str | None = None) -> None:
        """Nothing is opened yet."""
        self._bucket = Bucket(bucket=bucket, prefix=prefix, endpoint=endpoint)

    def names(self) -> list[str]:
        """What lies there now, sorted, however many pages S3 needs to tell."""
        return [name for name in self._bucket.listed("") if name and "/" not in name and not is_unfinished(name)]

    def fetch(self, name: str, target: Path) -> None:
        """Copy one file here. Raises ObjectMissing when it is gone, ValueError for a name that is no plain file name."""
        with self._bucket.opened(plain_name(name)) as source, world_failures(), target.open("wb") as copy:
            copy_hashed(source, copy)

    def done(self, name: str) -> None:
        """Leave it; only the name is checked."""
        plain_name(name)
