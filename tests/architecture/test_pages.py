"""Pages as people of every role find them: no dead link, no foreign word."""

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from accounts.operations.users import PersonFacts, create_person, edit_person
from tests.architecture.pages import crawl, foreign_words, read


@pytest.fixture
def lively(furnished):
    """A furnished cast with something on every page, the trail included."""
    facts = PersonFacts("王五", Role.CLERK, furnished.near.township)
    person, _ = create_person("wangwu", facts, by=furnished.administrator)
    moved = PersonFacts("王五", Role.CLERK, furnished.far.township, phone="13800000000")
    edit_person(person, moved, version=person.version, reason="调动", by=furnished.administrator)
    return furnished


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_somewhere_and_every_word_is_chinese(lively, role):
    client = Client()
    client.force_login(lively.of(role))
    known = set(User.objects.values_list("username", flat=True))
    dead, foreign = [], {}
    for address, status, html in crawl(client):
        if status >= 400:
            dead.append((address, status))
        if words := foreign_words(read(html)[0], known):
            foreign[address] = words
    assert dead == []
    assert foreign == {}


def test_the_sign_in_page_is_chinese(db):
    page = Client().get("/accounts/login/").content.decode()
    assert foreign_words(read(page)[0], set()) == []


def test_a_foreign_word_would_be_noticed():
    text, links = read('<p title="Save">保存 <a href="/x/">Delete</a> <code>ok-code</code></p>')
    assert foreign_words(text, set()) == ["Save", "Delete"]
    assert links == ["/x/"]
