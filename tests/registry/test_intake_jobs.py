"""The job row as the queue: leases, repeated steps, poison, lost rights."""

import datetime as dt

import pytest
from django.conf import settings as portal_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from registry.choices import JobState
from registry.models import Cooperative, FeedRow, IngestJob
from registry.operations import intake, jobs, leases
from registry.operations.deliveries import commit_delivery
from tests.registry.feeds import check, commit, hand_in, society, work, write_csv
from tongchuan_coop.fingerprint import fingerprint

pytestmark = pytest.mark.django_db


def test_a_held_lease_keeps_others_away_and_an_expired_one_does_not(cast):
    job = hand_in(write_csv([society(1)]), by=cast.bureau)
    assert leases.claim(job.pk) is not None
    assert leases.claim(job.pk) is None
    past = clock.real_now() - dt.timedelta(seconds=1)
    IngestJob.objects.update(lease_until=past)
    assert jobs.waiting_jobs() == [job.pk]
    assert leases.claim(job.pk).job.attempt == 2


def test_a_worker_that_lost_its_lease_can_write_nothing_more(cast):
    job = hand_in(write_csv([society(1)]), by=cast.bureau)
    slow = leases.claim(job.pk)
    IngestJob.objects.update(lease_until=clock.real_now() - dt.timedelta(seconds=1))
    work(job)
    assert job.state == JobState.STAGED
    with pytest.raises(leases.LeaseLost):
        slow.renew(rows_done=1)
    with pytest.raises(leases.LeaseLost):
        slow.finish(JobState.REFUSED)
    job.refresh_from_db()
    assert job.state == JobState.STAGED


def test_a_step_that_was_cut_off_is_done_again_with_the_same_result(cast, monkeypatch):
    job = hand_in(write_csv([society(1), society(2)]), by=cast.bureau)
    whole = intake._compare

    def cut(*_args):
        raise RuntimeError("power gone")

    monkeypatch.setattr(intake, "_compare", cut)
    work(job)
    assert job.state == JobState.PARSING
    staged = FeedRow.objects.count()
    monkeypatch.setattr(intake, "_compare", whole)
    IngestJob.objects.update(lease_until=None)
    work(job)
    assert (job.state, FeedRow.objects.count()) == (JobState.STAGED, staged)


def test_a_publish_that_fails_leaves_nothing_behind_and_succeeds_later(cast, monkeypatch):
    job = check([society(1), society(2)], by=cast.bureau)
    before = fingerprint()
    whole = intake.evaluate_flags

    def broken(*_args, **_kwargs):
        raise RuntimeError("forced at the very end")

    monkeypatch.setattr(intake, "evaluate_flags", broken)
    commit_delivery(job, by=cast.bureau)
    work(job)
    assert job.state == JobState.COMMITTING
    assert fingerprint() == before
    monkeypatch.setattr(intake, "evaluate_flags", whole)
    IngestJob.objects.update(lease_until=None)
    work(job)
    assert job.state == JobState.COMMITTED
    assert Cooperative.objects.count() == 2


def test_three_failed_attempts_hold_the_job_visibly(cast, monkeypatch):
    job = hand_in(write_csv([society(1)]), by=cast.bureau)
    monkeypatch.setattr(intake, "run_parse", lambda *_a, **_k: 1 / 0)
    for _ in range(portal_settings.INTAKE_ATTEMPTS + 1):
        IngestJob.objects.update(lease_until=None)
        work(job)
    assert (job.state, job.reason) == (JobState.HELD, "ATTEMPTS_EXHAUSTED")
    assert "系统管理员" in job.message


def test_a_file_that_exhausts_its_child_is_tried_twice_and_then_sent_back(cast, settings):
    settings.INTAKE_CHILD = {**settings.INTAKE_CHILD, "memory_mb": 20}
    job = work(hand_in(write_csv([society(1)]), by=cast.bureau))
    assert job.state == JobState.PARSING
    IngestJob.objects.update(lease_until=None)
    work(job)
    assert (job.state, job.reason) == (JobState.REFUSED, "RESOURCE_LIMIT")


def test_running_a_finished_unknown_or_waiting_job_again_does_nothing(cast):
    job = commit(check([society(1)], by=cast.bureau), by=cast.bureau)
    before = (fingerprint(), job.version)
    for _ in range(5):
        jobs.run_job(job.pk)
    jobs.run_job(987_654)
    job.refresh_from_db()
    assert (fingerprint(), job.version) == before


def test_nothing_is_published_in_the_name_of_someone_who_lost_the_right(cast):
    job = check([society(1)], by=cast.bureau)
    commit_delivery(job, by=cast.bureau)
    cast.bureau.is_active = False
    cast.bureau.save()
    work(job)
    assert (job.state, job.reason) == (JobState.HELD, "COMMITTER_LOST_RIGHT")
    assert not Cooperative.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_file(cast):
    counted = []
    for quarter, size in (("2020Q1", 30), ("2020Q2", 300)):
        lines = [society(n + 1) for n in range(size)]
        job = check(lines, by=cast.bureau, quarter=quarter, scope="changes")
        commit_delivery(job, by=cast.bureau)
        with CaptureQueriesContext(connection) as captured:
            work(job)
        assert job.state == JobState.COMMITTED, job.message
        counted.append(len(captured))
    assert counted[0] == counted[1]
