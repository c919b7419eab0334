"""Measure the search box on a register of any size.

    DATABASE_URL=postgres:///scratch python -m benchmarks.search --societies 200000

Fills an empty scratch database (valid codes, realistic names and domiciles, one COPY), then asks for
terms of each kind as a member of the bureau and as a township's clerk, each from a random society,
and prints the median and the 95th of a hundred. Run it twice to see it with warm caches.
"""

import argparse
import io
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random

import django

COLUMNS = (
    "uscc", "registration_no", "name", "name_key", "name_initials", "kind", "entity_type",
    "legal_representative", "domicile", "contact_phone", "contact_person", "business_scope",
    "registration_authority", "status", "division", "township_id", "township_basis",
    "total_contribution", "member_count", "corrected_fields", "internal_note", "created_at",
    "updated_at", "version",
)  # fmt: skip


def lines(count: int, keys: dict[str, int]) -> Iterator[str]:
    """Yield one society after another as a line of COPY. `keys` are those of the townships."""
    from common import clock
    from registry.ingestion.names import initials_of
    from tongchuan_coop.demo.quarters import AUTHORITY
    from tongchuan_coop.demo.societies import UNIT_NAMES, make_code, make_name, make_phone
    from tongchuan_coop.demo.words import BRANDS, GIVEN_SECOND, PLACES, TRADES

    random, now = Random(7), clock.now().isoformat()
    syllables = "".join(sorted({c for brand in BRANDS for c in brand} | set("".join(GIVEN_SECOND))))
    for number in range(count):
        unit, _, villages = random.choice(PLACES)
        product, work, scope, usual = random.choice(TRADES)
        brand = "".join(random.choices(syllables, k=3))
        name = f"达州市通川区{brand}{product}{work}专业合作社"
        domicile = (
            f"四川省达州市通川区{UNIT_NAMES[unit]}{random.choice(villages)}"
            f"{random.randrange(1, 9)}组{number % 997 + 1}号"
        )
        chair = make_name(random) + random.choice(GIVEN_SECOND)
        cells = (
            make_code(number + 1), "", name, name, initials_of(name), "cooperative",
            "农民专业合作社", chair, domicile, make_phone(random), chair, scope, AUTHORITY, "active",
            "511702", str(keys.get(UNIT_NAMES[unit], r"\N")), "address",
            str(random.randrange(1, 900) * 10_000), str(usual), "[]", "", now, now, "1",
        )  # fmt: skip
        yield "\t".join(cells) + "\n"


class Stream(io.TextIOBase):
    """What COPY reads: the lines, a batch at a time."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source, self._rest = source, ""

    def read(self, size: int | None = -1) -> str:
        wanted = size if size and size > 0 else 65_536
        held = [self._rest]
        length = len(self._rest)
        while length < wanted and (line := next(self._source, "")):
            held.append(line)
            length += len(line)
        whole = "".join(held)
        self._rest = whole[wanted:]
        return whole[:wanted]


def fill(count: int) -> float:
    """Fill the register; return the seconds, indexes and statistics included."""
    from django.db import connection

    from accounts.models import OrganisationUnit

    # Asked for before the COPY begins, which has the connection for itself.
    keys = {unit.short_name: unit.pk for unit in OrganisationUnit.objects.all()}
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = 'registry_cooperative' AND indexname LIKE 'coop%'"
        )
        indexes = cursor.fetchall()
        for index, _ in indexes:  # made anew afterwards, which is faster
            cursor.execute(f"DROP INDEX {index}")
        table = f"registry_cooperative ({', '.join(COLUMNS)})"
        cursor.copy_expert(f"COPY {table} FROM STDIN", Stream(lines(count, keys)), size=65_536)
        for _, made in indexes:
            cursor.execute(made)
        cursor.execute("VACUUM ANALYZE registry_cooperative")
    return time.perf_counter() - began


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
        "nothing there": lambda row: row[0][6] + "鑫" + row[0][7],
    }


def measure(asks: int) -> dict[str, dict[str, list[float]]]:
    """Return milliseconds (median, 95th, longest) for each kind of asker and term."""
    from pypinyin import lazy_pinyin

    from accounts.choices import Role
    from accounts.models import OrganisationUnit, User
    from registry.ingestion.names import initials_of
    from registry.models import Cooperative
    from tongchuan_coop.finding import find

    bureau = User(pk=1, username="b", role=Role.BUREAU)
    clerk = User(pk=2, username="c", role=Role.CLERK)
    clerk.unit = OrganisationUnit.objects.filter(cooperatives__isnull=False).first()
    random, results = Random(11), {}
    last = Cooperative.objects.order_by("-pk").values_list("pk", flat=True)[0]
    fields = ("name", "uscc", "contact_phone", "domicile", "legal_representative")
    sampled = Cooperative.objects.filter(pk__in=random.sample(range(1, last), asks))
    rows = [
        (name, initials_of(name)[6:12], "".join(lazy_pinyin(name[6:9])), *rest)
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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")
    django.setup()
    from django.core.management import call_command

    from registry.models import Cooperative

    call_command("migrate", verbosity=0)
    seconds = 0.0 if Cooperative.objects.exists() else fill(asked.societies)
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
