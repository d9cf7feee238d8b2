"""A courier that is chosen must have what it cannot do without; the settings that lack it are refused, not the notices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nistaran.bootstrap import open_courier
from nistaran.domain.errors import BadSetting
from nistaran.settings import load

COMPLETE = {
    "mail": {"MAIL_HOST": "mail.example.invalid", "MAIL_SENDER": "cell@example.invalid"},
    "webhook": {"WEBHOOK_URL": "https://example.invalid/notices?key=geheim"},
    "folder": {},
}


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NISTARAN_HOME", str(tmp_path / "home"))


def choose(monkeypatch: pytest.MonkeyPatch, courier: str, **changes: str) -> None:
    for name, value in {"COURIER": courier, **COMPLETE[courier], **changes}.items():
        monkeypatch.setenv(f"NISTARAN_{name}", value)


@pytest.mark.parametrize("courier", COMPLETE)
def test_a_complete_courier_is_taken(monkeypatch: pytest.MonkeyPatch, courier: str) -> None:
    choose(monkeypatch, courier)
    open_courier(load())


@pytest.mark.parametrize(
    ("courier", "name"), [("mail", "MAIL_HOST"), ("mail", "MAIL_SENDER"), ("webhook", "WEBHOOK_URL")]
)
@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_setting_of_the_chosen_courier_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, courier: str, name: str, value: str
) -> None:
    choose(monkeypatch, courier, **{name: value})
    with pytest.raises(BadSetting) as refused:
        load()
    said = str(refused.value)
    assert f"NISTARAN_{name}: " in said
    assert f"NISTARAN_COURIER={courier}" in said
    assert re.search(
        "[\u0900-\u097f]+ लिखें, या NISTARAN_COURIER=folder चुनें / .*write .*, or choose NISTARAN_COURIER=folder", said
    )
    assert not [other for other in ("MAIL_HOST", "MAIL_SENDER", "WEBHOOK_URL") if other != name and other in said]


@pytest.mark.parametrize(
    "address",
    [
        "example.invalid/geheim",
        "ftp://example.invalid/geheim",
        "http://",
        "https://[::1/geheim",
        "http://h:port/geheim",
    ],
)
def test_an_address_that_is_none_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    choose(monkeypatch, "webhook", WEBHOOK_URL=address)
    with pytest.raises(BadSetting, match=r"NISTARAN_WEBHOOK_URL: .*http://") as refused:
        load()
    assert "geheim" not in str(refused.value)


def test_what_another_courier_lacks_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, "folder", WEBHOOK_URL="", MAIL_HOST="", MAIL_SENDER="")
    assert load().courier == "folder"


def test_the_settings_file_is_held_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "nistaran.toml").write_text('courier = "mail"\nmail_host = "mail.example.invalid"\n')
    with pytest.raises(BadSetting, match="NISTARAN_MAIL_SENDER"):
        load()
