"""Measure the search box on a register of any size.

    DATABASE_URL=postgres:///scratch python -m benchmarks.search --societies 200000

Fills an empty scratch database with the societies of `benchmarks.nation`, then asks for terms of
each kind as a member of the bureau and as a township's clerk, each from a random society, and
prints the median and the 95th of a hundred. Run it twice to see it with warm caches.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from random import Random


def terms() -> dict[str, Callable[[tuple[str, ...]], str]]:
    """Return how a term of each kind is taken from a society (name, code, phone, domicile, chair)."""
    return {
        "two characters": lambda row: row[0][6:8],
        "three characters": lambda row: row[0][6:9],
        "five characters": lambda row: row[0][6:11],
        "a common word": lambda row: row[0][-7:-5],
        "whole form": lambda row: f"{row[0][6:9]}合作社",
        "initials": lambda row: row[1],
        "pinyin": lambda row: row[2],
        "end of code": lambda row: row[3][-5:],
        "end of phone": lambda row: row[4][-4:],
        "village": lambda row: row[5].partition("组")[0][-4:-1],
        "chair": lambda row: row[6],
        "beginning of a chair": lambda row: row[6][:2],
        "nothing there": lambda row: row[0][6] + "鑫" + row[0][7],
    }


def measure(asks: int) -> dict[str, dict[str, list[float]]]:
    """Return milliseconds (median, 95th, longest) for each kind of asker and term."""
    from accounts.choices import Role
    from accounts.models import OrganisationUnit, User
    from common.pinyin import reading_of
    from registry.ingestion.names import initials_of
    from registry.models import Cooperative
    from tongchuan_coop.finding import find

    bureau = User(pk=1, username="b", role=Role.BUREAU)
    clerk = User(pk=2, username="c", role=Role.CLERK)
    clerk.unit = OrganisationUnit.objects.filter(cooperatives__isnull=False).first()
    random, results = Random(11), {}
    last = Cooperative.objects.order_by("-pk").values_list("pk", flat=True)[0]
    fields = ("name", "uscc", "contact_phone", "domicile", "legal_representative")
    drawn = random.sample(range(1, last), asks)
    sampled = Cooperative.objects.filter(pk__in=drawn, uscc__isnull=False)
    rows = [
        (name, initials_of(name)[6:12], "".join(map(reading_of, name[6:9])), *rest)
        for name, *rest in sampled.values_list(*fields)
    ]
    for who, user in (("bureau", bureau), ("clerk", clerk)):
        results[who] = {}
        for kind, take in terms().items():
            times = []
            for row in rows:
                began = time.perf_counter()
                find(user, take(row), 20)
                times.append((time.perf_counter() - began) * 1000)
            times.sort()
            at95 = times[int(len(times) * 0.95) - 1]
            results[who][kind] = [round(n, 1) for n in (statistics.median(times), at95, times[-1])]
    return results


def main() -> None:
    """Fill when empty, measure, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--societies", type=int, default=200_000)
    parser.add_argument("--asks", type=int, default=100)
    asked = parser.parse_args()
    from benchmarks.nation import prepare, register

    prepare()
    from registry.models import Cooperative

    seconds = 0.0 if Cooperative.objects.exists() else register(asked.societies)
    print(
        json.dumps(
            {
                "societies": Cooperative.objects.count(),
                "fill_seconds": round(seconds, 1),
                "load": os.getloadavg(),
                "ms_median_p95_max": measure(asked.asks),
            },
            ensure_ascii=False,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
