"""The table of rights is the signed one, and both printed matrices come from it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import policy
from accounts.choices import WORKPLACES, Role
from accounts.policy import GRANTS, Action, Reach, may, reach_of
from tests.accounts.matrix import signed_rights
from tests.factories.accounts import UserFactory
from tongchuan_coop.reference import REFERENCES

SIGNED = signed_rights()


@pytest.mark.parametrize("action", Action)
def test_the_rights_are_the_signed_ones(action):
    granted = {role: GRANTS[action].get(role, Reach.NONE) for role in Role}
    assert granted == SIGNED[action.value]


def test_nothing_is_signed_that_does_not_exist():
    assert set(SIGNED) == set(Action.values)


@pytest.mark.parametrize("action", Action)
def test_a_stranger_and_a_closed_account_reach_nothing(action):
    closed = UserFactory.build(role=Role.ADMINISTRATOR, is_active=False)
    assert reach_of(AnonymousUser(), action) == Reach.NONE
    assert not may(closed, action)


def test_every_role_has_a_workplace():
    assert set(WORKPLACES) == set(Role)


def test_the_auditor_changes_nothing():
    reading = {action for action in Action if action.value.startswith("view-")}
    rights = {action for action in Action if GRANTS[action].get(Role.AUDITOR)}
    # A token of the auditor reads what the auditor reads.
    looking = {Action.ISSUE_TOKEN, Action.EXPORT_LIST, Action.EXPORT_AUDIT}
    assert rights - reading == {Action.EDIT_PROFILE, Action.USE_SECOND_FACTOR, *looking}


def test_the_matrix_page_shows_every_action_and_is_made_for_paper(cast, browser_of):
    page = browser_of(cast.auditor).get(reverse("accounts:policy-matrix")).content.decode()
    assert all(action.label in page for action in Action)
    assert "data-print" in page
    assert "签字" in page


def test_whom_to_ask_names_those_who_have_the_right():
    assert policy.whom_to_ask(Action.MANAGE_PEOPLE) == Role.ADMINISTRATOR.label


def test_the_reference_pages_are_up_to_date(capsys):
    call_command("write_reference", "--check")
    assert "最新" in capsys.readouterr().out


def test_a_stale_reference_page_is_noticed(monkeypatch):
    monkeypatch.setitem(REFERENCES, "permissions.md", lambda: "# 别的内容\n")
    with pytest.raises(CommandError, match=r"permissions\.md"):
        call_command("write_reference", "--check")
