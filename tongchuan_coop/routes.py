"""Every address of the portal: its name, a sample path, its methods and the right it asks for."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import RoutePattern

from accounts.api import declared_action

ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One address. `action` is "public" for an open one and "" when the view declares none."""

    name: str
    pattern: str
    arguments: tuple[str, ...]
    methods: tuple[str, ...]
    action: str
    view: Callable[..., Any]
    converters: dict[str, str]

    def path(self, **values: Any) -> str:
        """Return the address for these arguments."""
        return reverse(self.name, kwargs=values)

    def sample_path(self, samples: dict[str, Any]) -> str:
        """Return an address with sample values; 1 or the argument's own name where none is known.

        A key "route:argument" counts for that route alone and goes before the plain argument.
        """
        values = {}
        for name in self.arguments:
            likely = samples.get(name, 1 if self.converters[name] == "int" else name)
            values[name] = samples.get(f"{self.name}:{name}", likely)
        return self.path(**values)


def all_routes() -> list[Route]:
    """Return every route, in the order in which they are matched."""
    return list(_walk(get_resolver().url_patterns, "", "", {}))


def _walk(
    patterns: list[Any], space: str, prefix: str, converters: dict[str, Any]
) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        found = {**converters, **getattr(entry.pattern, "converters", {})}
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, path, found)
        elif isinstance(entry, URLPattern):
            yield _route(entry, space, path, found)


def _kind(converter: Any) -> str:
    if isinstance(converter, IntConverter):
        return "int"
    return type(converter).__name__.removesuffix("Converter").lower()


def _route(entry: URLPattern, space: str, path: str, converters: dict[str, Any]) -> Route:
    view = entry.callback
    own = getattr(view, "cls", None) or getattr(view, "view_class", None)
    return Route(
        name=f"{space}{entry.name or ''}",
        pattern=f"/{path}",
        arguments=tuple(converters),
        methods=_methods(view, own),
        action=_action(view, own),
        view=view,
        converters={name: _kind(kind) for name, kind in converters.items()}
        if isinstance(entry.pattern, RoutePattern)
        else dict.fromkeys(converters, "str"),
    )


def _action(view: Any, own: Any) -> str:
    """Return the right of an address; where steps ask for several, that of looking."""
    if own is None:
        return declared_action(view)
    steps = getattr(view, "actions", None) or {}
    rights = getattr(own, "rights", {})
    looking = [steps["get"]] if "get" in steps else list(steps.values())
    found = [rights[step] for step in looking if step in rights]
    if found:
        return str(found[0])
    return declared_action(own)


def _methods(view: Any, own: Any) -> tuple[str, ...]:
    if own is not None:
        actions = getattr(view, "actions", None)
        names = actions or [m.lower() for m in ALL_METHODS if hasattr(own, m.lower())]
        return tuple(sorted(name.upper() for name in names))
    while view is not None:
        nonlocals = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in nonlocals:
            return tuple(sorted(nonlocals["request_method_list"]))
        view = getattr(view, "__wrapped__", None)
    return ()
