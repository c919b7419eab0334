"""The page of components leaves none out, and is made of the same partials as the pages."""

import re

from django.urls import reverse

from accounts.choices import Role
from tests.architecture.sources import templates

INCLUDED = re.compile(r"{%\s*include\s+\"([^\"]+)\"")
A_PAGE_OF_ITS_OWN = {"_shared/_fault.html"}


def reached(sources, *names):
    """Return every partial that these templates include, and theirs."""
    found = set()
    ahead = list(names)
    while ahead:
        for path in INCLUDED.findall(sources[ahead.pop()]):
            if path not in found:
                found.add(path)
                ahead.append(path)
    return found


def test_every_shared_component_is_shown():
    sources = {name.removeprefix("templates/"): text for name, text in templates()}
    shared = {name for name in sources if name.startswith("_shared/")}
    shown = reached(sources, "base.html", "styleguide/styleguide.html")
    assert shared - shown == A_PAGE_OF_ITS_OWN


def test_the_administrator_sees_it_and_its_list_filters_by_itself(cast, browser_of):
    browser = browser_of(cast.of(Role.ADMINISTRATOR))
    page = browser.get(reverse("styleguide"))
    assert page.status_code == 200
    assert "有内容需要修改，尚未保存" in page.text
    part = browser.get(reverse("styleguide"), {"q": "罗江"}, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div class="filter-foot">')


def test_the_bureau_does_not(cast, browser_of):
    assert browser_of(cast.bureau).get(reverse("styleguide")).status_code == 403
