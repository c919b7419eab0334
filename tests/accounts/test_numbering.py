"""Numbers without gaps or doubles."""

import threading

import pytest
from django.db import connection, transaction

from accounts.operations.numbering import next_number


def test_each_series_counts_from_one(db):
    assert [next_number("甲"), next_number("甲"), next_number("乙")] == [1, 2, 1]


def test_a_number_that_was_taken_back_is_given_out_again(db):
    with transaction.atomic():
        next_number("甲")
        transaction.set_rollback(True)
    assert next_number("甲") == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_number_is_refused_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        next_number("甲")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_people_at_the_same_time_get_different_numbers_without_a_gap():
    taken = []

    def take():
        try:
            for _ in range(5):
                with transaction.atomic():
                    taken.append(next_number("同时"))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 21))
