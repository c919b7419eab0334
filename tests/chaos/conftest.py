"""A database of our own for processes that are killed, frozen and cut off."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def scratch_address(django_db_blocker) -> Iterator[str]:
    """Give the address of a database of our own on the server under test, or "" for SQLite."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"chaos_{os.getpid()}"
    facts = settings.DATABASES["default"]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    place = f"{facts['HOST']}:{facts['PORT']}" if facts["HOST"] else ""
    yield f"postgres://{facts['USER'] or ''}{'@' if facts['USER'] else ''}{place}/{name}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
