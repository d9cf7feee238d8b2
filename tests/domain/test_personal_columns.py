"""Personal columns: a header in either language, or a value, is enough to have a column sealed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.personal_columns import is_personal_header, part_personal

PERSONAL = [
    "name", "phone", "address", "आवेदक का नाम", "पिता/पति का नाम", "पिता का नाम", "पति / पिता", "Father's Name", "FatherName",
    "father_name", "Husband Name", "S/o", "W/O", "माता का नाम", "मो0", "मो० नं०", "मो. न.", "मोबाइल नं0 2", "Alternate Mobile",
    "MobileNo", "दूरभाष", "फ़ोन", "WhatsApp", "सम्पर्क सूत्र", "संपर्क सूत्र", "Contact Person", "ई-मेल", "ईमेल आईडी", "E-mail", "email_id", "EmailID",
    "पता", "वर्तमान पता", "निवासी", "मकान संख्या", "Address Line 2", "Residence", "PIN Code", "आधार", "आधार संख्या", "आधार कार्ड नं0",
    "Aadhaar No.", "Aadhar", "UID", "पैन नं0", "PAN", "PAN Number", "राशन कार्ड संख्या", "बैंक खाता संख्या", "Account No", "IFSC", "मतदाता पहचान पत्र",
    "Voter ID", "EPIC", "जन्म तिथि", "जन्मतिथि", "Date of Birth", "DOB", "आयु", "Age", "लिंग", "Gender", "जाति", "Caste", "पीड़ित", "पीड़ित का नाम",
    "Beneficiary", "लाभार्थी का नाम", "नाम (हिन्दी)", "NAME OF CITIZEN", "Complainant Mobile (alt)",
]  # fmt: skip
OPEN = [
    "टिप्पणी", "Remarks", "status", "स्थिति", "निस्तारण दिनांक", "Forwarded Date", "लम्बित दिन", "priority", "अंतिम आख्या", "Company", "Panchayat",
    "गुमशुदा", "लापता", "Mode", "Phase", "Telangana", "Season", "Lesson", "Agent", "Page", "Guidelines", "column 9", "Sr", "L1 अधिकारी", "फीडबैक",
]  # fmt: skip


@pytest.mark.parametrize("header", PERSONAL)
def test_personal_headers_are_known_in_both_languages(header: str) -> None:
    assert is_personal_header(header)
    assert is_personal_header(header.upper())
    assert is_personal_header(f"  {header} ")


@pytest.mark.parametrize("header", OPEN)
def test_other_headers_stay_open(header: str) -> None:
    assert not is_personal_header(header)


def test_a_column_without_a_name_is_known_by_what_stands_in_it() -> None:
    cells = {
        "column 9": "9876512345",
        "टिप्पणी": "मो० 98765 12345",
        "mail": "-",
        "x": "a.b@example.invalid",
        "स्थिति": "लंबित 2026",
    }
    assert part_personal(cells) == ({"स्थिति": "लंबित 2026"}, {key: cells[key] for key in cells if key != "स्थिति"})


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=60), max_size=5))
def test_no_cell_is_lost_or_doubled(cells: dict[str, str]) -> None:
    open_, personal = part_personal(cells)
    assert open_ | personal == cells
    assert not open_.keys() & personal.keys()
