"""What an officer reads for the codes of letters, daily notices and orders: one word for one thing, in Hindi. As wording.py."""

from __future__ import annotations

DRAFT_HI = {
    "REMINDER": "अनुस्मारक",
    "EXPLANATION": "स्पष्टीकरण",
    "WARNING": "चेतावनी",
    "SHOW_CAUSE": "कारण बताओ नोटिस",
    "TO_SUPERIOR": "वरिष्ठ अधिकारी को पत्र",
    "FORWARDING": "अग्रसारण",
    "RETURN": "वापसी",
    "COURT_REPLY": "न्यायालय में विचाराधीन प्रकरण का उत्तर",
}
DRAFT_STATE_HI = {"DRAFTED": "आलेख", "SIGNED": "हस्ताक्षरित", "SENT": "प्रेषित", "CANCELLED": "निरस्त"}
ACT_HI = {"SIGNED": "हस्ताक्षर", "SENT": "प्रेषण", "ANSWERED": "उत्तर प्राप्त", "CANCELLED": "निरस्त"}
ORDER_STATE_HI = {"GIVEN": "प्रभावी", "CLOSED": "पूर्ण", "WITHDRAWN": "वापस लिया गया"}
STANDING_HI = {
    "DONE": "समय से निस्तारित",
    "DONE_LATE": "लक्ष्य के बाद निस्तारित",
    "LEFT": "शेष",
    "MOVED": "अन्य कार्यालय के पास शेष",
    "REOPENED": "पुनः खुला",
}
