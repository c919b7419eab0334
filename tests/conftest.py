"""Fixtures of the whole suite."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.models import User
from accounts.policy import may
from tests.cast import Cast, assemble
from tongchuan_coop.api import COMPUTED, NOUNS

# Properties are tried with the same examples every time, however slow the machine.
settings.register_profile(
    "portal", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("portal")

WAITING = Path(__file__).parent / "chaos"
_LAID = pytest.StashKey[ExitStack]()  # what ends the world that many tests share


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let every test begin with an empty cache."""
    cache.clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let those come first that wait more than they work, then those that share a furnished world.

    While one worker waits, the other has the processors; at the end of a run nobody would.
    """
    items.sort(key=lambda item: 0 if item.path.parent == WAITING else 2 - _shares(item))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """End the furnished world before the first test that counts on an empty one."""
    if not _shares(item):
        item.session.stash.get(_LAID, ExitStack()).close()


def _shares(item: pytest.Item) -> bool:
    return "stage" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def stage(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Cast]:
    """The cast with every row of both worlds in place, laid once; each test takes back its acts.

    For tests that change none of the objects handed to them; who does asks for `furnished`.
    """
    del django_db_setup
    with ExitStack() as laid:
        laid.enter_context(django_db_blocker.unblock())
        laid.enter_context(transaction.atomic())
        laid.callback(transaction.set_rollback, True)
        world = assemble()
        world.furnish()
        request.session.stash[_LAID] = laid
        yield world


@pytest.fixture
def furnished(db: None, stage: Cast) -> Cast:
    """Return the furnished cast, with objects of one's own."""
    del db
    if connection.in_atomic_block and User.objects.filter(pk=stage.bureau.pk).exists():
        return deepcopy(stage)
    # Tests in an order of one's own: the shared world has ended before.
    anew = assemble()
    anew.furnish()
    return anew


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """Return a person of every role in two townships; see tests/cast.py."""
    del db
    if "furnished" in request.fixturenames:
        shared: Cast = request.getfixturevalue("furnished")
        return shared
    return assemble()


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """Return a maker of signed-in test clients, one for each person."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def readers(stage: Cast, browser_of: Callable[[User], Client]) -> dict[str, Client]:
    """Return the browser of somebody who may read it, for each noun of the interface."""
    everyone = [stage.bureau, *stage.everyone().values()]
    return {
        noun: browser_of(next(one for one in everyone if may(one, viewset.action_required)))
        for noun, viewset in (*NOUNS, *COMPUTED)
    }


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
