"""Signing in and out, by the fixed form fields `username` and `password`."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from tests.factories.accounts import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_a_person_signs_in_and_lands_on_the_home_page(client, cast):
    answer = sign_in(client, cast.bureau.username)
    assert answer.status_code == 302
    assert answer.url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/accounts/profile/"])
def test_a_stranger_is_sent_to_the_sign_in_page(client, db, path):
    assert client.get(path).url == f"{LOGIN}?next={path}"


def test_a_person_lands_on_the_page_that_was_asked_for(client, cast):
    profile = reverse("accounts:profile")
    assert sign_in(client, cast.clerk.username, next=profile).url == profile


@pytest.mark.parametrize(
    "target", ["https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com"]
)
def test_a_target_off_this_site_is_dropped(client, cast, target):
    assert sign_in(client, cast.clerk.username, next=target).url == "/"


def test_the_sign_in_page_has_the_fixed_fields(client, db):
    page = client.get(LOGIN).content.decode()
    assert 'name="username"' in page
    assert 'name="password"' in page


@pytest.mark.parametrize("username", ["near-clerk", "nobody"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(client, cast, username):
    answer = sign_in(client, username, "Wrong-2021-word")
    assert answer.status_code == 422
    assert "用户名或密码不正确" in answer.content.decode()


def test_a_closed_account_reads_the_same_as_an_unknown_one(client, cast):
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert "用户名或密码不正确" in sign_in(client, cast.clerk.username).content.decode()


def lock(client, username):
    for _ in range(5):  # as promised, whatever the settings say
        answer = sign_in(client, username, "Wrong-2021-word")
    return answer


def visible(answer, username):
    """Return the page without what differs in every answer: the form's mark, and the name typed."""
    page = re.sub(
        r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", answer.content.decode()
    )
    return page.replace(username, "NAME")


def test_five_failures_lock_even_the_right_password_out(client, cast):
    assert lock(client, cast.clerk.username).status_code == 429
    answer = sign_in(client, cast.clerk.username)
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_locked_and_an_unknown_name_are_answered_alike(cast):
    known = lock(Client(), cast.clerk.username)
    unknown = lock(Client(), "nobody-here")
    assert known.status_code == unknown.status_code == 429
    assert visible(known, cast.clerk.username) == visible(unknown, "nobody-here")


def test_the_lock_is_for_one_name_and_ends_after_a_quarter_of_an_hour(client, cast):
    with time_machine.travel("2021-07-20 09:00+08:00", tick=False) as clock:
        lock(client, cast.clerk.username)
        assert sign_in(Client(), cast.bureau.username).status_code == 302
        clock.shift(dt.timedelta(minutes=16))
        assert sign_in(client, cast.clerk.username).status_code == 302


def test_a_lock_is_noted_once_however_long_one_tries(client, cast):
    for _ in range(3):
        lock(client, cast.clerk.username)
    noted = AuditEvent.objects.about(cast.clerk).values_list("action", flat=True)
    assert list(noted) == ["sign-in-locked", *["sign-in-refused"] * 4]


def test_an_unknown_name_is_not_written_down(client, cast):
    sign_in(client, "Secret-typed-2021", "x")
    event = AuditEvent.objects.get(action="sign-in-refused")
    assert "Secret" not in str(event.detail) + event.subject_label
    assert event.actor is None


def test_sign_in_and_sign_out_leave_a_record(client, cast):
    sign_in(client, cast.clerk.username)
    client.post("/accounts/logout/")
    deeds = AuditEvent.objects.order_by("sequence").values_list("action", "actor")
    assert list(deeds) == [("signed-in", cast.clerk.pk), ("signed-out", cast.clerk.pk)]
    assert client.get("/").status_code == 302


def test_the_session_id_changes_at_sign_in(client, cast):
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client, cast.clerk.username)
    assert client.session.session_key != before


def test_signing_out_needs_a_post(client, cast):
    sign_in(client, cast.clerk.username)
    assert client.get("/accounts/logout/").status_code == 405


def test_a_form_without_the_security_mark_is_refused(cast):
    answer = sign_in(Client(enforce_csrf_checks=True), cast.clerk.username)
    assert answer.status_code == 403
    assert "安全校验已失效" in answer.content.decode()


@pytest.mark.parametrize("password", ["", "x" * 129, "密码" * 20, "\x00"])
def test_odd_passwords_are_plainly_refused(client, cast, password):
    assert sign_in(client, cast.clerk.username, password).status_code == 422


def test_demo_accounts_are_told_in_a_demo_only(client, db, settings):
    settings.PORTAL_DATE = dt.date(2021, 7, 20)
    assert settings.DEMO_PASSWORD in client.get(LOGIN).content.decode()
    settings.PORTAL_DATE = None
    assert settings.DEMO_PASSWORD not in client.get(LOGIN).content.decode()
    settings.PORTAL_DATE = dt.date(2021, 7, 20)
    settings.PRODUCTION = True
    assert settings.DEMO_PASSWORD not in client.get(LOGIN).content.decode()
