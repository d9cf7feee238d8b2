"""Ingest: nothing is lost, nothing doubled, what cannot be taken is named, repeats are linked (P4, S0-1)."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest

from nistaran.domain.complaint import LinkKind
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import ObjectDamaged
from nistaran.domain.records import FileCounts
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import keep_file
from nistaran.steps.rejected import REFUSAL_ID, export_rejections, open_rejections
from nistaran.steps.verify import verify
from tests.files import many, row, write_csv
from tests.taking import Silent, take


def keys_of(house: House) -> list[str]:
    with house.read() as work:
        return sorted(case.key for case in work.cases.page(after_id=0, limit=10_000))


def events_of(house: House) -> int:
    with house.read() as work:
        return work.ledger.head().seq


def test_every_row_becomes_a_numbered_case_with_its_due_date(house: House, tmp_path: Path) -> None:
    outcome = take(house, write_csv(tmp_path / "a.csv", many(25)))
    assert (outcome.counts.rows, outcome.counts.accepted, outcome.counts.refused) == (25, 25, 0)
    with house.read() as work:
        cases = work.cases.page(after_id=0, limit=100)
        year = day_in_india(house.clock.now()).year
        assert [case.number for case in cases] == [f"SDR-{year}-{n:07d}" for n in range(1, 26)]
        assert all(case.due_on > case.received_on for case in cases)


@pytest.mark.promise("P4")
def test_same_file_shuffled_split_and_again_gives_the_same_cases_once(house: House, tmp_path: Path) -> None:
    rows = many(60)
    take(house, write_csv(tmp_path / "whole.csv", rows))
    before, events = keys_of(house), events_of(house)
    for seed in range(3):
        shuffled = rows[:]
        random.Random(seed).shuffle(shuffled)
        assert take(house, write_csv(tmp_path / f"shuffled{seed}.csv", shuffled)).counts.known == 60
    take(house, write_csv(tmp_path / "first.csv", rows[:20]))
    take(house, write_csv(tmp_path / "rest.csv", rows[15:]))
    assert take(house, tmp_path / "whole.csv").already_read
    assert (keys_of(house), events_of(house)) == (before, events)


def test_doubles_within_one_file_count_once(house: House, tmp_path: Path) -> None:
    counts = take(house, write_csv(tmp_path / "a.csv", [*many(3), *many(3)])).counts
    assert (counts.rows, counts.accepted, counts.known) == (6, 3, 3)


def test_bad_rows_are_named_in_both_languages_and_the_rest_goes_on(house: House, tmp_path: Path) -> None:
    rows = [row(reference="1"), row(text=""), row(channel="कबूतर"), row(received_on="01/01/2099", reference="4")]
    counts = take(house, write_csv(tmp_path / "bad.csv", rows)).counts
    assert (counts.accepted, counts.refused) == (1, 3)
    found = {r.refused.code: r.refused for r in open_rejections(house)}
    assert set(found) == {"NO_TEXT", "UNKNOWN_CHANNEL", "FUTURE_DATE"}
    assert [found[code].row for code in ("NO_TEXT", "UNKNOWN_CHANNEL", "FUTURE_DATE")] == [3, 4, 5]
    for refused in found.values():
        assert refused.file == "bad.csv"
        assert refused.reason_hi
        assert refused.reason_en
        assert refused.remedy_hi
        assert refused.remedy_en


def test_a_corrected_row_comes_back_and_its_refusal_is_closed(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "bad.csv", [row(channel="कबूतर", reference="9")]))
    corrected = tmp_path / "corrections.csv"
    assert export_rejections(open_rejections(house), corrected) == 1
    text = corrected.read_text(encoding="utf-8-sig")
    assert REFUSAL_ID in text
    corrected.write_text(text.replace("कबूतर", "मुख्यमंत्री सन्दर्भ"), encoding="utf-8-sig")
    assert take(house, corrected).counts.accepted == 1
    assert open_rejections(house) == []


def test_repeats_are_linked_and_kept(house: House, tmp_path: Path) -> None:
    first = row(reference="40018726000001", phone="9876500001")
    rows = [
        first,
        {**first, "text": "मेरे मकान के सामने की नाली टूट गई है", "phone": "9876500002"},
        row(reference="", phone="9876500001", text=first["text"] + " जल्दी ठीक कराएं"),
        row(reference="", phone="9876500003", text="पूर्व शिकायत संख्या 40018726000001 का फर्जी निस्तारण कर दिया गया"),
        row(reference="", phone="9876500004", text="शिकायत सं० ४००१९९२३००१७८९ पर कुछ नहीं हुआ"),
    ]
    assert take(house, write_csv(tmp_path / "a.csv", rows)).counts.accepted == 5
    with house.read() as work:
        cases = work.cases.page(after_id=0, limit=10)
        kinds = [
            {(link.kind, link.other) for link in work.links.of(case.id) if link.case_id == case.id} for case in cases
        ]
    one = cases[0].number
    assert kinds[0] == set()
    assert kinds[1] == {(LinkKind.SAME_REFERENCE, one)}
    assert kinds[2] == {(LinkKind.SAME_PERSON_NEAR_TEXT, one)}
    assert (LinkKind.MENTIONED, one) in kinds[3]
    assert kinds[4] == {(LinkKind.MENTIONED, "40019923001789")}


def test_the_complainant_is_sealed_and_nowhere_else(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row(name="चन्द्रावती देवी", phone="9876512345", reference="7")]))
    database = (house.spool.parent / "nistaran.db").read_bytes() + (house.spool.parent / "nistaran.db-wal").read_bytes()
    for secret in ("चन्द्रावती", "9876512345"):
        assert secret.encode() not in database
    with house.read() as work:
        sealed = work.complainants.of(1)
        key = work.cases.by_ids([1])[0].key
    assert sealed is not None
    assert house.vault.open(sealed, to=key).phone == "9876512345"
    with pytest.raises(ObjectDamaged):
        house.vault.open(sealed, to="another case")


def test_the_raw_file_is_kept_unchanged(house: House, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", many(2))
    kept = keep_file(house, path, name=path.name, source="test")
    house.objects.fetch(kept.object_key, tmp_path / "copy", sha256=kept.sha256)
    assert (tmp_path / "copy").read_bytes() == path.read_bytes()


def test_after_ingest_everything_verifies(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", many(30)))
    outcome = verify(house)
    assert (outcome.cases, outcome.faults) == (30, [])


def test_nobody_is_lost_behind_a_like_complaint(house: House, tmp_path: Path) -> None:
    same = {"reference": "", "phone": "", "name": "", "tehsil": ""}
    rows = [row(village="मधुबेनिया", **same), row(village="सेमरा", **same), row(village="सेमरा", **same)]
    rows += [row(reference="NA", phone=f"98765000{n:02d}") for n in range(3)]
    assert take(house, write_csv(tmp_path / "a.csv", rows)).counts.accepted == 6
    rows.reverse()
    assert take(house, write_csv(tmp_path / "b.csv", rows)).counts.known == 6


def test_without_a_date_the_day_on_which_the_file_came_counts(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row(received_on="", reference="")]))
    with house.read() as work:
        assert work.cases.by_ids([1])[0].received_on == day_in_india(house.clock.now())


def test_a_date_from_before_all_limits_costs_its_row_only(house: House, tmp_path: Path) -> None:
    counts = take(
        house, write_csv(tmp_path / "a.csv", [row(received_on="05/03/2012"), row(reference="40018726000777")])
    ).counts
    assert (counts.accepted, counts.refused) == (1, 1)
    assert open_rejections(house)[0].refused.code == "TOO_OLD_DATE"


def test_no_cell_can_choke_the_store(house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "नाली जाम है", "tehsil": "बां\\u0000सी", "name": "\\ud800राम", "reference": "\\udfff12345", "अन्य\\ud801": "\\u0000x"}\n',
        encoding="utf-8",
    )
    assert take(house, path).counts.accepted == 1
    with house.read() as work:
        assert work.cases.by_ids([1])[0].whereabouts.tehsil == "बांसी"


def test_whoever_feeds_a_file_may_say_its_channel(house: House, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(channel=""), row(channel="सीएससी", reference="40018726000778")])
    kept = keep_file(house, path, name=path.name, source="cli:CMHELP")
    ingest_file(house, kept.sha256, Silent())
    with house.read() as work:
        assert [case.channel for case in work.cases.page(after_id=0, limit=5)] == ["CMHELP", "CSC"]


def test_reading_again_after_a_table_was_mended_doubles_nothing(house: House, tmp_path: Path) -> None:
    rows = [row(reference=""), row(reference="", channel="कबूतर", phone="9876500009")]
    path = write_csv(tmp_path / "a.csv", [{**one, "दिनांक प्राप्ति का": one.pop("received_on")} for one in rows])
    assert take(house, path).counts.accepted == 1
    pack = dataclasses.replace(
        house.pack,
        headers={**house.pack.headers, "received_on": [*house.pack.headers["received_on"], "दिनांक प्राप्ति का"]},
        channel_by_alias={**house.pack.channel_by_alias, "कबूतर": "DM"},
    )
    mended = dataclasses.replace(house, pack=pack)
    with house.read() as work:
        sha256 = work.files.page(limit=1)[0].sha256
    outcome = ingest_file(mended, sha256, Silent(), again=True)
    assert outcome.counts == FileCounts(rows=2, accepted=2)  # what the file brought in all
    assert outcome.new == 1
    assert open_rejections(house) == []
