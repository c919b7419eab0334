"""Signing in and out, by the fixed form fields `username` and `password`."""

import pytest
from django.urls import reverse

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
