"""The manual: every page of the menu has its section, every link in it leads somewhere."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.choices import Role
from accounts.decorators import PUBLIC
from accounts.policy import guide_of
from common.manual import chapters, section_of
from tongchuan_coop.context import MENU, portal, topic_of
from tongchuan_coop.routes import all_routes
from tongchuan_coop.samples import LIKELY
from tongchuan_coop.views.faults import bad_request
from tongchuan_coop.views.help import FOLDER, PICTURES

# The manual itself, the search over everything, and addresses that give a file or data.
NO_PAGES = {
    "find", "help", "help-picture", "help-section", "accounts:attachment-file", "accounts:attachment-small",
}  # fmt: skip
BOOK = chapters(FOLDER, PICTURES)
SECTIONS = [section for chapter in BOOK.values() for section in chapter.sections]


def test_every_page_of_the_menu_has_a_section():
    pages = [topic_of(entry.page) for _, entries in MENU for entry in entries]
    assert [page for page in pages if section_of(FOLDER, PICTURES, page) is None] == []


def test_every_section_has_an_address_of_its_own_and_numbered_steps():
    slugs = [section.slug for section in SECTIONS]
    assert len(set(slugs)) == len(slugs)
    assert all(slugs)
    assert [section.slug for section in SECTIONS if "<ol>" not in section.html] == []


def test_links_and_pictures_of_the_manual_exist():
    for section in SECTIONS:
        for link in re.findall(r'href="([^"]+)"', section.html):
            assert resolve(link).view_name == "help-section"
            assert section_of(FOLDER, PICTURES, link.split("/")[2]) is not None
        for picture in re.findall(r'src="/help/pictures/([^"]+)"', section.html):
            assert 0 < (FOLDER / "pictures" / picture).stat().st_size <= 60 * 1024


def test_a_file_can_hold_no_html_of_its_own(tmp_path):
    (tmp_path / "x.md").write_text("# 甲\n\n## 乙 {#b}\n\n1. <script>x</script> **重** [去](/a/)\n")
    html = chapters(tmp_path, "/p/")["x"].sections[0].html
    assert "<script>" not in html
    assert '<strong>重</strong> <a href="/a/">去</a>' in html


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_guide_and_reads_the_manual(cast, browser_of, role):
    person = cast.of(role)
    assert guide_of(person) in BOOK
    browser = browser_of(person)
    assert BOOK[guide_of(person)].title in browser.get("/help/").content.decode()
    for section in SECTIONS[:3]:
        assert browser.get(reverse("help-section", args=[section.slug])).status_code == 200
    assert browser.get("/help/no-such-section/").status_code == 404
    assert browser.get("/help/pictures/register.webp").status_code == 200
    assert browser.get("/help/pictures/nothing.webp").status_code == 404


def test_a_page_leads_to_its_own_section(cast, browser_of):
    page = browser_of(cast.bureau).get("/registry/flags/").content.decode()
    assert 'href="/help/registry-flag-list/"' in page


def test_every_page_leads_to_a_section_that_is_there():
    wrong = []
    for route in all_routes():
        if "GET" not in route.methods or route.action == PUBLIC or route.name in NO_PAGES:
            continue
        path = route.sample_path(LIKELY)
        if path.startswith("/api/v1/"):
            continue
        leads_to = portal(RequestFactory().get(path))["help_url"]()
        slug = leads_to.removeprefix("/help/").rstrip("/")
        if section_of(FOLDER, PICTURES, slug) is None:
            wrong.append((path, leads_to))
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_first_hints_do_not_say_their_heading_twice(cast, browser_of, role):
    page = browser_of(cast.of(role)).get("/")
    assert page.context["guide"].sections[0].title not in "第一次使用？先看这几步"


def test_first_hints_are_put_away_once_and_for_all(cast, browser_of):
    browser = browser_of(cast.chair)
    assert "第一次使用？" in browser.get("/").content.decode()
    assert browser.post("/help/away/").status_code == 302
    assert "第一次使用？" not in browser.get("/").content.decode()
    assert "第一次使用？" in browser_of(cast.far.chair).get("/").content.decode()


def test_strangers_read_the_public_chapter_alone_with_its_pictures(db):
    page = Client().get("/public/help/").content.decode()
    assert "提异议" in page
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert pictures
    for picture in pictures:
        answer = Client().get(picture)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
    assert Client().get("/public/help/pictures/register.webp").status_code == 404
    assert Client().get("/help/").status_code == 302


def test_what_is_too_large_is_told_apart_from_what_cannot_be_read(db):
    request = RequestFactory().post("/")
    large, broken = bad_request(request, RequestDataTooBig()), bad_request(request, ValueError())
    assert (large.status_code, broken.status_code) == (413, 400)
    for answer in (large, broken):
        for words in ("发生了什么", "您可以怎么做", "需要帮助找谁"):
            assert words in answer.content.decode()
