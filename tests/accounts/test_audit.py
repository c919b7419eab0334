"""The trail only grows, every link fits, and a change is found."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.operations import audit, users
from accounts.operations.users import PersonFacts

LIST = "/accounts/audit/"


@pytest.fixture
def trail(cast):
    """Five events."""
    with transaction.atomic():
        for number in range(5):
            audit.record("signed-in", cast.clerk, by=cast.clerk, address=f"10.0.0.{number}")
    return cast


def tamper(statement, *values):
    """Change the table behind the guard's back, as somebody with the database's keys could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER audit_trail_only_grows")
        else:
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER audit_trail_no_{verb}")
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET actor_name = 'x' WHERE sequence = 2",
        "DELETE FROM accounts_auditevent WHERE sequence = 2",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(trail, statement):
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 5


def test_an_untouched_chain_is_whole(trail, capsys):
    assert audit.broken_link() is None
    call_command("audit", "verify")
    assert "共 5 条" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "values", "found"),
    [
        ("UPDATE accounts_auditevent SET actor_name = %s WHERE sequence = 2", ["李鬼"], 2),
        ("UPDATE accounts_auditevent SET reason = %s WHERE sequence = 4", ["补写的理由"], 4),
        (
            "UPDATE accounts_auditevent SET detail = %s WHERE sequence = 5",
            [json.dumps({"a": 1})],
            5,
        ),
        ("UPDATE accounts_auditevent SET at = at + '1' WHERE sequence = %s", [1], 1),
        ("DELETE FROM accounts_auditevent WHERE sequence = %s", [3], 4),
        ("DELETE FROM accounts_auditevent WHERE sequence = %s", [1], 2),
    ],
    ids=["name", "reason", "detail", "time", "gap", "beginning"],
)
def test_a_change_is_found_at_its_link(trail, statement, values, found):
    if "at + '1'" in statement:
        later = (
            "at + interval '1 hour'"
            if connection.vendor == "postgresql"
            else "datetime(at, '+1 hour')"
        )
        statement = statement.replace("at + '1'", later)
    tamper(statement, *values)
    assert audit.broken_link() == found
    with pytest.raises(CommandError, match=f"序号 {found} ") as refused:
        call_command("audit", "verify")
    assert refused.value.returncode == 1


def test_a_forged_hash_breaks_the_next_link(trail):
    event = AuditEvent.objects.get(sequence=2)
    event.actor_name = "李鬼"
    tamper(
        "UPDATE accounts_auditevent SET actor_name = %s, hash = %s WHERE sequence = 2",
        event.actor_name,
        event.computed_hash(),
    )
    assert audit.broken_link() == 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        audit.record("signed-in", by=None)


def test_an_act_whose_record_fails_does_not_happen(cast, monkeypatch):
    def broken(*_args, **_more):
        raise DatabaseError

    monkeypatch.setattr(audit, "record", broken)
    facts = PersonFacts("赵六", cast.clerk.role, cast.clerk.unit)
    with pytest.raises(DatabaseError):
        users.edit_person(cast.clerk, facts, version=1, reason="试", by=cast.administrator)
    cast.clerk.refresh_from_db()
    assert cast.clerk.full_name != "赵六"


def test_the_page_verifies_the_chain(trail, browser_of):
    client = browser_of(trail.auditor)
    answer = client.post(reverse("accounts:audit-verify"), follow=True)
    assert "校验通过：共 5 条" in answer.content.decode()
    tamper("UPDATE accounts_auditevent SET actor_name = %s WHERE sequence = 2", "李鬼")
    answer = client.post(reverse("accounts:audit-verify"), follow=True)
    assert "从序号 2 起" in answer.content.decode()
    detail = client.get(reverse("accounts:audit-detail", args=[2])).content.decode()
    assert "本条已被改动" in detail


def sequences(answer):
    return [event.sequence for event in answer.context["events"]]


def test_the_list_is_filtered_by_its_address(trail, browser_of):
    client = browser_of(trail.auditor)
    with transaction.atomic():
        audit.record("person-created", trail.bureau, by=trail.administrator)
    assert sequences(client.get(LIST)) == [6, 5, 4, 3, 2, 1]
    assert sequences(client.get(LIST, {"deed": "person-created"})) == [6]
    assert sequences(client.get(LIST, {"person": trail.administrator.full_name})) == [6]
    assert sequences(client.get(LIST, {"subject": trail.bureau.full_name})) == [6]
    assert sequences(client.get(LIST, {"since": "2021-07-21"})) == []
    assert len(sequences(client.get(LIST, {"since": "2021-07-20", "until": "2021-07-20"}))) == 6


def test_the_list_is_paged_by_sequence_there_and_back(trail, browser_of, monkeypatch):
    monkeypatch.setattr("accounts.views.audit.PAGE_SIZE", 2)
    client = browser_of(trail.auditor)
    first = client.get(LIST, {"deed": "signed-in"})
    assert sequences(first) == [5, 4]
    assert "previous_url" not in first.context
    second = client.get(LIST + first.context["next_url"])
    assert sequences(second) == [3, 2]
    assert "deed=signed-in" in second.context["next_url"]
    assert sequences(client.get(LIST + second.context["previous_url"])) == [5, 4]
    last = client.get(LIST + second.context["next_url"])
    assert sequences(last) == [1]
    assert "next_url" not in last.context


@pytest.mark.parametrize("place", ["x", "-1", "9" * 30, "٣"])
def test_a_senseless_place_shows_the_first_page(trail, browser_of, place):
    assert len(sequences(browser_of(trail.auditor).get(LIST, {"before": place}))) in {0, 5}
