"""The structure that an archive was made in, and the way of an empty database to it.

A squashed migration stands for the single ones that it replaces. Archives name the single ones, so
that releases of before the squashing read them as well.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

Key = tuple[str, str]  # app and name


def single(loader: MigrationLoader, keys: Collection[Key]) -> set[Key]:
    """Return the same migrations, the squashed ones named by those that they replace."""
    found = set(keys)
    for key, migration in loader.replacements.items():
        if key in found:
            found = found - {key} | set(migration.replaces)
    return found


def executor_towards(wanted: Collection[Key]) -> MigrationExecutor:
    """Return an executor whose graph holds the single migrations where not all of them are wanted.

    Django itself takes every squashed migration of which nothing has been applied, and so could
    never stop at the structure of an older release.
    """
    executor = MigrationExecutor(connection)
    loader = executor.loader
    loader.replace_migrations = False  # type: ignore[attr-defined]  # the stubs misspell it
    loader.build_graph()
    for key, migration in loader.replacements.items():
        applied = [each in loader.applied_migrations for each in migration.replaces]
        if set(migration.replaces) <= set(wanted) and (all(applied) or not any(applied)):
            loader.graph.remove_replaced_nodes(key, migration.replaces)
        else:
            loader.graph.remove_replacement_node(key, migration.replaces)
        if all(applied):
            loader.applied_migrations[key] = migration
        else:
            loader.applied_migrations.pop(key, None)
    return executor


def targets(executor: MigrationExecutor, wanted: Collection[Key]) -> list[Key]:
    """Return the last migrations of every app on the way to what is wanted, as the graph has them."""
    loader = executor.loader
    whole = set(wanted)
    for key, migration in loader.replacements.items():
        if key in loader.graph.nodes:
            whole = whole - set(migration.replaces) | {key}
    return [key for key in sorted(whole) if not _has_child(executor, key, whole)]


def _has_child(executor: MigrationExecutor, key: Any, among: set[Key]) -> bool:
    node = executor.loader.graph.node_map[key]
    return any(child.key in among and child.key[0] == key[0] for child in node.children)
