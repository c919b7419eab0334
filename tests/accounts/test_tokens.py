"""Tokens for programs: issued once, kept as a digest, as far as their person and not a step more."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.choices import TokenScope
from accounts.models import ApiToken, AuditEvent, NoticeReceipt, User
from accounts.operations import tokens
from common import clock
from common.workflow import TransitionRefused
from tests.factories.tokens import bearer, token_for

API = "/api/v1/"
LAST = dt.timedelta(days=30)


def get(secret, path="", **headers):
    return Client().get(API + path, headers={**bearer(secret), **headers})


def form(**changed):
    asked = {"name": "登记系统", "scope": "read", "expires_on": clock.today() + LAST}
    return {**asked, **changed}


# --- issuing ---


def test_the_secret_is_shown_once_and_kept_nowhere(cast, browser_of):
    client = browser_of(cast.clerk)
    page = client.post("/accounts/tokens/new/", form()).content.decode()
    token = ApiToken.objects.get()
    secret = page.split("Bearer ")[1].split("<")[0]
    assert tokens.digest_of(secret) == token.digest
    assert secret not in client.get("/accounts/tokens/").content.decode()
    assert secret not in {str(value) for value in ApiToken.objects.values_list().get()}
    assert get(secret).status_code == 200
    event = AuditEvent.objects.get(action="token-issued")
    assert (event.actor, secret in str(event.detail)) == (cast.clerk, False)


def test_only_the_administrator_gives_a_department_its_token(cast, browser_of):
    answer = browser_of(cast.administrator).post(
        "/accounts/tokens/new/", form(liaison=cast.liaison.pk, scope="deliver")
    )
    assert answer.status_code == 200
    token = ApiToken.objects.get()
    assert (token.person, token.unit) == (cast.liaison, cast.near.department)
    assert NoticeReceipt.objects.filter(person=cast.liaison).exists()
    with pytest.raises(PermissionDenied):
        tokens.issue_token(
            "别人的",
            scope="read",
            expires_on=clock.today() + LAST,
            liaison=cast.liaison,
            by=cast.bureau,
        )
    browser_of(cast.bureau).post("/accounts/tokens/new/", form(liaison=cast.liaison.pk))
    assert set(ApiToken.objects.exclude(pk=token.pk).values_list("person", flat=True)) == {
        cast.bureau.pk
    }


def test_a_department_is_represented_by_its_liaison_alone(cast):
    with pytest.raises(TransitionRefused):
        tokens.issue_token(
            "甲",
            scope="read",
            expires_on=clock.today() + LAST,
            liaison=cast.clerk,
            by=cast.administrator,
        )


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_ends_within_a_year(cast, browser_of, days):
    late = clock.today() + dt.timedelta(days=days)
    answer = browser_of(cast.clerk).post("/accounts/tokens/new/", form(expires_on=late))
    assert answer.status_code == 422
    with pytest.raises(TransitionRefused):
        tokens.issue_token("甲", scope="read", expires_on=late, by=cast.clerk)
    assert not ApiToken.objects.exists()


def test_nobody_hoards_tokens(cast):
    for _ in range(tokens.MOST):
        token_for(cast.clerk)
    with pytest.raises(TransitionRefused):
        token_for(cast.clerk)


# --- the same reach as the person ---


def test_a_token_reaches_what_its_person_reaches(furnished):
    _, secret = token_for(furnished.clerk)
    codes = {row["code"] for row in get(secret, "cooperatives/").json()["results"]}
    assert codes == {furnished.near.cooperative.code}
    assert get(secret, f"cooperatives/{furnished.far.cooperative.code}/").status_code == 404
    assert get(secret, "units/").status_code == 403


@pytest.mark.parametrize(
    ("scope", "method", "path", "status"),
    [
        (TokenScope.READ, "get", "notices/", 200),
        (TokenScope.READ, "post", "notices/{notice}/confirm/", 403),
        (TokenScope.DELIVER, "get", "deliveries/", 200),
        (TokenScope.DELIVER, "get", "notices/", 403),
        (TokenScope.DELIVER, "post", "notices/{notice}/confirm/", 403),
        (TokenScope.WRITE, "get", "notices/", 200),
        (TokenScope.WRITE, "post", "notices/{notice}/confirm/", 200),
    ],
)
def test_a_token_is_for_what_its_scope_says(cast, scope, method, path, status):
    notice = cast.near.notice
    _, secret = token_for(cast.liaison, scope)
    address = API + path.format(notice=notice.pk)
    answer = getattr(Client(), method)(address, headers=bearer(secret))
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "scope_too_narrow"


def test_what_a_program_did_says_by_which_token(cast):
    notice = cast.near.notice
    token, secret = token_for(cast.liaison, TokenScope.WRITE)
    Client().post(f"{API}notices/{notice.pk}/confirm/", headers=bearer(secret))
    event = AuditEvent.objects.order_by("-sequence").first()
    assert (event.actor, event.detail["token"]) == (cast.liaison, str(token))


# --- its end ---


def refused(secret, code):
    answer = get(secret, "notices/")
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["detail"]


def test_a_withdrawn_token_is_refused_from_the_next_call_on(cast, browser_of):
    token, secret = token_for(cast.clerk)
    client = browser_of(cast.clerk)
    assert client.post("/accounts/tokens/withdraw/", {"token": token.pk}).status_code == 302
    refused(secret, "token_withdrawn")
    client.post("/accounts/tokens/withdraw/", {"token": token.pk})
    assert AuditEvent.objects.filter(action="token-withdrawn").count() == 1


def test_nobody_but_the_administrator_withdraws_anothers_token(cast, browser_of):
    token, secret = token_for(cast.clerk)
    answer = browser_of(cast.bureau).post("/accounts/tokens/withdraw/", {"token": token.pk})
    assert answer.status_code == 302
    assert get(secret).status_code == 200
    with pytest.raises(PermissionDenied):
        tokens.withdraw_token(token, by=cast.bureau)
    tokens.withdraw_token(token, by=cast.administrator)
    refused(secret, "token_withdrawn")


def test_a_token_ends_with_its_day_its_person_and_its_department(cast):
    token, secret = token_for(cast.liaison)
    rows = ApiToken.objects.filter(pk=token.pk)
    rows.update(expires_on=clock.today())
    assert get(secret).status_code == 200
    rows.update(expires_on=clock.today() - dt.timedelta(days=1))
    refused(secret, "token_over")
    rows.update(expires_on=clock.today(), unit=cast.far.department)
    refused(secret, "person_moved")
    rows.update(unit=cast.near.department)
    assert get(secret).status_code == 200
    User.objects.filter(pk=cast.liaison.pk).update(is_active=False)
    refused(secret, "person_closed")
    User.objects.filter(pk=cast.liaison.pk).update(is_active=True, must_change_password=True)
    refused(secret, "first_password")


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer " + "x" * 300])
def test_a_header_that_is_not_a_token_is_named(db, header):
    answer = Client().get(API, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_unreadable")


def test_an_unknown_token_is_refused(db):
    refused("tck_nothing", "token_unknown")


def test_a_call_is_noted_at_most_once_a_minute(cast, django_assert_num_queries):
    token, secret = token_for(cast.administrator)
    get(secret)
    first = ApiToken.objects.get(pk=token.pk).last_used_at
    assert first is not None
    with django_assert_num_queries(1):  # the token with its person, and no write
        get(secret)
    assert ApiToken.objects.get(pk=token.pk).last_used_at == first


def test_calls_are_counted_for_each_token_by_itself(cast, monkeypatch):
    from accounts.api.tokens import RatePerToken

    monkeypatch.setattr(RatePerToken, "THROTTLE_RATES", {"user": "2/min", "anon": "2/min"})
    one, other = token_for(cast.clerk)[1], token_for(cast.clerk)[1]
    assert [get(one).status_code for _ in range(3)] == [200, 200, 429]
    assert get(other).status_code == 200


# --- the list ---


def test_everybody_sees_their_own_and_the_administrator_all(cast, browser_of):
    token_for(cast.clerk)
    assert "登记系统" in browser_of(cast.clerk).get("/accounts/tokens/").content.decode()
    assert "登记系统" not in browser_of(cast.bureau).get("/accounts/tokens/").content.decode()
    page = browser_of(cast.administrator).get("/accounts/tokens/").content.decode()
    assert cast.clerk.full_name in page


def test_the_list_costs_a_fixed_number_of_queries(cast, browser_of, django_assert_max_num_queries):
    for person in (cast.clerk, cast.liaison, cast.chair, cast.counsellor):
        token_for(person)
    client = browser_of(cast.administrator)
    client.get("/")
    with django_assert_max_num_queries(6):
        client.get("/accounts/tokens/")
