"""Every address has a name, says its methods, and declares the right that it asks for."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve

from accounts.choices import Role
from accounts.decorators import PUBLIC
from accounts.policy import Action
from tongchuan_coop.routes import all_routes
from tongchuan_coop.samples import LIKELY, sample_values

ROUTES = all_routes()
# Reviewed by hand: what a stranger may open.
OPEN_TO_EVERYONE = {
    "accounts:login",
    "accounts:logout",
    "public-home",
    "public-statistics",
    "public-documents",
    "public-exemplars",
    "public-help",
    "public-help-picture",
    "open-statistics-json",
    "open-statistics-xlsx",
    "demonstration:open-titles-json",
    "demonstration:open-titles-xlsx",
    "public-verify",
    "api-schema",
    "public-tip-off",
    "demonstration:public-titles",
    "demonstration:public-notices",
    "livez",
    "metrics",
    "readyz",
    "training:event-sign-in",
    "reports:join",
    "reports:public",
}


def test_every_route_declares_a_right():
    declared = {PUBLIC, *Action.values}
    assert [route.pattern for route in ROUTES if route.action not in declared] == []


def test_every_route_has_a_name_of_its_own():
    names = [route.name for route in ROUTES]
    assert "" not in names
    assert sorted(set(names)) == sorted(names)


def test_every_route_says_its_methods():
    assert [route.name for route in ROUTES if not route.methods] == []


def test_the_list_of_open_pages_is_the_reviewed_one():
    assert {route.name for route in ROUTES if route.action == PUBLIC} == OPEN_TO_EVERYONE


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_sample_path_leads_to_its_route(route):
    assert resolve(route.sample_path(LIKELY)).view_name == route.name


def test_sample_paths_name_rows_that_exist(furnished, browser_of):
    samples = sample_values()
    assert samples.keys() >= {name for route in ROUTES for name in route.arguments}
    # Whoever reaches most is asked first: one who finds the row is enough.
    people = sorted(furnished.everyone().items(), key=lambda each: each[0] != Role.BUREAU)
    clients = [browser_of(person) for _, person in people]
    missing = {}
    for route in ROUTES:
        path = route.sample_path(samples)
        if "GET" in route.methods:
            told = (client.get(path).status_code for client in clients)
            if all(status in {403, 404} for status in told):
                missing[route.name] = path
    assert missing == {}


def test_the_command_prints_every_route_as_json(capsys, db):
    call_command("routes", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in rows} == {route.name for route in ROUTES}
    assert all(set(row) == {"name", "path", "methods", "action"} for row in rows)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_the_health_pages_answer_without_a_sign_in(db, path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert all(answer.json().values())
