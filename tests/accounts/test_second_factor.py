"""The second factor: owed after the password, set up once, never taken twice, reset by a person."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AuditEvent, User
from tests.factories.accounts import PASSWORD

HOME = "/"
ASK = "/accounts/second-factor/"
SET_UP = "/accounts/second-factor/set-up/"


def code_of(user, *, drift=0):
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, drift=drift):06d}"


def sign_in(user, **more):
    client = Client()
    form = {"username": user.username, "password": PASSWORD, **more}
    return client, client.post("/accounts/login/", form)


@pytest.fixture
def protected(cast, browser_of):
    """A person of the bureau with a second factor; `.spare` holds the spare codes."""
    client = browser_of(cast.bureau)
    client.get(SET_UP)
    page = client.post(SET_UP, {"code": code_of(cast.bureau)})
    cast.bureau.spare = re.findall(r"<code>([0-9a-z]{4}-[0-9a-z]{4})</code>", page.content.decode())
    # The code of this half minute is used up; let the clock of the device forget that.
    TOTPDevice.objects.update(last_t=-1)
    return cast.bureau


def test_a_password_alone_opens_nothing(protected):
    client, answer = sign_in(protected, next="/registry/")
    assert answer.url == "/registry/"
    assert client.get("/registry/").url == f"{ASK}?next=/registry/"
    assert client.get("/api/v1/cooperatives/").status_code == 403
    assert client.post(ASK, {"code": code_of(protected), "next": "/registry/"}).url == "/registry/"
    assert client.get("/registry/").status_code == 200


def test_a_wrong_code_is_told_and_then_waited_for(protected):
    client, _ = sign_in(protected)
    page = client.post(ASK, {"code": "000000"})
    assert page.status_code == 422
    for _ in range(4):
        client.post(ASK, {"code": "000000"})
    # The right one is not even looked at now.
    assert client.post(ASK, {"code": code_of(protected)}).status_code == 422
    assert client.get(HOME).status_code == 302
    assert AuditEvent.objects.filter(action="second-factor-refused").count() == 6


def test_a_code_counts_once(protected):
    code = code_of(protected)
    first, _ = sign_in(protected)
    assert first.post(ASK, {"code": code}).status_code == 302
    second, _ = sign_in(protected)
    assert second.post(ASK, {"code": code}).status_code == 422


def test_a_spare_code_counts_once(protected):
    assert len(protected.spare) == 10
    first, _ = sign_in(protected)
    assert first.post(ASK, {"code": protected.spare[0].upper()}).status_code == 302
    second, _ = sign_in(protected)
    assert second.post(ASK, {"code": protected.spare[0]}).status_code == 422


def test_whoever_must_have_one_sets_it_up_first(cast, settings):
    settings.SECOND_FACTOR = "required"
    cast.bureau.set_password(PASSWORD)
    cast.bureau.save()
    client, _ = sign_in(cast.bureau)
    assert client.get("/registry/").url == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert client.post(SET_UP, {"code": "12"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0)  # the second's wait is over
    assert "备用口令" in client.post(SET_UP, {"code": code_of(cast.bureau)}).content.decode()
    assert client.get("/registry/").status_code == 200
    assert client.post(reverse("accounts:second-factor-remove")).status_code == 302
    assert TOTPDevice.objects.filter(user=cast.bureau, confirmed=True).exists()


def test_counsellors_and_societies_sign_in_by_password(cast, settings):
    settings.SECOND_FACTOR = "required"
    for person in (cast.counsellor, cast.chair):
        client, _ = sign_in(person)
        assert client.get(HOME).status_code == 200


def test_one_gives_it_up_where_it_is_only_offered(protected):
    client, _ = sign_in(protected)
    client.post(ASK, {"code": code_of(protected)})
    client.post(reverse("accounts:second-factor-remove"))
    other, _ = sign_in(protected)
    assert other.get(HOME).status_code == 200


def test_new_spare_codes_replace_the_old(protected):
    client, _ = sign_in(protected)
    client.post(ASK, {"code": code_of(protected)})
    assert client.post(reverse("accounts:spare-codes")).status_code == 200
    other, _ = sign_in(protected)
    assert other.post(ASK, {"code": protected.spare[1]}).status_code == 422


def test_the_administrator_clears_it_and_every_session_ends(cast, browser_of, protected):
    client, _ = sign_in(protected)
    client.post(ASK, {"code": code_of(protected)})
    address = reverse("accounts:user-second-factor", args=[protected.pk])
    version = User.objects.get(pk=protected.pk).version
    form = {"reason": "手机丢失，已当面核实", "version": version}
    assert browser_of(cast.clerk).post(address, form).status_code == 403
    browser_of(cast.administrator).post(address, form)
    assert client.get(HOME).status_code == 302
    again, _ = sign_in(protected)
    assert again.get(HOME).status_code == 200
    assert AuditEvent.objects.filter(action="second-factor-reset").count() == 1


def test_the_key_is_in_no_log_and_no_record(protected):
    key = TOTPDevice.objects.get(user=protected).key
    assert not any(key in str(event.detail) for event in AuditEvent.objects.all())
