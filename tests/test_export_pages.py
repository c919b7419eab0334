"""Every page that offers an export hands out what it shows: the list as it counts, or the one row."""

import datetime as dt
import html
import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from accounts.choices import ExportState, Role
from accounts.decorators import PUBLIC
from accounts.exporting import NounExporter, every_exporter, exporter_of
from accounts.models import ExportJob
from accounts.nouns import static_choices
from accounts.operations import exports
from accounts.policy import may
from demonstration.models import Standing
from tests.accounts.test_exports import rows_of
from tests.factories.demonstration import TitleFactory, district_criteria
from tests.factories.registry import CooperativeFactory
from tongchuan_coop.routes import all_routes
from tongchuan_coop.samples import sample_values

PAGES = [
    route
    for route in all_routes()
    # the guide of style shows parts of pages, without the rows that they count
    if "GET" in route.methods and "/api/" not in route.pattern and route.name != "styleguide"
]
OFFER = re.compile(r'href="(/accounts/exports/new/\?[^"]+)"')
# How a page says the number of rows that its export holds.
COUNTED = re.compile(r'class="result-count"[^>]*>共 <strong>([\d,]+)</strong>|申报（(\d+) 份）')
# Rows that are listed on the page of another row, each with its own export or none.
WITHOUT_A_LIST = {
    "assignments",
    "batch-entries",
    "cleanup-steps",
    "delivery-rows",
    "dividends",
    "figures",
    "handovers",
    "interests",
    "minutes",
    "phases",
    "rectification-tasks",
    "reports",
    "roster-confirmations",
    "seats",
    "surveys",
    "targets",
    "tasks",
}
# Rows that stand only in lists or on the page of another row, or whose page is a paper or a picture of its own.
WITHOUT_A_PAGE = {
    "archives",
    "assignments",
    "batch-entries",
    "cleanup-steps",
    "delivery-rows",
    "dividends",
    "figures",
    "governance-facts",
    "guidance",
    "interests",
    "members",
    "named-lists",
    "papers",
    "phases",
    "rectification-tasks",
    "relations",
    "priority",
    "report-standings",
    "roster-confirmations",
    "seats",
    "standings",
    "strengths",
    "surveys",
    "targets",
    "visit-proposals",
    "units",
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def offers_to(person, client):
    """Yield each export that a person is offered: the address of the page, the page, the offer."""
    samples = sample_values()
    for route in PAGES:
        if route.action != PUBLIC and not may(person, route.action):
            continue
        path = route.sample_path(samples)
        answer = client.get(path)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and kind.startswith("text/html") and not answer.streaming:
            for offer in OFFER.findall(answer.text):
                yield path, answer.text, html.unescape(offer)


def pressed(client, offer, person):
    """Return the rows of the file that one gets by pressing an export."""
    assert client.post(offer, {"form": "csv"}).status_code == 302, offer
    job = ExportJob.objects.filter(owner=person).latest("pk")
    exports.run_export(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.READY, offer
    return rows_of(job)[1]


@pytest.mark.parametrize("role", Role)
def test_every_export_holds_what_its_page_counts(furnished, browser_of, role):
    person = furnished.of(role)
    client = browser_of(person)
    for path, page, offer in offers_to(person, client):
        rows = pressed(client, offer, person)
        counted = COUNTED.search(page)
        said = "1" if "&only=" in offer else counted[1] or counted[2]
        assert len(rows) == int(said.replace(",", "")), (path, offer)


def test_every_kind_of_row_is_handed_out_by_its_list_and_by_its_page(furnished, browser_of):
    society, criteria = CooperativeFactory(), district_criteria()
    TitleFactory(cooperative=society, level="provincial", recognised_on=dt.date(2021, 5, 1))
    Standing.objects.create(
        cooperative=society, criteria=criteria, met=9, not_met=1, unknown=0, missing=1
    )
    offers = [offer for _, _, offer in offers_to(furnished.bureau, browser_of(furnished.bureau))]
    lists = {re.search(r"list=([\w-]+)", offer)[1] for offer in offers if "&only=" not in offer}
    assert {each.kind for each in every_exporter()} - lists == WITHOUT_A_LIST
    alone = {re.search(r"list=([\w-]+)&only=", offer)[1] for offer in offers if "&only=" in offer}
    assert {each.kind for each in every_exporter()} - alone == WITHOUT_A_PAGE


def test_a_row_that_its_list_leaves_out_is_handed_out_alone(furnished):
    done = furnished.near.decision
    type(done).objects.filter(pk=done.pk).update(state="done", done_on=dt.date(2021, 7, 1))
    made = exports.prepared(
        exporter_of("decisions"), f"only={done.pk}", furnished.bureau, personal=False
    )
    assert [row.pk for row in made.rows] == [done.pk]
    assert made.conditions == "只含一条记录"


@pytest.mark.parametrize(
    "wrong", ["x", "²", "9" * 30, "1; drop", "00000000-0000-4000-8000-000000000000"]
)
@pytest.mark.parametrize("kind", ["visits", "decisions", "cooperatives"])
def test_a_name_of_no_row_hands_out_nothing(furnished, kind, wrong):
    made = exports.prepared(exporter_of(kind), f"only={wrong}", furnished.bureau, personal=False)
    assert list(made.rows) == []


def test_one_row_of_a_foreign_township_is_not_handed_out(furnished):
    for kind, row in (
        ("visits", furnished.far.visit.key),
        ("cooperatives", furnished.far.cooperative.pk),
    ):
        made = exports.prepared(exporter_of(kind), f"only={row}", furnished.clerk, personal=False)
        assert list(made.rows) == []


@pytest.mark.parametrize("state", ["", "?state=all", "?state=issued"])
def test_certificates_of_the_state_shown_are_handed_out(furnished, browser_of, state):
    client = browser_of(furnished.bureau)
    page = client.get(f"/registry/certificates/{state}").text
    for offer in OFFER.findall(page):
        rows = pressed(client, html.unescape(offer), furnished.bureau)
        assert len(rows) == int(COUNTED.search(page)[1])


LISTED = [
    each.noun
    for each in every_exporter()
    if isinstance(each, NounExporter) and each.noun.listed and each.noun.filter
]


@pytest.mark.parametrize("noun", LISTED, ids=lambda noun: noun.name)
def test_an_export_under_each_condition_holds_what_the_list_counts(stage, browser_of, noun):
    person, kept = stage.bureau, noun.listed
    client = browser_of(person)
    fields = kept.form(QueryDict(), person).fields
    for name, field in fields.items():
        for value in [key for key in static_choices(field) if name in kept.names]:
            page = client.get(f"{kept.url}?{name}={value}").text
            offer = OFFER.search(page)
            query = urlsplit(html.unescape(offer[1])).query if offer else f"{name}={value}"
            made = exports.prepared(exporter_of(noun.name), query, person, personal=False)
            said = int(COUNTED.search(page)[1].replace(",", "")) if offer else 0
            assert made.rows.count() == said, (name, value)
