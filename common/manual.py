"""The manual: Markdown files of one plain kind, and the HTML of their sections.

Headings, paragraphs, numbered and dotted lists, bold words, links within the portal and pictures of
the manual; nothing else. A heading carries its address: `## 数据报送 {#registry-delivery-list}`.
Text is escaped before anything is marked, so that a file can hold no HTML of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from PIL import Image

_HEADING: Final = re.compile(r"^(#{1,3}) (.+?)(?: \{#([a-z0-9-]+)\})?$")
_NUMBERED: Final = re.compile(r"^\d+\. (.+)$")
_DOTTED: Final = re.compile(r"^- (.+)$")
_PICTURE: Final = re.compile(r"^!\[([^\]]+)\]\(pictures/([a-z0-9-]+\.webp)\)$")
_LINK: Final = re.compile(r"\[([^\]]+)\]\((/[a-z0-9/-]*)\)")
_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*")


@dataclass(frozen=True)
class Section:
    """One section: its address, title, the file it stands in with that file's title, and its HTML."""

    slug: str
    title: str
    chapter: str
    chapter_title: str
    html: SafeString


@dataclass(frozen=True)
class Chapter:
    """One file."""

    name: str
    title: str
    sections: tuple[Section, ...]


@cache
def chapters(folder: Path, pictures: str) -> dict[str, Chapter]:
    """Return the files of a folder by name, read once. `pictures` is the address they lie under."""
    return {path.stem: _chapter(path, pictures) for path in sorted(folder.glob("*.md"))}


def section_of(folder: Path, pictures: str, slug: str) -> Section | None:
    """Return the section with an address, or None."""
    return next(
        (
            section
            for chapter in chapters(folder, pictures).values()
            for section in chapter.sections
            if section.slug == slug
        ),
        None,
    )


def _chapter(path: Path, pictures: str) -> Chapter:
    title, sections = path.stem, []
    for level, words, slug, lines in _parts(path.read_text(encoding="utf-8")):
        if level == 1:
            title = words
        else:
            html = mark_safe(  # noqa: S308 - made of escaped text
                "".join(_blocks(lines, path.parent / "pictures", pictures))
            )
            sections.append(Section(slug, words, path.stem, title, html))
    return Chapter(path.stem, title, tuple(sections))


def _size(picture: Path) -> str:
    """Return a picture's width and height as attributes, so that its room is kept until it comes."""
    if not picture.exists():
        return ""
    with Image.open(picture) as opened:
        return f' width="{opened.width}" height="{opened.height}"'


def _parts(text: str) -> Iterator[tuple[int, str, str, list[str]]]:
    heading: tuple[int, str, str] | None = None
    lines: list[str] = []
    for line in text.splitlines():
        if found := _HEADING.match(line):
            if heading:
                yield (*heading, lines)
            heading, lines = (len(found[1]), found[2], found[3] or ""), []
        else:
            lines.append(line)
    if heading:
        yield (*heading, lines)


def _blocks(lines: list[str], folder: Path, pictures: str) -> Iterator[str]:
    within = ""
    for line in [*lines, ""]:
        kind, text = _kind(line)
        if within and kind != within:
            yield f"</{within}>"
            within = ""
        if kind in {"ol", "ul"}:
            if not within:
                within = kind
                yield f"<{kind}>"
            yield f"<li>{_words(text)}</li>"
        elif found := _PICTURE.match(line):
            yield (
                f'<figure><img src="{pictures}{found[2]}" alt="{escape(found[1])}"'
                f'{_size(folder / found[2])} loading="lazy">'
                f"<figcaption>{escape(found[1])}</figcaption></figure>"
            )
        elif text:
            yield f"<p>{_words(text)}</p>"


def _kind(line: str) -> tuple[str, str]:
    if found := _NUMBERED.match(line):
        return "ol", found[1]
    if found := _DOTTED.match(line):
        return "ul", found[1]
    return "", line.strip()


def _words(text: str) -> str:
    marked = _LINK.sub(r'<a href="\2">\1</a>', str(escape(text)))
    return _BOLD.sub(r"<strong>\1</strong>", marked)
