"""What an officer reads for answers, bars and forwards: each code in Hindi and English.

Not here: the pack's rules of confused pairs (routing/pairs.py), the brief as a page (routing/brief.py).
"""

from __future__ import annotations

ANSWER: dict[str, tuple[str, str]] = {
    "ACCEPTED": ("प्रकरण स्वीकार किया", "took the case"),
    "NOT_OUR_DEPARTMENT": ("विषय अपने विभाग का नहीं बताया", "said the matter is not its department's"),
    "NOT_OUR_TERRITORY": ("स्थान अपने क्षेत्र के बाहर बताया", "said the place is outside its territory"),
    "NEEDS_ANOTHER_DEPARTMENT_TOO": ("अन्य विभाग का सहयोग आवश्यक बताया", "said another department is needed too"),
    "LEVEL_ABOVE": ("निर्णय उच्च स्तर का बताया", "said the level above must decide"),
    "RETURN_TO_SENDER": ("प्रेषक अधिकारी को वापस करने योग्य बताया", "said it must go back to who sent it"),
    "COURT_MATTER": ("न्यायालय में विचाराधीन बताया", "said it is before a court"),
    "INSUFFICIENT_FACTS": ("तथ्य अपर्याप्त बताए", "said facts are lacking"),
}

#: The same in the office's own mouth, as a drop-down offers it.
ANSWER_CHOICE_HI: dict[str, str] = {
    "ACCEPTED": "प्रकरण हमारा है",
    "NOT_OUR_DEPARTMENT": "हमारे विभाग का नहीं",
    "NOT_OUR_TERRITORY": "हमारे क्षेत्र का नहीं",
    "NEEDS_ANOTHER_DEPARTMENT_TOO": "अन्य विभाग का सहयोग भी आवश्यक",
    "LEVEL_ABOVE": "उच्च स्तर से निर्णय अपेक्षित",
    "RETURN_TO_SENDER": "प्रेषक को वापस किया जाए",
    "COURT_MATTER": "न्यायालय में विचाराधीन",
    "INSUFFICIENT_FACTS": "तथ्य अपर्याप्त, आवेदक से पूछे जाएं",
}

FREEZE: dict[str, tuple[str, str]] = {
    "HOP_CAP": ("अंतरणों की अनुमन्य सीमा पूरी हो चुकी है", "the number of transfers allowed is used up"),
    "LOOP": (
        "प्रकरण पुनः उसी कार्यालय को जाता जिसके पास वह पहले रह चुका है",
        "it would go back to an office that has had it",
    ),
    "DISCLAIMED_BEFORE": (
        "प्रकरण पुनः उसी कार्यालय को जाता जो उसे अपना नहीं मान चुका है",
        "it would go back to an office that said it is not its own",
    ),
    "KEPT_BEFORE": (
        "प्रकोष्ठ द्वारा प्रकरण यथावत रखने के बाद भी कार्यालय ने उसे अपना नहीं माना",
        "the cell said that it stays, and the office says again that it is not its own",
    ),
    "REPORTED_BEFORE": (
        "कार्यालय की आख्या से प्रकरण निस्तारित हुआ था; पुनः खुलने पर वह उसे अपना नहीं मानता",
        "its own report closed the case, and now that it is open again the office says it is not its own",
    ),
    "SENT_BY_CELL": ("प्रकोष्ठ ने निर्णय हेतु प्रस्तुत किया", "the cell asks for a ruling"),
    "NO_OTHER_OFFICE": (
        "जनपद में कोई अन्य सक्षम कार्यालय नहीं",
        "no other office of the district can take it",
    ),
}

FORWARD: dict[str, tuple[str, str]] = {
    "NOBODY_NAMED": ("किसी अन्य कार्यालय का संकेत नहीं", "nobody else is named"),
    "NAMED": ("कार्यालय द्वारा बताए गए विभाग के आधार पर", "named by the office that answered"),
    "PAIR_RULE": ("दो विभागों के बीच के लिखित नियम के आधार पर", "by the written rule of the two departments"),
    "CLASSIFIER": ("पाठ के आधार पर मॉडल के अनुसार", "by the model's reading of the text"),
    "SECOND_LOOK": ("मॉडल एवं नियमों की पुनः जाँच के आधार पर", "by a second look of model and rules"),
    "TERRITORY": ("क्षेत्र के आधार पर", "by territory"),
    "LEVEL_ABOVE": ("उच्च स्तर के निर्णय हेतु", "for decision at the level above"),
}

STAY: dict[str, tuple[str, str]] = {
    "ACCEPTED": ("कार्यालय ने प्रकरण स्वीकार किया", "the office took the case"),
    "BOUND_BY_RULING": (
        "निर्णायक अधिकारी का निर्णय बाध्यकारी है; केवल वही प्रकरण हटा सकते हैं",
        "the arbiter's ruling binds; only he can move the case",
    ),
    "NOT_ON_THIS_DESK": ("प्रकरण इस कार्यालय के पटल पर नहीं है", "the case is not on this office's desk"),
    "AWAITS_RULING": ("निर्णायक अधिकारी का निर्णय प्रतीक्षित है", "the arbiter's ruling is awaited"),
    "COURT_PARTICULARS_OWED": (
        "न्यायालय का नाम, वाद संख्या, पक्षकार, स्तर एवं अगली तिथि देना शेष है",
        "court, case number, parties, stage and next date are owed",
    ),
    "DEPARTMENT_NOT_NAMED": ("सहयोगी विभाग का नाम अंकित करें", "name the department that is needed too"),
    "TASK_STANDS": ("उस कार्यालय को कार्य पहले ही सौंपा जा चुका है", "that office has its task already"),
    "ASKED_BEFORE": (
        "आवेदक से एक बार पूछा जा चुका है; उपलब्ध तथ्यों पर कार्यवाही करें",
        "the complainant was asked once already; act on what is known",
    ),
}

#: What followed from an answer, by the kind of value (following.py).
FOLLOWING: dict[str, str] = {
    "AskCell": "प्रकोष्ठ से पूछा गया",
    "Forward": "अंतरण (स्वतः अथवा प्रस्तावित)",
    "Freeze": "निर्णायक अधिकारी के समक्ष",
    "ReturnToSender": "प्रेषक को वापस",
    "AddTask": "सहयोगी विभाग को कार्य",
    "AskComplainant": "आवेदक से तथ्य",
    "StayWith": "प्रकरण यथावत",
}
