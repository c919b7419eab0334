"""What is printed: the content alone, on as many sheets as it needs, with who and when."""

import re

import pytest

from accounts.policy import Action
from pilot.indicators import INDICATORS
from pilot.models import Target
from registry.choices import Severity
from tests.factories.pilot import the_programme
from tests.factories.registry import FlagFactory

RIGHTS_ON_A_SHEET = 20


def sheets(page) -> int:
    """Return how many sheets the printed page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def printed_words(page) -> str:
    page.emulate_media(media="print")
    return page.locator("body").inner_text()


@pytest.fixture
def suspect(cast):
    society = cast.near.cooperative
    FlagFactory(cooperative=society, severity=Severity.HIGH)
    FlagFactory(cooperative=society, severity=Severity.LOW, rule="R18")
    return society


def test_a_printed_society_takes_one_sheet_and_keeps_what_is_internal(visit, cast, suspect):
    page = visit(f"/registry/{suspect.code}/", user=cast.bureau)
    assert suspect.internal_note in page.locator("body").inner_text()
    assert sheets(page) == 1
    words = printed_words(page)
    assert "合作社负责人" in words
    assert suspect.internal_note not in words


def test_the_matrix_of_rights_prints_on_few_sheets_with_its_signature(visit, cast):
    page = visit("/accounts/policy/", user=cast.bureau)
    assert sheets(page) <= len(Action) // RIGHTS_ON_A_SHEET + 1
    assert "单位负责人签字" in printed_words(page)


def test_the_board_with_every_target_prints_on_one_sheet(visit, cast):
    programme = the_programme()
    Target.objects.bulk_create(
        Target(
            programme=programme,
            indicator=indicator.key,
            value=80,
            starts_on=programme.starts_on,
            due_on=programme.ends_on,
        )
        for indicator in INDICATORS[:24]
    )
    page = visit("/pilot/board/", user=cast.leader)
    assert sheets(page) == 1
    assert "最需要重视" in printed_words(page)


def test_a_printed_page_says_who_printed_it_and_when(visit, cast):
    page = visit("/registry/", user=cast.bureau)
    words = printed_words(page)
    assert f"{cast.bureau.full_name}打印于2021年7月20日" in words
    assert "首页" not in words
