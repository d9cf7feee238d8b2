"""Build the sample inboxes from the hand-written texts: `python -m samples.build [FOLDER]`. The same texts give the same files.

Here: which file has which complaints and columns. Not here: how a kind of file is written (tables.py, broken.py, typewriter.py).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from samples import broken
from samples.tables import Complaint, complaints, json_lines, separated, workbook
from samples.typewriter import keys_for

FOLDER = Path(__file__).resolve().parent
_IN_KRUTIDEV = ("name", "village", "text")

_IGRS = {
    "serial": "क्र0सं0", "reference": "सन्दर्भ संख्या", "received_on": "प्राप्ति दिनांक", "name": "आवेदक का नाम",
    "phone": "मोबाइल नं0", "address": "पता", "tehsil": "तहसील", "block": "विकास खण्ड", "thana": "थाना",
    "village": "ग्राम/मोहल्ला", "subject": "विषय", "text": "शिकायत का विवरण", "reminders": "अनुस्मारकों की संख्या",
}  # fmt: skip
_HELPLINE = {
    "serial": "क्र.सं.", "channel": "स्रोत", "reference": "शिकायत संख्या", "received_on": "शिकायत दिनांक",
    "tehsil": "तहसील", "block": "विकास खण्ड", "thana": "थाना", "village": "ग्राम / वार्ड", "name": "शिकायतकर्ता का नाम",
    "phone": "मोबाइल नम्बर", "category": "सम्बन्धित विभाग", "text": "शिकायत का विवरण",
}  # fmt: skip
_DIVAS = {
    "serial": "S.No.", "channel": "Source", "received_on": "Date", "name": "Applicant Name", "phone": "Mobile No.",
    "tehsil": "Tehsil", "village": "Village", "text": keys_for("शिकायत का विवरण"),
}  # fmt: skip
_CSC = {
    "reference": "complaint_no", "channel": "source", "received_on": "received_date", "name": "applicant_name",
    "phone": "mobile", "tehsil": "tehsil", "block": "block", "village": "village", "text": "complaint",
    "vle": "vle_id",
}  # fmt: skip
_PG = {
    "reference": "Registration No / पंजीकरण संख्या", "channel": "Portal", "received_on": "Date of Receipt / प्राप्ति तिथि",
    "name": "Name of Complainant", "phone": "Mobile No", "address": "Address / पता",
    "district": "District / जनपद", "text": "Grievance Description / शिकायत का विवरण",
}  # fmt: skip
_DARSHAN = {
    "channel": "माध्यम", "reference": "सन्दर्भ सं.", "received_on": "दिनांक", "name": "प्रार्थी", "phone": "मो0 नं0",
    "tehsil": "तह0", "block": "वि0ख0", "village": "ग्राम", "text": "प्रार्थना पत्र का सार",
}  # fmt: skip
_SAMPARK = {
    "reference": "परिवाद क्रमांक", "channel": "परिवाद का माध्यम", "received_on": "दर्ज दिनांक", "name": "परिवादी का नाम",
    "phone": "मोबाइल नम्बर", "address": "पता", "tehsil": "तहसील", "block": "पंचायत समिति", "village": "ग्राम/ढाणी",
    "text": "परिवाद का विवरण", "status": "संतुष्टि स्तर",
}  # fmt: skip
_HELPLINE_181 = {
    "serial": "क्र.सं.", "channel": "स्रोत", "block": "पंचायत समिति", "tehsil": "तहसील", "reference": "परिवाद संख्या",
    "received_on": "परिवाद दिनांक", "village": "ग्राम", "name": "परिवादी", "phone": "मोबाइल", "text": "परिवाद",
}  # fmt: skip
_JANSUNWAI = {
    "reference": "parivad_no", "channel": "source", "received_on": "date", "name": "name", "phone": "mobile",
    "tehsil": "tehsil", "block": "panchayat_samiti", "village": "village", "text": "description",
}  # fmt: skip


def siddharthnagar() -> dict[str, bytes]:
    """File name → content of the inbox of Siddharthnagar's cell."""
    helpline = workbook(
        _read("cm_helpline_1076", channel="मुख्यमंत्री हेल्पलाइन"),
        _HELPLINE,
        titles=(
            "मुख्यमंत्री हेल्पलाइन 1076",
            "जनपद: सिद्धार्थनगर      रिपोर्ट: प्राप्त शिकायतों की सूची",
            "अवधि: 09-11-2026 से 15-11-2026      डाउनलोड: 16-11-2026 09:30",
        ),
        merged="tehsil",
        total="कुल योग",
    )
    return {
        "igrs_online_16-11-2026.csv": separated(
            _read("igrs_online", reminders="0"), _IGRS, separator=",", encoding="utf-8-sig"
        ),
        "cm_helpline_1076_16-11-2026.xlsx": helpline,
        "samadhan_divas_bansi_07-11-2026.csv": separated(
            [_typed(row) for row in _read("samadhan_divas", channel="SSD", tehsil="Bansi")],
            _DIVAS,
            separator=",",
            encoding="cp1252",
        ),
        "csc_16-11-2026.jsonl": json_lines(_read("csc", channel="CSC", vle="VLE-SDR-014"), _CSC),
        "pg_portal_13-11-2026.csv": separated(
            _read("pg_portal", channel="CPGRAMS", district="Siddharthnagar"), _PG, separator="\t", encoding="utf-16"
        ),
        "dm_janta_darshan_13-11-2026.csv": separated(
            _read("janta_darshan"),
            _DARSHAN,
            separator=";",
            encoding="utf-8",
            titles=("कार्यालय जिलाधिकारी सिद्धार्थनगर - जनता दर्शन पंजिका",),
        ),
        "खाली.csv": b"",
        "cm_helpline_adhoora_download.xlsx": helpline[: len(helpline) * 3 // 5],
        "igrs_lambit_suchi.xlsx": broken.web_page(),
        "sankalit_suchna_2026.xlsx": broken.bomb(),
        "aakhya_scan.csv": broken.scan(),
        "purana_software.csv": broken.padded_with_nul(),
        "whatsapp_se_prapt.jsonl": broken.forwarded_messages(),
    }


def jodhpur() -> dict[str, bytes]:
    """File name → content of the inbox of Jodhpur's cell."""
    jansunwai = json_lines(_read("jansunwai"), _JANSUNWAI)
    return {
        "sampark_16-11-2026.csv": separated(
            _read("sampark", status="लंबित"), _SAMPARK, separator=",", encoding="utf-8-sig"
        ),
        "helpline_181_16-11-2026.xlsx": workbook(
            _read("helpline_181", channel="181 हेल्पलाइन"),
            _HELPLINE_181,
            titles=("राजस्थान सम्पर्क - हेल्पलाइन 181, जिला जोधपुर", "दिनांक 05-11-2026 से 15-11-2026"),
            merged="block",
            total="योग",
        ),
        "jansunwai_bawdi_12-11-2026.jsonl": jansunwai,
    }


def build(folder: Path) -> list[Path]:
    """Write both inboxes below `folder`; returns what was written. Other files there are left alone."""
    written: list[Path] = []
    for inbox, files in (("inbox", siddharthnagar()), ("inbox-jodhpur", jodhpur())):
        (folder / inbox).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            target = folder / inbox / name
            target.write_bytes(content)
            written.append(target)
    return written


def _read(name: str, **same: str) -> list[Complaint]:
    """The complaints of texts/NAME.toml; `same` is what all of its rows share."""
    return [{**same, **row} for row in complaints(FOLDER / "texts" / f"{name}.toml")]


def _typed(row: Complaint) -> Mapping[str, str]:
    return {field: keys_for(value) if field in _IN_KRUTIDEV else value for field, value in row.items()}


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        sys.stdout.write(f"{path.stat().st_size:>8} {path}\n")
