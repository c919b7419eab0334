"""Fixtures of the whole suite."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast, assemble


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
