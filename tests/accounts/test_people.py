"""Accounts: opening, changing, closing; each with a record, none by accident."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent, User
from accounts.operations import users
from accounts.operations.users import PersonFacts
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from tests.factories.accounts import UserFactory
from tests.factories.accounts import unit as unit_named

LIST = "/accounts/users/"


@pytest.fixture
def admin(cast, browser_of):
    return browser_of(cast.administrator)


def typed(person, **changes):
    facts = {
        "full_name": person.full_name,
        "role": person.role,
        "unit": person.unit_id or "",
        "post": person.post,
        "phone": person.phone,
        "version": person.version,
        "reason": "岗位调整",
    }
    return {**facts, **changes}


def names_in(answer):
    return {person.username for person in answer.context["page"]}


def test_a_new_person_gets_a_one_time_password_shown_once(cast, admin, client):
    answer = admin.post(
        reverse("accounts:user-create"),
        {
            "username": "wangwu",
            "full_name": "王五",
            "role": Role.CLERK,
            "unit": cast.near.township.pk,
        },
    )
    password = answer.context["password"]
    person = User.objects.get(username="wangwu")
    assert password in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert person.must_change_password
    assert person.check_password(password)
    assert password not in str(AuditEvent.objects.values_list("detail", "reason"))
    client.post("/accounts/login/", {"username": "wangwu", "password": password})
    assert client.get("/").url == reverse("accounts:password-change")


def test_one_time_passwords_differ_and_pass_the_rules():
    made = {users.one_time_password() for _ in range(20)}
    assert len(made) == 20
    assert not any(set("0O1lI") & set(password) for password in made)


@pytest.mark.parametrize(
    ("role", "unit", "sentence"),
    [
        (Role.CLERK, "", "请选择所属机构"),
        (Role.CLERK, "税务局", "所属机构应为"),
        (Role.LIAISON, "罗江镇", "所属机构应为：区级部门"),
        (Role.COOPERATIVE, "税务局", "所属机构应为"),
    ],
)
def test_a_person_works_where_the_role_works(cast, admin, role, unit, sentence):
    answer = admin.post(
        reverse("accounts:user-create"),
        {
            "username": "wangwu",
            "full_name": "王五",
            "role": role,
            "unit": unit_named(unit).pk if unit else "",
        },
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(username="wangwu").exists()


@pytest.mark.parametrize("username", ["near-clerk", "Wang", "王五", "ab", "1abc"])
def test_a_user_name_is_plain_and_free(cast, admin, username):
    answer = admin.post(
        reverse("accounts:user-create"),
        {"username": username, "full_name": "王五", "role": Role.LEADER},
    )
    assert answer.status_code == 422


def test_a_change_is_recorded_with_both_values_and_the_reason(cast, admin):
    clerk = cast.clerk
    admin.post(
        reverse("accounts:user-edit", args=[clerk.pk]), typed(clerk, unit=cast.far.township.pk)
    )
    event = AuditEvent.objects.about(clerk).first()
    assert event.action == "person-changed"
    assert event.actor == cast.administrator
    assert event.reason == "岗位调整"
    assert event.detail["changes"] == {"所属机构": ["罗江镇", "碑庙镇"]}


def test_the_record_does_not_hold_the_phone_number(cast, admin):
    admin.post(
        reverse("accounts:user-edit", args=[cast.clerk.pk]),
        typed(cast.clerk, phone="13812345678"),
    )
    assert "13812345678" not in str(list(AuditEvent.objects.values()))


def test_a_change_needs_a_reason(cast, admin):
    answer = admin.post(
        reverse("accounts:user-edit", args=[cast.clerk.pk]), typed(cast.clerk, reason=" ")
    )
    assert answer.status_code == 422


def test_the_second_to_save_sees_both_texts_and_loses_nothing(cast, admin):
    clerk = cast.clerk
    edit = reverse("accounts:user-edit", args=[clerk.pk])
    admin.post(edit, typed(clerk, full_name="赵六"))
    late = admin.post(edit, typed(clerk, full_name="钱七", post="站长"))
    page = late.content.decode()
    assert late.status_code == 409
    assert "赵六" in page
    assert 'value="钱七"' in page
    assert 'value="站长"' in page
    clerk.refresh_from_db()
    assert clerk.full_name == "赵六"
    again = admin.post(edit, typed(clerk, full_name="钱七", post="站长"))
    assert again.status_code == 302


def test_an_old_version_is_refused_by_every_operation(cast):
    admin, clerk = cast.administrator, cast.clerk
    for act in (users.activate_person, users.deactivate_person, users.reset_password):
        with pytest.raises(EditConflict):
            act(clerk, version=9, reason="试", by=admin)


def test_the_administrator_cannot_change_the_own_role(cast, admin):
    me = cast.administrator
    answer = admin.post(reverse("accounts:user-edit", args=[me.pk]), typed(me, role=Role.AUDITOR))
    assert answer.status_code == 422
    assert "不能修改自己的角色" in answer.content.decode()
    me.refresh_from_db()
    assert me.role == Role.ADMINISTRATOR


def test_the_administrator_can_change_the_own_post(cast, admin):
    me = cast.administrator
    admin.post(reverse("accounts:user-edit", args=[me.pk]), typed(me, post="主任"))
    me.refresh_from_db()
    assert me.post == "主任"


def test_the_administrator_cannot_close_the_own_account(cast):
    me = cast.administrator
    with pytest.raises(TransitionRefused, match="停用自己"):
        users.deactivate_person(me, version=1, reason="试", by=me)


def test_the_last_administrator_stays(cast):
    """Two administrators cannot put each other out: the second one finds nobody left."""
    second = UserFactory(role=Role.ADMINISTRATOR)
    first = cast.administrator
    users.deactivate_person(first, version=1, reason="离岗", by=second)
    facts = PersonFacts("某", Role.LEADER, None)
    with pytest.raises(TransitionRefused):
        users.edit_person(second, facts, version=1, reason="试", by=second)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_manages_accounts(cast, role):
    facts = PersonFacts("某", Role.LEADER, None)
    with pytest.raises(PermissionDenied):
        users.create_person("someone", facts, by=cast.of(role))
    with pytest.raises(PermissionDenied):
        users.reset_password(cast.far.clerk, version=1, reason="试", by=cast.of(role))


def test_a_reset_password_works_once_and_ends_sessions(cast, admin, browser_of):
    clerk_here = browser_of(cast.clerk)
    answer = admin.post(
        reverse("accounts:user-password", args=[cast.clerk.pk]),
        {"version": 1, "reason": "本人遗忘"},
    )
    cast.clerk.refresh_from_db()
    assert cast.clerk.check_password(answer.context["password"])
    assert cast.clerk.must_change_password
    assert clerk_here.get("/").status_code == 302


@pytest.mark.parametrize("page", ["user-activate", "user-deactivate", "user-password"])
def test_grave_steps_need_a_reason(cast, admin, page):
    answer = admin.post(
        reverse(f"accounts:{page}", args=[cast.clerk.pk]), {"version": 1}, follow=True
    )
    assert "须填写理由" in answer.content.decode()
    cast.clerk.refresh_from_db()
    assert cast.clerk.version == 1


def test_closing_and_opening_through_the_page(cast, admin):
    clerk = cast.clerk
    for page, active in (("user-deactivate", False), ("user-activate", True)):
        clerk.refresh_from_db()
        facts = {"version": clerk.version, "reason": "岗位变动"}
        admin.post(reverse(f"accounts:{page}", args=[clerk.pk]), facts)
        clerk.refresh_from_db()
        assert clerk.is_active is active


def test_the_list_is_filtered_by_its_address(cast, admin):
    assert names_in(admin.get(LIST, {"role": Role.CLERK})) == {"near-clerk", "far-clerk"}
    assert names_in(admin.get(LIST, {"unit": cast.near.township.pk})) == {
        "near-clerk",
        "near-counsellor",
    }
    assert names_in(admin.get(LIST, {"q": "far-ch"})) == {"far-chair"}
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert names_in(admin.get(LIST, {"state": "closed"})) == {"near-clerk"}


def test_a_senseless_filter_finds_nobody(cast, admin):
    answer = admin.get(LIST, {"role": "king"})
    assert names_in(answer) == set()
    assert "没有符合条件的用户" in answer.content.decode()


def test_the_account_of_the_machine_is_nobodys(cast, admin):
    machine = User.objects.machine()
    assert machine.username not in names_in(admin.get(LIST))
    assert admin.get(reverse("accounts:user-detail", args=[machine.pk])).status_code == 404


def test_the_list_costs_the_same_however_many_people(cast, admin, django_assert_num_queries):
    UserFactory.create_batch(20, unit=cast.near.township)
    admin.get(LIST)
    with django_assert_num_queries(7):
        admin.get(LIST)


def test_who_may_only_look_sees_no_buttons(cast, browser_of):
    page = browser_of(cast.auditor).get(reverse("accounts:user-detail", args=[cast.clerk.pk]))
    assert "重置密码" not in page.content.decode()
    assert "开设用户" not in browser_of(cast.auditor).get(LIST).content.decode()
