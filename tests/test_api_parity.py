"""Every noun × every role: not a value more than the page, foreign as missing, the page's counts."""

import re

import pytest

from accounts.choices import Role
from accounts.policy import may
from common.keyset import Key, page_of
from tests.architecture.pages import read
from tests.test_api import API, comparable, forms
from tongchuan_coop.api import TABLES

# The row of a world that a noun names, and the pages that show it.
PAGES = {
    "people": ("clerk", ["/accounts/users/{row.pk}/", "/accounts/users/"]),
    "papers": ("paper", ["/accounts/papers/"]),
    "audit-events": ("deed", ["/accounts/audit/{row.pk}/"]),
    "delivery-rows": (
        "row",
        ["/registry/feeds/{row.delivery_id}/rows/{row.ordinal}/"],
    ),
    "reports": ("report", ["/reports/{code}/{row.year}/", "/reports/?year={row.year}"]),
    "members": ("member", ["/registry/{code}/roster/"]),
    "roster-confirmations": ("roster_confirmation", ["/registry/{code}/roster/"]),
    "certificates": (
        "certificate",
        ["/registry/{code}/certificates/", "/registry/certificates/?state=all"],
    ),
    "governance-facts": (
        "governance_fact",
        ["/reports/governance/?year={row.year}&kind={row.kind}"],
    ),
    "matters": ("flag", ["/registry/matters/{row.pk}/", "/registry/matters/"]),
    "contradictions": (
        "contradiction",
        ["/registry/contradictions/{row.pk}/", "/registry/contradictions/"],
    ),
    "pairs": ("pair", ["/registry/pairs/{row.pk}/", "/registry/pairs/"]),
    "rehearsals": (
        "rehearsal",
        ["/registry/flags/rehearsals/{row.pk}/", "/registry/flags/rehearsals/"],
    ),
    "cleanup-steps": ("step", ["/registry/cleanup/{row.case_id}/"]),
    "rectification-tasks": (
        "task",
        ["/registry/cleanup/{row.case_id}/", "/registry/cleanup/tasks/{row.pk}/"],
    ),
    "surveys": ("campaign", ["/registry/survey/{row.pk}/"]),
    "batch-entries": (
        "entry",
        ["/registry/cleanup/days/{row.day_id}/", "/registry/cleanup/{row.case_id}/"],
    ),
    "cleanup-cases": ("case", ["/registry/cleanup/{row.pk}/", "/registry/cleanup/"]),
    "survey-records": (
        "survey_record",
        [
            "/registry/survey/records/{row.pk}/",
            "/registry/survey/{row.campaign_id}/records/",
        ],
    ),
    "batch-days": ("day", ["/registry/cleanup/days/{row.pk}/", "/registry/cleanup/days/"]),
    "relations": ("relation", ["/registry/relations/"]),
    "tip-offs": ("tip", ["/registry/tip-offs/{row.pk}/", "/registry/tip-offs/"]),
    "visits": ("visit", ["/training/visits/{row.key}/", "/training/visits/"]),
    "promises": ("promise", ["/training/promises/{row.pk}/", "/training/promises/"]),
    "counsellors": ("post", ["/training/counsellors/{row.pk}/", "/training/"]),
    "assignments": (
        "guidance",
        ["/training/counsellors/{row.counsellor.counsellor_post.pk}/"],
    ),
    "interests": (
        "interest",
        ["/training/counsellors/{row.person.counsellor_post.pk}/"],
    ),
    "handovers": ("handover", ["/training/handovers/{row.pk}/"]),
    "visit-proposals": (
        "proposal",
        ["/training/proposals/", "/training/visits/{row.visit.key}/"],
    ),
    "events": ("event", ["/training/events/{row.pk}/", "/training/events/"]),
    "guidance": ("ledger_line", ["/training/guidance/"]),
    "titles": ("title", ["/demonstration/titles/{row.pk}/", "/demonstration/"]),
    "rounds": ("round", ["/demonstration/rounds/{row.pk}/", "/demonstration/rounds/"]),
    "applications": (
        "application",
        ["/demonstration/applications/{row.pk}/", "/demonstration/rounds/{row.round_id}/"],
    ),
    "monitoring-cases": (
        "monitoring_case",
        ["/demonstration/monitoring/{row.pk}/", "/demonstration/monitoring/"],
    ),
    "named-lists": ("list_entry", ["/demonstration/lists/"]),
    "dividends": (
        "dividend",
        ["/demonstration/innovations/entries/{row.entry_id}/", "/demonstration/innovations/"],
    ),
    "plans": ("plan", ["/demonstration/plans/{row.pk}/", "/demonstration/plans/"]),
    "strengths": (
        "strength",
        ["/demonstration/strengths/{code}/", "/demonstration/strengths/"],
    ),
    "innovations": (
        "innovation",
        ["/demonstration/innovations/entries/{row.pk}/", "/demonstration/innovations/"],
    ),
    "criteria": ("criteria", ["/demonstration/criteria/{row.pk}/", "/demonstration/criteria/"]),
    "fund-watches": ("watch", ["/liaison/watches/{row.pk}/", "/liaison/watches/"]),
    "supports": ("support", ["/liaison/supports/{row.pk}/", "/liaison/supports/"]),
    "grants": ("grant", ["/liaison/sharing/{row.pk}/", "/liaison/sharing/"]),
    "programmes": ("programme", ["/pilot/programmes/{row.pk}/", "/pilot/programmes/"]),
    "phases": ("phase", ["/pilot/programmes/{row.programme_id}/"]),
    "acceptances": (
        "acceptance",
        ["/pilot/acceptance/{row.pk}/", "/pilot/acceptance/?programme={row.programme_id}"],
    ),
    "findings": (
        "finding",
        ["/pilot/findings/{row.pk}/", "/pilot/findings/"],
    ),
    "archives": ("archive", ["/pilot/archive/?programme={row.programme_id}"]),
    "targets": ("target", ["/pilot/programmes/{row.programme_id}/"]),
    "tasks": ("plan_task", ["/pilot/plan/{row.pk}/", "/pilot/plan/"]),
    "task-parts": ("part", ["/pilot/plan/parts/{row.pk}/", "/pilot/plan/parts/"]),
    "figures": (
        "figure",
        [
            "/pilot/indicators/{row.indicator}/?on={row.on}&township={row.township}",
            "/pilot/programmes/{row.programme_id}/",
        ],
    ),
    "editions": ("edition", ["/pilot/editions/{row.number}/", "/pilot/editions/"]),
    "documents": ("document", ["/liaison/library/{row.pk}/", "/liaison/library/"]),
    "exemplars": ("exemplar", ["/liaison/exemplars/{row.pk}/", "/liaison/exemplars/"]),
    "contacts": ("contact", ["/liaison/contacts/{row.pk}/", "/liaison/contacts/"]),
    "upward-lines": ("upward", ["/liaison/upward/{row.pk}/", "/liaison/upward/"]),
    "help-requests": ("help_request", ["/liaison/help/{row.pk}/", "/liaison/help/"]),
    "bodies": ("body", ["/liaison/bodies/{row.pk}/", "/liaison/bodies/"]),
    "seats": ("seat", ["/liaison/bodies/{row.body_id}/", "/liaison/bodies/"]),
    "meetings": ("meeting", ["/liaison/meetings/{row.pk}/", "/liaison/meetings/"]),
    "minutes": ("minutes", ["/liaison/meetings/{row.meeting_id}/minutes/", "/liaison/meetings/"]),
    "decisions": ("decision", ["/liaison/decisions/{row.pk}/", "/liaison/decisions/?state=all"]),
    "sponsorships": (
        "sponsorship",
        ["/liaison/sponsorships/{row.pk}/", "/liaison/sponsorships/?state=all"],
    ),
}
# Keys that number a row or whose word stands elsewhere: the code of the society in the page's
# address, what a page says by a sign instead of a word.
NOT_SHOWN_AS_SUCH = {"id", "key", "cooperative_code", "township", "number"}
# Nothing for “无”; “有效”; a step that waits for its turn; a row of data by its outcome, undecided by the form.
SAID_OTHERWISE = {
    "members": {"post_label"},
    "grants": {"state_label"},
    "cleanup-steps": {"state_label"},
    "delivery-rows": {"kind_label", "decision_label"},
}
pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("noun", TABLES, ids=lambda noun: noun.name)


def reader_of(stage, noun):
    """Return somebody who may read a noun, of the bureau where the bureau may."""
    everyone = [stage.bureau, *stage.everyone().values()]
    return next(person for person in everyone if may(person, noun.action))


def row_in(noun, world):
    name = PAGES[noun.name][0]
    return world.entry.day if name == "day" else getattr(world, name)


def address_of(noun, row):
    return f"{API}{noun.name}/{getattr(row, noun.lookup)}/"


def words_of(client, noun, row):
    """Return everything that the noun's pages say of the row to whoever looks."""
    society = getattr(row, "cooperative", None)
    code = society.code if society else ""
    said = ""
    for template in PAGES[noun.name][1]:
        answer = client.get(template.format(row=row, code=code), follow=True)
        if answer.status_code == 200:
            page = answer.content.decode()
            said += re.sub(r"\s", "", read(page)[0]) + page
    return said


def test_every_table_is_compared():
    assert {noun.name for noun in TABLES} == set(PAGES)


@nouns
@pytest.mark.parametrize("role", Role)
def test_every_value_stands_on_the_page_too(stage, browser_of, noun, role):
    client = browser_of(stage.of(role))
    row = row_in(noun, stage.near)
    answer = client.get(address_of(noun, row))
    if answer.status_code in {403, 404}:
        return
    told = answer.json()
    words = words_of(client, noun, row)
    for key, value in told.items():
        otherwise = NOT_SHOWN_AS_SUCH | SAID_OTHERWISE.get(noun.name, set())
        if key in otherwise or f"{key}_label" in told:
            continue
        for each in value if isinstance(value, list) else [value]:
            for piece in each.split("：") if isinstance(value, list) else [each]:
                if comparable(piece):
                    assert any(form in words for form in forms(piece)), (key, piece)


@nouns
@pytest.mark.parametrize("role", Role)
def test_a_foreign_row_is_a_missing_row(stage, browser_of, noun, role):
    person = stage.of(role)
    client = browser_of(person)
    foreign = client.get(address_of(noun, row_in(noun, stage.far)))
    absent = "00000000-0000-4000-8000-000000000000" if noun.converter == "uuid" else "999999"
    missing = client.get(f"{API}{noun.name}/{absent}/")
    assert missing.status_code == (404 if may(person, noun.action) else 403)
    if foreign.status_code != 200:
        assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)


@nouns
@pytest.mark.parametrize("role", Role)
def test_a_list_holds_what_can_be_read_one_by_one_and_nothing_else(stage, browser_of, noun, role):
    person = stage.of(role)
    client = browser_of(person)
    answer = client.get(f"{API}{noun.name}/?page_size=200")
    assert answer.status_code == (200 if may(person, noun.action) else 403)
    if answer.status_code == 403:
        return
    first = noun.whole[0]
    listed = {str(row[first.key]) for row in answer.json()["results"]}
    for world in (stage.near, stage.far):
        row = row_in(noun, world)
        reached = client.get(address_of(noun, row)).status_code == 200
        assert (str(first.of(row)) in listed) == reached
    assert len(listed) == noun.reach(person).count()


@nouns
def test_pages_of_one_lead_through_the_whole_list_and_back(stage, browser_of, noun):
    client = browser_of(reader_of(stage, noun))
    key = noun.whole[0].key
    whole = client.get(f"{API}{noun.name}/?page_size=200").json()["results"]
    there, address, last = [], f"{API}{noun.name}/?page_size=1", ""
    while address:
        there += client.get(address).json()["results"]
        last, address = address, client.get(address).json()["next"]
    assert [row[key] for row in there] == [row[key] for row in whole]
    back, address = [], last
    while address:
        answer = client.get(address).json()
        back, address = answer["results"] + back, answer["previous"]
    assert back == there


@nouns
def test_a_list_costs_a_fixed_number_of_queries(
    stage, browser_of, noun, django_assert_max_num_queries
):
    client = browser_of(reader_of(stage, noun))
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get(f"{API}{noun.name}/")


@nouns
def test_a_page_needs_no_query_for_a_row(stage, noun, django_assert_num_queries):
    page = page_of(noun.reach(reader_of(stage, noun)), (Key("pk"),), size=50, before="", after="")
    with django_assert_num_queries(0):
        for row in page.rows:
            for part in noun.whole:
                part.of(row)
