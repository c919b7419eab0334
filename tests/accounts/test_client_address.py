"""Whom a request comes from when proxies stand in front: throttles and the trail depend on it."""

import pytest
from django.test import Client, RequestFactory

from accounts.client_address import client_address
from accounts.models import AuditEvent
from tests.factories.accounts import PASSWORD

LOGIN = "/accounts/login/"


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.9", "172.18.0.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 172.18.0.5", "203.0.113.9"),
        (2, "203.0.113.9", "172.18.0.7"),
        (1, "2001:DB8::9", "2001:db8::9"),
        (1, "not an address", "172.18.0.7"),
        (1, "203.0.113.9, ", "172.18.0.7"),
        (1, "", "172.18.0.7"),
    ],
)
def test_the_entries_of_our_own_proxies_are_believed(settings, proxies, told, address):
    settings.PROXY_COUNT = proxies
    shown = {"X-Forwarded-For": told} if told else {}
    request = RequestFactory().get("/", REMOTE_ADDR="172.18.0.7", headers=shown)
    assert client_address(request) == address


def tried(username, password, source):
    through = Client(REMOTE_ADDR="172.18.0.7", headers={"X-Forwarded-For": source})
    return through.post(LOGIN, {"username": username, "password": password})


@pytest.mark.django_db
def test_wrong_guesses_from_elsewhere_do_not_lock_a_person_out_behind_the_proxy(settings, cast):
    settings.PROXY_COUNT = 1
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        tried(cast.clerk.username, "Wrong-2021-word", "198.51.100.66")
    assert tried(cast.clerk.username, PASSWORD, "198.51.100.66").status_code != 302
    assert tried(cast.clerk.username, PASSWORD, "203.0.113.9").status_code == 302
    last = AuditEvent.objects.filter(action="signed-in").latest("sequence")
    assert last.detail["address"] == "203.0.113.9"
