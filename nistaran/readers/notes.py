"""What an operator is told about a file that was read all the same: one catalogue of sentences, Hindi and English.

Not here: refusals (domain/refusals.py). A note never holds citizens' text: headers, sheets, encodings and counts only.
"""

from __future__ import annotations

from nistaran.readers.record import Note

_SENTENCES: dict[str, tuple[str, str]] = {
    "UNKNOWN_HEADER": (
        "कॉलम «{detail}» पहचाना नहीं गया; उसके मान अतिरिक्त के रूप में रखे गए। पहचान हेतु headers.toml में जोड़ें।",
        "Column “{detail}” is not known; its values are kept as extras. To use it, add it to headers.toml."),
    "COLUMNS_JOINED": (
        "एक से अधिक कॉलम «{detail}» बताते हैं; मान जोड़े गए या पहला भरा हुआ लिया गया।",
        "Several columns stand for “{detail}”; their values were joined, or the first filled one was taken."),
    "ENCODING": (
        "फ़ाइल का कूटलेखन «{detail}» मानकर पढ़ी गई।", "The file was read in the encoding {detail}."),
    "KRUTIDEV": (
        "{detail} खानों का KrutiDev पाठ यूनिकोड में बदला गया; मूल पाठ भी सुरक्षित है।",
        "{detail} cells in KrutiDev were decoded; the original text is kept too."),
    "SHEET_SKIPPED": (
        "शीट «{detail}» में शीर्षक नहीं मिले; नहीं पढ़ी गई।", "Sheet “{detail}” has no known headers and was not read."),
    "TOTAL_LINE": (
        "पंक्ति {detail} योग की पंक्ति है; छोड़ी गई।", "Row {detail} is a line of totals and was left out."),
    "EMPTY_FORMULA": (
        "कॉलम «{detail}» में बिना मान के सूत्र हैं; वे खाने खाली माने गए।",
        "Column “{detail}” holds formulas without values; those cells count as empty."),
    "PHONE_DAMAGED": (
        "पंक्ति {detail} से मोबाइल संख्याओं के अन्तिम अंक कटे हैं; वे खाली मानी गईं। कॉलम का प्रारूप «Text» करें।",
        "From row {detail} on phone numbers lack their last digits and count as empty. Give the column the format “Text”."),
    "MORE_NOTES": (
        "और {detail} टिप्पणियाँ यहाँ नहीं रखी गईं।", "{detail} more remarks were not kept here."),
    "REST_NOT_READ": (
        "पंक्ति {detail} के बाद की फ़ाइल नहीं पढ़ी गई।", "The file was not read beyond row {detail}."),
}  # fmt: skip


def note(code: str, *, file: str, detail: str) -> Note:
    """The note for a code of this catalogue; `detail` fills its sentences."""
    hindi, english = _SENTENCES[code]
    return Note(
        file=file, code=code, detail=detail,
        message_hi=hindi.replace("{detail}", detail), message_en=english.replace("{detail}", detail),
    )  # fmt: skip
