"""The proof sheet: every value with its cell, on one page, for those who may see it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent
from registry.models import Cooperative
from registry.operations.proof_sheets import proof_facts
from tests.factories.registry import FlagFactory
from tests.factories.sides import ContradictionFactory, FindingFactory, TaxFactory
from tests.registry.feeds import society, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2021Q1")
    one = Cooperative.objects.get(uscc=society(1)["uscc"])
    TaxFactory(cooperative=one)
    FindingFactory(cooperative=one, seen_by=cast.counsellor)
    ContradictionFactory(cooperative=one)
    for rule in ("R8", "R9", "R10"):
        FlagFactory(cooperative=one, rule=rule)
    return one


def test_every_fact_names_file_row_and_column(cast, known):
    facts = proof_facts(known, by=cast.bureau)
    by_label = {line[0]: line for line in facts["facts"]}
    assert by_label["成员总数"] == ["成员总数", "20", "[1] 第2行E列"]
    assert "登记信息.csv" in facts["sources"][0]
    assert len(facts["sources"]) == 1
    assert "来源矛盾" in facts["doubts"][0]


def test_the_sheet_is_one_page_and_the_trail_knows_who_took_it(cast, known, browser_of):
    answer = browser_of(cast.bureau).get(reverse("registry:proof-sheet", args=[known.code]))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text().replace(" ", "")  # the font spaces figures
    for words in (known.name, "各方说法", "现场核查", str(cast.bureau)):
        assert words in text
    assert AuditEvent.objects.get(action="proof-sheet-printed").actor == cast.bureau


def test_the_telephone_number_stays_covered(cast, known):
    Cooperative.objects.filter(pk=known.pk).update(contact_phone="13912345678")
    known.refresh_from_db()
    assert "13912345678" not in str(proof_facts(known, by=cast.bureau))
