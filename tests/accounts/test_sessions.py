"""A session ends by idleness, by age, and by any change of what the person may do."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from accounts.operations import sessions, users
from accounts.operations.users import PersonFacts
from common import clock
from tests.factories.accounts import PASSWORD

NEW_PASSWORD = "Qingming-2022!"
MORNING = "2021-07-20 08:00+08:00"


def is_in(client):
    return client.get("/").status_code == 200


@pytest.fixture
def clerk_at_work(cast, browser_of):
    client = browser_of(cast.clerk)
    assert is_in(client)
    return client


def edited(cast, **changes):
    facts = PersonFacts.of(cast.clerk)
    return users.edit_person(
        cast.clerk,
        PersonFacts(**{**vars(facts), **changes}),
        version=cast.clerk.version,
        reason="工作调整",
        by=cast.administrator,
    )


def test_a_new_role_ends_the_session(cast, clerk_at_work):
    edited(cast, role=Role.COUNSELLOR)
    assert not is_in(clerk_at_work)


def test_a_new_unit_ends_the_session(cast, clerk_at_work):
    edited(cast, unit=cast.far.township)
    assert not is_in(clerk_at_work)


def test_a_new_post_does_not(cast, clerk_at_work):
    edited(cast, post="副镇长")
    assert is_in(clerk_at_work)


@pytest.mark.parametrize(
    "column",
    [
        {"role": Role.LEADER},
        {"unit": None},
        {"is_active": False},
        {"password": "x"},
        {"session_epoch": 7},
    ],
    ids=str,
)
def test_a_session_is_bound_to_every_one_of_these(cast, clerk_at_work, column):
    User.objects.filter(pk=cast.clerk.pk).update(**column)
    assert not is_in(clerk_at_work)


def test_an_account_that_is_opened_again_does_not_revive_its_sessions(cast, clerk_at_work):
    closed = users.deactivate_person(cast.clerk, version=1, reason="离岗", by=cast.administrator)
    users.activate_person(closed, version=2, reason="返岗", by=cast.administrator)
    assert not is_in(clerk_at_work)
    answer = Client().post(
        reverse("accounts:login"), {"username": cast.clerk.username, "password": PASSWORD}
    )
    assert answer.status_code == 302


def test_half_an_hour_of_idleness_ends_the_session(cast, browser_of):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = browser_of(cast.clerk)
        assert is_in(client)
        clock.shift(dt.timedelta(minutes=29))
        assert is_in(client)
        clock.shift(dt.timedelta(minutes=31))
        answer = client.get("/accounts/profile/")
        assert answer.url == "/accounts/login/?next=/accounts/profile/"
        assert "较长时间没有操作" in client.get(answer.url).content.decode()


def test_twelve_hours_end_a_session_however_busy(cast, browser_of):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = browser_of(cast.clerk)
        for _ in range(12 * 3):
            assert is_in(client)
            clock.shift(dt.timedelta(minutes=20))
        clock.shift(dt.timedelta(minutes=1))
        assert not is_in(client)


def test_an_idle_form_is_not_sent_back_to_where_only_posts_go(cast, browser_of):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = browser_of(cast.clerk)
        assert is_in(client)
        clock.shift(dt.timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1))
        answer = client.post(reverse("accounts:sessions-end"))
        assert answer.url.startswith("/accounts/login/")
        assert "sessions/end" not in answer.url


def change(client, old, new, again=None):
    return client.post(
        reverse("accounts:password-change"),
        {"old_password": old, "new_password1": new, "new_password2": again or new},
    )


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(cast, browser_of):
    here, elsewhere = browser_of(cast.clerk), browser_of(cast.clerk)
    assert change(here, PASSWORD, NEW_PASSWORD).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Wrong-2021-word", NEW_PASSWORD, "原密码不正确"),
        (PASSWORD, PASSWORD, "不能与原密码相同"),
        (PASSWORD, "Kurz-1", "至少要有 10 个字符"),
        (PASSWORD, "alllowercase", "至少三种"),
        (PASSWORD, "Near-clerk-2022", "不能包含您的用户名"),
        (PASSWORD, "Tongchuan-2022", "密码太常见"),
    ],
)
def test_a_weak_password_is_refused_with_a_sentence(cast, browser_of, old, new, sentence):
    answer = change(browser_of(cast.clerk), old, new)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_two_different_new_passwords_are_refused(cast, browser_of):
    answer = change(browser_of(cast.clerk), PASSWORD, NEW_PASSWORD, "Qingming-2023!")
    assert "两次填写的新密码不一致" in answer.content.decode()


def test_a_first_password_must_be_changed_before_anything_else(cast, browser_of):
    User.objects.filter(pk=cast.clerk.pk).update(must_change_password=True)
    client = browser_of(cast.clerk)
    for path in ("/", "/accounts/profile/", "/registry/feeds/"):
        assert client.get(path).url == reverse("accounts:password-change")
    assert change(client, PASSWORD, NEW_PASSWORD).url == "/"
    assert is_in(client)


def test_a_password_that_is_too_old_by_the_rule_of_the_office_comes_first(
    cast, browser_of, settings
):
    User.objects.filter(pk=cast.clerk.pk).update(
        password_changed_at=clock.now() - dt.timedelta(days=91)
    )
    client = browser_of(cast.clerk)
    assert is_in(client)  # by default nobody is made to change
    settings.PASSWORD_DAYS = 90
    assert client.get("/").url == reverse("accounts:password-change")
    assert "密码该换了" in client.get(reverse("accounts:password-change")).content.decode()
    assert change(client, PASSWORD, PASSWORD).status_code == 422
    assert change(client, PASSWORD, NEW_PASSWORD).url == "/"
    assert is_in(client)


def test_an_office_may_ask_for_longer_passwords_of_every_kind(cast, browser_of, settings):
    settings.PASSWORD_LENGTH, settings.PASSWORD_KINDS = 16, 4
    client = browser_of(cast.clerk)
    shown = client.get(reverse("accounts:password-change")).content.decode()
    assert "至少 16 个字符，" in shown
    assert "大写字母、小写字母、数字、符号中的每一种" in shown
    refused = change(client, PASSWORD, "Guyu2022abcdefghij").content.decode()
    assert "符号中的每一种" in refused
    assert "至少要有 16 个字符" in change(client, PASSWORD, "Guyu-2022").content.decode()
    assert change(client, PASSWORD, "Guyu-2022-Lixia-05").url == "/"
    assert len(users.one_time_password()) >= 16


def test_one_can_sign_out_everywhere_else(cast, browser_of):
    here, elsewhere = browser_of(cast.clerk), browser_of(cast.clerk)
    assert here.post(reverse("accounts:sessions-end")).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_the_profile_shows_the_latest_sign_ins(cast, browser_of):
    sessions.record_sign_in(cast.clerk, address="10.1.2.3")
    page = browser_of(cast.clerk).get(reverse("accounts:profile")).content.decode()
    assert "10.1.2.3" in page
    assert cast.clerk.get_role_display() in page


@pytest.mark.parametrize(
    ("phone", "status"), [("13800001111", 302), ("0818-2123456", 302), ("", 302), ("12", 422)]
)
def test_ones_own_phone_is_checked(cast, browser_of, phone, status):
    answer = browser_of(cast.clerk).post(reverse("accounts:phone-edit"), {"phone": phone})
    assert answer.status_code == status
    cast.clerk.refresh_from_db()
    assert cast.clerk.phone == (phone if status == 302 else "")
