"""A department's program hands in a file: the same operation, job and answers as the page."""

import io

import pytest
from django.test import Client

from accounts.choices import TokenScope
from accounts.models import AuditEvent
from registry.models import FeedDelivery, IngestJob
from registry.operations import jobs
from tests.factories.registry import DeliveryFactory
from tests.factories.tokens import bearer, token_for

URL = "/api/v1/deliveries/"
ROWS = "统一社会信用代码,名称\n93511702MA62E0CA0K,甲合作社\n".encode()


@pytest.fixture
def secret(cast):
    return token_for(cast.liaison, TokenScope.DELIVER)[1]


def send(secret, content=ROWS, **changed):
    file = io.BytesIO(content)
    file.name = changed.pop("filename", "一季度.csv")
    facts = {"source": "registration", "quarter": "2021Q1", "scope": "full", "file": file}
    facts = {key: value for key, value in {**facts, **changed}.items() if value is not None}
    return Client().post(URL, facts, headers=bearer(secret))


def test_a_file_is_received_and_its_progress_read(
    cast, secret, django_capture_on_commit_callbacks, monkeypatch
):
    woken = []
    monkeypatch.setattr("registry.api.deliveries.wake", woken.append)
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(secret)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    job = IngestJob.objects.get(delivery=told["id"])
    assert woken == [job.pk]
    assert (told["state"], told["sender"]) == ("received", cast.near.department.name)
    assert answer["Location"].endswith(f"{URL}{told['id']}/")
    event = AuditEvent.objects.get(action="delivery-received")
    assert (event.actor, "token" in event.detail) == (cast.liaison, True)
    jobs.run_job(job.pk)
    now = Client().get(answer["Location"], headers=bearer(secret)).json()
    assert now["state"] not in {"received", "scanned"}
    assert now["reason"] == IngestJob.objects.get(pk=job.pk).reason


def test_the_same_bytes_change_nothing_and_name_the_first(cast, secret):
    first = send(secret).json()["id"]
    again = send(secret)
    assert again.status_code == 409
    assert (again.json()["code"], again.json()["delivery"]) == ("DELIVERY_DUPLICATE", first)
    assert FeedDelivery.objects.count() == 1


def test_bytes_that_another_department_sent_are_not_pointed_at(cast, secret):
    first = send(secret)
    assert first.status_code == 201
    FeedDelivery.objects.update(sender=cast.far.department)
    again = send(secret)
    assert (again.status_code, again.json()["delivery"]) == (409, None)


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"quarter": "2021Q9"}, 422, "quarter"),
        ({"source": "rumours"}, 422, "source"),
        ({"scope": None}, 422, "scope"),
        ({"content": b""}, 422, "file"),
        ({"file": None}, 400, "file"),
    ],
)
def test_what_cannot_be_taken_is_named_with_code_and_sentence(secret, changed, status, field):
    answer = send(secret, **changed)
    assert answer.status_code == status
    told = answer.json()
    assert told["code"]
    assert told["fields_wrong"][field]
    assert told["detail"]
    assert not FeedDelivery.objects.exists()


def test_a_file_too_large_is_refused_before_it_is_read(secret, settings, monkeypatch):
    settings.INTAKE_LIMITS = {**settings.INTAKE_LIMITS, "upload_bytes": 10}
    late = send(secret)
    assert (late.status_code, late.json()["code"]) == (413, "UPLOAD_TOO_LARGE")
    monkeypatch.setattr("registry.api.sending._FORM_AROUND_FILE", 0)
    early = send(secret)
    assert (early.status_code, early.json()["code"]) == (413, "UPLOAD_TOO_LARGE")
    assert not FeedDelivery.objects.exists()


def test_only_senders_send(cast):
    for person in (cast.clerk, cast.chair, cast.auditor, cast.administrator):
        assert send(token_for(person, TokenScope.WRITE)[1]).status_code == 403
    narrow = send(token_for(cast.liaison, TokenScope.READ)[1])
    assert (narrow.status_code, narrow.json()["code"]) == (403, "scope_too_narrow")


def test_a_department_cannot_send_in_anothers_name(cast, secret):
    answer = send(secret, sender=cast.far.department.code)
    assert answer.json()["sender"] == cast.near.department.name


def test_the_bureau_names_the_department_for_which_it_sends(cast):
    secret = token_for(cast.bureau, TokenScope.DELIVER)[1]
    assert send(secret).json()["fields_wrong"]["sender"]
    answer = send(secret, sender=cast.far.department.code)
    assert (answer.status_code, answer.json()["sender"]) == (201, cast.far.department.name)


def test_a_delivery_out_of_reach_is_one_that_does_not_exist(cast, secret):
    far = DeliveryFactory(sender=cast.far.department)
    there = Client().get(f"{URL}{far.pk}/", headers=bearer(secret))
    nowhere = Client().get(f"{URL}999999/", headers=bearer(secret))
    assert (there.status_code, there.content) == (404, nowhere.content)


def test_json_is_no_file(secret):
    answer = Client().post(URL, "{}", content_type="application/json", headers=bearer(secret))
    assert answer.status_code == 415
