"""Measure the register's list, the society's page and the search box on a register of any size.

    DATABASE_URL=postgres:///bench_pages python -m benchmarks.pages --societies 300000

Every condition of the list is asked in every order, on the first page and on one in the middle, as
a member of the bureau and as a township's clerk; the terms are taken from random societies. Each
page goes through the whole portal in this process, sessions and middleware included. Beside it
stands the same answer's template, rendered again from the rows as they were read; what that
rendering asks of the database is taken off. The ratio of the two is what counts. Time is what the
processor spent on it, here and in the database's process, so that other work on the machine does
not count. An empty scratch database is filled by `benchmarks.nation` first.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

from benchmarks.asker import Asker, summary

ORDERS = ("", "-name", "founded", "-founded", "capital", "-capital", "code", "-code")
LIST = "/registry/"
# What a person may choose, each with a value that many, some or few societies have.
CONDITIONS: dict[str, dict[str, str]] = {
    "nothing chosen": {},
    "a large township": {"township": "511702108"},
    "a small township": {"township": "511702001"},
    "no township": {"township": "none"},
    "active": {"status": "active"},
    "not yet deregistered": {"status": "living"},
    "cancelled": {"status": "cancelled"},
    "status not given": {"status": "unstated"},
    "unions": {"kind": "union"},
    "any suspicion": {"flag": "any"},
    "no suspicion": {"flag": "none"},
    "one rule": {"flag": "R1"},
    "one label": {"flag": "shell"},
    "not on the last list": {"seen": "gone"},
    "founded 2012 to 2014": {"founded_from": "2012", "founded_to": "2014"},
    "founded before 2009": {"founded_to": "2008"},
    "more than 8 million": {"capital_from": "800"},
    "less than 20,000": {"capital_to": "2"},
    "township, active, suspicion": {"township": "511702105", "status": "active", "flag": "any"},
    "township, founded, capital": {
        "township": "511702108", "founded_from": "2015", "capital_from": "300",
    },
}  # fmt: skip
TERMS: dict[str, Callable[[dict[str, Any]], str]] = {
    "two characters": lambda row: row["name"][6:8],
    "three characters": lambda row: row["name"][6:9],
    "six characters": lambda row: row["name"][6:12],
    "a word of every name": lambda row: "通川",
    "a word of many names": lambda row: row["name"].partition("专业")[0][-2:],
    "initials": lambda row: row["name_initials"][6:11],
    "end of code": lambda row: row["uscc"][-5:],
    "whole code": lambda row: row["uscc"],
    "village": lambda row: row["domicile"].partition("组")[0][-4:-1],
    "chair": lambda row: row["legal_representative"],
    "nothing there": lambda row: row["name"][6] + "鑫龘" + row["name"][7],
}


def sampled(random: Random, number: int, reader: Any = None) -> list[dict[str, Any]]:
    """Return random societies that have a code; only those in reach of a reader, if one is named."""
    from accounts.policy import Action
    from registry.models import Cooperative

    last = Cooperative.objects.order_by("-pk").values_list("pk", flat=True)[0]
    drawn = random.sample(range(1, last + 1), min(last, number * (200 if reader else 2)))
    rows = Cooperative.objects.filter(pk__in=drawn, uscc__isnull=False).order_by("pk")
    if reader:
        rows = rows.permitted(reader, Action.VIEW_COOPERATIVE)
    fields = ("name", "name_initials", "uscc", "domicile", "legal_representative")
    return list(rows.values(*fields)[:number])


def middle(sort: str) -> str:
    """Return the mark of the society in the middle of an order."""
    from common.keyset import _mark, in_order
    from registry.listing import order_of
    from registry.models import Cooperative

    keys = order_of(sort)
    half = Cooperative.objects.count() // 2
    return _mark(in_order(Cooperative.objects.all(), keys)[half], keys)


def list_cases(random: Random, asks: int) -> Iterator[tuple[str, str, str]]:
    """Yield the name of the condition, the order, and the address of each page to be asked."""
    rows = sampled(random, asks)
    marks = {sort: middle(sort) for sort in ORDERS}
    for name, condition in CONDITIONS.items():
        for sort in ORDERS:
            query = {**condition, "sort": sort or "name"}
            for place in ({}, {"after": marks[sort]}):
                yield name, sort, f"{LIST}?{urlencode({**query, **place})}"
    for name, take in TERMS.items():
        for sort in ORDERS:
            for row in rows:
                yield name, sort, f"{LIST}?{urlencode({'q': take(row), 'sort': sort or 'name'})}"


def measure_list(asker: Asker, asks: int) -> dict[str, Any]:
    """Ask for every case; return the figures of all of them, by condition, and the slowest."""
    import registry.views.cooperatives as view

    bare = asker.template_of(f"{LIST}?sort=name", view)
    found: dict[str, list[float]] = {}
    slowest: list[tuple[float, str]] = []
    for name, _, address in list_cases(Random(5), asks):
        if asker.user.role != "bureau" and "township" in CONDITIONS.get(name, {}):
            continue
        took = asker.ask(address)
        found.setdefault(name, []).append(took)
        slowest.append((took, address.partition("&after=")[0]))
    return {
        **summary([took for times in found.values() for took in times], bare),
        "by_condition": {name: summary(times) for name, times in found.items()},
        "slowest": [[round(took), address] for took, address in sorted(slowest)[-10:]],
    }


def measure_society(asker: Asker, asks: int) -> dict[str, Any]:
    """Open the pages of random societies."""
    import registry.views.cooperative_detail as view

    rows = sampled(Random(9), asks * 10, asker.user)
    addresses = [f"{LIST}{row['uscc']}/" for row in rows]
    bare = asker.template_of(addresses[0], view)
    return summary([asker.ask(address) for address in addresses], bare)


def measure_search(asker: Asker, asks: int) -> dict[str, Any]:
    """Ask the one search box for terms of every kind."""
    rows = sampled(Random(13), asks)
    return summary(
        [
            asker.ask(f"/find/?{urlencode({'q': take(row)})}")
            for row in rows
            for take in TERMS.values()
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--societies", type=int, default=100_000)
    parser.add_argument("--asks", type=int, default=5)
    parser.add_argument("--who", nargs="*", choices=("bureau", "clerk"))
    parser.add_argument("--only", nargs="*", choices=("list", "society", "search"))
    asked = parser.parse_args()
    from benchmarks.nation import filled

    societies = filled(asked.societies)
    units = {"bureau": "nyncj", "clerk": "511702108"}
    askers = {who: Asker(who, unit) for who, unit in units.items() if who in (asked.who or units)}
    found: dict[str, Any] = {"societies": societies, "load": os.getloadavg()}
    measures = {"list": measure_list, "society": measure_society, "search": measure_search}
    for name, measured in measures.items():
        if not asked.only or name in asked.only:
            found[name] = {who: measured(asker, asked.asks) for who, asker in askers.items()}
            print(name, json.dumps(found[name], ensure_ascii=False), file=sys.stderr, flush=True)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
