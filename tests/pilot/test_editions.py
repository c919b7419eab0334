"""An edition never changes: not its figures, not its lists, not its definitions."""

import datetime as dt
import io
import json
import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from accounts.models import AuditEvent
from demonstration.models import DemonstrationTitle
from pilot.bulletin import bulletin_as_pdf, bulletin_as_word, draft_of
from pilot.indicators import BY_KEY
from pilot.models import Edition, Target
from pilot.operations.editions import freeze
from pilot.operations.targets import change_target
from registry.models import Cooperative
from tests.factories.pilot import the_programme
from tongchuan_coop.finding import find

ON = dt.date(2021, 6, 30)


@pytest.fixture
def edition(furnished):
    Edition.objects.all().delete()
    return freeze(the_programme(), title="二季度进展", on=ON, by=furnished.bureau)


def papers_of(edition):
    return [draw(edition, ranking=True) for draw in (bulletin_as_word, bulletin_as_pdf)]


def pages_of(edition, client):
    by_key = [each["key"] for each in edition.facts["indicators"]]
    addresses = [
        reverse("pilot:edition-file", args=[edition.number]),
        *(reverse("pilot:edition-figure", args=[edition.number, key]) for key in by_key),
    ]
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return [answers[0].content, *[answer.context["asked"] for answer in answers[1:]]]


def test_data_and_rules_may_change_and_the_edition_does_not(cast, browser_of, edition, monkeypatch):
    client = browser_of(cast.leader)
    before, words = pages_of(edition, client), papers_of(edition)
    DemonstrationTitle.objects.update(recognised_on=dt.date(2019, 1, 1))
    Cooperative.objects.update(name="改过名的合作社")
    Target.objects.update(value=Decimal(99))
    monkeypatch.setattr(type(BY_KEY["new_district"]), "definition", "换了口径。")
    edition.refresh_from_db()
    assert pages_of(edition, client) == before
    assert papers_of(edition) == words
    assert edition.is_whole


def test_a_changed_content_is_seen(cast, browser_of, edition):
    Edition.objects.update(content=edition.content.replace("二季度", "三季度"))
    page = browser_of(cast.leader).get(reverse("pilot:edition-detail", args=[edition.number]))
    assert "内容已被改动" in page.content.decode()


def test_editions_of_a_quarter_are_numbered_in_their_order(cast, edition):
    second = freeze(the_programme(), title="再定一版", on=ON, by=cast.bureau)
    numbers = [edition.number, second.number]
    assert [number[:7] for number in numbers] == ["2021Q2-", "2021Q2-"]
    assert int(numbers[1][7:]) == int(numbers[0][7:]) + 1
    assert AuditEvent.objects.filter(action="edition-frozen").count() >= 2


def test_the_same_form_sent_twice_makes_one_edition(cast, browser_of, edition):
    client, address = browser_of(cast.bureau), reverse("pilot:edition-create")
    form = {"title": "三季度快报", "on": "2021-07-15"}
    first, second = (client.post(address, form) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Edition.objects.exclude(pk=edition.pk).count() == 1
    DemonstrationTitle.objects.update(recognised_on=dt.date(2021, 7, 1))
    assert client.post(address, form).url != first.url  # other figures are another edition


def test_an_edition_is_found_by_its_number(cast, browser_of, edition):
    for term in (edition.number, edition.number.lower(), "二季度"):
        hits = [hit for group in find(cast.leader, term, 20) for hit in group.hits]
        assert reverse("pilot:edition-detail", args=[edition.number]) in [hit.url for hit in hits]
        listed = browser_of(cast.leader).get(reverse("pilot:edition-list"), {"q": term})
        assert [row.pk for row in listed.context["page"].rows] == [edition.pk]
    assert not [group for group in find(cast.clerk, edition.number, 20) if group.hits]
    none = browser_of(cast.leader).get(reverse("pilot:edition-list"), {"q": "1999Q1-01"})
    assert "没有符合条件的定版" in none.content.decode()


def test_only_who_may_freezes(cast, browser_of, edition):
    del edition
    with pytest.raises(PermissionDenied):
        freeze(the_programme(), title="不行", on=ON, by=cast.clerk)
    assert browser_of(cast.leader).get(reverse("pilot:edition-create")).status_code == 403
    assert browser_of(cast.clerk).get(reverse("pilot:edition-list")).status_code == 403


def test_a_day_that_has_not_come_is_refused_in_words(cast, browser_of):
    the_programme()
    form = {"title": "未来", "on": "2021-12-31"}
    answer = browser_of(cast.bureau).post(reverse("pilot:edition-create"), form)
    assert answer.status_code == 422
    assert "还没有到" in answer.content.decode()


def test_an_edition_keeps_who_was_not_counted_too(cast, browser_of, edition):
    client = browser_of(cast.leader)
    for each in edition.facts["indicators"]:
        if not each["is_share"]:
            assert each["missing"] == []
            continue
        assert len(each["list"]) + len(each["missing"]) == each["denominator"], each["key"]
        page = client.get(reverse("pilot:edition-figure", args=[edition.number, each["key"]]))
        assert "未达到的" in page.content.decode()
    old = {**edition.facts, "indicators": [dict(each) for each in edition.facts["indicators"]]}
    for each in old["indicators"]:
        del each["missing"]  # editions of before kept only what counts
    Edition.objects.update(content=json.dumps(old))
    page = client.get(reverse("pilot:edition-figure", args=[edition.number, "covered_townships"]))
    assert "未达到的" not in page.content.decode()


def test_the_bulletin_counts_targets_without_data_too(cast, edition):
    programme = edition.programme
    for key in ("reports_published", "accounts_complete"):
        Target.objects.create(
            programme=programme, indicator=key, value=Decimal(80),
            starts_on=programme.starts_on, due_on=programme.ends_on,
        )  # fmt: skip
    early = freeze(programme, title="起步", on=programme.starts_on, by=cast.bureau)
    overall = draft_of(early, ranking=False).sections[0].paragraphs[0]
    whole, *parts = [int(number) for number in re.findall(r"(\d+)项", overall)]
    assert whole == sum(parts)
    assert "无数据" in overall


def text_of(content):
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def test_the_bulletin_says_the_frozen_figures_and_ranks_only_when_asked(edition):
    plain, ranked = (
        text_of(bulletin_as_word(edition, ranking=False)),
        text_of(bulletin_as_word(edition, ranking=True)),
    )
    assert edition.number in plain
    assert "名次" not in plain
    for each in edition.facts["indicators"]:
        if each["target"]:
            assert each["title"] in plain
            assert each["title"] in ranked


def test_the_pdf_says_every_word_and_figure_of_the_word_file(cast, edition):
    programme = edition.programme
    Target.objects.create(
        programme=programme, indicator="covered_townships", value=Decimal(100),
        starts_on=programme.starts_on, due_on=programme.ends_on,
    )  # fmt: skip
    edition = freeze(programme, title="有占比", on=ON, by=cast.bureau)
    for ranking in (False, True):
        read = PdfReader(io.BytesIO(bulletin_as_pdf(edition, ranking=ranking)))
        said = plain("".join(page.extract_text() for page in read.pages))
        word = plain(text_of(bulletin_as_word(edition, ranking=ranking)))
        draft = draft_of(edition, ranking=ranking)
        for section in draft.sections:
            pieces = [section.heading, *section.paragraphs, *section.head]
            for piece in [*pieces, *(cell for row in section.rows for cell in row)]:
                assert plain(piece) in word, piece
                assert plain(piece) in said, piece
        assert ("名次" in said) is ranking


def plain(text):
    """Return text without breaks, spaces and the numbers of pages."""
    return re.sub(r"—\d+—", "", re.sub(r"\s", "", text))


def test_both_files_of_the_bulletin_are_handed_out(cast, browser_of, edition):
    address = reverse("pilot:edition-bulletin", args=[edition.number])
    client = browser_of(cast.leader)
    pdf = client.get(f"{address}?format=pdf&ranking=on")
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content) == bulletin_as_pdf(edition, ranking=True)
    assert client.get(address)["Content-Type"].endswith("wordprocessingml.document")


def test_a_target_is_changed_with_a_reason_and_a_version(cast, browser_of):
    target = cast.near.target
    address = reverse("pilot:target-edit", args=[target.pk])
    form = {
        "value": "35", "baseline": "0", "starts_on": "2020-03-01", "due_on": "2021-12-31",
        "basis": "上级调整", "reason": "市里追加任务", "version": target.version,
    }  # fmt: skip
    assert browser_of(cast.leader).get(address).status_code == 403
    client = browser_of(cast.bureau)
    assert client.post(address, {**form, "due_on": "2020-02-01"}).status_code == 422
    assert client.post(address, {**form, "reason": ""}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert client.post(address, {**form, "value": "40"}).status_code == 409
    target.refresh_from_db()
    assert target.value == 35
    event = AuditEvent.objects.get(action="target-changed")
    assert event.detail["changes"]["目标值"] == ["30", "35"]


def test_a_target_takes_the_definition_in_force(cast):
    target = cast.near.target
    Target.objects.update(definition_version=9)
    facts = {"value": target.value, "baseline": target.baseline, "starts_on": target.starts_on,
             "due_on": target.due_on, "basis": ""}  # fmt: skip
    fresh = change_target(target, facts, version=target.version, reason="换口径", by=cast.bureau)
    assert fresh.definition_version == BY_KEY[target.indicator].definition_version
