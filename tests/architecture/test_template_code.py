"""What every template keeps to: strict content policy, known names, partials that say what they need."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
PARTIALS = [name for name in TEMPLATES if Path(name).name.startswith("_")]
STANDALONE = {"500.html", "503.html"}  # the last resort: they may not fail for want of anything

COMMENT = re.compile(r"{%\s*comment\s*%}(.*?){%\s*endcomment\s*%}", re.DOTALL)


def source_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(name: str) -> str:
    return COMMENT.sub("", source_of(name))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_parsed(name):
    get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_style_or_script(name):
    code = code_of(name)
    assert not re.search(r"\sstyle\s*=", code)
    assert not re.search(r"\son[a-z]+\s*=", code)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|javascript:", code)
    assert "hx-on" not in code  # needs eval, which the content policy forbids


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partial_says_who_uses_it_and_what_it_needs(name):
    first = COMMENT.match(source_of(name))
    assert first, "the first lines of a partial are a comment"
    assert "用于" in first[1]
    assert "需要" in first[1]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_address_that_a_template_names_exists(name):
    known = _names_of_addresses()
    named = set(re.findall(r"{%\s*url\s+['\"]([^'\"]+)['\"]", code_of(name)))
    assert named - known == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_icon_that_a_template_names_is_in_the_sprite(name):
    icons = (settings.BASE_DIR / "frontend/icons.mjs").read_text(encoding="utf-8")
    known = set(re.findall(r"^  ([a-z]+):", icons, re.MULTILINE)) | {"mark"}
    drawn = re.findall(r'{% icon "([^"]+)"', code_of(name))
    icons_passed_on = re.findall(r'\s(?:action_)?icon="([^"]+)"', code_of(name))
    assert {*drawn, *icons_passed_on} - known == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_form_that_changes_something_carries_the_forgery_token(name):
    for form in re.findall(r"<form\b.*?</form>", code_of(name), re.DOTALL):
        if 'method="post"' in form:
            assert "csrf_token" in form


@pytest.mark.parametrize("name", sorted(STANDALONE))
def test_the_last_resort_pages_need_nothing(name):
    assert "{%" not in code_of(name)
    assert "{{" not in code_of(name)


def _names_of_addresses(resolver=None, prefix="") -> set[str]:
    resolver = resolver or get_resolver()
    names = {f"{prefix}{key}" for key in resolver.reverse_dict if isinstance(key, str)}
    for namespace, (_, inner) in resolver.namespace_dict.items():
        names |= _names_of_addresses(inner, f"{prefix}{namespace}:")
    return names
