"""What a notice to an office says besides the case: one subject and one order for each kind of letter, in Hindi.

Here: sentences. Not here: when one is sent (steps/), how it travels (couriers/).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Letter(StrEnum):
    """The kinds of letters about one case."""

    ASSIGNED = "assigned"  #: the office has the case from now on
    FORWARDED = "forwarded"  #: it came from another office
    KEPT = "kept"  #: the cell has looked: it stays with the office
    FROZEN = "frozen"  #: to the arbiter, with the brief
    RULED = "ruled"  #: the arbiter gave it to the office
    RETURNED = "returned"  #: the cell sends it back to who sent it down
    PART = "part"  #: a co-department's part
    REPORT_RETURNED = "report-returned"  #: with what is missing
    APPROVAL = "approval"  #: a special close for the level above
    REMINDER = "reminder"  #: the due date is near
    DEFAULTER = "defaulter"  #: the due date is over, to the office that has the case
    DEFAULTER_BELOW = "defaulter-below"  #: the same to the office above it, which owes no report and no excuse
    ESCALATED = "escalated"  #: the case climbed to the office's level
    REOPENED = "reopened"  #: the complainant is not satisfied, or a person recalled the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """`subject` has {number}; `order` stands after the complaint and says what is to be done."""

    subject: str
    order: str


_UNLESS = "यदि प्रकरण आपके कार्यालय से सम्बन्धित न हो तो कारण सहित तत्काल अवगत कराएं।"

WORDING: dict[Letter, Wording] = {
    Letter.ASSIGNED: Wording(
        subject="सन्दर्भ संख्या {number} का समयबद्ध निस्तारण",
        order=f"कृपया नियत दिनांक तक गुणवत्तापूर्ण निस्तारण कर आख्या उपलब्ध कराएं। {_UNLESS}",
    ),
    Letter.FORWARDED: Wording(
        subject="सन्दर्भ संख्या {number} का अंतरण",
        order="यह सन्दर्भ अन्य कार्यालय से आपके कार्यालय को अंतरित किया गया है। नियत दिनांक पूर्ववत है। कृपया नियत दिनांक तक निस्तारण कर आख्या "
        f"उपलब्ध कराएं। {_UNLESS}",
    ),
    Letter.KEPT: Wording(
        subject="सन्दर्भ संख्या {number}: प्रकरण आपके कार्यालय में ही रहेगा",
        order="प्रकोष्ठ ने आपके उत्तर पर विचार किया; प्रकरण का निस्तारण आपके कार्यालय से ही अपेक्षित है। नियत दिनांक पूर्ववत है। पुनः असहमति की दशा में "
        "प्रकरण निर्णायक अधिकारी के समक्ष रखा जाएगा।",
    ),
    Letter.FROZEN: Wording(
        subject="सन्दर्भ संख्या {number}: उत्तरदायी कार्यालय के निर्धारण हेतु",
        order="संलग्न टिप्पणी के आधार पर उत्तरदायी कार्यालय का निर्धारण करने का कष्ट करें। निर्णय तक कोई कार्यालय प्रकरण को आगे नहीं भेज सकेगा।",
    ),
    Letter.RULED: Wording(
        subject="सन्दर्भ संख्या {number}: निर्णायक अधिकारी का निर्णय",
        order="निर्णायक अधिकारी ने इस सन्दर्भ का निस्तारण आपके कार्यालय से किया जाना निर्धारित किया है। यह निर्णय बाध्यकारी है; प्रकरण वापस नहीं किया जा "
        "सकेगा। नियत दिनांक पूर्ववत है।",
    ),
    Letter.RETURNED: Wording(
        subject="सन्दर्भ संख्या {number} प्रेषक को वापस किया जाना",
        order="कृपया सन्दर्भ प्रेषक को कारण सहित वापस कर पुष्टि प्राप्त करें तथा आवेदक को सूचित करें।",
    ),
    Letter.REPORT_RETURNED: Wording(
        subject="सन्दर्भ संख्या {number}: आख्या वापस",
        order="आपकी आख्या नीचे लिखे कारणों से स्वीकार नहीं की जा सकी। कृपया कमियाँ दूर कर आख्या पुनः उपलब्ध कराएं। नियत दिनांक पूर्ववत है और समय की गणना चलती रहेगी।",
    ),
    Letter.APPROVAL: Wording(
        subject="सन्दर्भ संख्या {number}: स्पेशल क्लोज का अनुमोदन",
        order="इस सन्दर्भ को स्पेशल क्लोज किये जाने का प्रस्ताव प्राप्त हुआ है। श्रेणी एवं साक्ष्य देखकर अनुमोदन अथवा अस्वीकृति दर्ज करने का कष्ट करें।",
    ),
    Letter.REOPENED: Wording(
        subject="सन्दर्भ संख्या {number} पुनः खोला गया",
        order="निस्तारण के बाद इस सन्दर्भ को पुनः खोला गया है। कृपया पुनः निरीक्षण कर नियत अवधि में नई आख्या दें, जो पिछली आख्या से तथ्यों में भिन्न हो; वही "
        "आख्या पुनः स्वीकार नहीं होगी।",
    ),
    Letter.REMINDER: Wording(
        subject="सन्दर्भ संख्या {number}: नियत दिनांक निकट है (अनुस्मारक)",
        order="इस सन्दर्भ का निस्तारण अब तक अपेक्षित है और नियत दिनांक निकट है। कृपया नियत दिनांक तक गुणवत्तापूर्ण निस्तारण कर आख्या उपलब्ध कराएं, जिससे "
        "सन्दर्भ डिफॉल्टर न हो।",
    ),
    Letter.DEFAULTER: Wording(
        subject="सन्दर्भ संख्या {number}: नियत दिनांक बीत चुका है (डिफॉल्टर)",
        order="इस सन्दर्भ का निस्तारण नियत दिनांक तक नहीं हुआ और यह डिफॉल्टर की श्रेणी में आ गया है। कृपया तत्काल निस्तारण कर आख्या उपलब्ध कराएं तथा "
        "विलम्ब का कारण बताएं। वरिष्ठ कार्यालय को भी सूचित किया गया है।",
    ),
    Letter.DEFAULTER_BELOW: Wording(
        subject="सन्दर्भ संख्या {number}: अधीनस्थ कार्यालय में नियत दिनांक बीत चुका है (डिफॉल्टर)",
        order="इस सन्दर्भ का निस्तारण नियत दिनांक तक नहीं हुआ और यह डिफॉल्टर की श्रेणी में आ गया है। सम्बन्धित कार्यालय को पत्र भेजा गया है; कृपया अपने स्तर से शीघ्र "
        "निस्तारण सुनिश्चित कराने का कष्ट करें।",
    ),
    Letter.ESCALATED: Wording(
        subject="सन्दर्भ संख्या {number}: आपके स्तर पर संज्ञान हेतु",
        order="अधीनस्थ स्तर पर नियत समय में निस्तारण न होने से यह सन्दर्भ आपके स्तर पर लाया गया है। प्रकरण जिस कार्यालय के पास है वहीं रहेगा; कृपया अपने स्तर "
        "से निस्तारण सुनिश्चित कराने का कष्ट करें।",
    ),
    Letter.PART: Wording(
        subject="सन्दर्भ संख्या {number}: सहयोगी विभाग के रूप में कार्यवाही",
        order="इस सन्दर्भ में आपके विभाग का सहयोग अपेक्षित है। कृपया अपने विभाग से सम्बन्धित भाग पर कार्यवाही कर आख्या मुख्य कार्यालय को उपलब्ध कराएं।",
    ),
}
