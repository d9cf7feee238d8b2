"""The forms that people fill in Prefect's UI, and why an answer is asked for once more. An enum is a drop-down there.

Titles and descriptions are what an officer reads. Not here: asking (asking.py), what an answer does (nistaran/steps/).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from prefect.input import RunInput
from pydantic import Field, create_model

from nistaran.domain.correction_refused import CorrectionRefused
from nistaran.domain.task import Task

_LOGIN = "निर्णय करने वाले का लॉगिन / login of who decides"
_LOGIN_HINT = "जैसे up.sdr-cell; नाम या फ़ोन न लिखें / e.g. up.sdr-cell; no name, no phone"


class NothingChosen(CorrectionRefused):
    """«चुने हुए» के लिए कार्य क्रमांक सूची में लिखें, या «सब» वाला निर्णय चुनें / For a decision on chosen ones write their ids, or choose
    one on all."""

    field: ClassVar[str] = "chosen"


class ChosenAndAll(CorrectionRefused):
    """«सब» के साथ क्रमांकों की सूची भी दी गई है: या सूची खाली करें, या «चुने हुए» वाला निर्णय लें / A decision on all came with a list of
    ids: empty the list, or decide on the chosen ones."""

    field: ClassVar[str] = "chosen"


class NotShown(CorrectionRefused):
    """कुछ क्रमांक दिखाई गई सूची में नहीं हैं, इसलिए कुछ भी नहीं बदला गया: सूची से ज्यों के त्यों लिखें / Some ids are not in the list that was
    shown, so nothing was done: copy them from the list. सूची में इन स्थानों के / those written at place"""

    field: ClassVar[str] = "chosen"


class ForwardsWord(StrEnum):
    """What is decided on proposed transfers, as the drop-down shows it."""

    ALL = "सब स्वीकृत / release all"
    CHOSEN = "चुने हुए स्वीकृत / release the chosen"
    KEEP = "सब यथावत / keep all where they are"
    ARBITER = "निर्णायक अधिकारी को / to the arbiter"


class ForwardsForm(RunInput):
    """On the transfers that are shown."""

    word: ForwardsWord = Field(
        title="निर्णय / decision",
        description="यथावत: प्रकरण वर्तमान कार्यालय में ही रहेगा। निर्णायक अधिकारी को: नीचे लिखे क्रमांक; सूची खाली हो तो सब / "
        "to the arbiter: those listed below, or all when none is",
    )
    chosen: str = Field(
        default="",
        max_length=20_000,
        title="चुने हुए कार्य क्रमांक / ids of the chosen",
        description="सूची के पहले स्तम्भ से, अल्पविराम या नई पंक्ति से अलग; जैसे SDR-2026-0000042/t1 / from the list's first column, "
        "separated by commas or lines",
    )
    by: str = Field(min_length=1, max_length=64, title=_LOGIN, description=_LOGIN_HINT)


class RulingForm(RunInput):
    """The arbiter's ruling; `department` is the drop-down that ruling_form() makes of the pack's departments."""

    department: str
    office: str = Field(
        default="",
        max_length=64,
        title="कार्यालय का कूट / office code",
        description="आवश्यक हो तभी; खाली रखें तो विभाग का वह कार्यालय जिसे ऐसा प्रकरण पहले जाता है / only if need be; empty: the office "
        "of the department that takes such a case first",
    )
    by: str = Field(min_length=1, max_length=64, title=_LOGIN, description=_LOGIN_HINT)


def ruling_form(names: list[str]) -> type[RulingForm]:
    """The ruling's form with these departments to choose from."""
    field: Any = Field(
        title="उत्तरदायी विभाग / department",
        description="निर्णय बाध्यकारी होगा: कोई कार्यालय प्रकरण वापस नहीं कर सकेगा / the ruling binds: no office can give the case back",
        json_schema_extra={"enum": list(names), "position": 0},
    )
    return create_model("RulingForm", __base__=RulingForm, department=(str, field))


class PromotionWord(StrEnum):
    """Whether a model shall go live, as the drop-down shows it."""

    YES = "हाँ, लागू करें / yes, make it live"
    NO = "नहीं / no"


class PromotionForm(RunInput):
    """On a model that the gate let pass."""

    word: PromotionWord = Field(title="यह मॉडल लागू हो? / make this model live?")
    by: str = Field(min_length=1, max_length=64, title=_LOGIN, description=_LOGIN_HINT)


def chosen_of(written: str, shown: list[Task]) -> list[Task]:
    """The shown proposals that were written as ids or case numbers, separated by commas, semicolons or blanks.

    Raises:
        NotShown: names the places of those that are none; what was written is never repeated.
    """
    known = {key.upper(): one for one in shown for key in (one.id, one.case)}
    wanted = written.replace(",", " ").replace(";", " ").split()
    strange = [str(place) for place, word in enumerate(wanted, start=1) if word.upper() not in known]
    if strange:
        raise NotShown(", ".join(strange[:20]))
    return list({known[word.upper()].id: known[word.upper()] for word in wanted}.values())
