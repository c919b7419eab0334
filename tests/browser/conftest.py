"""A real Chromium against a live server; the tests skip themselves where it is not installed."""

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests.browser.sizes import DESK

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
BUILT = settings.BASE_DIR / "static/build/app.js"
AXE = settings.BASE_DIR / "node_modules/axe-core/axe.min.js"
# Every rule of axe but what it calls experimental or deprecated itself, and those of level AAA.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
HERE = Path(__file__).parent

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and skip it with its reason where it cannot run."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed on this machine"))
        elif not BUILT.exists():
            item.add_marker(
                pytest.mark.skip(reason="static/build is missing: scripts/bootstrap test")
            )


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return the accounts of a portal of its own process that holds the demo district."""
    from tests.browser.desk import Desk
    from tests.browser.portal import Portal

    portal = Portal(tmp_path_factory.mktemp("portal") / "data")
    portal.env["DEMO_PASSWORD"] = settings.DEMO_PASSWORD
    shutil.copytree(_district(tmp_path_factory), portal.folder)
    try:
        portal.serve()
        desk = Desk(chromium, portal)
        yield desk
        desk.close()
    finally:
        portal.stop()


def _district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the demo district, which the first worker of a run fills for all."""
    from tests.browser.portal import Portal

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, filling = shared / "district", shared / "district.filling"
    with (shared / "district.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(filling, ignore_errors=True)
            portal = Portal(filling)
            portal.env["DEMO_PASSWORD"] = settings.DEMO_PASSWORD
            portal.set_up()
            portal.manage("demo")
            filling.rename(made)
    return made


@pytest.fixture
def site(django_db_serialized_rollback: None, live_server: Any) -> str:
    """Return the address of a live server whose database keeps what the migrations laid down."""
    del django_db_serialized_rollback
    return str(live_server.url)


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """Return a maker of pages: visit(path, user=…, size=PHONE). Faults in the page fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        path: str = "", *, user: User | None = None, size: Any = None, **more: Any
    ) -> Page:
        context = chromium.new_context(viewport=size or DESK, base_url=site, locale="zh-CN", **more)
        contexts.append(context)
        if user:
            context.add_cookies([{"name": "sessionid", "value": _session_of(user), "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
        if path:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    _await_the_end_of_requests()
    assert faults == []


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def _await_the_end_of_requests() -> None:
    """Let the server's threads finish while the database connection is still shared with them."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not any("process_request_thread" in thread.name for thread in threading.enumerate()):
            return
        time.sleep(0.02)


def _is_fault(line: Any) -> bool:
    # A refusal that a test provokes on purpose is no fault of the page.
    return line.type == "error" and "the server responded with a status of" not in line.text


def complaints_of_axe(page: Page) -> list[str]:
    """Return what axe-core holds against the page: WCAG 2.2 A and AA, and good practice."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
