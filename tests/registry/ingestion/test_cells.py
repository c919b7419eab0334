"""Laws that the readers of cells keep, whatever they are given."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as standard

from registry.ingestion import amounts, codes, dates
from registry.ingestion.cells import BadCell, Noted, Setting, as_text
from registry.ingestion.columns import COLUMNS
from registry.ingestion.display import picture
from registry.ingestion.names import initials_of, key_of

SETTING = Setting("2021-07-20", capital_unit="万元")
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.text(DIGITS, min_size=9, max_size=9).map(lambda rest: f"93511702{rest}")
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
ANYTHING = st.one_of(
    TEXTS,
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"[0-9０-９,，.．万亿元(（)）¥-]{1,12}", fullmatch=True),
    st.from_regex(r"[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?", fullmatch=True),
    st.from_regex(r"9[0-9A-Z０-９ -]{15,19}", fullmatch=True),
)


def valid(body):
    return body + standard.calc_check_digit(body)


def value_of(read):
    return read.value if isinstance(read, Noted) else read


def code_of(reader, cell, setting=SETTING):
    with pytest.raises(BadCell) as bad:
        reader(cell, setting)
    return bad.value.finding.code


@given(BODIES)
def test_every_valid_code_is_read_as_it_is(body):
    assert codes.credit_code(valid(body), SETTING) == valid(body)


@given(BODIES, st.integers(0, 17), st.sampled_from(DIGITS))
def test_one_wrong_character_is_never_accepted(body, at, other):
    code = valid(body)
    wrong = code[:at] + other + code[at + 1 :]
    if wrong != code:
        code_of(codes.credit_code, wrong)


@given(BODIES, st.integers(2, 16))
def test_two_swapped_characters_are_never_accepted(body, at):
    code = valid(body)
    wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if wrong != code:
        code_of(codes.credit_code, wrong)


@given(BODIES, st.sampled_from(DIGITS))
def test_the_quick_check_agrees_with_the_library(body, last):
    code = body + last
    try:
        read = codes.credit_code(code, SETTING)
    except BadCell:
        read = None
    assert (read == code) == standard.is_valid(code)


@given(BODIES, st.data())
def test_separators_width_and_case_do_not_matter(body, data):
    code = valid(body)
    places = data.draw(st.sets(st.integers(1, 17), max_size=4))
    written = "".join(
        data.draw(st.sampled_from([" ", "-", "　", "·"])) * (at in places)
        + data.draw(st.sampled_from([each, each.lower(), chr(ord(each) + 0xFEE0)]))
        for at, each in enumerate(code)
    )
    assert value_of(codes.credit_code(written, SETTING)) == code


@given(DAYS)
def test_a_day_is_the_same_in_every_writing(day):
    year, month, number = day.year, day.month, day.day
    written = [
        day.isoformat(),
        f"{year}年{month}月{number}日",
        f"{year}/{month}/{number}",
        f"{year}.{month:02}.{number:02}",
        f"{year}{month:02}{number:02}",
        day,
        dt.datetime(year, month, number, 23, 59, 59),  # noqa: DTZ001 (cells have no time zone)
        float((day - dt.date(1899, 12, 30)).days),
        int(f"{year}{month:02}{number:02}"),
    ]
    assert {value_of(dates.date(each, SETTING)) for each in written} == {day.isoformat()}


@given(st.text(max_size=12))
def test_a_date_is_a_real_day_or_refused(text):
    try:
        value = value_of(dates.date(text, SETTING))
    except BadCell:
        return
    assert value == "" or dt.date.fromisoformat(value).isoformat() == value


@given(st.decimals(0, 10**8, places=2))
def test_an_amount_is_the_same_in_every_writing(amount):
    yuan = f"{amount:.2f}"
    written = [
        f"{amount:f}元",
        f"{amount:,.2f}元",
        f"人民币{amount:f}元整",
        f"￥{amount:f}元",
        f"{amount / 10_000:f}万元",
        f"{amount / 10_000:f}(万元人民币)",
        f" {amount / 10_000:f} 万",
        f"{amount / 10_000:f}",
        float(amount / 10_000),
    ]
    assert {value_of(amounts.money(each, SETTING)) for each in written} == {yuan}


@given(st.one_of(st.text(max_size=10), st.floats(), st.integers()))
def test_an_amount_is_finite_and_not_negative_or_refused(cell):
    try:
        value = value_of(amounts.money(cell, SETTING))
    except BadCell:
        return
    assert value == "" or 0 <= Decimal(value) < 10**15


@given(ANYTHING)
def test_no_reader_fails_and_none_returns_what_a_database_refuses(cell):
    for column in COLUMNS:
        value = read_or_nothing(column.read, cell)
        assert value == value.strip()
        assert "\x00" not in value
        assert "\ufffd" not in value
        value.encode("utf-8")


def read_or_nothing(reader, cell):
    try:
        return value_of(reader(cell, SETTING))
    except BadCell:
        return ""


@given(st.text())
def test_a_picture_can_be_stored_and_keeps_its_length(text):
    shown = picture(text)
    shown.encode("utf-8")
    assert "\x00" not in shown
    assert len(shown) == len(text)


@given(TEXTS)
def test_a_name_key_is_stable_and_its_initials_are_plain(name):
    key = key_of(name)
    assert key_of(key) == key
    assert not any(each.isspace() for each in key)
    assert initials_of(key).isascii()


def test_initials_are_those_of_the_characters():
    assert initials_of("达州蒲家a1（）") == "dzpja1"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (1.5, "1.5"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        (dt.date(2020, 3, 1), "2020-03-01"),
        (dt.datetime(2020, 3, 1), "2020-03-01"),  # noqa: DTZ001 (cells have no time zone)
        (dt.datetime(2020, 3, 1, 8), "2020-03-01 08:00:00"),  # noqa: DTZ001
        (dt.time(8, 30), "08:30:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_cell_is_written_as_a_person_would(cell, text):
    assert as_text(cell) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [("'=甲合作社", "=甲合作社"), ('="甲合作社"', "甲合作社"), ("'＝甲", "＝甲"), ("'甲", "'甲")],
)
def test_what_protects_a_text_from_office_programs_is_taken_off(written, read):
    name = next(column for column in COLUMNS if column.field == "name")
    assert value_of(name.read(written, SETTING)) == read


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("成员出资总额(万元)", "万元"),
        ("注册资金（元）", "元"),
        ("出资额（万元人民币）", "万元"),
        ("注册资本(万)", "万元"),
        ("出资额：亿元", "亿元"),
        ("注册资金", ""),
        ("元旦前出资额", ""),
        ("注册资本（万美元）", ""),
        ("注册资本（万元/元）", ""),
        ("注册资本（元、万元）", ""),
        ("注册资本（万元）单位：万元", "万元"),
    ],
)
def test_the_unit_of_a_heading(heading, unit):
    assert amounts.unit_in(heading) == unit
