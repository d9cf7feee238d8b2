"""The words by which evidence in a report is told, as patterns over folded text (evidence_marks.fold): Hindi, roman Hindi, English.

Here: word lists only. Not here: counting and judging them (evidence.py, models/reports).
"""

from __future__ import annotations

import re


def _words(*alternatives: str) -> re.Pattern[str]:
    """One word, matched whole."""
    return re.compile("(?:" + "|".join(alternatives) + ")")


def _phrases(*alternatives: str) -> re.Pattern[str]:
    """Several words within one sentence, searched for."""
    return re.compile(r"(?<![\w\u0900-\u0963])(?:" + "|".join(alternatives) + r")(?![\w\u0900-\u0963])")


#: a verb in the completed past: «हटवा दिया गया», «लगाया», «बदली गई», replaced
PAST = _words(
    r"गया|गई|गए|गईं|चुका|चुकी|चुके|(?!बताया|बनाया$).{2,}(?:वाया|वाई|वाए|वाईं)|(?:कर|लग|बन|हट|दिल|बत|भिजव|बंटव)(?:ाया|ाई|ाए|ाईं)",
    r"किया|किए|हुआ|हुई|हुए|हुईं|दिया|दी|दिए|लिया|ली|लिए|भेजा|भेजी|भेजे|बदला|बदली|बदले|जोडा|जोडी|जोडे|खोला|खोली|रोका|रोकी|काटा|काटी|नापा|नापी|सौंपा|सौंपी|डाला|डाली",
    r"gaya|gayi|gai|gaye|diya|diye|liya|hua|hui|hue|kiya|karaya|karwaya|lagaya|lagwaya|hataya|hatwaya|badla|bheja|was|were|been",
    r"[a-z]{3,}ed|paid|sent|built|sold|found|given|done|taken|laid|dug",
)
#: a result that changes something for the complainant, in whatever form
REMEDY = _words(
    r"हट(?:ा|ाया|ाई|ाए|वाया|वाई|वाए|ाकर|वाकर)|अंतरित|स्थानांतरित|जमा|क्रेडिट|वापस|भुगतान|निर्गत|जारी|दर्ज|पंजीकृत|संशोधित|दुरुस्त|दुरस्त|ठीक",
    r"चालू|बहाल|सक्रिय|शुरू|खुल(?:ा|ी|वा|वाया|वाई|ना)|खोल[^\s]*|बदल(?:ा|ी|े|कर|वाया|वाई|वा)|लग(?:ा|ी|े|ाया|ाई|ाए|वाया|वाई|वाए|ाकर|वा)|जोड[^\s]*",
    r"मरम्मत|सफाई|साफ|निर्मित|निर्माण|पूर्ण|वितरित|वितरण|स्वीकृत|नियुक्त|तैनात|सीज|जब्त|जुर्माना|अर्थदंड|शमन|वसूल[^\s]*|निलंबित|बर्खास्त",
    r"गिरफ्तार|जेल|पाबंद|मुकदमा|मुअसं|एफआईआर|चालान|बरामद|कब्जामुक्त|पैमाइश|सीमांकन|पत्थर|नामांतरण|अमलदरामद",
    r"निरस्त|समाप्त|कटौती|प्रवेश|सौंप[^\s]*|सुपुर्द|दिला[^\s]*|गिराया|ढहाया|तोडा|तोडकर|उखडवा[^\s]*",
    r"repair(?:ed)?|replaced|restored|credited|paid|issued|removed|installed|sanctioned|corrected|cleaned|seized|refund(?:ed)?|jama|bhugtan",
    r"lagaya|lagwaya|hataya|hatwaya|badla|theek|thik|chalu|wapas|sahi|sweekrit|jari|darj",
)
#: steps that change nothing yet
LOOKED = _words(
    r"निरीक्षण|जांच|अवलोकन|परीक्षण|भ्रमण|पूछताछ|बैठक|चर्चा|वार्ता|विचार|मंथन|समीक्षा|निर्देश|निर्देशित|आदेशित|अवगत|प्रेषित|पत्राचार|अनुस्मारक|अनुरोध|अपेक्षा|"
    r"हिदायत|समझाया|कहा|बताया|मांगी|मांगा|पाया|पाई|पाए|मिला|मिली|देखा|देखी|सत्यापन|आगणन|प्राक्कलन|प्रस्ताव|स्पष्टीकरण|नोटिस|नामित|गठित",
    r"inspect(?:ed|ion)|visited|checked|directed|instructed|requested|informed|forwarded|jaanch|jach|nirikshan|nirdesh",
)
#: what is still to come or only hoped for
FUTURE = _words(
    r"[^\s]+(?:ूंगा|एगा|एगी|एंगे|एंगी|ेगा|ेगी|ेंगे|ेंगी|गा|गी|गे)",
    r"[a-z]+(?:ega|egi|enge|aega|ayega|ayegi)|will|shall|would|soon",
    r"शीघ्र|यथाशीघ्र|जल्द|जल्दी|आगामी|भविष्य|प्रयास|संभावना|आशा|उम्मीद|विश्वास|विचाराधीन|प्रस्तावित|प्रतीक्षा|प्रत्याशा|"
    r"तत्पर|कटिबद्ध|सजग|संवेदनशील|प्रतिबद्ध|धैर्य",
)
#: what goes on, or is always so
ONGOING = _words(
    r"रहा|रही|रहे|प्रचलित|प्रचलन|प्रगति|प्रक्रिया|प्रक्रियाधीन|लंबित|होता|होती|होते|रहता|रहती|रहते|जाता|जाती|जाते|करता|करती|करते|देता|देती|देते|आता|आती|आते|चाहिए",
    r"raha|rahi|rahe|process|progress|being|pending",
)
CONTACT = _words(
    r"बयान[^\s]*|कथन[^\s]*|दूरभाष|फोन|मोबाइल|मो|कॉल|काल|वार्ता|सुना|सुनकर|सुनवाई|संतुष्ट|संतुष्टि|संतोष|पावती|हस्ताक्षर|दस्तखत|अंगूठा|पुष्टि|उपस्थित[^\s]*|समक्ष|"
    r"सामने|मौजूदगी|उपस्थिति|एसएमएस|सूचित|sms|phone|call(?:ed)?|statement|heard|satisf(?:ied|action)|bayan|santusht",
)
WITNESS = _words(
    r"गवाह[^\s]*|साक्षी|साक्षियों|पडोसी|पडोसियों|पंचनामा|प्रधान|प्रधानाध्यापक[^\s]*|ग्रामवासी|ग्रामीणों|पार्षद|witness(?:es)?|gawah|panchnama"
)
PHOTO = _words(
    r"फोटो|फोटोग्राफ|जीपीएस|जियोटैग[^\s]*|जिओटैग[^\s]*|चित्र|वीडियो|photo(?:s|graph|graphs)?|geotag(?:ged)?|gps|मापी"
)
OFFICER = _words(
    r"श्री|श्रीमती|सुश्री|कु|डा|डॉ|shri|smt|sri|sh|dr|mr|लेखपाल|क्षेले|रानि|निरीक्षक|उनि|उपनिरीक्षक|कानूनगो|तहसीलदार|पटवारी|अभियंता|जेई|एसडीओ|एसडीएम|उपजिलाधिकारी|"
    r"बीडीओ|सचिव|अधिकारी|लाइनमैन|प्रबंधक|चिकित्सक|दरोगा|रेंजर|je|sdo|sdm|bdo|ae|xen|inspector|lekhpal|officer|manager|engineer",
)
TRANSFER = _words(
    r"अंतरित|स्थानांतरित|हस्तांतरित|अग्रसारित|ट्रांसफर|अग्रेषित|भेजा|प्रेषित|transferred|forwarded|antarit|bheja",
)
NOT_OURS = _phrases(
    r"(?:इस|हमारे) (?:कार्यालय|विभाग|खंड|थाने|थाना|बैंक|शाखा|इकाई|स्तर)[^।]{0,40}नहीं|क्षेत्राधिकार|अधिकार क्षेत्र|संबंधित नहीं|संबंध नहीं|हमसे नहीं|दायरे में नहीं|"
    r"का (?:नहीं|विषय) है|"
    r"(?:दूसरे|अन्य|गलत) विभाग|not (?:ours|related|concerned|under)|does not pertain|sambandhit nahi",
)
COURT = _words(
    r"न्यायालय[^\s]*|अदालत|कोर्ट|रिट|याचिका|वाद|मुकदमा|अपील|स्थगन|court|writ|tribunal|अधिकरण|judice|subjudice|stay"
)
PENDING_IN_COURT = _phrases(
    r"(?:न्यायालय|अदालत|कोर्ट|अधिकरण)[^।]{0,60}(?:विचाराधीन|लंबित|चल रहा|योजित|दायर|विचारण)|"
    r"(?:वाद|रिट|मुकदमा|अपील|याचिका)[^।]{0,60}(?:विचाराधीन|लंबित|चल रह[ाी]|योजित)|"
    r"sub[- ]?judice|pending (?:in|before)[^।.]{0,30}court|court[^।.]{0,40}(?:pending|vicharadheen|lambit)",
)
NAMED_COURT = _phrases(
    r"(?:उच्च|सर्वोच्च|सिविल|जनपद|जिला|सत्र|परिवार|राजस्व|उपजिलाधिकारी|तहसीलदार|मंडलायुक्त|आयुक्त|जज|एसडीएम|उपखंड|चकबंदी|अपर|मुंसिफ|सहायक|बंदोबस्त)[^।]{0,40}(?:न्यायालय|न्यायाधीश|कोर्ट|पीठ)?",
    r"न्यायालय[^।]{0,6}(?:उपजिलाधिकारी|सिविल|तहसीलदार|अपर|मुंसिफ|एसडीएम|जिला|आयुक्त|सीजेएम|उपखंड|बंदोबस्त|श्रम|राजस्व)[^\s]*|लखनऊ|इलाहाबाद|प्रयागराज|जोधपुर|जयपुर|"
    r"high court|civil judge|acjm|cjm|sdm court|district judge|lok adalat|"
    r"लोक अदालत|सिविल जज|सीजेएम|एनजीटी|ngt|drt|डीआरटी|rera|रेरा|उपभोक्ता (?:फोरम|आयोग)",
)
NEXT_DATE = _phrases(
    r"(?:अगली|आगामी|नियत|पेशी|अग्रिम|next)[^।]{0,40}⟦date⟧",
    r"⟦date⟧[^।]{0,30}(?:नियत|को (?:सुनवाई|बहस|पेशी|आदेश|साक्ष्य|आपत्ति)|को है)",
    r"(?:सुनवाई|बहस|तिथि|तारीख|पेशी|सूची|hearing|date)[^।⟦]{0,20}⟦date⟧",
)
REFUSAL = _phrases(
    r"अपात्र|अस्वीक[^\s]*|अनुमन्य नहीं|अर्ह नहीं|देय नहीं|पात्र नहीं|स्वीकार नहीं|मानी नहीं|संभव नहीं|नहीं (?:मानी|दी|दिया) जा सक[^\s]*|निरस्त|"
    r"प्राविधान नहीं|प्रावधान नहीं|rejected|not (?:eligible|admissible)|ineligible",
)
BLAME = _words(
    r"आदतन|आदी|झूठ[^\s]*|असत्य|निराधार|बलहीन|मनगढंत|रंजिश[^\s]*|द्वेष[^\s]*|झगडालू|शरारत[^\s]*|षडयंत्र[^\s]*|षड्यंत्र[^\s]*|बार-बार|प्रवृत्ति|नेतागिरी|राजनीति[^\s]*|राजनैतिक|"
    r"बदनाम|छवि|मानसिक[^\s]*|विघ्नसंतोषी|habitual|false|baseless|frivolous|jhoot[a-z]*|jhuth[a-z]*|aadatan",
)
FOUND_TRUE = _phrases(
    r"(?:शिकायत|कथन|बात|आरोप|तथ्य|तथ्यों)[^।]{0,25}(?:सही|सत्य|सच|पुष्टि|सत्यता|सच्चाई)|सही (?:पाया|पाई|पाए|मिली|मिला)|पुष्टि हुई|found (?:true|correct)",
)
#: slots told by single words
WORDS = {
    "past": PAST, "remedy": REMEDY, "looked": LOOKED, "future": FUTURE, "ongoing": ONGOING, "contact": CONTACT, "witness": WITNESS,
    "photo": PHOTO, "officer": OFFICER, "transfer": TRANSFER, "court": COURT, "blame": BLAME,
}  # fmt: skip
#: slots told by several words; those of courts are searched for only where a court is named
PHRASES = {"not_ours": NOT_OURS, "refusal": REFUSAL, "found_true": FOUND_TRUE}
COURT_PHRASES = {"pending": PENDING_IN_COURT, "named_court": NAMED_COURT, "next_date": NEXT_DATE}
#: one of these stands in every text that a phrase is met in
KEYS_OF_PHRASES = {
    "not_ours": ("नहीं", "क्षेत्राधिकार", "अधिकार क्षेत्र", "का विषय", "विभाग", "not ", "nahi"),
    "refusal": ("पात्र", "अस्वीक", "नहीं", "निरस्त", "reject", "not ", "ineligible"),
    "found_true": ("सही", "सत्य", "सच", "पुष्टि", "found"),
    "pending": ("विचाराधीन", "लंबित", "चल रह", "योजित", "दायर", "विचारण", "judice", "pending", "vicharadheen", "lambit"),
    "named_court": ("",),
    "next_date": ("⟦date⟧",),
}
SLOTS = (*WORDS, *PHRASES, *COURT_PHRASES)
