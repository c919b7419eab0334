"""Files come in any order: the picture of every day is the same, what was known meanwhile is not."""

import datetime as dt
from itertools import permutations
from random import Random

import pytest
from django.db import transaction

from common.quarter import Quarter
from registry.choices import FeedSource, JobState
from registry.ingestion.parse import parse_file
from registry.ingestion.said import MODELS
from registry.models import Cooperative, CooperativeVersion
from registry.operations import intake, jobs
from registry.operations.deliveries import decide_hold, undo_delivery
from tests.registry.feeds import (
    commit,
    hand_in,
    listed,
    society,
    stated,
    take_in_statements,
    work,
    write_csv,
    write_statements,
)
from tongchuan_coop.fingerprint import fingerprint

QUARTERS = ("2020Q1", "2020Q2", "2020Q3", "2020Q4")
FACTS = ("name", "legal_representative", "member_count", "status", "domicile")
CHAIRS = ("甲", "乙", "丙")


class Rollback(Exception):
    """Everything that an order of arrival wrote is taken back."""


@pytest.fixture
def bureau(cast, monkeypatch):
    # The reading child costs a second each time and is not what is tried here.
    monkeypatch.setattr(
        intake, "run_parse", lambda spec, limits, on_progress: parse_file(spec, on_progress)
    )
    # Nor are suspicions and pairs, which are computed anew from what stands.
    monkeypatch.setattr(intake, "evaluate_flags", lambda *_, **__: None)
    monkeypatch.setattr(jobs, "find_pairs", lambda: None)
    return cast.bureau


def registers(seed):
    """Return quarter → full list: chairs and members come, go and come back."""
    random = Random(seed)
    found = {}
    for quarter in QUARTERS:
        there = [n for n in range(1, 7) if random.random() < 0.8]
        found[quarter] = [
            society(
                n,
                legal_representative=random.choice(CHAIRS),
                member_count=random.choice((20, 30)),
                status=random.choice(("存续", "存续", "吊销")),
            )
            for n in there
        ]
    return found


def statements(seed):
    """Return (source, quarter) → lines: listings that are lifted, standings of each quarter."""
    random = Random(seed)
    found = {}
    for place, quarter in enumerate(QUARTERS):
        found[FeedSource.ABNORMAL, quarter] = [
            listed(n, "2019-07-10", "2020-08-05" if place > 1 and random.random() < 0.6 else "")
            for n in range(1, 7)
            if random.random() < 0.8
        ]
        found[FeedSource.TAX, quarter] = [
            stated(n, random.choice(("正常", "非正常户")), "", random.choice((0, 5000)), "")
            for n in range(1, 7)
            if random.random() < 0.8
        ]
    return found


def take(content, *, by, source, quarter):
    job = work(hand_in(content, by=by, source=source, quarter=quarter))
    while job.state == JobState.HELD:
        decide_hold(job, "continue", reason="补报", by=by)
        work(job)
    assert job.state == JobState.STAGED, job.message
    return commit(job, by=by)


def days():
    found = [dt.date(2014, 1, 1), dt.date(2016, 1, 1)]
    for quarter in QUARTERS:
        last = Quarter.parse(quarter).last_day
        found += [last - dt.timedelta(days=1), last, last + dt.timedelta(days=1)]
    return found


def picture():
    """Return what holds on each day, as it is known now."""
    now = {
        day: sorted(CooperativeVersion.objects.known().true_on(day).values_list("uscc", *FACTS))
        for day in days()
    }
    now["present"] = sorted(Cooperative.objects.values_list("uscc", *FACTS))
    for source in (FeedSource.ABNORMAL, FeedSource.TAX):
        model = MODELS[source]
        known = model._default_manager.filter(known_to=None)
        now[source] = sorted(map(str, known.values_list("cooperative__uscc", *model.said())))
    return now


def replay(order, files, bureau):
    try:
        with transaction.atomic():
            for key in order:
                source, quarter = key
                write = write_csv if source == FeedSource.REGISTRATION else None
                lines = files[key]
                content = write(lines) if write else write_statements(source, lines)
                take(content, by=bureau, source=source, quarter=quarter)
            seen = picture()
            raise Rollback
    except Rollback:
        return seen


@pytest.mark.parametrize("seed", range(3))
def test_every_order_of_registers_gives_the_same_picture_of_every_day(bureau, seed):
    files = {(FeedSource.REGISTRATION, q): lines for q, lines in registers(seed).items()}
    expected = replay(list(files), files, bureau)
    orders = list(permutations(files))
    for order in Random(seed).sample(orders, 4):
        found = replay(order, files, bureau)
        for key in expected:
            assert found[key] == expected[key], (key, [quarter for _, quarter in order])


@pytest.mark.parametrize("seed", range(2))
def test_every_order_of_all_sources_gives_the_same_picture(bureau, seed):
    files = {(FeedSource.REGISTRATION, q): lines for q, lines in registers(seed).items()}
    files |= statements(seed)
    expected = replay(list(files), files, bureau)
    for turn in range(3):
        order = Random(f"{seed}{turn}").sample(list(files), len(files))
        found = replay(order, files, bureau)
        for key in expected:
            assert found[key] == expected[key], (key, order)


def test_what_was_known_before_the_late_quarter_came_stays_on_record(bureau):
    register = FeedSource.REGISTRATION
    first = [society(1, legal_representative="甲")]
    take(write_csv(first), by=bureau, source=register, quarter="2020Q1")
    third = [society(1, legal_representative="丙")]
    take(write_csv(third), by=bureau, source=register, quarter="2020Q3")
    before = CooperativeVersion.objects.order_by("-known_from")[0].known_from
    second = [society(1, legal_representative="乙")]
    take(write_csv(second), by=bureau, source=register, quarter="2020Q2")
    day = dt.date(2020, 8, 1)
    versions = CooperativeVersion.objects
    assert versions.known().true_on(day).get().legal_representative == "乙"
    assert versions.known(before).true_on(day).get().legal_representative == "甲"
    assert Cooperative.objects.get().legal_representative == "丙"


@pytest.mark.parametrize("late", ["2020Q1", "2020Q2", "2020Q3"])
def test_an_undo_of_a_late_quarter_returns_the_fingerprint_of_before(bureau, late):
    files = registers(7)
    for quarter in QUARTERS:
        if quarter != late:
            take(
                write_csv(files[quarter]),
                by=bureau,
                source=FeedSource.REGISTRATION,
                quarter=quarter,
            )
    before, seen = fingerprint(), picture()
    job = take(write_csv(files[late]), by=bureau, source=FeedSource.REGISTRATION, quarter=late)
    assert picture() != seen
    undo_delivery(job, reason="试", by=bureau)
    work(job)
    assert (job.state, job.message) == (JobState.UNDONE, "")
    assert picture() == seen
    assert fingerprint() == before


def test_a_society_that_only_the_late_quarter_names_takes_its_present_facts_from_it(bureau):
    register = FeedSource.REGISTRATION
    take(write_csv([society(1), society(2)]), by=bureau, source=register, quarter="2020Q1")
    job = work(hand_in(write_csv([society(1)]), by=bureau, quarter="2020Q3", scope="changes"))
    commit(job, by=bureau)
    late = [society(1), society(2, legal_representative="乙")]
    take(write_csv(late), by=bureau, source=register, quarter="2020Q2")
    assert Cooperative.objects.get(name__contains="第2号").legal_representative == "乙"


def test_a_late_abnormal_list_is_taken_without_a_question(bureau):
    take(write_csv([society(1)]), by=bureau, source=FeedSource.REGISTRATION, quarter="2020Q4")
    take_in_statements(FeedSource.ABNORMAL, [listed(1)], by=bureau, quarter="2020Q3")
    job = take_in_statements(FeedSource.ABNORMAL, [listed(1)], by=bureau, quarter="2020Q1")
    assert job.counts["unchanged"] == 1
