"""Squashed migrations stand for the single ones: of installations, of archives, of the way between."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tongchuan_coop.backup import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def loader():
    return MigrationExecutor(connection).loader


@pytest.fixture
def empty():
    """An installation on which nothing has been applied, as far as Django's own record says."""
    MigrationRecorder(connection).migration_qs.all().delete()


def applied_only(keys):
    """Let the record name these migrations alone."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.all().delete()
    for app, name in keys:
        recorder.record_applied(app, name)


def replaced(loader):
    return {each for squashed in loader.replacements.values() for each in squashed.replaces}


def ways(executor, wanted):
    return [
        migration for migration, _ in executor.migration_plan(structure.targets(executor, wanted))
    ]


def test_every_app_begins_with_one_squashed_migration_that_replaces_all_before_it(loader):
    single = [key for key, each in loader.disk_migrations.items() if not each.replaces]
    apps = {app for app, _ in loader.replacements}
    assert apps == {"accounts", "registry", "demonstration", "training", "liaison", "pilot"}
    for (app, name), squashed in loader.replacements.items():
        last = name.removeprefix("0001_squashed_")
        assert squashed.replaces == sorted(
            key for key in single if key[0] == app and key[1] <= last
        )
        assert squashed.replaces[-1] == (app, last)


def test_a_fresh_database_takes_only_squashed_migrations(empty, loader):
    fresh = MigrationExecutor(connection)
    plan = [(m.app_label, m.name) for m, _ in fresh.migration_plan(fresh.loader.graph.leaf_nodes())]
    assert not set(plan) & replaced(loader)
    assert set(loader.replacements) <= set(plan)


def test_an_installation_of_before_the_squashing_has_nothing_to_do(loader):
    applied_only(structure.single(loader, loader.applied_migrations))
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_an_installation_in_between_goes_on_by_the_single_migrations(loader):
    everything = structure.single(loader, loader.applied_migrations)
    later = {
        key
        for key in everything
        if (key >= ("registry", "0020") and key[0] == "registry")
        or (key[0] in {"liaison", "demonstration"} and key[1] >= "0003")
        or key[0] == "pilot"
    }  # fmt: skip
    applied_only(everything - later)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    todo = {(m.app_label, m.name) for m, _ in plan}
    # Of the programme nothing has been applied, so that it may be made in one step.
    assert {key for key in todo if key[0] != "pilot"} == {k for k in later if k[0] != "pilot"}
    assert {key for key in todo if key[0] == "pilot"} <= set(loader.replacements)


def test_an_archive_names_the_single_migrations(loader):
    named = structure.single(loader, loader.applied_migrations)
    assert not named & set(loader.replacements)
    assert named >= replaced(loader)


def test_an_archive_of_this_release_is_restored_by_the_squashed_migrations(empty, loader):
    wanted = set(loader.disk_migrations) - set(loader.replacements)
    made = ways(structure.executor_towards(wanted), wanted)
    assert {(m.app_label, m.name) for m in made if m.replaces} == set(loader.replacements)
    assert not {(m.app_label, m.name) for m in made} & replaced(loader)


def test_an_archive_of_an_earlier_release_is_restored_by_the_single_ones_and_no_further(
    empty, loader
):
    everything = set(loader.disk_migrations) - set(loader.replacements)
    wanted = {key for key in everything if key[0] != "liaison" or key[1] < "0008"}
    wanted -= {("accounts", "0019_upward_log_with_views")}
    made = {(m.app_label, m.name) for m in ways(structure.executor_towards(wanted), wanted)}
    single = {key for key in made if key[0] in {"accounts", "liaison"}}
    assert single == {key for key in wanted if key[0] in {"accounts", "liaison"}}
    squashed = {key for key in made if key in loader.replacements}
    assert {app for app, _ in squashed} == {"registry", "demonstration", "training", "pilot"}
