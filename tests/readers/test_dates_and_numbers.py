"""Dates as offices write them; numbers as spreadsheets mangle them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.readers.dates import parse_date
from nistaran.readers.numbers import plain_number

JUNE_12 = date(2024, 6, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12/06/2024", "12-06-2024", "12.06.2024", "12-6-24", "12/6/24", "12.06.24", "2024-06-12", "2024/06/12", "20240612",
        "१२/०६/२०२४", "12 जून 2024", "12 जून, 2024", "१२ जून २०२४", "12-जून-24", "12-Jun-2024", "12 June 2024", "12th June 2024",
        "Jun 12, 2024", "June 12, 2024", "12JUN2024".replace("JUN", " JUN "), "45455", "45455.0", "45455.52",
        "12/06/2024 10:35", "12/06/2024 10:35:22 AM", "12-06-2024 10:35:22", "2024-06-12 00:00:00", "2024-06-12T10:00:00",
        "2024-06-12T10:00:00+05:30", "2024-06-12T10:00:00Z", "2024-06-11T20:00:00Z", "2024-06-11T20:00:00.123+00:00",
        " 12 / 06 / 2024 ", "12 06 2024",
    ],
)  # fmt: skip
def test_one_day_many_ways(text: str) -> None:
    assert parse_date(text) == JUNE_12


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2024", "00/01/2024", "12/13/2024", "2024-13-01", "32 जून 2024", "12 ज 2024", "कल", "12/06", "12/06/024", "1", "99999",
     "12/06/2024 राम", "9" * 100, "12 June", "-", "00-00-0000", "12/06/2024-15/06/2024", "٣"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_the_day_comes_first_always() -> None:
    assert parse_date("06/12/2024") == date(2024, 12, 6)
    assert parse_date("01/02/03") == date(2003, 2, 1)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%y", "%Y%m%d"]),
    st.booleans(),
)
def test_every_day_comes_back(day: date, form: str, hindi_digits: bool) -> None:
    text = day.strftime(form)
    assert parse_date(text.translate(str.maketrans("0123456789", "०१२३४५६७८९")) if hindi_digits else text) == day


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_excel_serial_numbers_come_back(day: date) -> None:
    assert parse_date(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("40019923001789", "40019923001789"),
        ("4.0019923001789E+13", "40019923001789"),
        ("4.0019923001789e13", "40019923001789"),
        ("40019923001789.0", "40019923001789"),
        ("9415012345.00", "9415012345"),
        ("'0315127000636", "0315127000636"),
        ('="0315127000636"', "0315127000636"),
        ("४००१९९२३००१७८९", "40019923001789"),
        ("922 177 000 166 06", "92217700016606"),
        ("4001-9923-0017-89", "40019923001789"),
        ("94150 12345", "9415012345"),
        ("GOVUP/E/2023/0057076", "GOVUP/E/2023/0057076"),
        ("9415012345, 7007123456", "9415012345, 7007123456"),
        ("9415012345 7007123456", "9415012345 7007123456"),
        ("12.5", "12.5"),
        ("", ""),
    ],
)
def test_numbers_come_out_as_their_digits(text: str, digits: str) -> None:
    assert plain_number(text) == digits


@pytest.mark.parametrize("text", ["4.00199E+13", "9.41501E+09", "4E+13"])
def test_numbers_that_lost_their_digits_are_known(text: str) -> None:
    assert plain_number(text) is None
