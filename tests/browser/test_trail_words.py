"""The trail of the demo district speaks to officials: no key of the code stands in it as a subject."""

import json
from pathlib import Path

import pytest

from tests.architecture.pages import foreign_words
from tests.browser.desk import Desk
from tongchuan_coop.demo.people import KNOWN

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_no_event_is_about_a_key_in_latin_letters(desk: Desk, tmp_path: Path) -> None:
    trail = tmp_path / "trail.jsonl"
    desk.portal.manage("audit", "export", str(trail))
    events = [json.loads(line) for line in trail.read_text(encoding="utf-8").splitlines()]
    known = {username for username, *_ in KNOWN}
    subjects = {event["subject_label"] for event in events if event["subject_label"]}
    assert len(subjects) > 50
    assert {each: found for each in subjects if (found := foreign_words(each, known))} == {}
