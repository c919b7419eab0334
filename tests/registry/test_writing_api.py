"""What programs may change: as the page does, with the version that they read, the same refusals."""

import datetime as dt

import pytest
from django.test import Client

from accounts.choices import TokenScope
from accounts.models import AuditEvent
from registry.choices import FlagState
from registry.models import AnnualReport, Cooperative, Flag, FlagAnswer
from registry.reporting.sections import SECTIONS_BY_KEY
from tests.factories.reports import a_report
from tests.factories.tokens import bearer, token_for

API = "/api/v1/"


class Program:
    """A program that signs in with a token and reads before it writes."""

    def __init__(self, person, scope=TokenScope.WRITE):
        self.headers = bearer(token_for(person, scope)[1])
        self.client = Client()

    def get(self, path):
        return self.client.get(API + path, headers=self.headers)

    def send(self, method, path, body, tag=None):
        headers = {**self.headers, **({"If-Match": tag} if tag else {})}
        return getattr(self.client, method)(
            API + path, body, content_type="application/json", headers=headers
        )

    def tag(self, path):
        return self.get(path)["ETag"]


# --- a cooperative ---


def test_a_fact_is_set_right_and_the_rest_stays(cast):
    society = cast.near.cooperative
    path, program = f"cooperatives/{society.code}/", Program(cast.bureau)
    before = Cooperative.objects.values().get(pk=society.pk)
    answer = program.send(
        "patch",
        path,
        {"legal_representative": "王五", "reason": "核对营业执照副本"},
        program.tag(path),
    )
    assert answer.status_code == 200, answer.content
    after = Cooperative.objects.values().get(pk=society.pk)
    moved = {name for name, value in after.items() if value != before[name]}
    assert after["legal_representative"] == "王五"
    assert moved <= {"legal_representative", "corrected_fields", "updated_at", "version"}
    event = AuditEvent.objects.filter(action="edit-cooperative").get()
    assert (event.actor, event.reason, "token" in event.detail) == (
        cast.bureau,
        "核对营业执照副本",
        True,
    )


def test_a_correction_names_the_version_that_was_read(cast):
    path, program = f"cooperatives/{cast.near.cooperative.code}/", Program(cast.bureau)
    body = {"legal_representative": "王五", "reason": "核对营业执照副本"}
    assert program.send("patch", path, body).json()["code"] == "version_missing"
    assert program.send("patch", path, body, "*").status_code == 428
    tag = program.tag(path)
    assert program.send("patch", path, body, tag).status_code == 200
    late = program.send("patch", path, {**body, "legal_representative": "赵六"}, tag)
    assert (late.status_code, late.json()["code"]) == (412, "version_old")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "新名称农民专业合作社"}, 400),
        ({"reason": "核对执照", "flags": "1"}, 400),
        ({"reason": "核对执照", "uscc": "93511702MA6000000X"}, 422),
        ({"reason": "核对执照", "established_on": "2999-01-01"}, 422),
        ({"reason": "核对执照", "member_count": "-3"}, 422),
        ({"reason": "核对执照", "name": ["甲", "乙"]}, 400),
        ({"reason": "核对执照", "township": "999"}, 422),
        ({"reason": "没有改动"}, 409),
    ],
)
def test_what_the_page_refuses_is_refused_here_with_a_sentence(cast, body, status):
    path, program = f"cooperatives/{cast.near.cooperative.code}/", Program(cast.bureau)
    answer = program.send("patch", path, body, program.tag(path))
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]
    assert answer.json()["code"]


def test_only_those_who_may_correct_and_only_within_reach(cast):
    near, far = cast.near.cooperative.code, cast.far.cooperative.code
    body = {"legal_representative": "王五", "reason": "核对营业执照副本"}
    for person, code, status in (
        (cast.clerk, far, 404),
        (cast.counsellor, near, 403),
        (cast.chair, near, 403),
        (cast.auditor, near, 403),
    ):
        answer = Program(person).send("patch", f"cooperatives/{code}/", body, '"any"')
        assert answer.status_code == status
    narrow = Program(cast.bureau, TokenScope.READ)
    answer = narrow.send("patch", f"cooperatives/{near}/", body, '"any"')
    assert answer.json()["code"] == "scope_too_narrow"


# --- a matter ---


def test_a_society_answers_a_matter_once_it_has_read_it(cast):
    matter = cast.near.flag
    Flag.objects.filter(pk=matter.pk).update(state=FlagState.CHECKING, due_on=dt.date(2021, 8, 1))
    path, program = f"matters/{matter.pk}/", Program(cast.chair)
    body = {"text": "情况属实，正在整改。"}
    assert program.send("post", f"{path}answer/", body).status_code == 428
    answer = program.send("post", f"{path}answer/", body, program.tag(path))
    assert answer.status_code == 201, answer.content
    assert FlagAnswer.objects.get().text == body["text"]
    empty = program.send("post", f"{path}answer/", {"text": " "}, program.tag(path))
    assert empty.status_code == 400
    assert program.send("post", f"matters/{cast.far.flag.pk}/answer/", body).status_code == 404
    assert Program(cast.clerk).send("post", f"{path}answer/", body).status_code == 403


# --- an annual report ---


@pytest.fixture
def draft(cast):
    return a_report(cast.near.cooperative, by=cast.chair)


def test_a_section_is_saved_as_typed_and_answered_with_what_is_wrong(cast, draft):
    program = Program(cast.chair)
    path = f"reports/{draft.pk}/sections/basic/"
    before = program.get(path)
    key = SECTIONS_BY_KEY["basic"].fields[0].key
    body = {"fields_typed": {key: {"value": "甲乙丙丁"}}}
    assert program.send("put", path, body).status_code == 428
    saved = program.send("put", path, body, before["ETag"])
    assert saved.status_code == 200, saved.content
    asked = {each["key"]: each for each in saved.json()["questions"]}
    assert asked[key]["value"] == "甲乙丙丁"
    untouched = {each["key"]: each["value"] for each in before.json()["questions"]}
    assert {k: v["value"] for k, v in asked.items() if k != key} == {
        k: v for k, v in untouched.items() if k != key
    }
    other = program.send("put", path, {"fields_typed": {key: {"value": "戊"}}}, before["ETag"])
    assert (other.status_code, other.json()["code"]) == (412, "version_old")


def test_a_section_takes_no_question_that_it_does_not_ask(cast, draft):
    program = Program(cast.chair)
    path = f"reports/{draft.pk}/sections/basic/"
    body = {"fields_typed": {"nonsense": {"value": "1"}}}
    answer = program.send("put", path, body, program.tag(path))
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_field")
    assert program.get(f"reports/{draft.pk}/sections/nonsense/").status_code == 404
    assert program.get(f"reports/{cast.far.report.pk}/sections/basic/").status_code == 404


def test_a_report_that_is_not_complete_is_refused_as_on_the_page(cast, draft):
    program = Program(cast.chair)
    path = f"reports/{draft.pk}/"
    unread = program.send("post", f"{path}submit/", {"read": False}, program.tag(path))
    assert (unread.status_code, unread.json()["code"]) == (422, "unread")
    AnnualReport.objects.filter(pk=draft.pk).update(draft={}, answers={})
    refused = program.send("post", f"{path}submit/", {"read": True}, program.tag(path))
    assert (refused.status_code, refused.json()["code"]) == (409, "refused")
    assert "还没有填完" in refused.json()["detail"]


def test_a_report_is_begun_and_submitted_by_a_program(cast):
    report = a_report(cast.near.cooperative, by=cast.chair)
    program = Program(cast.chair)
    body = {"cooperative": cast.near.cooperative.code, "year": report.year}
    begun = program.send("post", "reports/", body)
    assert (begun.status_code, begun.json()["id"]) == (201, report.pk)
    path = f"reports/{report.pk}/"
    tag = program.tag(path)
    declared = {"read": True, "late_reason": "疫情期间无法召集"}
    answer = program.send("post", f"{path}submit/", declared, tag)
    assert answer.status_code == 200, answer.content
    receipt = answer.json()["receipt"]
    assert receipt
    again = program.send("post", f"{path}submit/", {"read": True}, program.tag(path))
    assert again.json()["receipt"] == receipt
