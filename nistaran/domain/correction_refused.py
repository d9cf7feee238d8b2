"""Why a correction, an acceptance or a release is not taken: the class docstring is the message, in Hindi and English.

`field` is the column of an answers file that is wrong. Not here: the rules (correction.py), refusals of complaint rows (refusals.py).
"""

from __future__ import annotations

import re
from typing import ClassVar

from nistaran.domain.errors import NistaranError

_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?", re.ASCII)


class CorrectionRefused(NistaranError):
    """यह उत्तर नहीं लिया गया: प्रकरण की स्थिति `nistaran show` से देखें / This answer was not taken: look at the case with
    `nistaran show`."""

    field: ClassVar[str] = "case"


class NoSuchDepartment(CorrectionRefused):
    """ऐसा कोई विभाग तालिका में नहीं है: departments.toml का कूट या विभाग का पूरा नाम लिखें / There is no such department: write a
    code of departments.toml or the department's full name."""

    field = "department"


class NoSuchOffice(CorrectionRefused):
    """ऐसा कोई कार्यालय तालिका में नहीं है: offices.toml का कूट लिखें / There is no such office: write a code of offices.toml."""

    field = "office"


class WrongReason(CorrectionRefused):
    """कारण का कूट सूची में नहीं है या इस उत्तर के साथ नहीं चलता; NONE (शिकायत नहीं) के साथ कारण देना आवश्यक है / The reason's
    code is not in the list or does not go with this answer; NONE (no grievance) needs a reason. One of"""

    field = "reason"


class WrongLogin(CorrectionRefused):
    """उत्तर देने वाले का लॉगिन छोटे अंग्रेज़ी अक्षरों, अंकों और . _ - @ में लिखें, जैसे up.sdr-cell; नाम या फ़ोन नहीं / Write who
    answers as a login of Latin letters, digits and . _ - @, e.g. up.sdr-cell; no name and no phone."""

    field = "by"


class NotYetRouted(CorrectionRefused):
    """यह प्रकरण अभी मशीन ने देखा ही नहीं है: पहले `nistaran route` चलाएँ / Nothing was decided on this case yet: run
    `nistaran route` first."""


class CorrectedTooOften(CorrectionRefused):
    """इस प्रकरण का विभाग पहले ही जितनी बार सम्भव है बदला जा चुका है: अब निर्णायक अधिकारी तय करेंगे / The department of this case
    was corrected as often as may be: it is now for the arbiter to rule"""


class MovedSince(CorrectionRefused):
    """यह प्रकरण समीक्षा हेतु दिये जाने के बाद आगे बढ़ चुका है, उत्तर नहीं लिया गया: `nistaran show` से देखें कि कहाँ है; विभाग फिर भी
    ग़लत हो तो `nistaran correct` से अलग से बदलें / This case has moved since it was given out for review and the answer was not
    taken: see with `nistaran show` where it is; if its department is wrong all the same, change it with `nistaran correct`"""


class MarkGone(CorrectionRefused):
    """इस पंक्ति का छिपा चिह्न इस प्रकरण का नहीं है: पंक्तियाँ या खाने खिसक गये हैं। नई समीक्षा फ़ाइल बनाएँ या इस प्रकरण को `nistaran correct` से
    बताएँ / The hidden mark of this row is not of this case: rows or cells were shifted. Make a new review file, or give this case's
    answer with `nistaran correct`."""


class NotOnThisDesk(CorrectionRefused):
    """यह प्रकरण इस कार्यालय के पटल पर नहीं है: `nistaran show` से देखें कि कहाँ है / This case is not on this office's desk: see
    with `nistaran show` where it is."""

    field = "office"


class UnknownCorrection(CorrectionRefused):
    """इस क्रमांक का ऐसा कोई संशोधन नहीं है: `nistaran corrections --quarantined` अथवा `nistaran show` से क्रमांक देखें / There is no such
    correction of this id: look it up with `nistaran corrections --quarantined` or `nistaran show`."""


class OwnCorrection(CorrectionRefused):
    """अपना ही रोका गया संशोधन कोई स्वयं मुक्त नहीं कर सकता: दूसरे अधिकारी के लॉगिन से करें / Nobody releases his own quarantined
    correction: let a second person do it with another login."""

    field = "by"


def login_of(written: str) -> str:
    """A login as it is kept: small letters, so that one person is one login however it is typed.

    Raises:
        WrongLogin: for what is none: blank, longer than 64, another script, spaces, digits alone (a phone).
    """
    login = written.strip().lower()
    if not _LOGIN.fullmatch(login) or not re.search("[a-z]", login):
        raise WrongLogin
    return login
