"""The tables of the system: for the administrator alone, read and never written, nothing secret."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import ApiToken, OutboxMessage, User
from accounts.policy import Action, may
from tongchuan_coop.tables import site

PAGES = [
    reverse("tables:index"),
    *(reverse(f"tables:{table.label}_changelist") for table in site.tables()),
]


@pytest.mark.parametrize("role", Role)
def test_only_the_administrator_looks(furnished, browser_of, role):
    person = furnished.of(role)
    browser = browser_of(person)
    wanted = 200 if role == Role.ADMINISTRATOR else 403
    assert may(person, Action.BROWSE_TABLES) == (role == Role.ADMINISTRATOR)
    row = reverse("tables:accounts_user_change", args=[person.pk])
    assert {browser.get(page).status_code for page in (*PAGES, row)} == {wanted}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_written_here(furnished, browser_of, page):
    browser = browser_of(furnished.administrator)
    before = User.objects.count()
    for send in (browser.post, browser.put, browser.patch, browser.delete):
        assert send(page, {"action": "delete_selected", "_selected_action": "1"}).status_code == 405
    assert User.objects.count() == before
    assert '<form method="post" action="/system' not in browser.get(page).content.decode()


def test_no_address_adds_changes_or_deletes():
    names = {pattern.name.rpartition("_")[2] for pattern in site.get_urls()}
    assert names == {"index", "changelist", "change"}


def test_secrets_numbers_and_business_tables_are_not_among_them(furnished, browser_of):
    person = furnished.near.clerk
    User.objects.filter(pk=person.pk).update(phone="13912345678", email="geheim@example.cn")
    browser = browser_of(furnished.administrator)
    said = "".join(browser.get(page).content.decode() for page in PAGES)
    said += browser.get(reverse("tables:accounts_user_change", args=[person.pk])).content.decode()
    assert person.full_name in said
    for secret in ("13912345678", "geheim@example.cn", "argon2", furnished.near.cooperative.name):
        assert secret not in said
    assert all(token.digest not in said for token in ApiToken.objects.all())
    assert all(message.address not in said for message in OutboxMessage.objects.all())
    assert {table.opts.app_label for table in site.tables()} == {"accounts"}


def test_the_list_searches_sorts_and_pages(furnished, browser_of, django_assert_max_num_queries):
    browser = browser_of(furnished.administrator)
    page = reverse("tables:accounts_user_changelist")
    found = browser.get(page, {"q": furnished.near.clerk.username}).content.decode()
    assert furnished.near.clerk.full_name in found
    assert furnished.near.chair.full_name not in found
    assert browser.get(page, {"p": "99"}).status_code in {200, 302}
    assert browser.get(page, {"role__exact": "x", "zzz": "1"}).status_code in {200, 302}
    browser.get(page)
    with django_assert_max_num_queries(14):
        browser.get(page)


def test_a_missing_row_is_not_found(cast, browser_of):
    browser = browser_of(cast.administrator)
    assert browser.get(reverse("tables:accounts_user_change", args=[99999])).status_code == 404
