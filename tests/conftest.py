"""Fixtures of the whole suite."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client

from accounts.models import User
from tests.cast import Cast, assemble


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let every test begin with an empty cache."""
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """Return a person of every role in two townships; see tests/cast.py."""
    del db
    return assemble()


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """Return a maker of signed-in test clients, one for each person."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let every connection know what the migrations laid down, not only the one that made it.

    A transactional test puts that content back; where a browser keeps an event loop in the
    thread, Django hands out another connection, which would find nothing to put back.
    """
    del django_db_setup
    made = connections["default"]
    content = getattr(made, "_test_serialized_contents", None)
    if content is not None:
        type(made)._test_serialized_contents = content  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def emptying_lifts_the_guard_of_the_audit_trail() -> None:
    """Let SQLite be emptied after a transactional test: its triggers refuse every DELETE.

    PostgreSQL is emptied by TRUNCATE, which row triggers do not see.
    """
    if connection.vendor != "sqlite":
        return
    operations = type(connection.ops)
    plainly = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **more: Any) -> list[str]:
        statements = plainly(self, style, tables, **more)
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
        dropped = [f"DROP TRIGGER {name}" for name, _ in guards]
        return [*dropped, *statements, *(sql for _, sql in guards)] if statements else []

    operations.sql_flush = sql_flush  # type: ignore[method-assign]
