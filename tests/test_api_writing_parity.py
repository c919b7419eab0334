"""Every write of the interface × every field: what the page's form refuses, the interface refuses."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from accounts.choices import TokenScope
from accounts.forms.saved_views import SaveViewForm
from accounts.models import AuditEvent
from registry.choices import FlagState
from registry.forms.cooperatives import PLAIN, CorrectionForm
from registry.forms.deliveries import DeliveryForm
from registry.forms.verification import AnswerForm
from registry.models import Cooperative, FeedDelivery, Flag, FlagAnswer
from tests.factories.tokens import bearer, token_for

pytestmark = pytest.mark.django_db
API = "/api/v1/"
TOO_LONG = "长" * 2001
REASON = {"reason": "核对营业执照副本"}

# Each write that takes fields, with the form of its page; of the others, page and interface hand
# the same words to the same operation, which checks them.
FORMS = {
    "cooperatives_correct": CorrectionForm,
    "deliveries_send": DeliveryForm,
    "matters_answer": AnswerForm,
    "saved_views_keep": SaveViewForm,
}
BY_OPERATION = {
    "notices_confirm",
    "reports_start",
    "reports_save",
    "reports_submit",
    "saved_views_rename",
    "saved_views_delete",
}

WRONG_FACTS = [
    ("phone", "123"),
    ("phone", "1381234567"),
    ("phone", "13812345678 王五"),
    ("phone", "甲" * 61),
    ("uscc", "93511702MA6000000X"),
    ("registration_no", "12"),
    ("name", ""),
    ("name", "长" * 201),
    ("established_on", "2999-01-01"),
    ("approved_on", "2021-02-30"),
    ("member_count", "-3"),
    ("member_count", "五"),
    ("farmer_member_count", "999999"),
    ("unit_member_count", "999999"),
    ("total_contribution", "-1"),
    ("total_contribution", "很多"),
    ("status", "nonsense"),
    ("township", "999999"),
    ("reason", "短"),
    ("reason", "长" * 201),
]
WRONG_ANSWERS = ["", " ", "好", TOO_LONG]


def writes():
    """Yield every write that the description tells of."""
    described = SchemaGenerator().get_schema(request=None, public=True)
    for ways in described["paths"].values():
        for way, operation in ways.items():
            if way != "get":
                yield operation["operationId"]


def sent_by_program(person, method, path, body, step=""):
    headers = bearer(token_for(person, TokenScope.WRITE)[1])
    client = Client()
    headers["If-Match"] = client.get(API + path, headers=headers)["ETag"]
    return getattr(client, method)(
        API + path + step, body, content_type="application/json", headers=headers
    )


def refusal(answer):
    """Check that a program is refused with a sentence and a code, and return the answer's text."""
    assert answer.status_code in {400, 422}, answer.content
    assert answer.json()["code"]
    assert answer.json()["detail"]
    return answer.json()


def test_every_write_is_compared(db):
    assert set(writes()) == set(FORMS) | BY_OPERATION


@pytest.mark.parametrize(("name", "value"), WRONG_FACTS)
def test_a_fact_that_the_page_refuses_is_refused_by_the_interface(cast, browser_of, name, value):
    society = cast.near.cooperative
    Cooperative.objects.filter(pk=society.pk).update(member_count=20, contact_phone="")
    if name == "uscc":  # what carries a code keeps it
        Cooperative.objects.filter(pk=society.pk).update(
            uscc=None, registration_no="511702000001234"
        )
    society.refresh_from_db()
    before = Cooperative.objects.values().get(pk=society.pk)
    standing = {each: "" if before[each] is None else str(before[each]) for each in PLAIN}
    typed = {**standing, "township": society.township_id, "phone": "", "version": society.version}
    page = browser_of(cast.bureau).post(
        f"/registry/{society.code}/edit/", {**typed, **REASON, name: value}
    )
    assert page.status_code != 302
    told = refusal(
        sent_by_program(
            cast.bureau, "patch", f"cooperatives/{society.code}/", {**REASON, name: value}
        )
    )
    assert name in told.get("fields_wrong", {name: ""})
    assert Cooperative.objects.values().get(pk=society.pk) == before
    assert not AuditEvent.objects.filter(action="edit-cooperative").exists()


@pytest.mark.parametrize(
    ("written", "kept"),
    [("138 1234 5678", "13812345678"), ("0818 2123456，13812345678", "0818-2123456、13812345678")],
)
def test_a_telephone_is_settled_alike_whoever_sends_it(cast, browser_of, written, kept):
    society = cast.near.cooperative
    answer = sent_by_program(
        cast.bureau, "patch", f"cooperatives/{society.code}/", {**REASON, "phone": written}
    )
    assert answer.status_code == 200, answer.content
    society.refresh_from_db()
    assert society.contact_phone == kept


@pytest.mark.parametrize("text", WRONG_ANSWERS)
def test_an_answer_that_the_page_refuses_is_refused_by_the_interface(cast, browser_of, text):
    matter = cast.near.flag
    Flag.objects.filter(pk=matter.pk).update(state=FlagState.CHECKING, due_on=dt.date(2021, 8, 1))
    browser_of(cast.chair).post(f"/registry/matters/{matter.pk}/answer/", {"text": text})
    assert not FlagAnswer.objects.exists()
    row = f"matters/{matter.pk}/"
    refusal(sent_by_program(cast.chair, "post", row, {"text": text}, "answer/"))
    assert not FlagAnswer.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source", "nonsense"),
        ("quarter", "1999Q1"),
        ("quarter", "下个季度"),
        ("scope", ""),
        ("file", b""),
        ("file", None),
    ],
)
def test_a_delivery_that_the_page_refuses_is_refused_by_the_interface(
    cast, browser_of, name, value
):
    def parts():
        sent = {"source": "registration", "quarter": "2021Q1", "scope": "full", "file": b"x"}
        sent[name] = value
        if sent["file"] is None:
            del sent["file"]
        else:
            sent["file"] = SimpleUploadedFile("a.csv", sent["file"])
        return sent

    person = cast.liaison
    assert browser_of(person).post("/registry/feeds/new/", parts()).status_code != 302
    headers = bearer(token_for(person, TokenScope.WRITE)[1])
    refusal(Client().post(f"{API}deliveries/", parts(), headers=headers))
    assert not FeedDelivery.objects.filter(received_by=person).exists()
