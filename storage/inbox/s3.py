"""Where files arrive, as a prefix of an S3 bucket. Files stay there: who may delete in the bucket is not ours to say.

Here: the S3 inbox. Not here: how it is remembered which objects were taken (taken.py).
"""

from __future__ import annotations

from pathlib import Path

from storage.bucket import Bucket
from storage.failures import world_failures
from storage.inbox.folder import is_unfinished, plain_name
from storage.inbox.taken import Taken, mark_of
from storage.streams import copy_hashed


class S3Inbox:
    """Objects directly below the prefix; hidden and unfinished names are left alone.

    `taken` remembers which objects were taken, each by its key, ETag and size: such a one is not shown again until it changes.
    Without it every object is shown every time. The inboxes of the folders below share it.
    """

    def __init__(
        self, *, bucket: str, prefix: str = "", endpoint: str | None = None, taken: Taken | None = None
    ) -> None:
        """Nothing is opened yet."""
        self._bucket = Bucket(bucket=bucket, prefix=prefix, endpoint=endpoint)
        self._place, self._endpoint, self._taken = (bucket, prefix.strip("/")), endpoint, taken
        self._fetched: dict[str, str] = {}

    def names(self) -> list[str]:
        """What lies there now and was not taken, sorted, however many pages S3 needs to tell."""
        folder = self._bucket.full("")
        shown: list[str] = []
        for page in self._bucket.pages(Prefix=folder, Delimiter="/"):
            for found in page.get("Contents", ()):
                name = found["Key"][len(folder) :]
                if name and not is_unfinished(name) and not self._was_taken(name, found.get("ETag"), found["Size"]):
                    shown.append(name)
        return shown

    def fetch(self, name: str, target: Path) -> None:
        """Copy one file here. Raises ObjectMissing when it is gone, ValueError for a name that is no plain file name."""
        with self._bucket.answered(plain_name(name)) as answer, world_failures(), target.open("wb") as copy:
            copy_hashed(answer["Body"], copy)
            # of the bytes that came, not of those that were listed: another object may have taken the name in between
            self._fetched[name] = self._mark(name, answer["ETag"], answer["ContentLength"])

    def done(self, name: str) -> None:
        """Leave it, and remember that what was fetched is kept. What was not fetched, or replaced since, is shown again."""
        mark = self._fetched.pop(plain_name(name), None)
        if mark is not None and self._taken is not None:
            self._taken.add(mark)

    def parts(self) -> list[str]:
        """The folders below the prefix, sorted; hidden ones are left alone."""
        folder = self._bucket.full("")
        pages = self._bucket.pages(Prefix=folder, Delimiter="/")
        found = [part["Prefix"][len(folder) : -1] for page in pages for part in page.get("CommonPrefixes", ())]
        return [name for name in found if name and not name.startswith(".")]

    def part(self, name: str) -> S3Inbox:
        """The inbox in one of these folders. Raises ValueError for a name that is no plain name."""
        bucket, prefix = self._place
        below = f"{prefix}/{plain_name(name)}" if prefix else plain_name(name)
        return S3Inbox(bucket=bucket, prefix=below, endpoint=self._endpoint, taken=self._taken)

    def _was_taken(self, name: str, etag: str | None, size: int) -> bool:
        return self._taken is not None and etag is not None and self._mark(name, etag, size) in self._taken

    def _mark(self, name: str, etag: str, size: int) -> str:
        return mark_of(*self._place, name, etag, str(size))
