"""Files that no cell should get and every cell gets: empty, broken off, disguised, swollen, damaged.

Not here: files with a few wrong rows among good ones (build.py).
"""

from __future__ import annotations

import io
import json
import zipfile

_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" \
ContentType="application/xml"/></Types>"""
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_ZIP_TIME = (2026, 11, 16, 9, 30, 0)


def web_page() -> bytes:
    """What many portals give under the name of a spreadsheet: an HTML table."""
    return (
        '<html><head><meta charset="utf-8"></head><body><table border="1">'
        "<tr><th>सन्दर्भ संख्या</th><th>शिकायत का विवरण</th></tr>"
        "<tr><td>40018426012001</td><td>सत्र समाप्त हो गया है, कृपया पुनः लॉगिन करें</td></tr></table></body></html>"
    ).encode()


def bomb(megabytes: int = 60) -> bytes:
    """A spreadsheet of some kilobytes that unpacks to `megabytes` of spaces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr(zipfile.ZipInfo("[Content_Types].xml", _ZIP_TIME), _CONTENT_TYPES)
        part = zipfile.ZipInfo("xl/worksheets/sheet1.xml", _ZIP_TIME)
        part.compress_type = zipfile.ZIP_DEFLATED
        with package.open(part, "w") as sheet:
            sheet.write(_SHEET)
            for _ in range(megabytes):
                sheet.write(b" " * 1_000_000)
    return out.getvalue()


def scan() -> bytes:
    """A PDF; somebody has given it another name."""
    return (
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        b"xref\n0 4\n0000000000 65535 f \n0000000015 00000 n \n0000000064 00000 n \n0000000121 00000 n \n"
        b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n192\n%%EOF\n"
    )


def padded_with_nul() -> bytes:
    """An old program's list: it fills its fields with NUL bytes where others write spaces."""
    rows = [
        ["सन्दर्भ संख्या", "प्राप्ति दिनांक", "तहसील", "शिकायत का विवरण"],
        ["40018426012101", "10/11/2026", "इटवा", "ग्राम जिगना सानी में राजकीय नलकूप की नाली टूटी है\0\0\0\0"],
        ["40018426012118", "11/11/2026", "बांसी\0\0", "हर\0 माह राशन की दुकान पर घटतौली होती है, जांच करायी जाय"],
    ]
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows).encode()


def forwarded_messages(marks: int = 80_000) -> bytes:
    """JSON Lines with a line that breaks off, and a text with a heap of combining marks on one letter («Zalgo»)."""
    heap = "\u0301\u0316" * (marks // 2)
    lines = [
        _line("40018426012206", "ग्राम हरदिहवा में आंगनबाड़ी केन्द्र पर पोषाहार नहीं बंट रहा है, कार्यकत्री नहीं आतीं।"),
        '{"complaint_no": "40018426012214", "received_date": "2026-11-12", "complaint": "थाने में रिपोर्ट नहीं लि',
        _line("40018426012221", f"ग्राम भगवतनगर में बिजली का ख{heap}म्भा गिर गया है, तार खेत में पड़ा है।"),
        _line("40018426012239", "विद्यालय में तीन दिन से मध्याह्न भोजन नहीं बना, प्रधानाध्यापक छुट्टी पर हैं।"),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _line(number: str, text: str) -> str:
    value = {"complaint_no": number, "received_date": "2026-11-12", "tehsil": "नौगढ़", "complaint": text}
    return json.dumps(value, ensure_ascii=False)
