"""Several hands at once: the same file, the same button, the same job. Real threads, both databases."""

import io
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import AuditEvent
from accounts.operations import audit
from common import locks
from common.workflow import TransitionRefused
from registry.choices import JobState
from registry.models import Cooperative, CooperativeVersion, FeedDelivery, IngestJob
from registry.operations import jobs
from registry.operations.deliveries import commit_delivery, receive_delivery
from tests.cast import assemble
from tests.races import at_once
from tests.registry.feeds import check, society, work, write_csv

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def hand_in_now(content: bytes, quarter: str, by: Any) -> Any:
    return receive_delivery(
        io.BytesIO(content),
        filename="登记信息.csv",
        source="registration",
        quarter=quarter,
        scope="full",
        by=by,
    )


def handing_in(numbers: Iterable[int], by: Any) -> list[Callable[[], Any]]:
    """Return the acts of handing in a file of one society each."""
    return [partial(hand_in_now, write_csv([society(n)]), "2020Q2", by) for n in numbers]


def test_the_same_file_twenty_times_at_once_is_one_delivery_and_nineteen_friendly_answers():
    bureau, content = assemble().bureau, write_csv([society(1)])
    answers = at_once([lambda: hand_in_now(content, "2020Q2", bureau)] * 20)
    assert Counter(type(answer).__name__ for answer in answers) == {"Receipt": 20}
    assert sum(answer.delivery is not None for answer in answers) == 1
    assert sum("完全相同" in answer.message for answer in answers) == 19
    assert FeedDelivery.objects.count() == IngestJob.objects.count() == 1
    assert AuditEvent.objects.count() == 20
    assert audit.broken_link() is None


def test_different_files_for_one_quarter_at_once_get_dense_numbers():
    bureau = assemble().bureau
    answers = at_once(handing_in(range(1, 9), bureau))
    assert all(answer.delivery is not None for answer in answers), answers
    numbers = FeedDelivery.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 9))


def test_without_the_lock_the_numbers_collide(monkeypatch):
    """The canary: if this passes unlocked on a database with real parallel writers, the lock is idle."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的写事务本来就排队，锁只在 PostgreSQL 上起作用")
    monkeypatch.setattr(locks, "hold", lambda _name: None)
    bureau = assemble().bureau
    for round_ in range(5):
        answers = at_once(handing_in(range(100 * round_ + 1, 100 * round_ + 9), bureau))
        if any(isinstance(answer, Exception) for answer in answers):
            return
    pytest.fail("no collision in five rounds: the lock guards nothing")


def test_commit_pressed_twice_at_once_publishes_once():
    bureau = assemble().bureau
    job = check([society(1), society(2)], by=bureau)

    def press() -> str:
        mine = IngestJob.objects.get(pk=job.pk)
        commit_delivery(mine, by=bureau)
        return "pressed"

    answers = at_once([press] * 2)
    assert answers.count("pressed") == 1
    assert sum(isinstance(answer, TransitionRefused) for answer in answers) == 1
    work(job)
    assert (job.state, Cooperative.objects.count()) == (JobState.COMMITTED, 2)


def test_five_workers_on_one_job_publish_once():
    bureau = assemble().bureau
    job = check([society(n) for n in range(1, 30)], by=bureau)
    commit_delivery(job, by=bureau)
    answers = at_once([lambda: jobs.run_job(job.pk)] * 5)
    assert answers == [None] * 5
    job.refresh_from_db()
    assert job.state == JobState.COMMITTED
    assert Cooperative.objects.count() == CooperativeVersion.objects.count() == 29
    assert AuditEvent.objects.filter(action="delivery-committed").count() == 1


def test_two_quarters_published_at_once_both_arrive_without_deadlock():
    bureau = assemble().bureau
    pair = [
        check([society(n)], by=bureau, quarter=quarter, scope="changes")
        for n, quarter in ((1, "2020Q3"), (2, "2020Q4"))
    ]
    for job in pair:
        commit_delivery(job, by=bureau)
    at_once([partial(jobs.run_job, job.pk) for job in pair])
    for job in pair:
        for _ in range(3):
            IngestJob.objects.filter(pk=job.pk).update(lease_until=None)
            work(job)
        assert job.state == JobState.COMMITTED
    assert Cooperative.objects.count() == 2
    assert audit.broken_link() is None


def test_parallel_records_keep_the_audit_chain_whole():
    bureau = assemble().bureau

    def note(number: int) -> None:
        with transaction.atomic():
            audit.record("probe", bureau, by=bureau, number=number)

    assert at_once([partial(note, number) for number in range(10)]) == [None] * 10
    assert AuditEvent.objects.count() == 10
    assert audit.broken_link() is None
