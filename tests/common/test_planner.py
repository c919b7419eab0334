"""Large statements: PostgreSQL looks first at what has grown, once; SQLite is left alone."""

import pytest
from django.db import connection

from common.planner import analyse_whole, plan_for_whole_tables
from registry.models import Cooperative
from tests.factories.registry import CooperativeFactory

TABLE = Cooperative._meta.db_table
MANY, FEW = 400, 3
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL keeps statistics that age"
)


def told(question, *params):
    with connection.cursor() as cursor:
        cursor.execute(question, params)
        return [row[0] for row in cursor.fetchall()]


def known_rows():
    """Return for how many societies PostgreSQL plans."""
    return told("SELECT reltuples FROM pg_class WHERE relname = %s", TABLE)[0]


@pytest.fixture
def empty(db):
    """Begin with new pages: those of earlier tests are still there, with nothing in them."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE} CASCADE")


@on_postgresql
def test_a_table_that_has_grown_is_looked_at_once(empty):
    CooperativeFactory.create_batch(MANY)
    plan_for_whole_tables()
    assert known_rows() == MANY
    CooperativeFactory.create_batch(FEW)
    plan_for_whole_tables()
    assert known_rows() == MANY


@on_postgresql
def test_a_few_rows_are_not_worth_a_look(empty):
    before = known_rows()
    CooperativeFactory.create_batch(FEW)
    plan_for_whole_tables()
    assert known_rows() == before


@on_postgresql
def test_after_a_glance_a_look_in_full_knows_more(empty):
    CooperativeFactory.create_batch(MANY)
    count = "SELECT cardinality(histogram_bounds) FROM pg_stats WHERE tablename = %s AND attname = 'uscc'"
    plan_for_whole_tables(at_a_glance=True)
    assert known_rows() == MANY
    (glanced,) = told(count, TABLE)
    analyse_whole(Cooperative)
    (known,) = told(count, TABLE)
    assert (glanced, known) == (26, 101)


@on_postgresql
def test_columns_of_documents_are_left_out(empty):
    CooperativeFactory.create_batch(MANY)
    plan_for_whole_tables()
    looked_at = told("SELECT attname FROM pg_stats WHERE tablename = %s", TABLE)
    assert "name_key" in looked_at
    assert "corrected_fields" not in looked_at


@on_postgresql
def test_what_is_asked_does_not_depend_on_what_has_grown(empty, django_assert_num_queries):
    for number in (FEW, MANY):
        CooperativeFactory.create_batch(number)
        with django_assert_num_queries(2):
            plan_for_whole_tables()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="speaks of SQLite")
def test_sqlite_is_asked_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        plan_for_whole_tables()
