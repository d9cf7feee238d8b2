"""Which backups stay: the newest of days, weeks and months, none older than what was purged may live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.backup import Manifest, Snapshot, kept_backups, manifest_of
from nistaran.domain.deadlines import day_in_india

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
ages = st.lists(st.integers(0, 500 * 24 * 60), unique=True, max_size=60).map(
    lambda minutes: {NOW - timedelta(minutes=one) for one in minutes}
)


def test_a_year_of_nights_becomes_days_weeks_and_months() -> None:
    made = [NOW - timedelta(days=n) for n in range(400)]
    kept = sorted(kept_backups(made, now=NOW, days=400), reverse=True)
    assert kept[:7] == made[:7]
    assert 18 <= len(kept) <= 7 + 4 + 12
    assert len({(day_in_india(at).year, day_in_india(at).month) for at in kept}) == 12


@given(made=ages, days=st.integers(1, 400))
def test_none_outlives_its_period_and_the_newest_of_a_day_stays(made: set[datetime], days: int) -> None:
    kept = kept_backups(made, now=NOW, days=days)
    assert kept <= made
    assert all(NOW - at < timedelta(days=days) for at in kept)
    assert len({at for at in kept if NOW - at >= timedelta(days=1)}) <= 7 + 4 + 12
    young = {at for at in made if NOW - at < timedelta(days=days)}
    assert bool(kept) == bool(young)
    assert not young or max(young) in kept


@given(made=ages)
def test_thinning_again_changes_nothing(made: set[datetime]) -> None:
    kept = kept_backups(made, now=NOW, days=400)
    assert kept_backups(kept, now=NOW, days=400) == kept


def test_a_manifest_reads_back() -> None:
    one = Manifest(
        made_at=NOW.isoformat(),
        district="SDR",
        kind="sqlite",
        database="house.db",
        database_sha256="0" * 64,
        snapshot=Snapshot(seq=3, hash="1" * 64, cases=2, files=1, form="0011"),
        objects={"raw/ab/" + "ab" * 32: "ab" * 32},
    )
    assert manifest_of(one.to_json()) == one
    assert one.at == NOW
