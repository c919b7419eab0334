"""A weak network: 400 kbit/s and 400 ms to and fro. What one came for is there within five seconds.

Nothing was loaded before, and nothing is fetched from another host. What the portal itself took to
answer is taken off: it depends on what else this machine has to do, and is measured in benchmarks/.
"""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk import Desk
from tests.browser.sizes import PHONE

pytestmark = pytest.mark.slow
LATENCY, BYTES_A_SECOND = 400, 400_000 / 8
LONGEST = 5000  # ms
# What it is, who comes for it, and the route.
PAGES = {
    "sign-in": ("", "accounts:login"),
    "home": ("counsellor", "home"),
    "register": ("counsellor", "registry:cooperative-list"),
    "visits on the phone": ("counsellor", "training:field-page"),
    "visit form": ("counsellor", "training:visit-create"),
    "report form": ("cooperative", "reports:section"),
    "public list": ("", "demonstration:public-titles"),
}
# When the text stood on the screen with its type and colours, and when it had all come: the later.
# The page's own policy forbids to look again and again from here, so the page itself waits.
USEFUL = """async (latency) => {
  const painted = await new Promise((seen) => new PerformanceObserver((list) => {
    const [first] = list.getEntriesByName("first-contentful-paint");
    if (first) seen(first.startTime);
  }).observe({ type: "paint", buffered: true }));
  const way = performance.getEntriesByType("navigation")[0];
  const answering = Math.max(0, way.responseStart - way.requestStart - latency);
  return Math.max(painted, way.domInteractive) - answering;
}"""


def weaken(page: Page) -> None:
    """Let the page feel a weak network."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )


def signed_in(desk: Desk, account: str) -> Any:
    """Return what the browser of an account keeps, and nothing of the pages it has seen."""
    return desk.page_of(account, PHONE).context.storage_state() if account else None


@pytest.mark.parametrize("what", PAGES)
def test_the_first_useful_page_comes_over_a_weak_network(
    desk: Desk, chromium: Browser, what: str
) -> None:
    account, route = PAGES[what]
    home = desk.portal.address
    context = chromium.new_context(
        viewport=PHONE, base_url=home, locale="zh-CN", storage_state=signed_in(desk, account)
    )
    page = context.new_page()
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda sent: (
            None if sent.url.startswith((home, "data:", "blob:")) else elsewhere.append(sent.url)
        ),
    )
    weaken(page)
    page.goto(desk.addresses[route], wait_until="load")
    useful = page.evaluate(USEFUL, LATENCY)
    context.close()
    assert elsewhere == []
    assert useful <= LONGEST, f"{useful:.0f} ms"
