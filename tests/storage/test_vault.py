"""What belongs to the complainant is sealed, and every change of a sealed value shows."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.complaint import Complainant
from nistaran.domain.errors import NotReady, ObjectDamaged
from storage.vault import FileVault

RAMKALI = Complainant(name="रामकली देवी", phone="98765-01234", address="ग्राम बढ़नी, तहसील शोहरतगढ़")


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house key."""
    path = tmp_path_factory.mktemp("keys") / "house.key"
    FileVault.create(path)
    return path


@pytest.fixture(scope="module")
def vault(key_file: Path) -> FileVault:
    """A vault with that key."""
    return FileVault.open_file(key_file)


@given(name=st.text(), phone=st.text(), address=st.text())
def test_a_sealed_complainant_opens_as_sealed(vault: FileVault, name: str, phone: str, address: str) -> None:
    given_one = Complainant(name=name, phone=phone, address=address)
    assert vault.open(vault.seal(given_one, to="k"), to="k") == given_one


@given(st.binary())
def test_any_bytes_open_as_sealed(vault: FileVault, data: bytes) -> None:
    assert vault.open_bytes(vault.seal_bytes(data, to="k"), to="k") == data


def test_nothing_of_the_complainant_shows(vault: FileVault) -> None:
    sealed = vault.seal(RAMKALI, to="k")
    for part in (RAMKALI.name, RAMKALI.phone, "बढ़नी"):
        assert part.encode() not in sealed


def test_the_same_complainant_is_never_sealed_alike(vault: FileVault) -> None:
    assert len({vault.seal(RAMKALI, to="k") for _ in range(100)}) == 100


def test_every_changed_byte_shows(vault: FileVault) -> None:
    sealed = vault.seal(RAMKALI, to="k")
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises((ObjectDamaged, NotReady)):
            vault.open(changed, to="k")
    for cut in (b"", sealed[:1], sealed[:13], sealed[:-1]):
        with pytest.raises(ObjectDamaged):
            vault.open_bytes(cut, to="k")


def test_another_house_opens_nothing_and_knows_nobody(vault: FileVault, tmp_path: Path) -> None:
    other = FileVault.create(tmp_path / "other.key")
    with pytest.raises(ObjectDamaged):
        other.open(vault.seal(RAMKALI, to="k"), to="k")
    assert other.person(RAMKALI) != vault.person(RAMKALI)
    assert other.text_seal(1, "क") != vault.text_seal(1, "क")
    assert other.sign(b"head") != vault.sign(b"head")


def test_after_a_rotation_old_seals_open_and_known_people_stay_known(key_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "house.key"
    path.write_bytes(key_file.read_bytes())
    path.chmod(0o600)
    before = FileVault.open_file(path)
    old = before.seal(RAMKALI, to="k")
    FileVault.rotate(path)
    after = FileVault.open_file(path)

    assert after.open(old, to="k") == RAMKALI
    assert after.seal(RAMKALI, to="k")[0] == old[0] + 1
    assert after.person(RAMKALI) == before.person(RAMKALI)
    assert after.text_seal(5, "क") == before.text_seal(5, "क")
    assert after.sign(b"head") == before.sign(b"head")
    with pytest.raises(NotReady, match="key 2"):
        before.open(after.seal(RAMKALI, to="k"), to="k")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["house.key"]


def test_a_person_is_known_by_phone_in_any_spelling(vault: FileVault) -> None:
    spellings = ["9876501234", "+91 98765 01234", "०९८७६५०१२३४", "98765-01234"]
    assert len({vault.person(Complainant(phone=phone, name=f"{n}")) for n, phone in enumerate(spellings)}) == 1
    assert vault.person(Complainant(phone="9876501235")) != vault.person(RAMKALI)


def test_without_a_phone_a_person_is_known_by_name_and_address(vault: FileVault) -> None:
    plain = vault.person(Complainant(name="राम कुमार", address="बढ़नी"))
    assert plain == vault.person(Complainant(name=" राम  कुमार ", address="बढ़नी", phone="12"))
    assert plain != vault.person(Complainant(name="राम कुमार", address="इटवा"))
    assert vault.person(Complainant()) == ""


def test_a_text_seal_is_of_one_case_and_one_text(vault: FileVault) -> None:
    assert vault.text_seal(1, "क") == vault.text_seal(1, "क")
    assert (
        len({vault.text_seal(1, "क"), vault.text_seal(2, "क"), vault.text_seal(1, "ख"), vault.text_seal(11, "क")}) == 4
    )


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "house.key"
    FileVault.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        FileVault.create(path)


@pytest.mark.parametrize("content", ["", "nonsense", "1:short", "0:" + "A" * 43 + "=", "300:" + "A" * 43 + "=", "1:ü"])
def test_a_damaged_key_file_is_not_ready(tmp_path: Path, content: str) -> None:
    path = tmp_path / "house.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(NotReady):
        FileVault.open_file(path)


def test_a_key_file_that_others_can_read_is_not_ready(key_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "house.key"
    path.write_bytes(key_file.read_bytes())
    path.chmod(0o644)
    with pytest.raises(NotReady, match="chmod 600"):
        FileVault.open_file(path)
    with pytest.raises(NotReady):
        FileVault.open_file(tmp_path / "none.key")
