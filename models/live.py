"""The live model as the house asks it: opened on first use, looked up again now and then, with the drift watch's fallback over it.

A promotion, a rollback or an alarm takes effect in a process that runs on, without a restart. Not here: which is live (models/house.py).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from models.classifier import DepartmentClassifier
from models.house import HouseModels, Newest
from nistaran.domain.decision import Classification
from nistaran.domain.errors import UntrustedModel, WorldAway
from nistaran.domain.fallback import Fallback, asked_under

log = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 30.0


class Watched:
    """A classifier whose answers ask a person where the fallback covers them."""

    def __init__(self, model: DepartmentClassifier, fallback: Fallback) -> None:
        self._model, self.fallback = model, fallback

    @property
    def version(self) -> str:
        """Which model this is, as it stands in every decision."""
        return self._model.version

    @property
    def departments(self) -> tuple[str, ...]:
        """All department codes the model knows."""
        return self._model.departments

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """One classification a text, in order."""
        said = self._model.classify(texts, addressed_to)
        return asked_under(said, self.fallback) if self.fallback else said

    def also(self, texts: Sequence[str], responsible: Sequence[str]) -> list[tuple[str, ...]]:
        """Other departments that cleaned texts of several issues concern, beside the responsible one of each."""
        return self._model.also(texts, responsible)


class LiveModel:
    """Gives the live classifier, None when there is none that can be trusted: then every case goes to a person."""

    def __init__(self, models: HouseModels, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is opened yet."""
        self._models, self._clock = models, clock
        self._turn = threading.Lock()
        self._looked_at: float | None = None
        self._newest: Newest | None = None
        self._model: Watched | None = None

    def __call__(self) -> Watched | None:
        """The classifier as it is live now, or was half a minute ago. Raises WorldAway when the object store does not answer at
        the first look; later the model that is known serves on."""
        with self._turn:
            now = self._clock()
            if self._looked_at is None or now - self._looked_at >= LOOK_AGAIN_SECONDS:
                self._look()
                self._looked_at = now
            return self._model

    def _look(self) -> None:
        try:
            newest = self._models.newest()
            if newest != self._newest:
                self._model = Watched(self._models.classifier(), self._models.fallback())
                self._newest = newest
        except UntrustedModel as error:
            log.error("no trusted department model: %s", error)
            self._model, self._newest = None, None
        except WorldAway:
            if self._model is None:
                raise
