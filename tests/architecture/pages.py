"""What a person sees of a page: its words, and the places to which it leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

HIDDEN = {"script", "style", "code", "svg", "template", "noscript"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SEEN_ATTRIBUTES = {"title", "placeholder", "alt", "aria-label", "data-label", "label"}
LATIN = re.compile(r"[A-Za-z][A-Za-z_-]+")
# Units, file kinds and codes that Chinese office work writes in Latin letters.
ACCEPTED = {
    "csv",
    "xlsx",
    "xls",
    "CSV",
    "Excel",
    "KB",
    "MB",
    "GB",
    "WPS",
    "Office",
    "PDF",
    "Word",
    "docx",
    "JPG",
    "PNG",
    "WEBP",
    "USCC",
    "SHA-",
    "DOCTYPE",
    "txt",
}
CODES = re.compile(
    r"\b[0-9A-Z]{15,18}\b|\b20\d\dQ[1-4]\b|\b[0-9a-f]{8,64}\b|\bR\d{1,2}\b|S-\d{3}"
    r"|\btck_[\w-]{4}"  # how a token begins, which tells it from others
)
FILES = re.compile(r"[\w（）().-]+\.(?:csv|xlsx|xls|zip|jpg|png|pdf|docx)\b")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.words += [facts[name] for name in SEEN_ATTRIBUTES if name in facts]
        if tag == "input" and facts.get("type") in {"submit", "button"}:
            self.words.append(facts.get("value", ""))
        if tag == "a" and "href" in facts:
            self.links.append(facts["href"])
        coded = "code" in facts.get("class", "").split()
        if tag not in VOID and (self._hidden or tag in HIDDEN or coded):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in self._hidden:
            while self._hidden.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def read(html: str) -> tuple[str, list[str]]:
    """Return what a page says and the links it shows."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.words), reader.links


def foreign_words(text: str, known: set[str]) -> list[str]:
    """Return the Latin words of a text that are neither codes nor known names."""
    for pattern in (FILES, CODES):
        text = pattern.sub(" ", text)
    return [word for word in LATIN.findall(text) if word not in ACCEPTED | known]


@dataclass(frozen=True)
class Door:
    """One thing on a page that can be pressed: where it leads, how, and with what."""

    method: str
    address: str
    carried: tuple[tuple[str, str], ...] = ()


class _Doors(HTMLParser):
    """Collects links, and forms with what they carry before anybody fills them in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[tuple[str, str]]]] = []
        self._form: tuple[str, str, list[tuple[str, str]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = (facts.get("method", "get").lower(), facts.get("action", ""), [])
            self.found.append(self._form)
        elif tag == "a" and facts.get("href"):
            self.found.append(("get", facts["href"], []))
        elif tag in {"button", "input"} and facts.get("formaction"):
            method = facts.get("formmethod") or (self._form[0] if self._form else "get")
            self.found.append((method.lower(), facts["formaction"], []))
        elif tag == "input" and facts.get("type") == "hidden" and self._form:
            self._form[2].append((facts.get("name", ""), facts.get("value", "")))
        if facts.get("hx-get"):
            self.found.append(("get", facts["hx-get"], []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def doors(html: str, here: str) -> list[Door]:
    """Return everything on the page at `here` that leads somewhere in the portal, each once."""
    reader = _Doors()
    reader.feed(html)
    found = {}
    for method, address, carried in reader.found:
        target = urljoin(here, address).split("#")[0]
        if target.startswith("/") and not target.startswith("/static/"):
            found[method, target] = Door(method, target, tuple(carried))
    return list(found.values())


def crawl(client: Client, start: str = "/", limit: int = 120) -> Iterator[tuple[str, int, str]]:
    """Follow the links of one person: (address, status, page) for each page seen once."""
    waiting, seen, shapes = [start], {start}, {}
    while waiting and limit:
        address = waiting.pop(0)
        limit -= 1
        answer = client.get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        html = answer.content.decode() if is_page and not answer.streaming else ""
        yield address, answer.status_code, html
        for link in read(html)[1]:
            target = urljoin(address, link).split("#")[0]
            parts = urlsplit(target)
            # Filters multiply pages; a few of each shape are enough.
            shape = re.sub(r"\d+", "0", parts.path) + "?" + re.sub(r"=[^&]*", "", parts.query)
            outside = parts.netloc or not parts.path.startswith("/")
            if outside or parts.path.startswith("/static/") or target in seen:
                continue
            if shapes.get(shape, 0) >= 3:
                continue
            shapes[shape] = shapes.get(shape, 0) + 1
            seen.add(target)
            waiting.append(target)
