"""Raw bytes under keys of our own: FolderObjects and S3Objects, one contract.

Create-only: the same content under the same key again is fine and changes nothing, other content raises ObjectExists.
"""

from __future__ import annotations

from storage.objects.folder import FolderObjects
from storage.objects.s3 import S3Objects

__all__ = ["FolderObjects", "S3Objects"]
