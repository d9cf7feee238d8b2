"""What an officer reads for the codes of statuses, events, links and reasons: one word for one thing, in Hindi.

Not here: the sentences of refusals (refusal_sentences.py), names of departments and offices (the pack's tables).
"""

from __future__ import annotations

STATUS_HI = {
    "REGISTERED": "पंजीकृत",
    "AWAITING_PERSON": "निर्णय हेतु लंबित",
    "WITH_OFFICE": "कार्यालय स्तर पर लंबित",
    "AWAITING_RULING": "निर्णायक अधिकारी के समक्ष",
    "RETURNED": "प्रेषक को वापस",
    "DISPOSED": "निस्तारित",
    "SPECIAL_CLOSED": "स्पेशल क्लोज",
}
#: Statuses whose clock still runs: past its due date such a case is overdue.
OPEN_STATUSES = frozenset({"REGISTERED", "AWAITING_PERSON", "WITH_OFFICE", "AWAITING_RULING"})
OVERDUE_HI = "नियत दिनांक बीत चुका है"

EVENT_HI = {
    "Registered": "पंजीकृत हुआ",
    "Linked": "अन्य प्रकरण से जोड़ा गया",
    "Routed": "कार्यालय को सौंपा गया",
    "PersonAsked": "निर्णय हेतु प्रकोष्ठ के समक्ष",
    "NoticeDelivered": "कार्यालय को सूचना पहुँची",
    "ComplainantShown": "आवेदक का नाम और फ़ोन खोलकर देखा गया",
    "DepartmentCorrected": "व्यक्ति द्वारा विभाग निर्धारित",
    "OfficeAnswered": "कार्यालय का उत्तर",
    "ForwardProposed": "अंतरण प्रस्तावित, प्रकोष्ठ की स्वीकृति हेतु",
    "ForwardDeclined": "प्रकोष्ठ ने प्रकरण यथावत रखा",
    "Forwarded": "अन्य कार्यालय को अंतरित",
    "Frozen": "निर्णायक अधिकारी के समक्ष रखा गया",
    "Ruled": "निर्णायक अधिकारी का निर्णय",
    "Returned": "प्रेषक को वापस",
    "TaskSet": "कार्य सौंपा गया",
    "TaskClosed": "कार्य समाप्त",
    "ReportSubmitted": "कार्यालय की आख्या",
    "Disposed": "निस्तारित",
    "SpecialClosed": "स्पेशल क्लोज",
    "SpecialRefused": "स्पेशल क्लोज अस्वीकृत",
    "FeedbackGiven": "आवेदक का फीडबैक",
    "Reopened": "प्रकरण पुनः खोला गया",
    "Marked": "समय-सीमा का चिह्न",
    "LetterDrafted": "पत्र का आलेख तैयार",
    "LetterSigned": "पत्र पर हस्ताक्षर",
    "LetterSent": "पत्र प्रेषित",
    "LetterAnswered": "पत्र का उत्तर प्राप्त",
    "LetterCancelled": "पत्र निरस्त",
    "DailyNoticeDrawn": "विभाग की दैनिक सूचना तैयार",
    "DailyNoticeAcknowledged": "दैनिक सूचना की प्राप्ति दर्ज",
    "OrderGiven": "अभियान का आदेश दिया गया",
    "OrderEnded": "अभियान का आदेश समाप्त",
    "Masked": "अवधि पूर्ण: आवेदक का विवरण हटाया गया",
    "Purged": "अवधि पूर्ण: शिकायत का पाठ मिटाया गया",
    "CorrectionTrusted": "संशोधन की पुष्टि हुई",
    "CorrectionQuarantined": "संशोधन जाँच हेतु रोका गया",
    "CorrectionReleased": "रोका गया संशोधन मुक्त किया गया",
    "CorrectionWithdrawn": "पूर्व संशोधन के स्थान पर नया उत्तर",
}
RELATED_HI = {
    "SAME_REFERENCE": "वही सन्दर्भ संख्या, भिन्न पाठ",
    "SAME_PERSON_NEAR_TEXT": "उसी आवेदक की लगभग समान शिकायत",
    "MENTIONED": "पाठ में उल्लिखित",
    "SAME_MATTER": "वही विषय, समान या भिन्न शब्दों में",
}
#: Why a person must decide (decision.AskReason).
ASK_HI = {
    "LOW_CONFIDENCE": "विभाग पर पर्याप्त विश्वास नहीं",
    "TOO_LITTLE_EVIDENCE": "पाठ में पर्याप्त तथ्य नहीं",
    "UNKNOWN_SCRIPT": "लिपि या भाषा अपरिचित",
    "DAMAGED_TEXT": "पाठ क्षतिग्रस्त (PDF प्रति)",
    "NOT_A_GRIEVANCE": "शिकायत प्रतीत नहीं होती",
    "NO_MODEL": "विश्वसनीय मॉडल उपलब्ध नहीं",
    "NO_OFFICE": "कार्यालय तालिका में नहीं",
    "AMBIGUOUS_PLACE": "एक नाम के कई स्थान",
    "NO_PLACE": "स्थान ज्ञात नहीं",
    "OUTSIDE_DISTRICT": "अन्य जनपद का नाम",
    "DRIFT": "मॉडल के व्यवहार में बदलाव, जाँच होने तक व्यक्ति देखेगा",
    "RESPONDENT": "शिकायत उसी अधिकारी के विरुद्ध, ऊपर कोई कार्यालय नहीं",
    "ERROR": "तकनीकी त्रुटि",
}
#: Why a person names this department (correction.CorrectionReason).
CORRECTION_HI = {
    "UNSTATED": "कारण नहीं लिखा गया",
    "OTHER_SUBJECT": "विषय इस विभाग का है",
    "MAIN_MATTER": "कई विषयों में मुख्य विषय इस विभाग का",
    "MISLEADING_WORDS": "शब्दों से भ्रम, तथ्य इस विभाग के",
    "WRONG_ADDRESSEE": "आवेदक ने अन्य अधिकारी को सम्बोधित किया",
    "PAIR_RULE": "दो विभागों के बीच नियम से इसी विभाग का",
    "THANKS": "धन्यवाद या प्रशंसा",
    "SUGGESTION": "सुझाव या मांग",
    "RTI": "सूचना का अधिकार",
    "SERVICE_MATTER": "सरकारी सेवक का सेवा प्रकरण",
    "OTHER_STATE": "अन्य राज्य का विषय",
    "CENTRAL_SUBJECT": "केन्द्र सरकार का विषय",
    "NO_CONTENT": "पाठ नहीं, केवल संलग्नक",
    "TEST_ENTRY": "परीक्षण या निरर्थक प्रविष्टि",
}
#: Why corrections of one login are held back (correction.Quarantine).
QUARANTINE_HI = {
    "TOO_MANY_A_DAY": "एक लॉगिन से एक दिन में सीमा से अधिक संशोधन",
    "TOO_MANY_ALIKE": "एक लॉगिन से थोड़े समय में एक ही विभाग के बहुत संशोधन",
    "TOO_LARGE_A_SHARE": "अवधि के संशोधनों में एक लॉगिन का बहुत बड़ा अंश",
}
#: Whether a correction may teach (correction.Trust).
TRUST_HI = {
    "WAITING": "पुष्टि की प्रतीक्षा",
    "TRUSTED": "पुष्ट",
    "QUARANTINED": "जाँच हेतु रोका गया",
    "WITHDRAWN": "निरस्त",
}
#: What somebody owes on a case (task.TaskKind), and how far it has come (task.TaskState).
TASK_HI = {
    "RELEASE": "प्रस्तावित अंतरण पर प्रकोष्ठ का निर्णय",
    "RULING": "निर्णायक अधिकारी का निर्णय",
    "RETURN": "प्रेषक को वापसी की पुष्टि",
    "PART": "सहयोगी विभाग का भाग",
    "FACTS": "आवेदक से तथ्य प्राप्त करना",
    "APPROVAL": "स्पेशल क्लोज पर उच्च स्तर का अनुमोदन",
    "HEARING": "न्यायालय की तिथि के बाद नई आख्या",
    "REWORK": "पुनः निस्तारण की आख्या",
    "CALL": "निस्तारण के बाद आवेदक से सम्पर्क",
    "FIELD": "स्थलीय सत्यापन",
}
REPORT_STATE_HI = {
    "WAITING": "उच्च स्तर के अनुमोदन हेतु",
    "REJECTED": "आख्या वापस",
    "ACCEPTED": "आख्या स्वीकृत",
    "OVERRULED": "व्यक्ति के निर्णय से स्वीकृत",
    "RECALLED": "निस्तारण वापस लिया गया",
}
#: What is held against a report's text (report.ReportCode, report.ReportWarning).
CHECKED_HI = {
    "BOILERPLATE": "केवल औपचारिक वाक्य, कार्यवाही नहीं",
    "SUB_JUDICE_INCOMPLETE": "न्यायालय का विवरण अपूर्ण",
    "NOT_SPECIFIC": "इस प्रकरण के तथ्यों पर नहीं",
    "NO_ACTION_TAKEN": "कोई पूर्ण कार्यवाही नहीं",
    "WRONG_DEPARTMENT_NOT_FORWARDED": "अन्य विभाग का बताकर अंतरित नहीं किया",
    "TOO_SHORT": "अत्यन्त संक्षिप्त",
    "COPY_OF_COMPLAINT": "शिकायत की नकल",
    "BLAMES_COMPLAINANT_UNHEARD": "आवेदक को सुने बिना दोषी ठहराया",
    "NO_DATE_OR_EVIDENCE": "दिनांक अथवा प्रमाण नहीं",
    "NO_CONTACT_WITH_COMPLAINANT": "आवेदक से सम्पर्क का उल्लेख नहीं",
    "NO_OFFICER_NAMED": "अधिकारी का नाम नहीं",
    "FILLER_BESIDE_ACTION": "कार्यवाही के साथ औपचारिक वाक्य",
}
#: What complainants say (feedback.Outcome).
OUTCOME_HI = {
    "SATISFIED": "संतुष्ट",
    "DISSATISFIED": "असंतुष्ट",
    "NO_ANSWER": "फोन नहीं उठा",
    "WRONG_NUMBER": "नम्बर ग़लत",
    "CALL_AGAIN": "पुनः सम्पर्क को कहा",
}
RELIEF_HI = {"GIVEN": "मिली", "PARTLY": "आंशिक मिली", "NOT_GIVEN": "नहीं मिली", "UNKNOWN": "ज्ञात नहीं"}
TASK_STATE_HI = {"OPEN": "लम्बित", "DONE": "पूर्ण", "DROPPED": "अब आवश्यक नहीं"}
#: Marks of time on a case (escalation.MarkKind), and why a sweep passed a case over (steps/escalate.py).
MARK_HI = {
    "WARNING_1": "पहली चेतावनी",
    "WARNING_2": "दूसरी चेतावनी",
    "WARNING_3": "तीसरी चेतावनी",
    "DEFAULTER": "डिफॉल्टर",
    "L2": "द्वितीय स्तर (L2) को",
    "L3": "तृतीय स्तर (L3) को",
    "L4": "चतुर्थ स्तर (L4) को",
}
PASSED_OVER_HI = {
    "SENDER_HAS_IT": "प्रेषक को वापसी की पुष्टि हो चुकी है",
    "UNKNOWN_CHANNEL": "माध्यम तालिका में नहीं",
    "CHANGED_MEANWHILE": "इस बीच निस्तारित हो गया",
}
#: What a reader noticed in a file that it read all the same (the codes of nistaran/readers/notes.py).
NOTE_HI = {
    "UNKNOWN_HEADER": "कॉलम जो पहचाने नहीं गये",
    "COLUMNS_JOINED": "एक ही बात के कई कॉलम",
    "ENCODING": "कूटलेखन अनुमान से",
    "KRUTIDEV": "KrutiDev पाठ यूनिकोड में बदला गया",
    "SHEET_SKIPPED": "शीट जो नहीं पढ़ी गई",
    "TOTAL_LINE": "योग की पंक्तियाँ छोड़ी गईं",
    "EMPTY_FORMULA": "बिना मान के सूत्र",
    "PHONE_DAMAGED": "मोबाइल संख्याओं के अन्तिम अंक कटे",
    "MORE_NOTES": "और टिप्पणियाँ",
    "REST_NOT_READ": "फ़ाइल का शेष भाग नहीं पढ़ा गया",
}
#: Every reason that an event can carry.
REASON_HI = ASK_HI | CORRECTION_HI | QUARANTINE_HI

#: How a model became live (promotion.Move), what drifted (drift.Sign), what a look at the drift came to (steps/drift.py).
MOVE_HI = {"PROMOTED": "लागू किया", "ROLLED_BACK": "पिछले पर लौटे"}
SIGN_HI = {
    "COVERAGE_FELL": "बिना पूछे सौंपे जाने वाले प्रकरण घटे",
    "SURENESS_FELL": "मॉडल का विश्वास घटा",
    "WORDS_UNKNOWN": "पाठों में अपरिचित शब्द बढ़े",
    "MIX_MOVED": "विभागों का अनुपात बदला (केवल सूचना)",
    "DEPARTMENT_SURGED": "इस विभाग के प्रकरण अचानक बढ़े",
    "DEPARTMENT_UNSURE": "इस विभाग पर विश्वास घटा",
}
WATCHED_HI = {
    "TOO_FEW": "निर्णय अभी कम हैं",
    "REFERENCE": "यह स्थिति सन्दर्भ मानी गई",
    "QUIET": "कोई नया बदलाव नहीं",
    "ALARM": "नई चेतावनी",
}
#: What a post of an office lacks, so that a login can be made and used (registry.lacks).
LACKS_HI = {
    "name": "अधिकारी का नाम",
    "designation": "पदनाम",
    "mobile": "मोबाइल नम्बर",
    "email": "ई-मेल पता",
    "login": "लॉगिन",
}
