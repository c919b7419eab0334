"""Minutes as a Word file, turned into a PDF by an office program: where everything stands (GB/T 9704)."""

import datetime as dt
import re
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from common import clock
from liaison.meeting_choices import ConsentAnswer, MinutesState, Presence
from liaison.minutes_paper import attendance_of, consent_note, minutes_as_pdf, minutes_as_word
from liaison.models import Consent, MinutesTopic
from tests.factories.accounts import unit
from tests.factories.meetings import BodyFactory, MeetingFactory, decision_of, minutes_of

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
TOP, BOTTOM = 37 * MM, (297 - 35) * MM
LEFT, RIGHT = 28 * MM, (210 - 26) * MM
CHARACTER = 16  # points: size 3
UNITS = ("农业农村局", "市场监管局", "税务局", "财政局", "林业局", "水务局", "供销社")


@pytest.fixture
def minutes():
    """Minutes of two pages: long paragraphs, decisions, one unit on leave and one sitting in."""
    body = BodyFactory(
        name="通川区农民合作社质量提升联席会议", office=unit("农业农村局"), copy_to="各成员单位"
    )
    meeting = MeetingFactory(body=body, held_on=dt.date(2021, 4, 22))
    made = minutes_of(meeting, [unit(name) for name in UNITS], state=MinutesState.SIGNED)
    meeting.units.filter(unit=unit("水务局")).update(presence=Presence.LEAVE)
    meeting.units.filter(unit=unit("供销社")).update(presence=Presence.SITTING_IN)
    for place in range(2, 8):
        MinutesTopic.objects.create(
            minutes=made,
            position=place,
            title=f"第{place}个议题",
            text="会议听取了清理整顿进展情况汇报，要求各有关单位逐户核对，不得漏报瞒报。" * 2,
        )
    decision_of(made, unit("市场监管局"))
    return made


class Sheet:
    """The words of a PDF with their places, in points from the upper left corner."""

    def __init__(self, path):
        listed = subprocess.run(
            ["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, text=True
        ).stdout
        self.pages = [
            [
                (*(float(value) for value in found[:4]), found[4])
                for found in re.findall(
                    r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<',
                    page,
                )
            ]
            for page in listed.split("<page ")[1:]
        ]
        self.sides = re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', listed)

    def at(self, text, page=None):
        """Return (page, x, y, right, lower) of the first word that begins with a text."""
        for number, words in enumerate(self.pages):
            for left, upper, right, lower, word in words:
                if word.startswith(text) and page in (None, number):
                    return number, left, upper, right, lower
        raise AssertionError(text)


@pytest.fixture
def sheet(minutes, tmp_path):
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed on this machine")
    content = minutes_as_word(
        minutes, number="通农合联纪〔2021〕1号", issued_on=dt.date(2021, 4, 30)
    )
    (tmp_path / "m.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "m.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    return Sheet(tmp_path / "m.pdf")


def near(value, expected, millimetres):
    return abs(value - expected) <= millimetres * MM


def margins_hold(sheet):
    """Body text keeps the margins; its first line begins at the upper edge of the type area."""
    for words in sheet.pages:
        text = [w for w in words if w[1] < BOTTOM]
        assert min(w[0] for w in text) >= LEFT - 1 * MM
        assert max(w[2] for w in text) <= RIGHT + 1 * MM
        assert min(w[1] for w in text) >= TOP - 1 * MM
        assert max(w[3] for w in text) <= BOTTOM + 1 * MM
    assert near(min(w[0] for w in sheet.pages[0]), LEFT, 1)
    assert near(max(w[2] for w in sheet.pages[0]), RIGHT, 6)  # a line ends on a whole character
    assert near(min(w[1] for w in sheet.pages[1]), TOP, 3)


def head_stands(sheet):
    """The red head: 35 mm below the upper edge of the type area, centred; number and rule below."""
    page, left, upper, right, _ = sheet.at("通川区农民合作社质量提升联席会议纪要")
    assert page == 0
    assert near(upper, TOP + 35 * MM, 3)
    assert near((left + right) / 2, (LEFT + RIGHT) / 2, 2)
    _, left, number_upper, right, _ = sheet.at("通农合联纪")
    assert number_upper > upper
    _, _, issuer, _, _ = sheet.at("联席会议办公室", page=0)
    assert issuer > number_upper


def attendance_stands(sheet):
    """After the body, indented by two characters; wrapped lines align with the names."""
    page, left, upper, _, _ = sheet.at("出席：")
    assert page == len(sheet.pages) - 1
    assert near(left, LEFT + 2 * CHARACTER, 1)
    body = [w for w in sheet.pages[page] if w[4].startswith("会议听取") or "第7个议题" in w[4]]
    assert all(w[1] < upper for w in body)
    _, leave_left, leave_upper, _, _ = sheet.at("请假：")
    _, _, sitting_upper, _, _ = sheet.at("列席：")
    assert near(leave_left, left, 0.5)
    assert upper < leave_upper < sitting_upper
    wrapped = [w for w in sheet.pages[page] if upper + 5 < w[1] < leave_upper - 5]
    assert wrapped
    assert near(min(w[0] for w in wrapped), LEFT + 5 * CHARACTER, 1)


def imprint_stands(sheet):
    """At the foot of the type area of the last page: copies, then issuer left and date right."""
    last = len(sheet.pages) - 1
    page, left, copies, _, _ = sheet.at("抄送：区委、区政府，各成员单位。")
    assert page == last
    assert near(left, LEFT + 14, 1)
    _, left, issuer, _, lower = sheet.at("联席会议办公室", page=last)
    assert near(left, LEFT + 14, 1)
    assert issuer > copies
    assert near(lower, BOTTOM, 5)
    dated = [w for w in sheet.pages[last] if near(w[1], issuer, 1) and w[4].endswith("印发")]
    assert near(dated[0][2], RIGHT - 14, 1)
    assert copies > sheet.at("列席：")[2]


def pages_are_numbered(sheet):
    """— 1 — below the type area: odd pages at the right, even ones at the left."""
    for number, words in enumerate(sheet.pages, start=1):
        below = [w for w in words if w[1] > BOTTOM]
        assert "".join(w[4] for w in sorted(below)) == f"—{number}—"
        assert near(min(w[1] for w in below), BOTTOM + 7 * MM, 4)
        if number % 2:
            assert near(max(w[2] for w in below), RIGHT - 14, 2)
        else:
            assert near(min(w[0] for w in below), LEFT + 14, 2)


def test_an_office_program_sets_the_minutes_where_the_standard_puts_them(sheet):
    assert len(sheet.pages) >= 2
    assert {(round(float(w)), round(float(h))) for w, h in sheet.sides} == {(595, 842)}
    margins_hold(sheet)
    head_stands(sheet)
    attendance_stands(sheet)
    imprint_stands(sheet)
    pages_are_numbered(sheet)


def test_the_same_minutes_give_the_same_bytes(minutes):
    issued = dt.date(2021, 4, 30)
    first = minutes_as_word(minutes, number="一", issued_on=issued)
    assert first == minutes_as_word(minutes, number="一", issued_on=issued)
    assert minutes_as_pdf(minutes) == minutes_as_pdf(minutes)


def test_the_pdf_says_what_the_word_file_says(minutes, tmp_path):
    (tmp_path / "m.pdf").write_bytes(minutes_as_pdf(minutes))
    read = PdfReader(tmp_path / "m.pdf")
    text = "".join(page.extract_text() for page in read.pages).replace(" ", "").replace("\n", "")
    for words in ("联席会议纪要", "出席", "核对经营异常合作社名单", "抄送", "各成员单位"):
        assert words in text


def test_who_came_stands_in_groups_in_the_official_order(minutes):
    groups = dict(attendance_of(minutes.meeting.units.select_related("unit")))
    assert list(groups) == ["出席", "请假", "列席"]
    assert groups["出席"].startswith("区农业农村局 王五")


def test_silence_and_an_override_are_printed(minutes):
    assert consent_note(minutes) == ""
    Consent.objects.of(minutes).filter(unit=unit("税务局")).update(
        answer=ConsentAnswer.SILENT, answered_at=clock.now()
    )
    minutes.override_reason = "时间紧迫，已电话沟通"
    note = consent_note(minutes)
    assert "区税务局在规定期限内未答复，按会签规则视为同意" in note
    assert "时间紧迫，已电话沟通" in note
