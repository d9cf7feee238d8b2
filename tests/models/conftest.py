"""A small real model, trained once for all tests of this folder on the training sheets of a few departments."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.artefact import Artefact
from models.classifier import DepartmentClassifier
from models.corpus.descriptions import read_descriptions
from models.corpus.reader import Row
from models.fit import Recipe
from models.registry import Registry
from models.train import train, training_rows

DEPARTMENTS = ("ENERGY", "FOOD_CIVIL_SUPPLIES", "POLICE", "HEALTH", "CANE", "PWD", "NONE")


@pytest.fixture(scope="session")
def few_rows() -> list[Row]:
    return [row for row in training_rows() if row.department in DEPARTMENTS]


@pytest.fixture(scope="session")
def trained(few_rows: list[Row]) -> Artefact:
    return train(few_rows, read_descriptions(), Recipe())


@pytest.fixture(scope="session")
def version_folder(trained: Artefact, tmp_path_factory: pytest.TempPathFactory) -> Path:
    registry = Registry(tmp_path_factory.mktemp("registry"))
    registry.save(trained)
    registry.promote(trained.settings.version)
    return registry.current()


@pytest.fixture(scope="session")
def classifier(version_folder: Path) -> DepartmentClassifier:
    return DepartmentClassifier.load(version_folder)
