"""Every page of the demo district, at both sizes, as one person who may open it sees it.

The portal runs as a process of its own. An address that answers with a file or a fragment is only
asked whether it answers.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.choices import Role
from accounts.decorators import PUBLIC
from accounts.policy import GRANTS, Reach
from tests.architecture.pages import foreign_words, read
from tests.browser.conftest import DESK, PHONE, complaints_of_axe
from tests.browser.portal import Portal, enter
from tongchuan_coop.demo.people import KNOWN
from tongchuan_coop.routes import Route, all_routes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
ROUTES = [route for route in all_routes() if "GET" in route.methods]
ACCOUNTS = {role: username for username, _, role, *_ in reversed(KNOWN)}
# Pages in a state that no sample address shows: by whom, and the address.
STATES = {
    "no society is found": ("bureau", "/registry/?q=查无此社"),
    "a society as it was": ("bureau", "{registry:cooperative-detail}?as_of=2020-06-30"),
    "a society seen by its chair": ("cooperative", "/registry/"),
    "a delivery that corrects another": ("bureau", "{registry:delivery-compare}../"),
    "rows that are in doubt": ("bureau", "{registry:delivery-rows}?outcome=doubtful"),
    "rows that were sent back": ("bureau", "{registry:delivery-rows}?outcome=rejected"),
    "the trail of one person": ("auditor", "/accounts/audit/?person=bureau"),
    "an office of one's own files": ("regulator", "/registry/feeds/"),
}


class Desk:
    """The browsers of all accounts: each signs in once, and keeps one page a size."""

    def __init__(self, chromium: Browser, portal: Portal) -> None:
        self.chromium = chromium
        self.portal = portal
        self.pages: dict[tuple[str, int], Page] = {}
        self.signed_in: dict[str, Any] = {}
        self.faults: list[str] = []
        routes = json.loads(portal.manage("routes", "--json"))
        self.addresses = {route["name"]: route["path"] for route in routes}

    def page_of(self, account: str, size: Any) -> Page:
        """Return the page of an account; "" is a stranger."""
        key = (account, size["width"])
        if key not in self.pages:
            state = self.signed_in.get(account)
            if account and not state:
                state = self._sign_in(account)
            self.pages[key] = self._context(size, state).new_page()
            self._watch(self.pages[key])
        return self.pages[key]

    def close(self) -> None:
        """Close what was opened."""
        for page in self.pages.values():
            page.context.close()

    def _context(self, size: Any, state: Any = None) -> BrowserContext:
        return self.chromium.new_context(
            viewport=size, base_url=self.portal.address, locale="zh-CN", storage_state=state
        )

    def _sign_in(self, account: str) -> Any:
        context = self._context(DESK)
        page = context.new_page()
        page.goto("/accounts/login/")
        enter(page, account, settings.DEMO_PASSWORD)
        page.wait_for_url(f"{self.portal.address}/")
        state = self.signed_in[account] = context.storage_state()
        context.close()
        return state

    def _watch(self, page: Page) -> None:
        home = (self.portal.address, "data:", "blob:")
        add = self.faults.append
        page.on("pageerror", lambda fault: add(str(fault)))
        page.on("console", lambda line: add(line.text) if line.type == "error" else None)
        page.on("request", lambda sent: None if sent.url.startswith(home) else add(sent.url))


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the accounts of a portal that holds the demo district."""
    portal = Portal(tmp_path_factory.mktemp("portal") / "data")
    portal.env["DEMO_PASSWORD"] = settings.DEMO_PASSWORD
    portal.set_up()
    portal.manage("demo")
    try:
        portal.serve()
        desk = Desk(chromium, portal)
        yield desk
        desk.close()
    finally:
        portal.stop()


def account_for(route: Route) -> str:
    """Return the account whose right for this page goes farthest; "" for an open page."""
    if route.action == PUBLIC:
        return ""
    reach: dict[Role, Reach] = dict(GRANTS[route.action])  # type: ignore[index]
    return ACCOUNTS[max(reach, key=lambda role: (reach[role], role == Role.BUREAU))]


def open_page(desk: Desk, account: str, address: str, size: Any) -> Page | None:
    """Open an address and see that it answers; None when the answer is no page."""
    page = desk.page_of(account, size)
    answer = page.context.request.get(address)
    assert answer.status < 400, f"{address}: {answer.status}"
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    if not is_page or not answer.text().lstrip().lower().startswith("<!doctype html"):
        return None
    desk.faults.clear()
    page.goto(address)
    return page


def judge(page: Page, desk: Desk, size: Any) -> None:
    """Hold a page against everything that must be true of any page."""
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    known = {username for username, *_ in KNOWN}
    assert foreign_words(read(page.content())[0], known) == []
    assert complaints_of_axe(page) == []
    assert desk.faults == []


@SIZES
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_page_is_fit_to_be_used(desk: Desk, route: Route, size: Any) -> None:
    page = open_page(desk, account_for(route), desk.addresses[route.name], size)
    if page:
        judge(page, desk, size)


@SIZES
@pytest.mark.parametrize("account", [username for username, *_ in KNOWN])
def test_everyone_has_a_home_that_is_fit_to_be_used(desk: Desk, account: str, size: Any) -> None:
    page = open_page(desk, account, "/", size)
    assert page
    judge(page, desk, size)


@SIZES
@pytest.mark.parametrize("state", STATES)
def test_a_page_in_another_state_is_fit_to_be_used(desk: Desk, state: str, size: Any) -> None:
    account, address = STATES[state]
    for name, path in desk.addresses.items():
        address = address.replace(f"{{{name}}}", path)
    page = open_page(desk, account, address, size)
    assert page
    judge(page, desk, size)
