"""Why a case stands where it stands in the order by risk: the two heaviest reasons, in Hindi and English.

Here: sentences. Not here: what weighs how much (risk_model.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp

from nistaran.domain.risk_trained import WhyDaysLeft

#: A reason is said when it adds at least so much to the log-odds, beyond the average case.
_WORTH_SAYING = 0.15
_MOST = 2
_LONG_QUEUE = 60

Facts = Mapping[str, float]  #: a feature's number by its name
Said = tuple[str, str]


def _share(log_odds: float) -> int:
    return round(100 / (1 + exp(-log_odds)))


def _open(facts: Facts) -> Said:
    count = round(exp(facts["office_open"]) - 1)
    return f"कार्यालय में {count} लम्बित", f"{count} pending in the office"


def _queue(facts: Facts) -> Said:
    days = round(facts["queue_days"])
    if days >= _LONG_QUEUE:
        return "कार्यालय की गति से दो माह से अधिक का काम आगे", "over two months of work ahead at the office's pace"
    return f"कार्यालय की गति से {days} दिन का काम आगे", f"{days} days of work ahead at the office's pace"


_SENTENCES: Mapping[str, Callable[[Facts], Said]] = {
    "age": lambda facts: (f"{facts['age']:.0f} दिन पुराना", f"{facts['age']:.0f} days old"),
    "desk_days": lambda facts: (
        f"{facts['desk_days']:.0f} दिन से बिना उत्तर",
        f"{facts['desk_days']:.0f} days without an answer",
    ),
    "hops": lambda facts: (f"{facts['hops']:.0f} बार अंतरित", f"moved {facts['hops']:.0f} times"),
    "reopened": lambda _: ("आख्या असंतोषजनक रही", "the report did not hold"),
    "defaulted": lambda _: ("पहले भी विलम्बित रहा", "was late before"),
    "nobody": lambda _: ("किसी कार्यालय के पास नहीं", "no office has it"),
    "office_open": _open,
    "queue_days": _queue,
    "slack": _queue,
    "office_share": lambda facts: (
        f"कार्यालय में {_share(facts['office_share'])} % चूक",
        f"{_share(facts['office_share'])} % defaults in the office",
    ),
    "department_share": lambda facts: (
        f"विभाग में {_share(facts['department_share'])} % चूक",
        f"{_share(facts['department_share'])} % defaults in the department",
    ),
    "channel_share": lambda facts: (
        f"इस माध्यम में {_share(facts['channel_share'])} % चूक",
        f"{_share(facts['channel_share'])} % defaults in this channel",
    ),
    "office_days": lambda facts: (
        f"कार्यालय औसतन {facts['office_days']:.0f} दिन लेता है",
        f"the office takes {facts['office_days']:.0f} days on average",
    ),
    "spare": lambda facts: (
        f"कार्यालय औसतन {facts['office_days']:.0f} दिन लेता है",
        f"the office takes {facts['office_days']:.0f} days on average",
    ),
}
#: Said of a case only where they hold, or where they are worse than the house's own (by its name in `facts`).
_ONLY_WHERE = {"hops", "reopened", "defaulted", "nobody"}
_ONLY_ABOVE = {
    "office_share": "house_share",
    "department_share": "house_share",
    "channel_share": "house_share",
    "office_days": "house_days",
    "spare": "house_days",
}

WHY_DAYS_LEFT: Mapping[WhyDaysLeft, Said] = {
    WhyDaysLeft.TOO_SMALL: (
        "इतिहास अभी छोटा है: क्रम शेष दिनों से है",
        "the history is too small yet: the order is by the days that are left",
    ),
    WhyDaysLeft.NOT_BETTER: (
        "सीखा हुआ अनुमान शेष दिनों से बेहतर नहीं निकला: क्रम शेष दिनों से है",
        "what was learned is no better than the days that are left: the order is by these",
    ),
    WhyDaysLeft.NOT_BETTER_THAN_OFFICE: (
        "सीखा हुआ अनुमान कार्यालय के पिछले अनुपात से बेहतर नहीं निकला: क्रम शेष दिनों से है",
        "what was learned is no better than the office's past share: the order is by the days that are left",
    ),
    WhyDaysLeft.UNTRUSTED: (
        "जोखिम का मॉडल बदला हुआ या अपठनीय है, फिर से बनाएं (nistaran risk train): क्रम शेष दिनों से है",
        "the risk model was changed or cannot be read, train it again (nistaran risk train): the order is by the days that are left",
    ),
    WhyDaysLeft.NEVER_TRAINED: (
        "जोखिम का मॉडल अभी नहीं बना (nistaran risk train): क्रम शेष दिनों से है",
        "no risk model was trained yet (nistaran risk train): the order is by the days that are left",
    ),
}


def reasons(weighed: Mapping[str, float], facts: Facts) -> Said:
    """What makes this case likelier to default than the average one; ("", "") when nothing does.

    `facts` are the features by name, and the house's own `house_share` (log-odds) and `house_days`.
    """
    hindi: list[str] = []
    english: list[str] = []
    for name in sorted(weighed, key=lambda one: (-weighed[one], one)):
        if weighed[name] < _WORTH_SAYING or len(hindi) == _MOST:
            break
        if name not in _SENTENCES or (name in _ONLY_WHERE and not facts[name]):
            continue
        if name in _ONLY_ABOVE and _of_office(facts, name) <= facts[_ONLY_ABOVE[name]]:
            continue
        said = _SENTENCES[name](facts)
        if said[0] not in hindi:
            hindi.append(said[0])
            english.append(said[1])
    return ", ".join(hindi), ", ".join(english)


def _of_office(facts: Facts, name: str) -> float:
    return facts["office_days" if name == "spare" else name]
