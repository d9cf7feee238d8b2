"""Where files arrive: FolderInbox and S3Inbox."""

from __future__ import annotations

from storage.inbox.folder import FolderInbox
from storage.inbox.s3 import S3Inbox

__all__ = ["FolderInbox", "S3Inbox"]
