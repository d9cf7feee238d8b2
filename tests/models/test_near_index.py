"""The streaming index finds what tells the same matter, in any order, within its bounds, and a broken twin of it is caught."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.near import index as near
from models.near.index import NearIndex
from models.near.likeness import shipped_likeness
from models.near.telling import stems_of, telling_of
from models.near.weights import shipped_weights

TOLD = "ग्राम बेलवा खुर्द के पूरब टोला में लगा 25 केवीए का ट्रांसफार्मर जला पड़ा है, जेई कहते हैं स्टोर में नहीं है, बदलवाया जाए"
ROMAN = "gram Belwa Khurd ke purab tola me laga 25 kva ka transformer jala pada hai JE kahte hain store me nahi hai badalwaya jaye"
OTHERS = (
    "कोटेदार सुरेश यादव ग्राम मझगवां अंगूठा लगवाकर राशन एक किलो प्रति यूनिट कम देता है और गाली देकर भगा देता है",
    "मेरी विधवा पेंशन आठ माह से नहीं आई, दो बार फार्म भर चुकी हूँ, सोनमती पत्नी बिरजू निवासी डुमरी",
    "वार्ड नंबर 9 गांधी नगर में नाली जाम होकर गंदा पानी सड़क पर बह रहा है, सफाई कर्मचारी बीस दिन से नहीं आया",
    "गाटा संख्या 214 ग्राम बनकटा पर रामधनी ने मेड़ तोड़कर कब्जा कर लिया, लेखपाल पैमाइश में टालमटोल करते हैं",
    "सीएचसी बढ़नी में रात को डाक्टर नहीं रहता, नर्स ने प्रसव के एक हजार रुपये मांगे और रेफर कर दिया",
)
#: Which group each complaint ends up in, named by the first text of the group.
Grouped = Callable[[Sequence[int]], list[set[int]]]


def ids(index: NearIndex, text: str, **context: str) -> list[int]:
    return [match.id for match in index.find(text, **context)]


@pytest.mark.parametrize("text", [TOLD, *OTHERS, "x", "बिजली"])
def test_a_text_equals_itself(text: str) -> None:
    telling = telling_of(stems_of(text), (), shipped_weights())
    assert shipped_likeness().of(telling, telling, same_person=True) == 1.0
    index = NearIndex()
    assert index.add(1, text, person="p") == []
    assert ids(index, text, person="p") == [1]
    assert [match.id for match in index.add(2, text, person="p")] == [1]
    assert len(index) == 1


@pytest.mark.parametrize(
    "again",
    [
        TOLD + " प्रार्थी जगदीश प्रसाद, मो0 94XXXXXX27",
        "सेवा में, श्रीमान जिलाधिकारी महोदय, सविनय निवेदन है कि " + TOLD + " अतः श्रीमान जी से प्रार्थना है",
        TOLD.replace("पूरब", "पुरब").replace("जला पड़ा", "फुंका").replace("टोला", "टोले"),
        ROMAN,
    ],
)
def test_copies_are_found_in_either_script(again: str) -> None:
    index = NearIndex()
    for number, text in enumerate([*OTHERS, TOLD]):
        assert index.add(number, text, person=str(number)) == []
    assert [match.id for match in index.add(99, again, person="99")] == [len(OTHERS)]


@pytest.mark.parametrize(
    "other",
    [
        TOLD.replace("बेलवा खुर्द", "सिसवा बुजुर्ग"),
        TOLD.replace("25 केवीए का ट्रांसफार्मर जला पड़ा", "खम्भा 14 टूटा पड़ा"),
        "ग्राम बेलवा खुर्द में 11 हजार की लाइन का तार स्कूल के ऊपर लटक रहा है, जेई नहीं आते",
    ],
)
def test_another_village_or_trouble_is_another_matter(other: str) -> None:
    index = NearIndex()
    index.add(1, TOLD, person="a")
    assert ids(index, other, person="b") == []


def test_the_place_column_tells_short_equal_texts_apart() -> None:
    index, text = NearIndex(), "बिजली नहीं आ रही है तीन दिन से लाइनमैन फोन नहीं उठाता"
    index.add(1, text, place="अकबरपुर", person="a")
    assert ids(index, text, place="अकबरपुर", person="b") == [1]
    assert ids(index, text, place="रसूलाबाद", person="c") == []


def test_signatories_phones_and_dates_make_no_difference() -> None:
    assert stems_of(TOLD) == stems_of(TOLD + " 12.11.2026 98XXXXXX11 9876501234 प्रार्थी रामसूरत पुत्र बलई")


def test_what_cannot_be_compared_is_not_kept() -> None:
    index = NearIndex()
    assert index.add(1, "", person="a") == index.add(2, "।। 9876543210 ...", person="a") == []
    assert len(index) == 0
    assert index.find("") == []


def test_a_removed_one_is_found_no_more() -> None:
    index = NearIndex()
    index.add(1, TOLD, place="बेलवा", person="a", department="ENERGY")
    index.add(2, TOLD, place="बेलवा", person="b", department="ENERGY")
    index.remove(1)
    index.remove(1)
    assert ids(index, TOLD, place="बेलवा", person="b", department="ENERGY") == []
    assert (index._kept, index._blocks, index._equal, index._stands_for) == ({}, {}, {}, {})


def test_a_complaint_is_added_once() -> None:
    index = NearIndex()
    index.add(1, TOLD)
    with pytest.raises(ValueError, match="once"):
        index.add(1, OTHERS[0])


def test_it_never_holds_more_than_its_capacity() -> None:
    index = NearIndex(capacity=3)
    index.add(0, TOLD, person="0")
    for number, text in enumerate(OTHERS, start=1):
        index.add(number, text, person=str(number))
        index.add(100 + number, TOLD, person=str(100 + number))  # met again and again: it stays
    assert len(index) == 3
    assert ids(index, TOLD) == [0]
    assert ids(index, OTHERS[0], person="1") == []
    assert set().union(*index._blocks.values()) <= index._kept.keys()


def test_a_flood_of_likes_is_bounded() -> None:
    index = NearIndex()
    for number in range(400):
        index.add(number, f"{TOLD} मकान {OTHERS[number % 5].split()[number % 7]} {number}", person=str(number))
    assert 0 < len(index.find(TOLD)) <= near.MOST_MATCHES


def test_a_rare_word_alone_joins_nothing() -> None:
    index = NearIndex()
    index.add(1, OTHERS[1], person="a")
    assert ids(index, "सोनमती", person="b") == []


def grouped(order: Sequence[int]) -> list[set[int]]:
    """Groups of exact copies among OTHERS, added in this order: each index is text number index % 5, by a person of its own."""
    index, first, groups = NearIndex(), dict[int, int](), dict[int, set[int]]()
    for number in order:
        found = index.add(number, OTHERS[number % len(OTHERS)], place="डुमरी", person=str(number))
        first[number] = first[found[0].id] if found else number
        groups.setdefault(first[number], set()).add(number)
    return sorted(groups.values(), key=min)


def check_order(group: Grouped, order: Sequence[int]) -> None:
    """The promise: exact copies, and only they, share a group, in whatever order they come."""
    kinds = {number % len(OTHERS) for number in order}
    assert group(order) == sorted(
        ({number for number in order if number % len(OTHERS) == kind} for kind in kinds), key=min
    )


@given(st.lists(st.integers(0, 40), unique=True, min_size=1))
@settings(max_examples=60, deadline=None)
def test_the_order_of_adding_changes_no_group_of_copies(order: list[int]) -> None:
    check_order(grouped, order)


def test_the_check_catches_an_index_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NearIndex, "_from_bands", lambda *_: [])
    monkeypatch.setattr(near._Asked, "blocks", property(lambda _: []))
    with pytest.raises(AssertionError):
        check_order(grouped, [0, 1, 5, 10])


def test_the_check_catches_an_index_that_joins_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.near.likeness.Likeness.of", lambda *_, **__: 1.0)
    monkeypatch.setattr(near, "_SHARED", 0)
    with pytest.raises(AssertionError):
        check_order(grouped, [0, 1, 5, 10])


@given(st.sampled_from([TOLD, ROMAN, *OTHERS]), st.sampled_from([TOLD, ROMAN, *OTHERS]), st.booleans())
@settings(deadline=None)
def test_likeness_is_symmetric(one: str, other: str, same_person: bool) -> None:
    here, there = (telling_of(stems_of(text), (), shipped_weights()) for text in (one, other))
    likeness = shipped_likeness()
    there_and_back = (
        likeness.of(here, there, same_person=same_person),
        likeness.of(there, here, same_person=same_person),
    )
    assert there_and_back[0] == pytest.approx(there_and_back[1])
    assert 0 <= there_and_back[0] <= 1


@given(st.text(max_size=200), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(text: str, place: str) -> None:
    index = NearIndex()
    index.add(1, text, place=place, person="a")
    index.add(2, text, place=place, person="a")
    assert len(index) <= 1
