"""What the tests and the tour know of the portal's pages: the routes, who opens them, and how.

Nothing here names a page that `all_routes` knows already.
"""

import json
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.choices import Role
from accounts.decorators import PUBLIC
from accounts.policy import GRANTS, Reach
from tests.browser.portal import Portal, enter
from tests.browser.sizes import DESK
from tongchuan_coop.demo.people import KNOWN
from tongchuan_coop.routes import Route, all_routes

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

    def renew(self, account: str, size: Any) -> None:
        """Put a new page in the place of one that shows a file, with all that comes late of it."""
        key = (account, size["width"])
        old = self.pages[key]
        self.pages[key] = old.context.new_page()
        self._watch(self.pages[key])
        old.close()

    def filled(self, address: str) -> str:
        """Return an address of STATES with the sample paths put in."""
        for name, path in self.addresses.items():
            address = address.replace(f"{{{name}}}", path)
        return address

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


def account_for(route: Route) -> str:
    """Return the account whose right for this page goes farthest; "" for an open page."""
    if route.action == PUBLIC:
        return ""
    reach: dict[Role, Reach] = dict(GRANTS[route.action])  # type: ignore[index]
    return ACCOUNTS[max(reach, key=lambda role: (reach[role], role == Role.BUREAU))]


def accounts_for(route: Route) -> list[str]:
    """Return every account that may open the address; an open page is for all, "" is a stranger."""
    names = [username for username, *_ in KNOWN]
    if route.action == PUBLIC:
        return ["", *names]
    reach: dict[Role, Reach] = dict(GRANTS[route.action])  # type: ignore[index]
    roles = {username: role for username, _, role, *_ in KNOWN}
    return [name for name in names if reach.get(roles[name], Reach.NONE) != Reach.NONE]


def is_page(answer: Any) -> bool:
    """Tell whether an answer is a whole page, no file and no fragment."""
    html = answer.headers.get("content-type", "").startswith("text/html")
    return html and answer.text().lstrip().lower().startswith("<!doctype html")
