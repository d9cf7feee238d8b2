"""Why a report, a word on one, or a complainant's word is not taken: the class docstring is the message, in Hindi and English.

`field` is the column of a file that is wrong. Not here: why a report does not dispose of its case (report.py, report_checks.py).
"""

from __future__ import annotations

from nistaran.domain.correction_refused import CorrectionRefused


class NoReportText(CorrectionRefused):
    """आख्या का पाठ खाली है: क्या पाया गया और क्या किया गया, लिखें / The report has no text: write what was found and what was done."""

    field = "text"


class NoSuchCategory(CorrectionRefused):
    """स्पेशल क्लोज की श्रेणी सूची में नहीं है; इनमें से एक लिखें / The category of special close is not in the list; write one of"""

    field = "category"


class NoEvidence(CorrectionRefused):
    """इस श्रेणी के स्पेशल क्लोज के लिए साक्ष्य लिखना आवश्यक है / A special close of this category needs its evidence"""

    field = "evidence"


class UnknownReport(CorrectionRefused):
    """इस क्रमांक की ऐसी कोई आख्या नहीं है जिस पर यह किया जा सके: `nistaran reports` से क्रमांक देखें / There is no report of this id on
    which this can be done: look it up with `nistaran reports`."""

    field = "report"


class OwnReport(CorrectionRefused):
    """अपनी ही आख्या पर कोई स्वयं निर्णय नहीं कर सकता: दूसरे अधिकारी के लॉगिन से करें / Nobody decides on his own report: let a second
    person do it with another login."""

    field = "by"


class WrongWhy(CorrectionRefused):
    """कारण का कूट सूची में नहीं है; इनमें से एक लिखें / The reason's code is not in the list; write one of"""

    field = "why"


class NotDisposed(CorrectionRefused):
    """यह प्रकरण अभी निस्तारित नहीं है, इसलिए फीडबैक दर्ज नहीं हुआ / This case is not disposed of, so no feedback on it was written:
    look at it with `nistaran show`."""


class WrongOutcome(CorrectionRefused):
    """फीडबैक का कूट सूची में नहीं है; इनमें से एक लिखें / The code of the feedback is not in the list; write one of"""

    field = "outcome"


class AlreadyDisposed(CorrectionRefused):
    """यह प्रकरण निस्तारित हो चुका है; विभाग बदलने से पहले उसे पुनः खोलें (`nistaran recall`) / This case is disposed of: reopen it first
    (`nistaran recall`)."""
