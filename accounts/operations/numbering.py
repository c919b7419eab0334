"""Numbers without gaps or doubles."""

from django.db import connection, transaction
from django.db.models import F

from accounts.models import NumberSeries


def next_number(series: str) -> int:
    """Return the next number of a series, counting from 1, in the caller's transaction.

    The row of the series stays locked until that transaction ends: a number that is taken back
    with it is given out again, so the series is dense. Refuses to run outside a transaction.
    """
    if not connection.in_atomic_block:
        msg = "a number belongs into the transaction of what carries it"
        raise transaction.TransactionManagementError(msg)
    row = NumberSeries.objects.filter(series=series)
    if not row.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(series=series)
        row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()


def next_numbers(series: str, many: int) -> range:
    """Return so many numbers of a series that follow on each other, as `next_number` gives one."""
    first = next_number(series)
    if many > 1:
        NumberSeries.objects.filter(series=series).update(last=F("last") + many - 1)
    return range(first, first + many)
