"""A database of our own for processes that are killed, frozen and cut off."""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from urllib.parse import quote

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
    # A host may be the folder of a socket, and then has no port.
    host, port = quote(facts["HOST"], safe=""), facts["PORT"]
    place = f"{host}:{port}" if port else host
    yield f"postgres://{facts['USER'] or ''}{'@' if facts['USER'] else ''}{place}/{name}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def own_redis() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Give a Redis that may be frozen, emptied and killed without harm to others, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--dir", folder, "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        yield server, port
        if server.poll() is None:
            server.send_signal(signal.SIGCONT)
            server.kill()
        server.wait()
