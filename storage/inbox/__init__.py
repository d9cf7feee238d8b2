"""Where files arrive: FolderInbox and S3Inbox, and what the latter remembers (Taken)."""

from __future__ import annotations

from storage.inbox.folder import FolderInbox
from storage.inbox.s3 import S3Inbox
from storage.inbox.taken import Taken

__all__ = ["FolderInbox", "S3Inbox", "Taken"]
