"""Inbox: what lies in the inbox is kept, and what lies in a folder of it is kept as of the channel that the folder is named after.

Not here: how one file is kept (keep.py), read (ingest.py), or where files arrive (storage/inbox).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from nistaran.domain.records import KeptFile
from nistaran.steps.house import House
from nistaran.steps.keep import collect
from nistaran.steps.world import Inbox
from routing.tables import ChannelRow

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Collected:
    """What was kept, and how many files were left in which folders because no channel has such a name."""

    kept: list[KeptFile] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)


def collect_inbox(house: House, inbox: Inbox) -> Collected:
    """Keep every file that lies in the inbox now, and in each folder of it that is named after a channel.

    The channel, by its code, name or any alias, is that of the rows that name none. Files in other folders are left and told.
    """
    found = Collected(kept=collect(house, inbox, source="inbox"))
    for name in inbox.parts():
        part, channel = inbox.part(name), _channel_of(house, name)
        if channel is not None:
            found.kept += collect(house, part, source=f"inbox:{channel.code}")
        elif waiting := len(part.names()):
            found.left[name] = waiting
            log.warning("a folder of the inbox is named after no channel", extra={"files": waiting})
    return found


def _channel_of(house: House, folder: str) -> ChannelRow | None:
    """An empty cell of a table means the pack's usual channel; a folder of blanks means nothing."""
    return house.pack.channel_of(folder) if folder.strip() else None
