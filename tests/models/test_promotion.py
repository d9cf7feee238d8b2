"""What is live is a signed, numbered journal: one winner, nothing unsigned, two persons where wanted, back in one step (P21, P23)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from models.journal import Journal, JournalMoved
from models.live import LiveModel
from nistaran.domain.decision import AskReason
from nistaran.domain.drift import Alarm, Picture, Sign
from nistaran.domain.errors import UntrustedModel, WorldAway
from nistaran.domain.promotion import (
    Approval,
    GateRefused,
    Move,
    NothingBefore,
    PinnedModel,
    PromotionLost,
    UnknownVersion,
)
from storage.objects import FolderObjects
from tests.models.tiny import NOW, TEXTS, answers, house_models, propose, sign


def promote(root: Path, version: str, *, by: str = "a.one", approval: Approval = Approval.ASK) -> object:
    return house_models(root).promote(version, by=by, at=NOW, approval=approval)


def test_until_something_is_promoted_the_shipped_model_is_live(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    assert models.live().version == "departments-shipped"
    assert models.history() == []


def test_a_promoted_model_answers_and_the_one_before_can_be_brought_back(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    before = answers(models)
    proposal = propose(models, "departments-b", tilt=3.0)
    done = models.promote("departments-b", by="a.one", at=NOW, approval=Approval.ASK)
    assert done is not None
    assert (done.number, done.move, done.people) == (1, Move.PROMOTED, ("a.one",))
    assert done.verdict_sha256 == proposal.verdict.sha256
    assert models.live().version == "departments-b"
    assert answers(models) != before
    assert models.rollback(by="a.two", at=NOW).kept.version == "departments-shipped"
    assert answers(models) == before
    with pytest.raises(NothingBefore):
        models.rollback(by="a.two", at=NOW)
    assert [one.move for one in models.history()] == [Move.PROMOTED, Move.ROLLED_BACK]


def test_going_back_works_though_the_program_brings_another_model_now(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    before = answers(models)
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    shutil.rmtree(tmp_path / "shipped")
    after_update = house_models(tmp_path)
    after_update.rollback(by="a.one", at=NOW)
    assert answers(after_update) == before


def test_another_machine_fetches_the_promoted_version_by_its_hash(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    assert answers(house_models(tmp_path, machine="two")) == answers(models)
    assert [path.name.split(".")[0] for path in (tmp_path / "two").iterdir()] == ["departments-b"]


def test_a_damaged_local_copy_is_fetched_anew(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    good = answers(models)
    (copy,) = (tmp_path / "one").iterdir()
    (copy / "model.npz").write_bytes(b"other bytes")
    assert answers(house_models(tmp_path)) == good


def test_a_damaged_object_is_never_loaded(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    for path in (tmp_path / "objects" / "models" / "files").iterdir():
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(UntrustedModel):
        house_models(tmp_path, machine="two").classifier()


def test_what_the_gate_refused_never_goes_live(tmp_path: Path) -> None:
    propose(house_models(tmp_path), "departments-b", tilt=3.0, passes=False)
    for approval in Approval:
        with pytest.raises(GateRefused):
            promote(tmp_path, "departments-b", approval=approval)


def test_what_nobody_proposed_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownVersion):
        promote(tmp_path, "departments-b")


def test_a_verdict_against_another_champion_is_void(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    propose(models, "departments-c", tilt=4.0)
    promote(tmp_path, "departments-b")
    with pytest.raises(PromotionLost):
        promote(tmp_path, "departments-c")
    assert models.live().version == "departments-b"


def test_two_persons_where_two_are_wanted(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    assert promote(tmp_path, "departments-b", by="a.one", approval=Approval.TWO) is None
    assert promote(tmp_path, "departments-b", by="a.one", approval=Approval.TWO) is None, "one person is not two"
    assert models.live().version == "departments-shipped"
    assert promote(tmp_path, "departments-b", by="a.two", approval=Approval.TWO) is not None
    assert models.history()[-1].people == ("a.one", "a.two")


def test_who_started_the_training_is_one_of_the_two(tmp_path: Path) -> None:
    propose(house_models(tmp_path), "departments-b", tilt=3.0, by="a.one")
    assert promote(tmp_path, "departments-b", by="a.one", approval=Approval.TWO) is None
    assert promote(tmp_path, "departments-b", by="a.two", approval=Approval.TWO) is not None


def test_a_named_folder_in_the_settings_stands_above_all(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    pinned = house_models(tmp_path, pinned=tmp_path / "shipped" / "departments-shipped")
    assert pinned.live().version == "departments-shipped"
    with pytest.raises(PinnedModel):
        pinned.rollback(by="a.one", at=NOW)


# --- the journal


def journal(root: Path) -> Journal:
    return Journal(FolderObjects(root), "models/promotions/", sign)


def test_the_same_number_is_given_once(tmp_path: Path) -> None:
    journal(tmp_path).append({"v": 1}, after=0)
    with pytest.raises(JournalMoved):
        journal(tmp_path).append({"v": 1}, after=0)  # the very same body too: both would believe that they won
    assert journal(tmp_path).append({"v": 2}, after=1).number == 2
    assert [entry.body for entry in journal(tmp_path).entries()] == [{"v": 1}, {"v": 2}]


def test_without_the_nonce_two_equal_writers_would_both_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: the object store takes the same content under the same key as done."""
    monkeypatch.setattr("models.journal.secrets.token_hex", lambda _: "0")
    objects = FolderObjects(tmp_path)
    first = Journal(objects, "models/promotions/", sign)
    second = Journal(objects, "models/promotions/", sign)
    monkeypatch.setattr(second, "_numbers", list)  # it looked before the first one wrote
    assert first.append({"v": 1}, after=0) == second.append({"v": 1}, after=0)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["body"].update(v=9),
        lambda said: said.update(signature="0" * 64),
        lambda said: said.update(number=7),
        lambda said: said.pop("nonce"),
    ],
)
def test_an_altered_entry_is_not_believed(tmp_path: Path, change: object) -> None:
    own = journal(tmp_path)
    own.append({"v": 1}, after=0)
    own.append({"v": 2}, after=1)
    path = tmp_path / "models" / "promotions" / "000002.json"
    said = json.loads(path.read_text())
    change(said)  # type: ignore[operator]
    path.chmod(0o600)
    path.write_text(json.dumps(said))
    with pytest.raises(UntrustedModel):
        own.last()
    with pytest.raises(UntrustedModel):
        own.entries()


def test_an_entry_signed_by_another_house_is_not_believed(tmp_path: Path) -> None:
    Journal(FolderObjects(tmp_path), "models/promotions/", lambda data: "0" * 64).append({"v": 1}, after=0)
    with pytest.raises(UntrustedModel):
        journal(tmp_path).last()


def test_a_removed_entry_leaves_a_gap_that_is_seen(tmp_path: Path) -> None:
    own = journal(tmp_path)
    for number in range(3):
        own.append({"v": number}, after=number)
    (tmp_path / "models" / "promotions" / "000002.json").unlink()
    with pytest.raises(UntrustedModel):
        own.entries()


def test_an_entry_of_another_journal_does_not_fit(tmp_path: Path) -> None:
    own = journal(tmp_path)
    own.append({"v": 1}, after=0)
    other = Journal(FolderObjects(tmp_path), "models/drift/", sign)
    other.append({"v": 8}, after=0)
    other.append({"v": 9}, after=1)
    folder = tmp_path / "models"
    shutil.copy(folder / "drift" / "000002.json", folder / "promotions" / "000002.json")
    with pytest.raises(UntrustedModel):
        own.last()


# --- the live model as the house asks it


def test_a_promotion_takes_effect_in_a_process_that_runs_on(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    now = [0.0]
    live = LiveModel(models, clock=lambda: now[0])
    assert live().version == "departments-shipped"  # type: ignore[union-attr]
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    assert live().version == "departments-shipped"  # type: ignore[union-attr]
    now[0] += 31
    assert live().version == "departments-b"  # type: ignore[union-attr]


def test_an_alarm_sends_its_department_to_people_until_it_is_cleared(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    now = [0.0]
    live = LiveModel(models, clock=lambda: now[0])
    assert [one.ask for one in live().classify(TEXTS[:2])] == [None, None]  # type: ignore[union-attr]
    alarm = Alarm(sign=Sign.DEPARTMENT_UNSURE, department="POLICE", was=0.9, now=0.6)
    models.keep_alarms("departments-shipped", [alarm], at=NOW)
    now[0] += 31
    assert [one.ask for one in live().classify(TEXTS[:2])] == [None, AskReason.DRIFT]  # type: ignore[union-attr]
    models.clear_alarms("departments-shipped", by="a.one", seq=5, at=NOW)
    now[0] += 31
    assert [one.ask for one in live().classify(TEXTS[:2])] == [None, None]  # type: ignore[union-attr]
    assert models.watch().seq == 5


def test_alarms_of_one_version_are_not_anothers(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    models.keep_reference("departments-shipped", Picture(), seq=3, at=NOW)
    models.keep_alarms("departments-shipped", [Alarm(sign=Sign.SURENESS_FELL, department="", was=1, now=0)], at=NOW)
    assert models.fallback().whole
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    assert not models.fallback()
    assert models.watch().reference is None


def test_without_a_trusted_model_there_is_none_and_no_older_one_steps_in(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    propose(models, "departments-b", tilt=3.0)
    promote(tmp_path, "departments-b")
    path = tmp_path / "objects" / "models" / "promotions" / "000001.json"
    path.chmod(0o600)
    path.write_text("{}")
    assert LiveModel(models)() is None


def test_while_the_object_store_is_away_the_known_model_serves_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = house_models(tmp_path)
    now = [0.0]
    live = LiveModel(models, clock=lambda: now[0])

    def away() -> object:
        raise WorldAway("test")

    with monkeypatch.context() as broken:
        broken.setattr(models, "newest", away)
        with pytest.raises(WorldAway):
            live()
    known = live()
    monkeypatch.setattr(models, "newest", away)
    now[0] += 31
    assert live() is known
