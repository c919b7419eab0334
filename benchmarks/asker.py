"""A signed-in person in front of the whole portal in this process, and what a page costs."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Seconds = list[float]


class Asker:
    """One person who opens pages. Seconds are those that the processor spends on a page.

    What other work on the machine takes does not count: the clock would tell of that and not of
    the portal. The database's own process is counted, on PostgreSQL.
    """

    def __init__(self, role: str, unit: str) -> None:
        from django.db import connection
        from django.test import Client

        from accounts.models import OrganisationUnit, User

        traits = {
            "role": role, "full_name": "测量", "unit": OrganisationUnit.objects.get(code=unit)
        }  # fmt: skip
        self.user, _ = User.objects.get_or_create(username=f"bench-{role}", defaults=traits)
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(self.user)
        with connection.cursor() as cursor:
            # Helpers of a query would have processes of their own, which nobody counts.
            cursor.execute("SET max_parallel_workers_per_gather = 0; SELECT pg_backend_pid()")
            self._backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def ask(self, path: str) -> float:
        """Return the milliseconds of a page; it must be there."""
        began = self._spent()
        answer = self.client.get(path)
        took = (self._spent() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        return took

    def _spent(self) -> float:
        return time.process_time() + int(self._backend.read_text().split()[0]) / 1e9

    def template_of(self, path: str, view_module: Any, rounds: int = 5) -> float:
        """Return the milliseconds in which the page's template renders what was read for it.

        The view is let run once, and its context is kept; queries of the frame are taken off.
        """
        from django.template.loader import render_to_string

        kept: list[tuple[Any, str, Any]] = []
        render = view_module.render

        def keep(request: Any, name: str, context: Any = None, **traits: Any) -> Any:
            kept.append((request, name, context))
            return render(request, name, context, **traits)

        view_module.render = keep
        try:
            self.client.get(path)
        finally:
            view_module.render = render
        request, name, context = kept[-1]
        times = []
        for _ in range(rounds):
            with _asking_timed() as spent:
                began = time.process_time()
                render_to_string(name, context, request)
                times.append((time.process_time() - began - spent[0]) * 1000)
        return statistics.median(times)


@contextmanager
def _asking_timed() -> Iterator[Seconds]:
    """Add up the seconds that this process spends on asking the database."""
    from django.db import connection

    spent = [0.0]

    def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[0] += time.process_time() - began

    with connection.execute_wrapper(timed):
        yield spent


def summary(times: Seconds, bare: float | None = None) -> dict[str, float]:
    """Return median, 95th percentile and longest, and the 95th as a multiple of the bare template."""
    ordered = sorted(times)
    at95 = ordered[max(0, round(len(ordered) * 0.95) - 1)]
    found: dict[str, float] = {
        "pages": len(times),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(at95, 1),
        "longest_ms": round(ordered[-1], 1),
    }
    if bare is not None:
        found |= {"template_ms": round(bare, 1), "ratio_p95": round(at95 / bare, 2)}
    return found
