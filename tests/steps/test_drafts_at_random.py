"""Days that pass at random, starts that come twice, persons who sign, send, answer and cancel at random: the ladder's rules hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import ActKind, Draft, DraftKind, DraftState
from nistaran.steps import propose_drafts
from nistaran.steps.drafts import answered_draft, cancel_draft, find_drafts, sent_draft, sign_draft
from nistaran.steps.escalate import sweep
from nistaran.steps.house import House
from nistaran.steps.propose_drafts import propose
from nistaran.steps.verify import verify
from tests.steps.drafting import with_defaulters
from tests.steps.sweeping import later

WORDS = st.lists(
    st.tuples(st.sampled_from(["day", "send", "answer", "cancel", "propose"]), st.integers(0, 11)), max_size=14
)


def live_through(house: House, words: list[tuple[str, int]]) -> House:
    """What happens, in this order; a proposal comes twice each time."""
    for word, n in words:
        today = day_in_india(house.clock.now())
        found = find_drafts(house, state=DraftState.SENT if word == "answer" else DraftState.DRAFTED)
        chosen = found[n % len(found)] if found else None
        if word == "day":
            house = later(house, n)
            sweep(house)
        elif word == "propose":
            propose(house)
            assert propose(house) == []
        elif chosen is None:
            continue
        elif word == "send":
            sign_draft(house, chosen.id, by="up.sdr-dm")
            sent_draft(house, chosen.id, by="up.clerk1", on=today)
        elif word == "cancel":
            cancel_draft(house, chosen.id, by="up.sdr-dm", why="भूल")
        elif chosen.act(ActKind.ANSWERED) is None:
            answered_draft(house, chosen.id, by="up.clerk1", on=today)
    return house


def must_hold(letters: list[Draft]) -> None:
    """Each step once for a round of a case, what must come before came before, numbers without gaps."""
    live = [one for one in letters if one.state is not DraftState.CANCELLED]
    assert all(
        count == 1
        for count in Counter((one.kind, about) for one in live if one.kind.is_step for about in one.cases).values()
    )
    by_id = {one.id: one for one in letters}
    for one in live:
        if one.kind in {DraftKind.WARNING, DraftKind.SHOW_CAUSE}:
            earlier = by_id[one.basis]
            sent = earlier.act(ActKind.SENT)
            assert sent is not None
            assert sent.at < one.drawn_at
            assert set(one.cases) <= set(earlier.cases)
        if one.kind is DraftKind.SHOW_CAUSE:
            came = earlier.act(ActKind.ANSWERED)
            assert earlier.reply_by is not None
            assert earlier.reply_by < day_in_india(one.drawn_at)
            assert came is None or came.at > one.drawn_at
    for kind in DraftKind:
        serials = sorted(one.serial for one in letters if one.kind is kind)
        assert serials == list(range(1, len(serials) + 1))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
def test_the_ladder_holds_whatever_comes(house: House, words: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        made = live_through(with_defaulters(house, Path(folder)), words)
    must_hold(list(find_drafts(made)))
    assert verify(made).faults == []


def test_a_ladder_without_its_rule_is_caught(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(propose_drafts, "may_follow", lambda kind, earlier, today: kind is DraftKind.SHOW_CAUSE)
    made = with_defaulters(house, tmp_path)
    with pytest.raises(AssertionError):
        must_hold(list(find_drafts(live_through(made, [("propose", 0), ("propose", 0)]))))
