"""The account with which a new portal begins."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User
from accounts.policy import Action, may

pytestmark = pytest.mark.django_db


def test_the_first_administrator_gets_a_one_time_password_that_must_be_changed(capsys):
    call_command("create_administrator", "laowang", name="王小明")
    password = capsys.readouterr().out.split("一次性密码：")[1].split()[0]
    person = User.objects.get(username="laowang")
    assert person.check_password(password)
    assert person.must_change_password
    assert may(person, Action.MANAGE_PEOPLE)
    assert AuditEvent.objects.get().subject_key == str(person.pk)


def test_there_is_no_second_first_administrator(cast):
    with pytest.raises(CommandError, match="已有在用的系统管理员"):
        call_command("create_administrator", "laowang")


def test_a_name_that_is_taken_is_refused_in_words():
    with pytest.raises(CommandError, match="已有人使用"):
        call_command("create_administrator", "machine")
