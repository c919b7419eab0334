"""One person at the keyboard without a mouse, or with a thumb alone: each act and second counts.

The seconds are an estimate by the keystroke-level model of Card, Moran and Newell (1980): a key
takes 0.28 s, to point at something and press it 1.3 s, to decide on an act 1.35 s, to look a new
page over five seconds; to that comes what the portal itself took, as measured. A Chinese character
is three keys: its sound and the choice.
"""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import FileChooser, Locator, Page, expect

KEY, POINT, DECIDE, LOOK = 0.28, 1.3, 1.35, 5.0
KEYS_OF_A_DATE = 8
KEYS_OF_A_CHARACTER = 3
MOST_TABS = 90
MOST_TABS_OF_A_FORM = 400
PRESSES = 3  # of a key that nobody seems to hear
BEYOND_ASCII = 0x7F

# What a screen reader says of the control that has the focus, and what is chosen in it.
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return "";
  const label = at.labels && at.labels.length ? at.labels[0].textContent : at.textContent;
  return (at.getAttribute("aria-label") || label).trim().replace(/\\s+/g, " ");
}"""
CHOSEN = "() => document.activeElement.selectedOptions[0].textContent.trim()"
REFUSED = ".toast-bad, .toast-warn, .field-error, .error-summary"


def ring_is_seen(page: Page) -> bool:
    """Tell whether the page looks different without the focus."""
    with_ring = page.screenshot(animations="disabled")
    page.evaluate("() => { window.stood = document.activeElement; window.stood.blur(); }")
    without = page.screenshot(animations="disabled")
    page.evaluate("() => window.stood.focus()")
    return with_ring != without


class Hand:
    """A hand on the keys of one page. `acts` counts what is pressed, chosen or filled in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = self.keys = self.points = 0
        self.looks = 1
        self.waited = 0.0
        with self.waiting():
            page.wait_for_load_state()
        page.on("domcontentloaded", self._look)

    @property
    def seconds(self) -> float:
        """What all that was done so far takes a person, with the portal's own part."""
        moved = self.keys * KEY + self.points * POINT
        return moved + self.acts * DECIDE + self.looks * LOOK + self.waited

    def skip(self) -> None:
        """Go over the menu to the content, by the first stop of the page.

        Who went there before a form was sent is brought back there by the browser.
        """
        if self.page.url.endswith("#content"):
            return
        self._key("Tab")
        assert self.page.evaluate(FOCUS) == "跳到正文"
        self._key("Enter")

    def reach(self, words: str) -> None:
        """Press Tab until the focus is on what these words are part of; one must see it there."""
        stops = []
        while len(stops) < MOST_TABS:
            self._key("Tab")
            stops.append(self.page.evaluate(FOCUS))
            if words in stops[-1]:
                assert ring_is_seen(self.page), f"the focus on “{stops[-1]}” is not to be seen"
                return
        raise AssertionError(f"{words} is not among {stops}")

    def press(self, words: str) -> None:
        """Press a link or a button that leads to another page; nothing may be refused."""
        self.reach(words)
        self.enter()

    def enter(self) -> None:
        """Press Enter where the focus is, and look at the page that comes."""
        self.acts += 1
        with self.waiting(), self.page.expect_navigation(wait_until="load"):
            self._key("Enter")
        expect(self.page.locator(REFUSED)).to_have_count(0)

    def unfold(self, words: str) -> None:
        """Open what opens on the same page: a dialog, a folded part."""
        self.reach(words)
        self.acts += 1
        self._key("Enter")

    def write(self, words: str, text: str) -> None:
        """Type into a field, over what stands in it."""
        self.reach(words)
        self.type(text)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.acts += 1
        self._key("Control+a")
        self.page.keyboard.insert_text(text)
        self.keys += keys_of(text)

    def choose(self, words: str, option: str) -> None:
        """Choose from a list with the arrows, from its top."""
        self.reach(words)
        self.acts += 1
        if option not in self.page.evaluate(CHOSEN):
            self._key("Home")
        for _ in range(MOST_TABS):
            if option in self.page.evaluate(CHOSEN):
                return
            self._key("ArrowDown")
        raise AssertionError(f"{option} cannot be chosen")

    def date(self, words: str, day: dt.date) -> None:
        """Type a date in the order in which this browser shows it."""
        self.reach(words)
        self.acts += 1
        for keys in (f"{day:%m%d%Y}", [f"{day:%Y}", "ArrowRight", f"{day:%m%d}"]):
            for part in [keys] if isinstance(keys, str) else keys:
                self._press_all(part)
            if self.page.evaluate("document.activeElement.value") == day.isoformat():
                return
            for _ in range(3):
                self._key("ArrowLeft")
        raise AssertionError(f"{words} does not take {day}")

    def open_beside(self, words: str) -> Page:
        """Press a link that opens beside this page; return the page it opens."""
        self.reach(words)
        self.acts += 1
        self.looks += 1
        with self.waiting(), self.page.expect_popup() as opened:
            self._key("Enter")
        return opened.value

    def find(self, text: str) -> None:
        """Search from anywhere by the slash key, and open the first suggestion."""
        self._key("/")
        self.type(text)
        with self.waiting():
            expect(self.page.get_by_role("option").first).to_be_visible()
        self._key("ArrowDown")
        self.enter()

    def arrow_down(self, times: int) -> None:
        """Go down a group of choices of which one has the focus."""
        for _ in range(times):
            self._key("ArrowDown")

    def attach(self, words: str, name: str, kind: str, content: bytes) -> None:
        """Choose a file: the window that opens is the system's own, and no part of the page."""
        self.page.bring_to_front()  # several people share one browser here, and one has the focus
        self.reach(words)
        self.acts += 1
        chosen: list[FileChooser] = []

        def opened(window: FileChooser) -> None:
            chosen.append(window)

        self.page.once("filechooser", opened)
        for _ in range(PRESSES):
            self._key("Space")
            if self._soon(chosen):
                break
        chosen[0].set_files({"name": name, "mimeType": kind, "buffer": content})

    def _soon(self, chosen: list[FileChooser]) -> bool:
        """Wait for the window; a browser that is short of breath may leave a key unheard."""
        for _ in range(50):
            if chosen:
                return True
            self.page.wait_for_timeout(200)
        return False

    def tick(self, words: str) -> None:
        """Tick a box."""
        self.reach(words)
        self.acts += 1
        self._key("Space")

    def tap(self, target: Locator) -> None:
        """Press a control that stays on the page; a button, a box, one of several choices."""
        self.acts += 1
        with self.waiting():
            self._press(target)

    def follow(self, target: Locator) -> None:
        """Press a control that leads to another page, and look at that."""
        self.acts += 1
        with self.waiting(), self.page.expect_navigation(wait_until="load"):
            self._press(target)

    def fill(self, target: Locator, text: str) -> None:
        """Write into a field, over what stands in it; a date as 2021-06-09."""
        self.acts += 1
        self._put(target, text)

    def select(self, target: Locator, option: str) -> None:
        """Choose from a list by the words of the option."""
        self.acts += 1
        self._put_choice(target, option)

    def _press(self, target: Locator) -> None:
        kind = target.get_attribute("type")
        if kind == "radio":
            self._press_one_of_several(target)
            return
        self._go_to(target)
        self._key("Space" if kind == "checkbox" else "Enter")

    def _press_one_of_several(self, target: Locator) -> None:
        # The radios of a group are one stop; arrows go from one to the next.
        group = self.page.locator(f'input[name="{target.get_attribute("name")}"]')
        self._go_to(group.first)
        self._key("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            self._key("ArrowDown")
        raise AssertionError(f"the arrows never reach {target}")

    def _put(self, target: Locator, text: str) -> None:
        self._go_to(target)
        if target.get_attribute("type") == "date":
            target.fill(text)  # what the keys write into a date depends on the browser's language
            self.keys += KEYS_OF_A_DATE
            return
        self._key("Control+a")
        self.page.keyboard.insert_text(text)
        self.keys += keys_of(text)

    def _put_choice(self, target: Locator, option: str) -> None:
        self._go_to(target)
        self._key("Home")
        for _ in range(MOST_TABS):
            if option in self.page.evaluate(CHOSEN):
                return
            self._key("ArrowDown")
        raise AssertionError(f"{option} cannot be chosen")

    def _go_to(self, target: Locator) -> None:
        wanted = target.element_handle()
        for _ in range(MOST_TABS_OF_A_FORM):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                return
            self._key("Tab")
        raise AssertionError(f"the keyboard never reaches {target}")

    def _look(self, _page: Page) -> None:
        self.looks += 1

    def _press_all(self, part: str) -> None:
        for key in [part] if part.isalpha() else part:
            self._key(key)

    def _key(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the seconds that pass inside as the portal's."""
        began = time.monotonic()
        yield
        self.waited += time.monotonic() - began


class Thumb(Hand):
    """A thumb on the glass, or a mouse: points at what a locator names, and presses."""

    def _press(self, target: Locator) -> None:
        self.points += 1
        target.click()  # scrolls, and looks again when a list is written anew meanwhile

    def _put(self, target: Locator, text: str) -> None:
        self._press(target)
        target.fill(text)
        self.keys += keys_of(text)

    def _put_choice(self, target: Locator, option: str) -> None:
        self.points += 2  # one opens the list, one chooses: the list is the system's own
        value = target.locator("option", has_text=option).first.get_attribute("value")
        target.select_option(value)


def keys_of(text: str) -> int:
    """Return how many keys a text takes."""
    return sum(KEYS_OF_A_CHARACTER if ord(c) > BEYOND_ASCII else 1 for c in text)


def cost(*hands: Hand) -> str:
    """Return in words what the journey took, for the report of a test."""
    return "; ".join(
        f"{hand.acts} acts, {hand.keys} keys, {hand.points} points, {hand.looks} pages, "
        f"{hand.seconds:.0f} s"
        for hand in hands
    )
