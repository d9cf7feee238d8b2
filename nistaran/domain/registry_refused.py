"""Why a row of the registry, or an act by a login, is not taken: the class docstring is the message, in Hindi and English.

`field` is the column of a file that is wrong. Not here: the rules (registry.py, rosters.py), who may do what (steps/who_may.py).
"""

from __future__ import annotations

from nistaran.domain.correction_refused import CorrectionRefused


class NoOfficeOfThisName(CorrectionRefused):
    """इस कूट या नाम का एक ही कार्यालय तालिका में नहीं मिला: offices.toml का कूट लिखें, जैसे SDR-SDM-BANSI / No single office of this code
    or name is in the table: write a code of offices.toml, e.g. SDR-SDM-BANSI."""

    field = "office"


class WrongMobile(CorrectionRefused):
    """मोबाइल नम्बर दस अंकों का लिखें (6 से 9 से आरम्भ), या खाली छोड़ें / Write the mobile number with its ten digits (the first from 6 to
    9), or leave it blank."""

    field = "mobile"


class WrongEmail(CorrectionRefused):
    """ई-मेल पता पूरा लिखें, जैसे sdm-bansi@example.in, या खाली छोड़ें / Write the whole e-mail address, e.g. sdm-bansi@example.in, or leave it
    blank."""

    field = "email"


class WrongOfficerLogin(CorrectionRefused):
    """लॉगिन छोटे अंग्रेज़ी अक्षरों, अंकों और . _ - @ में लिखें, या बना न हो तो खाली छोड़ें / Write the login in Latin letters, digits and
    . _ - @, or leave it blank when there is none yet."""

    field = "login"


class WrongDay(CorrectionRefused):
    """दिनांक पढ़ा नहीं जा सका: दिन.माह.वर्ष लिखें, जैसे 05.11.2026, या खाली छोड़ें / The date cannot be read: write day.month.year, as
    05.11.2026, or leave it blank."""

    field = "since"


class WrongLastDay(WrongDay):
    """«कब तक» का दिनांक पढ़ा नहीं जा सका: दिन.माह.वर्ष लिखें, जैसे 05.11.2026, या खाली छोड़ें / The last day cannot be read: write day.month.year,
    as 05.11.2026, or leave it blank."""

    field = "until"


class EndsBeforeItBegins(CorrectionRefused):
    """«कब तक» का दिनांक «कब से» के पहले का है: दोनों जाँचें / It ends before it begins: check both dates."""

    field = "until"


class TwoOnOnePost(CorrectionRefused):
    """इसी फ़ाइल में इसी पद की दूसरी पंक्ति भी है: पदनाम अलग लिखें (जैसे ऑपरेटर-1, ऑपरेटर-2) या सब में भिन्न «कब से» भरें / This file has another
    row on the same post: make the designations differ (operator 1, operator 2), or fill in since when in each, on different days."""

    field = "designation"


class WrongMoment(CorrectionRefused):
    """लॉगिन का दिनांक और समय दोनों चाहिए, आज तक के, जैसे 05.11.2026 10:35 / A login needs its day and its time, not in the future, as
    05.11.2026 10:35."""

    field = "at"


class WrongFieldPost(CorrectionRefused):
    """पद इनमें से एक लिखें: लेखपाल, पटवारी, सचिव, ग्राम विकास अधिकारी / Write one of these posts: LEKHPAL, PATWARI, SECRETARY, VDO."""

    field = "post"


class WrongWeekday(CorrectionRefused):
    """दिन पहचाना नहीं गया: सप्ताह के दिन लिखें, जैसे «सोमवार, गुरुवार» / A day was not recognised: write weekdays, e.g. «Mon, Thu»."""

    field = "weekdays"


class NotYourOffice(CorrectionRefused):
    """यह लॉगिन इस कार्य का अधिकार रखने वाले किसी कार्यालय का नहीं है: सही लॉगिन से करें; लॉगिन सही हो तो `nistaran registry show` से पंजिका देखें और
    `nistaran registry import` से ठीक करें / This login belongs to none of the offices that may do this: use the right login; if it is the
    right one, look at `nistaran registry show` and mend the registry with `nistaran registry import`."""

    field = "by"


class SeveralVillages(CorrectionRefused):
    """इस नाम के एक से अधिक ग्राम हैं: ग्राम का कूट लिखें (places.toml), या कार्यालय कूट भी दें / Several villages have this name: write the
    village's code (places.toml), or name the office too."""

    field = "village"
