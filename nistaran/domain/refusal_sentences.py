"""The one catalogue of what an operator reads when a file or a row is not taken.

Each code has: reason in Hindi, reason in English, remedy in Hindi, remedy in English. Words in braces are facts given to
`refuse`. Not here: the codes' meaning for programs (refusals.py).
"""

from __future__ import annotations

from collections.abc import Mapping

Sentences = tuple[str, str, str, str]

_WHOLE_FILE: dict[str, Sentences] = {
    "EMPTY_FILE": (
        "फ़ाइल खाली है।",
        "The file is empty.",
        "पोर्टल से फ़ाइल दोबारा डाउनलोड कर भेजें।",
        "Download the file from the portal again and send it.",
    ),
    "FILE_TOO_LARGE": (
        "फ़ाइल {size} MB की है; सीमा {limit} MB है।",
        "The file has {size} MB; the limit is {limit} MB.",
        "फ़ाइल को भागों में बाँटकर भेजें।",
        "Split the file into parts and send these.",
    ),
    "WRONG_EXTENSION": (
        "फ़ाइल का नाम «{expected}» बताता है, पर भीतर «{found}» है।",
        "The file's name says {expected}, but its content is {found}.",
        "फ़ाइल को Excel में खोलकर «Save as» से XLSX या CSV में सहेजें, या नाम का अन्त (एक्सटेंशन) ठीक करें।",
        "Open it in Excel and use “Save as” XLSX or CSV, or correct the end of the file's name.",
    ),
    "UNSUPPORTED_FILE": (
        "इस प्रकार की फ़ाइल ({kind}) नहीं पढ़ी जाती।",
        "Files of this kind ({kind}) are not read.",
        "XLSX, CSV या JSON Lines फ़ाइल भेजें।",
        "Send an XLSX, CSV or JSON Lines file.",
    ),
    "HTML_TABLE": (
        "यह Excel फ़ाइल नहीं, वेब पेज (HTML तालिका) है, जैसा कई पोर्टल «.xls» नाम से देते हैं।",
        "This is not an Excel file but a web page (HTML table), as many portals give under the name .xls.",
        "फ़ाइल को Excel में खोलें और «Save as» से «Excel Workbook (.xlsx)» या CSV में सहेजकर भेजें।",
        "Open it in Excel, use “Save as” → “Excel Workbook (.xlsx)” or CSV, and send that.",
    ),
    "OLD_XLS": (
        "यह पुराने Excel (97–2003, .xls) की फ़ाइल है।",
        "This is a file of the old Excel (97–2003, .xls).",
        "फ़ाइल को Excel में खोलें और «Save as» से «Excel Workbook (.xlsx)» में सहेजकर भेजें।",
        "Open it in Excel, use “Save as” → “Excel Workbook (.xlsx)”, and send that.",
    ),
    "PASSWORD_PROTECTED": (
        "फ़ाइल पासवर्ड से बन्द है।",
        "The file is locked with a password.",
        "पासवर्ड हटाकर सहेजें और भेजें।",
        "Save it without a password and send it.",
    ),
    "TRUNCATED_XLSX": (
        "XLSX फ़ाइल अधूरी है (डाउनलोड बीच में रुका होगा)।",
        "The XLSX file is incomplete (the download probably broke off).",
        "पोर्टल से फ़ाइल दोबारा डाउनलोड कर भेजें।",
        "Download the file from the portal again and send it.",
    ),
    "DAMAGED_XLSX": (
        "XLSX फ़ाइल का भीतरी भाग क्षतिग्रस्त है।",
        "The inside of the XLSX file is damaged.",
        "फ़ाइल को Excel में खोलकर दोबारा XLSX या CSV में सहेजें।",
        "Open it in Excel and save it again as XLSX or CSV.",
    ),
    "ZIP_BOMB": (
        "XLSX फ़ाइल खुलने पर सीमा ({limit} MB) से बड़ी हो जाती है; सुरक्षा के कारण नहीं खोली गई।",
        "The XLSX file would unpack to more than the limit ({limit} MB); it was not opened, for safety.",
        "भेजने वाले से पूछें; सही फ़ाइल हो तो उसे CSV में सहेजकर भेजें।",
        "Ask the sender; if it is genuine, save it as CSV and send that.",
    ),
    "UNSAFE_XML": (
        "XLSX फ़ाइल के भीतर असुरक्षित XML (DOCTYPE/ENTITY) है; नहीं खोली गई।",
        "The XLSX file holds unsafe XML (DOCTYPE/ENTITY); it was not opened.",
        "भेजने वाले से पूछें; सही फ़ाइल हो तो उसे CSV में सहेजकर भेजें।",
        "Ask the sender; if it is genuine, save it as CSV and send that.",
    ),
    "NOT_DECODABLE": (
        "अक्षर पढ़े नहीं जा सके: कूटलेखन (encoding) टूटा हुआ है।",
        "The letters cannot be read: the encoding is broken.",
        "फ़ाइल को «CSV UTF-8» या XLSX में सहेजकर भेजें।",
        "Save the file as “CSV UTF-8” or XLSX and send that.",
    ),
    "NUL_BYTES": (
        "फ़ाइल में पाठ की जगह शून्य बाइट (NUL) भरे हैं; प्रति क्षतिग्रस्त है।",
        "The file is filled with zero bytes (NUL) in place of text; this copy is damaged.",
        "पोर्टल से फ़ाइल दोबारा डाउनलोड कर भेजें।",
        "Download the file from the portal again and send it.",
    ),
    "NO_HEADER": (
        "कॉलमों के शीर्षक नहीं मिले (पहली {searched} पंक्तियों में)।",
        "No row of column headers was found (in the first {searched} rows).",
        "शीर्षक पंक्ति जोड़ें, या अपने शीर्षक पैक की headers.toml तालिका में लिखें।",
        "Add a header row, or enter your headers in the pack's table headers.toml.",
    ),
    "NO_TEXT_COLUMN": (
        "शिकायत के विवरण का कॉलम नहीं मिला। पाए गए शीर्षक: {headers}।",
        "No column with the complaint's text was found. Headers found: {headers}.",
        "फ़ाइल में विवरण वाले कॉलम का शीर्षक «शिकायत का विवरण» कर दें, या अपना शीर्षक headers.toml तालिका में जुड़वाएँ।",
        "Give the column of the complaint's text a known header such as “complaint details”, or have yours added to “text” in headers.toml.",
    ),
    "NO_ROWS": (
        "शीर्षक के नीचे कोई पंक्ति नहीं है।",
        "There is no row below the headers.",
        "पोर्टल में अवधि और छँटनी जाँचकर फ़ाइल दोबारा निकालें।",
        "Check the period and filter in the portal and export again.",
    ),
    "TOO_MANY_COLUMNS": (
        "फ़ाइल में कम से कम {found} कॉलम हैं; सीमा {limit} है।",
        "There are at least {found} columns; the limit is {limit}.",
        "अनावश्यक कॉलम हटाकर भेजें।",
        "Remove the columns that are not needed and send it.",
    ),
    "JSON_TOO_LARGE": (
        "JSON सूची {size} MB की है; एक साथ पढ़ने की सीमा {limit} MB है।",
        "The JSON array has {size} MB; the limit for reading it at once is {limit} MB.",
        "JSON Lines (हर पंक्ति में एक शिकायत) के रूप में भेजें।",
        "Send it as JSON Lines (one complaint a line).",
    ),
}

_ROW: dict[str, Sentences] = {
    "FIELD_TOO_LONG": (
        "एक खाने में सीमा ({limit} अक्षर) से अधिक पाठ है।",
        "One field is longer than the limit ({limit} characters).",
        'पाठ छोटा करें और शेष संलग्नक में दें; उद्धरण चिह्न (") खुला न रहा हो, यह भी देखें।',
        'Shorten the text and attach the rest; also check for a quotation mark (") that is never closed.',
    ),
    "ROW_TOO_WIDE": (
        "पंक्ति में {found} खाने हैं, शीर्षक {expected} हैं।",
        "The row has {found} fields, the header has {expected}.",
        "पाठ में आए अल्पविराम के कारण खाने खिसके होंगे: पाठ को उद्धरण चिह्नों में रखें या XLSX भेजें।",
        "A separator inside the text has probably shifted the fields: put the text in quotes, or send XLSX.",
    ),
    "UNCLOSED_QUOTE": (
        'उद्धरण चिह्न (") खुला है पर बन्द नहीं हुआ।',
        'A quotation mark (") is opened and not closed.',
        "चिह्न बन्द करें या हटाएँ और यह पंक्ति दोबारा भेजें।",
        "Close or remove the mark and send this row again.",
    ),
    "BAD_JSON": (
        "यह JSON Lines की एक सही पंक्ति नहीं है।",
        "The line is not a valid JSON object.",
        "पंक्ति के कोष्ठक, उद्धरण चिह्न और अल्पविराम जाँचकर ठीक करें और दोबारा भेजें।",
        "Correct the line and send it again.",
    ),
    "NESTED_VALUE": (
        "«{field}» में सादे पाठ की जगह कई मानों की सूची है।",
        "“{field}” holds a list or object in place of plain text.",
        "मान सादे पाठ या संख्या में दें।",
        "Give the value as plain text or a number.",
    ),
    "FORMULA_CELL": (
        "«{field}» में सूत्र (formula) है जिसका मान फ़ाइल में नहीं है।",
        "“{field}” holds a formula whose value is not in the file.",
        "Excel में खाने को Copy → «Paste values» से मान में बदलें और सहेजें।",
        "In Excel turn the cell into its value by Copy → “Paste values”, and save.",
    ),
    "NUMBER_DAMAGED": (
        "«{field}» की संख्या के अन्तिम अंक फ़ाइल में नहीं हैं (जैसे 4.00E+13)।",
        "The last digits of the number in “{field}” are not in the file (such as 4.00E+13).",
        "Excel में इस कॉलम का प्रारूप «Text» या «0» कर मूल फ़ाइल से दोबारा सहेजें।",
        "In Excel give this column the format “Text” or “0” and save again from the original file.",
    ),
    "BAD_DATE": (
        "«{field}» में सही दिनांक नहीं है।",
        "“{field}” does not hold a valid date.",
        "दिनांक दिन/माह/वर्ष (जैसे 12/06/2024) में लिखें।",
        "Write the date as day/month/year (such as 12/06/2024).",
    ),
    "NO_TEXT": (
        "शिकायत का विवरण खाली है।",
        "The complaint has no text.",
        "विवरण लिखें; केवल संलग्नक हो तो उसका सार लिखें।",
        "Enter the text; if there is only an attachment, enter its gist.",
    ),
    "FUTURE_DATE": (
        "प्राप्ति का दिनांक आज के बाद का है।",
        "The date of receipt lies in the future.",
        "दिनांक जाँचें (दिन/माह/वर्ष) और दोबारा भेजें।",
        "Check the date (day/month/year) and send it again.",
    ),
    "TOO_OLD_DATE": (
        "प्राप्ति का दिनांक बहुत पुराना है।",
        "The date of receipt is too long ago.",
        "वर्ष जाँचें और दोबारा भेजें।",
        "Check the year and send it again.",
    ),
    "UNKNOWN_CHANNEL": (
        "शिकायत का माध्यम पैक की सूची में नहीं है।",
        "The channel of the complaint is not in the pack's table.",
        "माध्यम ठीक करें, या पैक की channels.toml तालिका में यह नाम जोड़ें।",
        "Correct the channel, or add this name to the pack's table channels.toml.",
    ),
}

#: How a column is called before an officer.
FIELD_NAMES_HI = {
    "reference": "सन्दर्भ संख्या",
    "channel": "माध्यम",
    "received_on": "प्राप्ति दिनांक",
    "text": "शिकायत का विवरण",
    "subject": "विषय",
    "name": "आवेदक का नाम",
    "phone": "मोबाइल नम्बर",
    "address": "पता",
    "district": "जनपद",
    "tehsil": "तहसील",
    "block": "विकास खण्ड",
    "thana": "थाना",
    "town": "नगर",
    "village": "ग्राम",
    "addressed_to": "सेवा में",
    "category": "श्रेणी",
}

SENTENCES: Mapping[str, Sentences] = {**_WHOLE_FILE, **_ROW}
