"""Why an office's answer, a release or a ruling is not taken: the class docstring is the message, in Hindi and English.

`field` is the column of an answers file that is wrong. Not here: corrections (correction_refused.py), the rules (transfer.py).
"""

from __future__ import annotations

from nistaran.domain.correction_refused import CorrectionRefused


class NotOnADesk(CorrectionRefused):
    """यह प्रकरण अभी किसी कार्यालय के पास नहीं है: पहले विभाग निर्धारित करें (`nistaran correct`) / No office has this case yet: say
    first whose it is (`nistaran correct`)."""


class WrongAnswer(CorrectionRefused):
    """उत्तर का प्रकार सूची में नहीं है; इनमें से एक लिखें / The kind of answer is not in the list; write one of"""

    field = "answer"


class NoSuchPlace(CorrectionRefused):
    """यह स्थान जनपद की तालिका में नहीं है: places.toml का कूट या नाम लिखें, या खाली छोड़ें / This place is not in the district's
    table: write a code or name of places.toml, or leave it blank."""

    field = "place"


class UnknownTask(CorrectionRefused):
    """इस क्रमांक का कोई लम्बित कार्य नहीं है: `nistaran tasks` से क्रमांक देखें / No open task has this id: look it up with
    `nistaran tasks`."""

    field = "task"


class OwnProposal(CorrectionRefused):
    """जिसने प्रकरण को अपना नहीं बताया, वही अंतरण मुक्त नहीं कर सकता: दूसरे लॉगिन से करें / Who disclaimed a case does not release
    its transfer: let a second person do it with another login."""

    field = "by"


class NobodyNamed(CorrectionRefused):
    """इस अंतरण में कोई कार्यालय नामित नहीं है: `nistaran correct` से विभाग बताएं, या --keep / --arbiter दें / This proposal names no office:
    name the department with `nistaran correct`, or give --keep or --arbiter."""

    field = "task"


class NotTheArbiter(CorrectionRefused):
    """प्रकरण निर्णायक अधिकारी के समक्ष नहीं है, इसलिए निर्णय दर्ज नहीं हुआ: विभाग बदलने के लिए `nistaran correct` / The case is not
    before the arbiter, so no ruling was written: use `nistaran correct` to change its department."""
