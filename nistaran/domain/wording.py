"""What an officer reads for the codes of statuses, events, links and reasons: one word for one thing, in Hindi.

Not here: the sentences of refusals (refusal_sentences.py), names of departments and offices (the pack's tables).
"""

from __future__ import annotations

STATUS_HI = {"REGISTERED": "पंजीकृत", "AWAITING_PERSON": "निर्णय हेतु लंबित", "WITH_OFFICE": "कार्यालय स्तर पर लंबित"}
#: Statuses whose clock still runs: past its due date such a case is overdue.
OPEN_STATUSES = frozenset({"REGISTERED", "AWAITING_PERSON", "WITH_OFFICE"})
OVERDUE_HI = "नियत दिनांक बीत चुका है"

EVENT_HI = {
    "Registered": "पंजीकृत हुआ",
    "Linked": "अन्य प्रकरण से जोड़ा गया",
    "Routed": "कार्यालय को सौंपा गया",
    "PersonAsked": "निर्णय हेतु प्रकोष्ठ के समक्ष",
    "NoticeDelivered": "कार्यालय को सूचना पहुँची",
    "ComplainantShown": "आवेदक का नाम और फ़ोन खोलकर देखा गया",
}
RELATED_HI = {
    "SAME_REFERENCE": "वही सन्दर्भ संख्या, भिन्न पाठ",
    "SAME_PERSON_NEAR_TEXT": "उसी आवेदक की लगभग समान शिकायत",
    "MENTIONED": "पाठ में उल्लिखित",
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
    "ERROR": "तकनीकी त्रुटि",
}
