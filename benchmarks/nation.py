"""Make a register of any size, up to the nation's 2,200,000 societies.

    DATABASE_URL=postgres:///bench_nation python -m benchmarks.nation --societies 2200000

Set-based on PostgreSQL: one statement for each kind of row, indexes made anew afterwards. What
stands there is what a committed registration file leaves: valid codes (a few societies have only
an old number), names with pinyin initials, all states, founding days (one in 200 blank), capital,
domiciles in the district's townships, one version each and a former one for every tenth, former
names, one delivery with its job. `suspicions` and `facts` add what lists and figures count. The
same number gives the same rows every time. It is one district's register grown to the nation's
size: every name begins with the same six characters and every township is large, which is harder
for a search and for a filter than the nation would be.
"""

import argparse
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

NATION = 2_200_000
KNOWN_AT = "2021-07-05 09:30+08"
DAY, QUARTER = dt.date(2021, 7, 20), "2021Q2"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100; 31 is prime, so numbers scatter well
ALPHABET_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
CODE_BEGIN, BODY_BEGIN = "93511702", "MA6"
STATES = (  # of a thousand
    ("active", 780), ("deregistered", 110), ("revoked", 50), ("suspended", 15),
    ("liquidating", 10), ("revoked_deregistered", 10), ("moved_out", 8), ("other", 8), ("", 6),
    ("cancelled", 3),
)  # fmt: skip
FORMS = (
    ("专业合作社", 780),
    ("农民专业合作社", 195),
    ("专业合作社联合社", 15),
    ("专业合作社第一分社", 10),
)

# One society of number n: what hangs on n alone first, then what hangs on that.
SOCIETIES = """
    INSERT INTO registry_cooperative (uscc, registration_no, name, name_key, name_initials, kind,
        entity_type, legal_representative, total_contribution, member_count, farmer_member_count,
        unit_member_count, established_on, approved_on, registration_authority, status, domicile,
        business_scope, contact_person, contact_phone, division, township_id, township_basis,
        last_row_id, corrected_fields, internal_note, created_at, updated_at, version)
    SELECT CASE WHEN n % 500 = 0 THEN NULL ELSE {begin} || org || substr('{alphabet}', check1::int, 1) END,
        CASE WHEN n % 20 = 0 THEN '51170200' || lpad(n::text, 7, '0') ELSE '' END,
        g.called, g.called, g.letters,
        CASE WHEN form LIKE '%联合社' THEN 'union' WHEN form LIKE '%分社' THEN 'branch'
            ELSE 'cooperative' END,
        '农民专业合作社',
        {surname} || {given} || {second} || CASE WHEN n % 3 = 0 THEN '' ELSE {third} END,
        CASE WHEN n % 100 = 7 THEN NULL ELSE {capital} * 10000 END,
        members, members - {outsiders}, {outsiders},
        CASE WHEN n % 200 = 3 THEN NULL ELSE founded END, founded + {since_founding},
        {authority}, {status}, place.domicile || {group} || '组' || {house} || '号',
        trade.scope, {surname} || {second}, '1900' || lpad({phone}::text, 7, '0'),
        CASE WHEN n % 500 = 0 THEN '' ELSE '511702' END,
        place.township_id, place.basis, {first_row} + n, '[]', '', '{at}', '{at}', 1
    FROM generate_series(1::bigint, {societies}) AS n
    CROSS JOIN LATERAL (SELECT (n * 12345677) % 28629151 AS scattered) AS a
    CROSS JOIN LATERAL (SELECT (scattered / 923521) % 31 AS d1, (scattered / 29791) % 31 AS d2,
        (scattered / 961) % 31 AS d3, (scattered / 31) % 31 AS d4, scattered % 31 AS d5) AS b
    CROSS JOIN LATERAL (SELECT 11 - ({body_sum} + {digit_sum}) % 11 AS c) AS c
    CROSS JOIN LATERAL (SELECT '{body_begin}' || {digits}
        || CASE c WHEN 10 THEN 'X' WHEN 11 THEN '0' ELSE c::text END AS org) AS d
    CROSS JOIN LATERAL (SELECT (31 - ({stem_sum} + {stem_digits}
        + (CASE c WHEN 10 THEN {x_value} WHEN 11 THEN 0 ELSE c END) * {org_weight}) % 31) % 31 + 1
        AS check1) AS e
    CROSS JOIN LATERAL (SELECT {syllable1} AS s1, {syllable2} AS s2, {syllable3} AS s3,
        {form} AS form, 5 + {some_members} AS members,
        date '2007-07-01' + (4650 * (1 - {early} / 1000.0 * {early2} / 1000.0))::int AS founded) AS f
    JOIN bench_trade trade ON trade.place = {trade}
    JOIN bench_place place ON place.place = {place}
    CROSS JOIN LATERAL (SELECT '达州市通川区' || ({syllables})[s1] || ({syllables})[s2]
        || ({syllables})[s3] || trade.called || form AS called,
        {county_letters} || ({syllable_letters})[s1] || ({syllable_letters})[s2]
        || ({syllable_letters})[s3] || trade.letters || {form_letters} AS letters) AS g
    ORDER BY n
"""
VERSION = """
    INSERT INTO registry_cooperativeversion (cooperative_id, {carried}, true_from, true_to,
        known_from, known_to, delivery_id, row_id, changed_by_id, reason, changed_fields, restored)
"""
VERSIONS = (
    # A former wording of every tenth: less capital until two years after the founding.
    VERSION
    + """
    SELECT id, {former}, established_on, established_on + 730, '{at}', NULL, {delivery}, last_row_id,
        NULL::bigint, '', '', false
    FROM registry_cooperative WHERE id % 10 = 0 AND established_on IS NOT NULL
    """,
    VERSION
    + """
    SELECT id, {carried}, CASE WHEN id % 10 = 0 THEN coalesce(established_on + 730, date '2021-06-30')
            ELSE coalesce(established_on, date '2021-06-30') END, NULL::date, '{at}', NULL::timestamptz,
        {delivery}, last_row_id, NULL::bigint, '',
        CASE WHEN id % 10 = 0 THEN 'total_contribution,' ELSE '' END, false
    FROM registry_cooperative
    """,
    """
    INSERT INTO registry_formername (cooperative_id, name, until, delivery_id)
    SELECT id, replace(name, '专业合作社', '合作社'), established_on + 400, {delivery}
    FROM registry_cooperative WHERE id % 33 = 0 AND established_on IS NOT NULL
    """,
)
FILLED = ("cooperative", "cooperativeversion", "formername")


def pick(salt: int, among: int) -> str:
    """Return SQL for a number from 0 below `among` that hangs on n and the salt alone."""
    return f"((hashint8extended(n, {salt}) & 9223372036854775807) % {among})"


def _one_of(words: Sequence[str], salt: int) -> str:
    return f"({_array(words)})[1 + {pick(salt, len(words))}]"


def _array(words: Sequence[str]) -> str:
    return f"ARRAY[{', '.join(_quoted(word) for word in words)}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _weighted(choices: Sequence[tuple[str, int]], salt: int, *, words: Sequence[str] = ()) -> str:
    """Return SQL for one of several values of given weights, or for the word that goes with it."""
    drawn, total, below = pick(salt, sum(weight for _, weight in choices)), 0, []
    for (value, weight), word in zip(choices, words or [v for v, _ in choices], strict=True):
        del value
        total += weight
        below.append(f"WHEN {drawn} < {total} THEN {_quoted(word)}")
    return f"(CASE {' '.join(below)} END)"


def _code_parts() -> dict[str, Any]:
    """Return the constants of both check digits: GB 11714 inside, GB 32100 outside."""
    stem = CODE_BEGIN + BODY_BEGIN
    weights = [pow(3, place, 31) for place in range(17)]
    values = [ALPHABET_36.index(character) for character in ALPHABET]
    fixed = len(BODY_BEGIN)
    return {
        "alphabet": ALPHABET,
        "begin": _quoted(CODE_BEGIN),
        "body_begin": BODY_BEGIN,
        "body_sum": sum(
            weight * ALPHABET_36.index(character)
            for weight, character in zip(ORGANISATION_WEIGHTS, BODY_BEGIN, strict=False)
        ),
        "digit_sum": " + ".join(
            f"(ARRAY{values})[d{place + 1} + 1] * {ORGANISATION_WEIGHTS[fixed + place]}"
            for place in range(5)
        ),
        "digits": " || ".join(
            f"substr('{ALPHABET}', d{place}::int + 1, 1)" for place in range(1, 6)
        ),
        "stem_sum": sum(
            weight * ALPHABET.index(character)
            for weight, character in zip(weights, stem, strict=False)
        ),
        "stem_digits": " + ".join(
            f"d{place + 1} * {weights[len(stem) + place]}" for place in range(5)
        ),
        "x_value": ALPHABET.index("X"),
        "org_weight": weights[16],
    }


def _name_parts() -> dict[str, Any]:
    from registry.ingestion.names import initials_of
    from tongchuan_coop.demo.quarters import AUTHORITY
    from tongchuan_coop.demo.words import (
        BRANDS,
        GIVEN_FIRST,
        GIVEN_SECOND,
        PLACES,
        SURNAMES,
        TRADES,
    )

    syllables = sorted({c for brand in BRANDS for c in brand} | set(GIVEN_SECOND))
    return {
        "authority": _quoted(AUTHORITY),
        "syllables": _array(syllables),
        "syllable_letters": _array([initials_of(each) for each in syllables]),
        "county_letters": _quoted(initials_of("达州市通川区")),
        "form": _weighted(FORMS, 8),
        "form_letters": _weighted(FORMS, 8, words=[initials_of(form) for form, _ in FORMS]),
        "status": _weighted(STATES, 9),
        "surname": _one_of(SURNAMES, 10),
        "given": _one_of(GIVEN_FIRST, 11),
        "second": _one_of(GIVEN_SECOND, 12),
        "third": _one_of(GIVEN_SECOND, 13),
        "trade": pick(14, len(TRADES)),
        "place": pick(15, sum(weight for _, weight, _ in PLACES)),
        **{f"syllable{place}": f"1 + {pick(place, len(syllables))}" for place in (1, 2, 3)},
    }  # fmt: skip


def _number_parts() -> dict[str, str]:
    return {
        "capital": f"(1 + {pick(20, 30)} * {pick(21, 30)})",
        "some_members": f"{pick(22, 12)} * {pick(23, 12)}",
        "outsiders": f"(CASE WHEN {pick(24, 40)} = 0 THEN 2 ELSE 0 END)",
        "early": pick(25, 1000),
        "early2": pick(26, 1000),
        "since_founding": f"(CASE WHEN n % 10 = 0 THEN 0 ELSE {pick(27, 700)} END)::int",
        "group": f"(1 + {pick(28, 9)})",
        "house": f"(1 + {pick(29, 997)})",
        "phone": pick(30, 10_000_000),
    }


def _lay_words(cursor: Any) -> None:
    """Lay the trades and the places, each as often as it is met, beside the register."""
    from accounts.models import OrganisationUnit
    from registry.ingestion.names import initials_of
    from tongchuan_coop.demo.societies import UNIT_NAMES
    from tongchuan_coop.demo.words import PLACES, TRADES

    keys = dict(OrganisationUnit.objects.reporting().values_list("code", "pk"))
    cursor.execute(
        "CREATE TEMP TABLE bench_trade (place bigint, called text, letters text, scope text)"
    )
    cursor.executemany(
        "INSERT INTO bench_trade VALUES (%s, %s, %s, %s)",
        [
            (place, f"{product}{work}", initials_of(f"{product}{work}"), scope)
            for place, (product, work, scope, _) in enumerate(TRADES)
        ],
    )
    places = []
    for unit, weight, villages in PLACES:
        for each in range(weight):
            # Of fifty domiciles one names no township that is known.
            lost = len(places) % 50 == 17
            basis = "unresolved" if lost else "address"
            village = villages[each % len(villages)]
            named = "" if lost else UNIT_NAMES[unit]
            key = None if lost else keys[unit]
            places.append((len(places), key, basis, f"四川省达州市通川区{named}{village}"))
    cursor.execute(
        "CREATE TEMP TABLE bench_place (place bigint, township_id bigint, basis text, domicile text)"
    )
    cursor.executemany("INSERT INTO bench_place VALUES (%s, %s, %s, %s)", places)


def _deliver(societies: int) -> int:
    """Return the delivery that the societies came with, committed."""
    from django.utils.dateparse import parse_datetime

    from registry.models import FeedDelivery, IngestJob

    at = parse_datetime(KNOWN_AT.replace("+08", "+08:00"))
    delivery = FeedDelivery.objects.create(
        source="registration", quarter=QUARTER, scope="full", filename="登记信息.csv",
        stored_name="bench", size=0, sha256="0" * 64, content_fingerprint="0" * 64, received_at=at,
    )  # fmt: skip
    IngestJob.objects.create(
        delivery=delivery, state="committed", committed_at=at, started_at=at, finished_at=at,
        rows_done=societies, rows_known=societies,
        counts={"physical": societies + 1, "header": 1, "new": societies},
    )  # fmt: skip
    return delivery.pk


class Bulk:
    """Indexes down and keys unchecked while much is written; both put back, then analysed."""

    def __init__(self, cursor: Any, tables: Sequence[str]) -> None:
        self.cursor, self.tables = cursor, [f"registry_{table}" for table in tables]
        self.made: list[str] = []

    def __enter__(self) -> None:
        run = self.cursor.execute
        # What is written points at rows of the same statement by construction.
        run("SET session_replication_role = replica; SET synchronous_commit = off")
        run("SET statement_timeout = 0")
        run("SET maintenance_work_mem = '1GB'; SET work_mem = '128MB'")
        run(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary AND NOT EXISTS ("
            "  SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
            [self.tables],
        )
        for name, definition in self.cursor.fetchall():
            run(f"DROP INDEX {name}")
            self.made.append(definition)

    def __exit__(self, *_: object) -> None:
        for definition in self.made:
            self.cursor.execute(definition)
        for setting in (
            "session_replication_role", "synchronous_commit", "maintenance_work_mem", "work_mem",
            "statement_timeout",
        ):  # fmt: skip
            self.cursor.execute(f"RESET {setting}")
        for table in self.tables:
            self.cursor.execute(f"VACUUM ANALYZE {table}")


def register(societies: int) -> float:
    """Fill an empty register; return the seconds, indexes and statistics included."""
    from django.db import connection

    from registry.models import CARRIED, Cooperative
    from registry.models.row import row_id

    if connection.vendor != "postgresql":
        raise SystemExit("要在 PostgreSQL 上进行：请用 DATABASE_URL 指定一个临时数据库。")
    if Cooperative.objects.exists():
        raise SystemExit("名录不是空的：请用 DATABASE_URL 指定一个空的临时数据库。")
    began = time.perf_counter()
    delivery = _deliver(societies)
    carried = ", ".join(CARRIED)
    params = {
        **_code_parts(), **_name_parts(), **_number_parts(), "societies": societies, "at": KNOWN_AT,
        "delivery": delivery, "first_row": row_id(delivery, 0), "carried": carried,
        "former": carried.replace("total_contribution", "total_contribution / 2"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        _lay_words(cursor)
        with Bulk(cursor, FILLED):
            for statement in (SOCIETIES, *VERSIONS):
                cursor.execute(statement.format(**params))
        cursor.execute("DROP TABLE bench_trade, bench_place")
    _check_codes()
    return time.perf_counter() - began


def _check_codes() -> None:
    """Read a thousand codes with the library's own rules; a wrong one makes all figures wrong."""
    from stdnum.cn import uscc

    from registry.models import Cooperative

    for code in Cooperative.objects.filter(uscc__isnull=False).values_list("uscc", flat=True)[
        :1000
    ]:
        uscc.validate(code)


def defaults(model: Any, given: Mapping[str, str]) -> tuple[str, str]:
    """Return columns and SQL values of a model: those given, and its own defaults for the rest."""
    from django.db import connection

    values = dict(given)
    for field in model._meta.local_concrete_fields:
        if field.column not in values and not field.primary_key and not field.null:
            default = field.get_default()
            plain = isinstance(default, (dict, list))
            values[field.column] = _literal(
                json.dumps(default) if plain else field.get_db_prep_save(default, connection)
            )
    return ", ".join(f'"{name}"' for name in values), ", ".join(values.values())


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _fill(rows: Sequence[tuple[Any, Mapping[str, str], str]]) -> float:
    """Write rows of models from a source, a statement for each model; return the seconds."""
    from django.db import connection

    began = time.perf_counter()
    tables = [model._meta.db_table.removeprefix("registry_") for model, _, _ in rows]
    with connection.cursor() as cursor, Bulk(cursor, list(dict.fromkeys(tables))):
        for model, given, source in rows:
            columns, values = defaults(model, given)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} {source}"
            )
    return time.perf_counter() - began


def suspicions() -> float:
    """Leave open suspicions at three societies of ten, of six rules; return the seconds."""
    from registry.flags.catalogue import RULES
    from registry.models import Flag

    rows = []
    for place, rule in enumerate(RULES[:6]):
        share = (7, 11, 17, 29, 97, 1_999)[place]
        given = {
            "cooperative_id": "id", "rule": _quoted(rule.code), "label": _quoted(rule.points_to[0]),
            "severity": _quoted(rule.severity), "as_of": f"date '{DAY}'",
            "opened_at": f"timestamptz '{KNOWN_AT}'", "computed_at": f"timestamptz '{KNOWN_AT}'",
            "state": "'suspected'",
        }  # fmt: skip
        rows.append((Flag, given, f"FROM registry_cooperative WHERE id % {share} = 3"))
    return _fill(rows)


def facts() -> float:
    """Add what the figures count: publications, facts of governance, a survey; return the seconds."""
    from accounts.models import User
    from registry.models import GovernanceFact, ReportPublication, SurveyCampaign, SurveyRecord

    campaign = SurveyCampaign.objects.create(
        title="全面摸底",
        opens_on=DAY - dt.timedelta(90),
        due_on=DAY,
        opened_by=User.objects.machine(),
    )
    stated = {"quarter": f"'{QUARTER}'", "known_from": f"timestamptz '{KNOWN_AT}'"}
    published = {
        **stated, "cooperative_id": "id", "report_year": "year", "filing_way": "''",
        "state": "CASE WHEN id % 7 = 0 THEN 'not_filed' ELSE 'published' END",
        "published_on": "CASE WHEN id % 7 = 0 THEN NULL ELSE make_date(year + 1, 6, 1) END",
    }  # fmt: skip
    governed = {
        "cooperative_id": "id", "year": "2020", "kind": "fact.kind", "declared": "id % 5 <> 0",
        "verified": "id % 5 <> 0 AND id % 31 <> 0", "verified_on": f"date '{DAY}' - 30",
    }  # fmt: skip
    surveyed = {
        "campaign_id": str(campaign.pk), "cooperative_id": "id",
        "state": "CASE WHEN id % 4 = 0 THEN 'pending' ELSE 'recorded' END",
        "surveyed_on": f"CASE WHEN id % 4 = 0 THEN NULL ELSE date '{DAY}' - 10 END",
        "recorded_at": f"CASE WHEN id % 4 = 0 THEN NULL ELSE timestamptz '{KNOWN_AT}' END",
        "operating_state": "CASE WHEN id % 4 = 0 THEN '' ELSE 'normal' END",
        "disposition": "CASE WHEN id % 4 = 0 THEN '' ELSE 'support' END",
    }  # fmt: skip
    return _fill(
        [
            (
                ReportPublication,
                published,
                "FROM registry_cooperative, generate_series(2019, 2020) AS year",
            ),
            (
                GovernanceFact,
                governed,
                (
                    "FROM registry_cooperative, unnest(ARRAY['accounts', 'disclosure', 'distribution'])"
                    " AS fact (kind) WHERE id % 3 > 0"
                ),
            ),
            (SurveyRecord, surveyed, "FROM registry_cooperative"),
        ]
    )


PARTS: dict[str, Callable[[], float]] = {"suspicions": suspicions, "facts": facts}


def prepare() -> None:
    """Set Django up and lay the tables down."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")
    os.environ.setdefault("PORTAL_DATE", DAY.isoformat())
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def filled(societies: int) -> int:
    """Set Django up on a scratch database, fill it when it is empty; return how many societies it has."""
    prepare()
    from django.core.management import call_command

    from registry.models import Cooperative

    call_command("collectstatic", verbosity=0, interactive=False)
    if not Cooperative.objects.exists():
        register(societies)
        for part in PARTS.values():
            part()
    return Cooperative.objects.count()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--societies", type=int, default=NATION)
    parser.add_argument("--with", dest="parts", nargs="*", choices=PARTS, default=list(PARTS))
    asked = parser.parse_args()
    prepare()
    seconds = {"register": round(register(asked.societies), 1)}
    for name in asked.parts:
        seconds[name] = round(PARTS[name](), 1)
    json.dump({"societies": asked.societies, "seconds": seconds}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
