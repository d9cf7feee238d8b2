"""The store without a database: the same interface, transactional, gone with the process. For tests and for trying things.

It passes the same contract suite as SQLite and Postgres (tests/storage/contract).
"""

from __future__ import annotations

from storage.memory.store import MemoryStore, MemoryUnitOfWork

__all__ = ["MemoryStore", "MemoryUnitOfWork"]
