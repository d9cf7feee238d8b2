"""Every port's methods are there in every store, with the same arguments."""

from __future__ import annotations

import inspect
from typing import get_type_hints

import pytest

from nistaran.steps import ports, world
from storage.inbox import FolderInbox, S3Inbox
from storage.memory import MemoryUnitOfWork
from storage.objects import FolderObjects, S3Objects
from storage.unit_of_work import SqlUnitOfWork
from storage.vault import FileVault


def _methods(port: type) -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(method)
        for name, method in vars(port).items()
        if inspect.isfunction(method) and (not name.startswith("_") or name in ("__enter__", "__exit__"))
    }


def _pairs() -> list[tuple[type, type]]:
    pairs = [
        (world.ObjectStore, FolderObjects),
        (world.ObjectStore, S3Objects),
        (world.Inbox, FolderInbox),
        (world.Inbox, S3Inbox),
        (world.Vault, FileVault),
    ]
    for unit in (SqlUnitOfWork, MemoryUnitOfWork):
        pairs.append((ports.UnitOfWork, unit))
        repositories = get_type_hints(unit)
        for name, accessor in vars(ports.UnitOfWork).items():
            if isinstance(accessor, property):
                pairs.append((get_type_hints(accessor.fget)["return"], repositories[name]))
    return pairs


@pytest.mark.parametrize(("port", "implementation"), _pairs(), ids=lambda kind: kind.__name__)
def test_the_same_methods_with_the_same_arguments(port: type, implementation: type) -> None:
    here = _methods(implementation)
    for name, signature in _methods(port).items():
        assert name in here, f"{implementation.__name__} has no {name}"
        asked = [(parameter.name, parameter.kind, parameter.default) for parameter in signature.parameters.values()]
        given = [(parameter.name, parameter.kind, parameter.default) for parameter in here[name].parameters.values()]
        assert given[: len(asked)] == asked, f"{implementation.__name__}.{name}"
        assert all(default is not inspect.Parameter.empty for _, _, default in given[len(asked) :])
