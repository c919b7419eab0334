"""Figures for a monitor: what each process counted, and what the database says of the work."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric

from accounts.choices import OutboxState
from accounts.models import LifeSign, OutboxMessage
from accounts.operations.life_signs import BACKUP, STORAGE, WORKER
from common import clock
from registry.models import IngestJob

REQUESTS = Histogram(
    "portal_request_seconds",
    "Seconds of answering a request",
    ("route", "method"),
    buckets=(0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12, 30),
)
ANSWERS = Counter("portal_answers", "Answers by route and status", ("route", "status"))


class Work:
    """What waits, what failed, what was last heard of: read from the database when asked."""

    def collect(self) -> Iterator[Metric]:
        """Give the gauges."""
        now = clock.real_now()
        states = GaugeMetricFamily("portal_jobs", "Ingest jobs by state", labels=["state"])
        for state, number in IngestJob.objects.values_list("state").annotate(n=Count("pk")):
            states.add_metric([state], number)
        yield states
        waiting = IngestJob.objects.waiting()
        yield GaugeMetricFamily("portal_queue_jobs", "Jobs that wait", value=waiting.count())
        oldest = waiting.order_by().aggregate(first=Min("delivery__received_at"))["first"]
        # Deliveries carry the portal's own date, which may be a set one.
        age = (clock.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("portal_queue_age_seconds", "Age of the oldest", value=max(age, 0))
        outbox = GaugeMetricFamily("portal_outbox", "Messages to go out", labels=["state"])
        unsent = OutboxMessage.objects.filter(state__in=(OutboxState.WAITING, OutboxState.FAILED))
        for state, number in unsent.values_list("state").annotate(n=Count("pk")).order_by():
            outbox.add_metric([state], number)
        yield outbox
        for kind in (WORKER, BACKUP, STORAGE):
            signs = LifeSign.objects.of(kind)
            seconds = GaugeMetricFamily(
                f"portal_{kind}_age_seconds", "Seconds since it was last heard of", labels=["name"]
            )
            good = GaugeMetricFamily(f"portal_{kind}_good", "1 good, 0 not", labels=["name"])
            for sign in signs:
                seconds.add_metric([sign.name], (now - sign.at) / dt.timedelta(seconds=1))
                good.add_metric([sign.name], int(sign.good))
            yield seconds
            yield good


def registry() -> CollectorRegistry:
    """Return everything that is counted, over all web processes of this machine."""
    found = CollectorRegistry()
    if settings.METRICS_DIR:
        multiprocess.MultiProcessCollector(found, path=settings.METRICS_DIR)  # type: ignore[no-untyped-call]
    else:
        found.register(REQUESTS)
        found.register(ANSWERS)
    found.register(Work())
    return found
