"""A search is whole at any moment between a commit and the sorting in of what it brought."""

import threading

import pytest
from django.db import connection, transaction

from common import clock
from registry.ingestion import searchable
from registry.models import Cooperative
from registry.operations import jobs
from registry.search_terms import Term
from registry.society_search import find_societies
from registry.tasks import sort_names_in
from tests.registry.feeds import commit, hand_in, society, work, write_csv

pytestmark = pytest.mark.django_db
NAMES = ("红莲水稻种植", "青荷蔬菜种植", "白果中药材种植")
WAYS = ("红莲", "红莲水稻种植合作社", "hlsd", "北斗村1组", "王小1")

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="elsewhere there is no index of pieces"
)


def take_in(by):
    """Take a file in, and let the worker die right after the commit."""
    lines = [
        society(number, name=f"达州市通川区{name}专业合作社")
        for number, name in enumerate(NAMES, 1)
    ]
    job = hand_in(write_csv(lines), by=by)
    work(job)
    commit(job, by=by)
    return job


@pytest.fixture
def waiting(cast, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "sort_entries_in", lambda: None)
        take_in(cast.bureau)
    return cast.bureau


def waits():
    return Cooperative.objects.filter(pieces_wait=True).count()


def found(by, text):
    """Return what the box and the list find; they must agree."""
    box = {each.name for each in find_societies(by, Term(text), 20)}
    assert box == set(Cooperative.objects.matching(text).values_list("name", flat=True))
    return box


@pytest.mark.parametrize("text", WAYS)
def test_what_has_just_come_in_is_found(waiting, text):
    assert found(waiting, text) == {"达州市通川区红莲水稻种植专业合作社"}
    sort_names_in()
    assert waits() == 0
    assert found(waiting, text) == {"达州市通川区红莲水稻种植专业合作社"}


@on_postgresql
def test_a_search_is_whole_while_some_are_sorted_in_and_others_wait(waiting, monkeypatch):
    assert waits() == len(NAMES)
    monkeypatch.setattr(searchable, "_AT_ONCE", 1)
    for left in (2, 1, 0):
        searchable._sort_some_in()
        assert waits() == left
        assert len(found(waiting, "种植专业合作社")) == len(NAMES)
        assert len(found(waiting, "zyhzs")) == len(NAMES)


def test_one_that_was_renamed_while_it_waited_is_found_by_its_new_name_alone(waiting):
    renamed = Cooperative.objects.filter(name__contains="红莲")
    assert renamed.update(name="达州市通川区金桂水稻种植专业合作社", updated_at=clock.now()) == 1
    for _ in range(2):
        assert found(waiting, "红莲") == set()
        assert found(waiting, "金桂") == {"达州市通川区金桂水稻种植专业合作社"}
        sort_names_in()


def test_the_worker_sorts_in_right_after_the_commit(cast):
    take_in(cast.bureau)
    assert waits() == 0
    assert len(found(cast.bureau, "种植专业合作社")) == len(NAMES)


@on_postgresql
def test_both_kinds_are_looked_up_in_their_index(waiting):
    sort_names_in()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    plan = Cooperative.objects.filter(name__holds=("红莲",)).explain()
    assert "coop_pieces" in plan
    assert "coop_waiting" in plan


@on_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_that_somebody_holds_is_left_for_the_next_time(cast, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "sort_entries_in", lambda: None)
        take_in(cast.bureau)
    held, sorted_in = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(Cooperative.objects.select_for_update().filter(name__contains="红莲"))
            held.set()
            sorted_in.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    searchable.sort_entries_in()
    left = waits()
    sorted_in.set()
    holder.join()
    assert left == 1
    assert len(found(cast.bureau, "种植专业合作社")) == len(NAMES)
    sort_names_in()
    assert waits() == 0
