"""Bring the counts of files up to date whose rows were judged anew for another file's sake."""

from collections.abc import Sequence

from django.db.models import F

from registry.ingestion.reconcile import outcome_counts
from registry.models import IngestJob


def recount(deliveries: Sequence[int]) -> None:
    """Write the counts of these deliveries into their jobs; a query or two for each file."""
    for job in IngestJob.objects.filter(delivery__in=deliveries).select_related("delivery"):
        counts = {**job.counts, **outcome_counts(job.delivery)}
        if counts != job.counts:
            IngestJob.objects.filter(pk=job.pk).update(counts=counts, version=F("version") + 1)
