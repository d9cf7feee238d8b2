"""How offices behave in the simulated month: one table of parameters with their source, and the draws made from it.

Here: parameters, cases, answers. Not here: the three ways of sorting that are compared (district_month.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from nistaran.domain.decision import Candidate
from routing.transfer_rules import TransferRules

#: name → (value, where it comes from). «assumed» has no source: a district's own figures must replace it.
PARAMETERS: dict[str, tuple[float, str]] = {
    "cases": (8000, "the task: one month of a district"),
    "due_days": (15, "proposed default for ONLINE; to be confirmed"),
    "followed_days": (60, "assumed: cases are watched so long after they came"),
    "classifier_right": (0.845, "docs/evaluation.md, top-1 of the shipped model on unseen texts"),
    "rest_on_pairs": (
        0.80,
        "assumed: of the classifier's doubt, so much lies on departments confused with each other (pairs.toml)",
    ),
    "automatic_from": (
        0.915,
        "chosen so that about 40 % go without a person, as docs/evaluation.md; 96 % of them right here, 97.4 % there",
    ),
    "manual_error": (0.20, "assumed: no published rate of manual sorting was found"),
    "clerk_error_shown_three": (0.10, "assumed: a clerk who is shown the top three errs half as often"),
    "clerk_days": (1, "assumed: days until a clerk of the cell decides or releases"),
    "wrong_disclaims": (
        0.85,
        "assumed: an office that is wrong says so; the rest sit on the case",
    ),
    "right_bounces": (0.06, "assumed: an office disclaims what is its own"),
    "names_one": (0.60, "assumed: who disclaims names a department"),
    "names_right": (0.75, "assumed: the named department is right"),
    "sits_mean_days": (4, "assumed; the Centre allows 5 working days to return"),
    "work_median_days": (6, "assumed: days of work on the right desk"),
    "work_spread": (0.7, "assumed: sigma of the logarithm of the days of work"),
    "arbiter_days": (3, "assumed: days until the arbiter rules"),
    "arbiter_right": (0.97, "assumed"),
}

#: Departments' part in a district's cases, assumed; the order of the largest follows Rajasthan's published one of one year.
WEIGHTS = {
    "REVENUE": 20, "POLICE": 13, "PANCHAYATI_RAJ": 12, "RURAL_DEV": 9, "ENERGY": 8, "FOOD_CIVIL_SUPPLIES": 6,
    "URBAN_DEV": 5, "RURAL_WATER": 4, "SOCIAL_WELFARE": 4, "PWD": 3, "HEALTH": 3, "BASIC_EDU": 3, "AGRICULTURE": 2,
    "WOMEN_WELFARE": 2, "CHAKBANDI": 2, "IRRIGATION": 1, "BANKING": 1, "LABOUR": 1, "ICDS": 1, "FOREST": 1,
    "COOPERATIVE": 1, "DIVYANG": 1, "ANIMAL_HUSBANDRY": 1, "EXCISE": 1, "MINING": 1,
}  # fmt: skip


def value(name: str) -> float:
    """A parameter's value."""
    return PARAMETERS[name][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One simulated case: what is true of it, and what the classifier says. `day` is the day it comes, from 0."""

    seed: str
    day: int
    place: str
    department: str
    candidates: tuple[Candidate, ...]
    work_days: int

    def random(self, what: str) -> Random:
        """A stream of chance of its own, the same in each of the compared ways: only the way differs."""
        return Random(f"{self.seed}/{what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an office does with the case after `days`: accepts, disclaims (perhaps naming a department), or only sits."""

    does: str  #: "accepts", "disclaims" or "sits"
    days: int
    named: str = ""


def month(seed: int, rules: TransferRules) -> list[Complaint]:
    """The month's cases."""
    return [_complaint(f"{seed}/{number}", rules) for number in range(int(value("cases")))]


def answer_of(complaint: Complaint, office: str, right: str, turn: int) -> Said:
    """What the office does when it gets the case for the `turn`-th time (from 0)."""
    random = complaint.random(f"{office}/{turn}")
    days = 1 + int(random.expovariate(1 / (value("sits_mean_days") - 0.5)))
    is_right = office == right
    disclaims = random.random() < (value("right_bounces") if is_right else value("wrong_disclaims"))
    if not disclaims:
        return Said(does="accepts" if is_right else "sits", days=days)
    named = ""
    if random.random() < value("names_one"):
        truly = random.random() < value("names_right") and not is_right
        named = complaint.department if truly else _confused(complaint.department, random)
    return Said(does="disclaims", days=days, named=named)


def mistaken(complaint: Complaint, random: Random, error: float) -> str:
    """The department that a person names who errs so often: the true one, or one that is confused with it."""
    return _confused(complaint.department, random) if random.random() < error else complaint.department


_PARTNERS: dict[str, list[str]] = {}


def learn_pairs(rules: TransferRules) -> None:
    """Take from the pack which departments are confused with which."""
    for code in WEIGHTS:
        _PARTNERS[code] = sorted(
            other for key in rules.pairs.table if code in key for other in key - {code} if other in WEIGHTS
        )


def _confused(department: str, random: Random) -> str:
    partners = _PARTNERS[department]
    if partners and random.random() < value("rest_on_pairs"):
        return random.choice(partners)
    return random.choice([code for code in WEIGHTS if code != department])


def _complaint(seed: str, rules: TransferRules) -> Complaint:
    random = Random(seed)
    first = random.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
    shares = _shares(first, random)
    # calibrated by construction: the truth is drawn from the very probabilities that the classifier gives
    true = random.choices(list(shares), weights=list(shares.values()))[0]
    ranked = sorted(shares.items(), key=lambda one: -one[1])[:5]
    villages = [code for code, place in rules.district.places.items() if place.kind in ("village", "town")]
    return Complaint(
        seed=seed,
        day=random.randrange(30),
        place=random.choice(villages),
        department=true,
        candidates=tuple(Candidate(department, share) for department, share in ranked),
        work_days=max(1, round(random.lognormvariate(0, value("work_spread")) * value("work_median_days"))),
    )


def _shares(first: str, random: Random) -> dict[str, float]:
    mean = value("classifier_right")
    sure = max(0.35, random.betavariate(6 * mean, 6 * (1 - mean)))
    shares = {first: sure}
    for _ in range(6):  # the doubt falls in six unequal parts
        other = _confused(first, random)
        shares[other] = shares.get(other, 0.0) + random.random() ** 2 + 0.01
    doubt = sum(part for code, part in shares.items() if code != first)
    return {code: part if code == first else part / doubt * (1 - sure) for code, part in shares.items()}
