"""The part of bootstrap.py that opens models: which one classifies, and the house's own versions for those who train and promote.

Here: choosing implementations, each imported where it is used. Not here: any rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nistaran.settings import Settings
from nistaran.steps.world import Classifier

if TYPE_CHECKING:
    from models.house import HouseModels
    from models.live import LiveModel


def live_classifier(settings: Settings) -> Callable[[], Classifier | None]:
    """The live model, opened when it is first asked for; None when it is missing or untrusted: then every case goes to a person,
    and `nistaran doctor` says why."""

    @cache
    def live() -> LiveModel:
        from models.live import LiveModel

        return LiveModel(open_models(settings))

    return lambda: live()()  # noqa: PLW0108 - opened when first asked, not when the house is


def open_classifier(settings: Settings) -> Classifier:
    """The department model: the one that the settings name, else the house's live one; where no house is prepared the shipped one.

    Raises:
        UntrustedModel: when its files are not what their manifest says.
    """
    from models.classifier import DepartmentClassifier

    if settings.model or not settings.key_file.exists():
        return DepartmentClassifier.load(Path(settings.model) if settings.model else None)
    return open_models(settings).classifier()


def open_models(settings: Settings) -> HouseModels:
    """The house's own models, with the journals of what is live and of the drift watch.

    Raises:
        NotReady: when the house has no key.
    """
    from models.house import HouseModels
    from nistaran.bootstrap import open_objects
    from storage.vault import FileVault

    return HouseModels(
        objects=open_objects(settings),
        sign=FileVault.open_file(settings.key_file).sign,
        folder=settings.home / "models",
        pinned=Path(settings.model) if settings.model else None,
    )
