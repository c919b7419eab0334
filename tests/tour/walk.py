"""One account's walk: every page it may open, at every size asked for."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, Response

from tests.architecture.pages import read
from tests.browser.conftest import complaints_of_axe
from tests.browser.desk import ROUTES, STATES, Desk, accounts_for, is_page
from tests.browser.sizes import SIZES, ZOOMED
from tongchuan_coop.routes import Route

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
SHAPE = (Path(__file__).parent / "shape.js").read_text(encoding="utf-8")
# Counts layout shift as the Core Web Vitals do: what follows a person's own act is no shift.
WATCH = """
window.shiftSoFar = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shiftSoFar += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = """() => document.fonts.ready.then(() => new Promise((done) => {
  const wait = (left) => document.querySelector(".htmx-request") && left
    ? setTimeout(wait, 50, left - 1) : requestAnimationFrame(() => requestAnimationFrame(done));
  wait(40);
}))"""
# A page is loaded once and then drawn at each of these: at the sizes, and at 200 % zoom of a desk,
# which halves its window.
WINDOWS = {**SIZES, "zoom": ZOOMED}
FILES = {size: str(window["width"]) for size, window in SIZES.items()} | {"zoom": "zoom"}
BROWSER_TAKES = 100  # ms
CHARTS_TAKE = 600  # ms
TALLEST = 9000  # px of a picture; what follows further down on a page repeats what stands above


@dataclass
class Sight:
    """One page as one account saw it at one size. `shift` is the layout shift, 0 is none."""

    account: str
    size: str
    route: str
    address: str
    picture: str = ""
    overflow: int = 0
    out: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    shift: float = 0.0
    faults: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    judged: bool = False  # axe was asked about this very page; else about one of the same shape

    LARGEST_SHIFT = 0.02

    def complaints(self) -> list[str]:
        """Return in words what is wrong; empty when nothing is."""
        found = [f"overflow {self.overflow} px"] if self.overflow else []
        found += [f"out {each}" for each in self.out] + [f"cut {each}" for each in self.cut]
        if self.shift > self.LARGEST_SHIFT:
            found.append(f"shift {self.shift}")
        return found + [f"fault {each}" for each in self.faults] + [f"axe {e}" for e in self.axe]


class Shapes:
    """The shapes of pages that axe has judged, for all walks that go on at the same time.

    Pages that differ only in their words and in the number of their rows are one shape.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def are_new(self, shapes: list[str], size: str) -> bool:
        """Tell whether one of the shapes was not judged at this size; from now on all are."""
        new = [self._is_new(f"{size}:{shape}") for shape in shapes]
        return any(new)

    def _is_new(self, shape: str) -> bool:
        try:
            (self.folder / hashlib.sha256(shape.encode()).hexdigest()).open("x").close()
        except FileExistsError:
            return False
        return True


@dataclass
class Walk:
    """What one account is shown; pages out of its reach are looked for among the links it sees."""

    desk: Desk
    account: str
    folder: Path
    sizes: list[str]
    shapes: Shapes | None = None  # of what axe has judged; without them it is not asked
    wanted: tuple[str, ...] = ()
    with_pictures: bool = True
    links: dict[str, str] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)

    def sights(self) -> Iterator[Sight]:
        """Yield what is seen, plain lists before the pages of single things."""
        routes = [route for route in ROUTES if self.account in accounts_for(route)]
        for route in sorted(routes, key=lambda route: len(route.arguments)):
            if self._is_wanted(route.name):
                yield from self._sights_of(route)
        for state, (account, address) in STATES.items():
            if account == self.account and self._is_wanted(state):
                name = re.sub(r"\W+", "-", state)
                filled = self.desk.filled(address)
                if self._open(filled):
                    yield from self._look(f"state-{name}", filled)

    def _is_wanted(self, name: str) -> bool:
        return not self.wanted or any(part in name for part in self.wanted)

    def _sights_of(self, route: Route) -> Iterator[Sight]:
        for address in filter(None, (self.desk.addresses[route.name], self.links.get(route.name))):
            answer = self._open(address)
            if answer is None:
                return  # a file, or a piece of a page
            if answer:
                self._note_links(address, self._page.content())
                yield from self._look(route.name, address)
                return
        self.unseen.append(route.name)

    def _open(self, address: str) -> bool | None:
        """Load an address at the first size; False when it is out of reach, None when no page."""
        page = self._page
        page.set_viewport_size(WINDOWS[self.sizes[0]])
        self.desk.faults.clear()
        try:
            answer: Response | None = page.goto(address)
        except Error as fault:
            if "Download is starting" in str(fault) or "ERR_ABORTED" in str(fault):
                return None
            raise
        if answer and answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.desk.faults.append(f"answered with {answer.status}")
            return True
        if answer is None or not answer.ok or answer.request.redirected_from:
            self._leave()
            return False
        if is_page(answer):
            return True
        self._leave()
        return None

    def _leave(self) -> None:
        """Let what the browser says of a refusal or of its PDF viewer come before the next page."""
        self._page.goto("about:blank")
        self._page.wait_for_timeout(BROWSER_TAKES)

    def _note_links(self, address: str, html: str) -> None:
        for link in read(html)[1]:
            parts = urlsplit(urljoin(address, link))
            if parts.netloc:
                continue
            try:
                found = resolve(parts.path)
            except Resolver404:
                continue
            self.links.setdefault(found.view_name, parts.path)

    def _look(self, route: str, address: str) -> Iterator[Sight]:
        page = self._page
        for number, size in enumerate(self.sizes):
            if number:
                page.set_viewport_size(WINDOWS[size])
                page.evaluate("window.shiftSoFar = 0")
            page.evaluate(SETTLED)
            sight = Sight(self.account or "public", size, route, address, **page.evaluate(MEASURE))
            if self.with_pictures:
                sight.picture = self._take_picture(page, sight)
            if self.shapes and size in SIZES and self.shapes.are_new(page.evaluate(SHAPE), size):
                sight.axe, sight.judged = complaints_of_axe(page), True
            sight.faults = list(self.desk.faults)
            self.desk.faults.clear()
            yield sight

    @property
    def _page(self) -> Page:
        page = self.desk.page_of(self.account, SIZES["phone"])
        if not getattr(page, "watched_for_shift", False):
            page.add_init_script(WATCH)
            page.watched_for_shift = True  # type: ignore[attr-defined]
        return page

    def _take_picture(self, page: Page, sight: Sight) -> str:
        name = sight.route.replace(":", "-")
        path = self.folder / sight.account / f"{name}-{FILES[sight.size]}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        if page.locator("[data-chart]").count():  # they are drawn when they come near
            page.evaluate(
                "document.querySelectorAll('[data-chart]').forEach((e) => e.scrollIntoView())"
            )
            page.wait_for_timeout(CHARTS_TAKE)
            page.evaluate("window.scrollTo(0, 0)")
        width, height = page.evaluate(
            "[document.documentElement.clientWidth, document.documentElement.scrollHeight]"
        )
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
        page.screenshot(path=path, full_page=True, type="jpeg", quality=70, clip=clip)
        return str(path.relative_to(self.folder))
