"""Every address × every role × a near and a far object, against the signed rights.

No right answers 403; a right that does not reach the object answers 404; nobody signed in is sent
to the sign-in page. Routes of all applications come by themselves; what their arguments name is
said in tests/cast.py.
"""

from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client

from accounts.choices import Role
from accounts.decorators import PUBLIC
from accounts.policy import Reach
from tests.accounts.matrix import signed_rights
from tests.cast import BORROWED, FURTHER, NAMES_NO_ROW, OF_ANOTHER, SAMPLES
from tongchuan_coop.routes import all_routes

pytestmark = pytest.mark.django_db
SIGNED = signed_rights()
GUARDED = [route for route in all_routes() if route.action != PUBLIC]
named = pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)


def method_of(route):
    return "get" if "GET" in route.methods else "post"


def path_in(route, world):
    """Return the address of the object that stands in this world."""
    values = {}
    for name in route.arguments:
        sample = SAMPLES.get(f"{route.name}:{name}") or SAMPLES.get(name)
        assert sample is not None, f"tests/cast.py: SAMPLES does not know “{name}” of {route.name}"
        values[name] = sample(world)
    return route.path(**values)


@contextmanager
def undone():
    """Let an act happen and take it back, so that the next person finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(person):
    """Return what the browser of a person holds who has just signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies


def answer_to(cookies, method, path):
    client = Client(raise_request_exception=True)
    client.cookies = deepcopy(cookies)
    with undone():
        return getattr(client, method)(path).status_code


def expected(reach, *, near, whole):
    """Return which answers are right: refused, hidden, or served (whatever was typed)."""
    if reach == Reach.NONE:
        return {403}
    if whole or near or reach == Reach.DISTRICT:
        return {200, 204, 302, 400, 409, 422, 428}
    return {404}


def borrowed(reach, of_owner, *, near):
    """Return the right answers where the row of the address reaches as far as its owner."""
    if Reach.NONE in {reach, of_owner}:
        return {403} if reach == Reach.NONE else {404}
    return expected(of_owner, near=near, whole=False)


@pytest.fixture(scope="session")
def browsers(stage, django_db_blocker):
    """What the browser of each role holds; every act, a sign-out as well, is taken back."""
    with django_db_blocker.unblock():
        return {role: signed_in(stage.of(role)) for role in Role}


@named
def test_every_role_reaches_what_was_signed_and_no_more(route, stage, browsers):
    wrong = []
    for role in Role:
        reach = SIGNED[route.action][role]
        own = role not in OF_ANOTHER.get(route.name, ())
        beside, afar = path_in(route, stage.near), path_in(route, stage.far)
        # An address that names no row is the same for near and far: once is enough.
        for near, path in dict.fromkeys([(own, beside), (own and beside == afar, afar)]):
            status = answer_to(browsers[role], method_of(route), path)
            if route.name in BORROWED:
                answers = borrowed(reach, SIGNED[BORROWED[route.name]][role], near=near)
            else:
                further = SIGNED[FURTHER[route.name]][role] if route.name in FURTHER else reach
                whole = set(route.arguments) <= NAMES_NO_ROW
                answers = expected(min(reach, further), near=near, whole=whole)
            if status not in answers:
                wrong.append(f"{role} {'near' if near else 'far'} {path}: {status}")
    assert wrong == []


@named
def test_a_stranger_is_sent_to_the_sign_in_page(route, stage):
    path = path_in(route, stage.near)
    with undone():
        answer = getattr(Client(), method_of(route))(path)
    if path.startswith("/api/v1/"):
        assert answer.status_code in {401, 403}
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("reach", "near", "whole", "answers"),
    [
        (Reach.NONE, True, True, {403}),
        (Reach.TOWNSHIP, False, False, {404}),
        (Reach.OWN, False, False, {404}),
    ],
)
def test_the_expectation_itself_refuses(reach, near, whole, answers):
    assert expected(reach, near=near, whole=whole) == answers
