"""Measure all flag rules over a register of any size, beside a plain joined sequential scan of it.

    DATABASE_URL=postgres:///bench_flags python -m benchmarks.flags --societies 1000000

The register, its versions, feeds, reports, rosters, accounts and visits are made set-based in the
scratch database that `DATABASE_URL` names; it is emptied before. Every society has two years of
publications and four quarters of tax; one in ten has a roster of eight with accounts, two annual
reports and visits; one in twelve stands on the abnormal list; one in thirty was checked; one in 25
shares its chair; three in 1,000 were founded together. Prints seconds, rows per second, and the
time as a multiple of one joined sequential scan of the same tables.
"""

import argparse
import io
import json
import os
import platform
import sys
import time

MEMBERS, WITH_ROSTER = 8, 10
DAY = "2021-07-20"

SOCIETIES = """
    INSERT INTO registry_cooperative (uscc, registration_no, name, name_key, name_initials, kind,
        entity_type, legal_representative, total_contribution, member_count, farmer_member_count,
        unit_member_count, established_on, approved_on, registration_authority, status, domicile,
        business_scope, contact_person, contact_phone, division, township_basis, corrected_fields,
        internal_note, created_at, updated_at, version)
    SELECT code, '', '通川区' || n || '号种植专业合作社',
        '通川区' || n || '号种植专业合作社', '', 'cooperative', '农民专业合作社',
        '张' || chr(19968 + (chair / 20000)::int) || chr(19968 + (chair % 20000)::int),
        CASE WHEN n % 997 = 0 THEN 1000000000 ELSE (n % 900 + 1) * 10000 END, (3 + n % 60)::int,
        (3 + n % 60)::int - (n % 37 = 0)::int * 2, (n % 53 = 0)::int * 3,
        date '2010-01-01' + (batch % 4000)::int, date '2019-01-01', '市场监督管理局',
        CASE WHEN n % 40 = 0 THEN 'deregistered' WHEN n % 90 = 0 THEN 'revoked' ELSE 'active' END,
        '四川省达州市通川区罗江镇新桥村' || n % 9 || '组' || n || '号', '种植', '',
        '139' || lpad(batch::text, 8, '0'), '511702', 'address', '[]', '', now(), now(), 1
    FROM benchmark_code, LATERAL (SELECT n - (n % 50 = 0)::int AS chair,
        CASE WHEN n % 1000 BETWEEN 1 AND 3 THEN n - n % 1000 ELSE n END AS batch) AS shared
"""
STATED = "quarter, known_from, cooperative_id"
FILLS = (
    f"""INSERT INTO registry_reportpublication ({STATED}, report_year, state, published_on, filing_way)
        SELECT '2021Q2', now(), id, year, CASE WHEN id % 7 = 0 THEN 'not_filed' ELSE 'published' END,
            CASE WHEN id % 7 = 0 THEN NULL ELSE make_date(year + 1, 6, 1) END, ''
        FROM registry_cooperative, generate_series(2019, 2020) AS year""",
    f"""INSERT INTO registry_taxstanding ({STATED}, as_of, registered, state, taxpayer_kind,
            zero_declared)
        SELECT '2021Q2', now(), id, day, true, 'normal', '', id % 8 = 0
        FROM registry_cooperative, unnest(ARRAY[date '2020-09-30', '2020-12-31', '2021-03-31',
            '2021-06-30']) AS day""",
    f"""INSERT INTO registry_abnormallisting ({STATED}, reason, listed_on, authority, decision_no,
            removal_reason, removal_authority)
        SELECT '2021Q2', now(), id, CASE WHEN id % 5 = 0 THEN 'unreachable'
            ELSE 'report_not_published' END, date '2020-07-10', '', '', '', ''
        FROM registry_cooperative WHERE id % 12 = 0""",
    f"""INSERT INTO registry_spotcheck ({STATED}, checked_on, authority, kind, result, results)
        SELECT '2021Q2', now(), id, date '2020-10-01', '', 'random',
            CASE WHEN id % 4 = 0 THEN 'no_activity' ELSE 'normal' END,
            CASE WHEN id % 4 = 0 THEN ',no_activity,' ELSE ',normal,' END
        FROM registry_cooperative WHERE id % 30 = 0""",
    """INSERT INTO registry_member (cooperative_id, name, kind, identity_number, household, village,
            contribution, contribution_form, post, additional_votes, joined_on, changed_at, version)
        SELECT id, chr(24352 + (CASE WHEN id % 70 = 0 THEN 0 ELSE n END)) || n, 'farmer', '',
            '户' || CASE WHEN id % 50 = 0 THEN 1 ELSE n END, '村' || CASE WHEN id % 70 = 0 THEN 1
            ELSE n % 3 END, CASE WHEN id % 30 = 0 AND n = 1 THEN 900000 ELSE 1000 END, '', '', 0,
            date '2016-01-01', now(), 1
        FROM registry_cooperative, generate_series(1, {members}) AS n WHERE id % {share} = 0""",
    """INSERT INTO registry_memberaccount (member_id, year, transactions)
        SELECT id, 2020, CASE WHEN cooperative_id % 70 = 0 AND right(name, 1) <> '1' THEN 0
            ELSE 5000 END FROM registry_member""",
    """INSERT INTO registry_sitefinding (visit_key, cooperative_id, seen_on, seen_by_id, in_person,
            state, at_address, operating, signboard, licence_shown, charter_kept, accounts_kept,
            member_accounts, affairs_disclosed, note)
        SELECT 'visit-' || id || '-' || n, id, date '2021-01-01' + n, (SELECT min(id) FROM
            accounts_user), true, 'reported', CASE WHEN id % 60 = 0 THEN 'no' ELSE 'yes' END,
            CASE WHEN id % 60 = 0 THEN 'no' ELSE 'yes' END, 'unknown', 'unknown', 'unknown',
            'unknown', 'unknown', 'unknown', ''
        FROM registry_cooperative, generate_series(1, 2) AS n WHERE id % {share} = 0""",
)
# Every table that the rules read, each gone through once. What a society has many of is summed
# before it is joined: joined as they are, its rows would multiply one another.
SUMMED = {
    "publications": ("registry_reportpublication", "sum(report_year)"),
    "standings": ("registry_taxstanding", "sum(length(state))"),
    "listings": ("registry_abnormallisting", "count(listed_on)"),
    "checks": ("registry_spotcheck", "sum(length(result))"),
    "findings": ("registry_sitefinding", "sum(length(operating))"),
    "rosters": ("registry_rosterconfirmation", "sum(total)"),
    "members": (
        "registry_member m LEFT JOIN registry_memberaccount a ON a.member_id = m.id",
        "sum(m.contribution) + coalesce(sum(a.transactions), 0)",
    ),
    "reports": (
        "registry_annualreport r JOIN registry_reportversion v ON v.id = r.standing_id",
        "sum(v.operating_income)",
    ),
}
SCAN = "SELECT count(*), sum(s.member_count), {} FROM registry_cooperative s {}".format(
    ", ".join(f"sum({name}.figure)" for name in SUMMED),
    " ".join(
        f"LEFT JOIN (SELECT cooperative_id, {figure} AS figure FROM {rows}"
        f" GROUP BY cooperative_id) {name} ON {name}.cooperative_id = s.id"
        for name, (rows, figure) in SUMMED.items()
    ),
)


def fill(societies: int) -> None:
    """Make the register set-based, with valid codes, and let the database know its size."""
    from django.db import connection

    from tongchuan_coop.demo.societies import make_code

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE benchmark_code (n bigint, code text)")
        lines = (f"{number}\t{make_code(number)}\n" for number in range(1, societies + 1))
        cursor.copy_expert("COPY benchmark_code FROM STDIN", io.StringIO("".join(lines)))
        for statement in (SOCIETIES, *FILLS):
            cursor.execute(
                statement.format(societies=societies, members=MEMBERS, share=WITH_ROSTER)
            )
        _reports(cursor)
        cursor.execute("ANALYZE")


def _reports(cursor: object) -> None:
    """Two accepted annual reports for one society in ten, through the tables' own defaults."""
    from django.db import connection

    from registry.models import AnnualReport, ReportVersion

    columns = {
        AnnualReport: {
            "cooperative_id": "s.id", "year": "y.year", "state": "'accepted'",
        },
        ReportVersion: {
            "report_id": "s.id", "number": "1", "society_name": "''", "society_code": "''",
            "submitted_at": "timestamptz '2021-05-01'", "due_on": "date '2021-06-30'",
            "sha256": "''", "typed_by_name": "''", "confirmation": "'account'",
            "confirmed_by_name": "''", "no_activity": "s.cooperative_id % 90 = 0",
            "operating_income": "CASE WHEN s.cooperative_id % 90 = 0 THEN NULL ELSE 500000 END",
            "purchased_for_members": "CASE WHEN s.cooperative_id % 90 = 0 THEN NULL ELSE 0 END",
            "sold_for_members": "CASE WHEN s.cooperative_id % 90 = 0 THEN NULL ELSE 0 END",
        },
    }  # fmt: skip
    sources = {
        AnnualReport: (
            "registry_cooperative s, generate_series(2019, 2020) AS y(year) "
            f"WHERE s.id % {WITH_ROSTER} = 0"
        ),
        ReportVersion: "registry_annualreport s",
    }
    for model, given in columns.items():
        values = dict(given)
        for field in model._meta.local_concrete_fields:
            if field.column in values or field.primary_key or field.null:
                continue
            default = field.get_default()
            plain = isinstance(default, (dict, list))
            prepared = default if plain else field.get_db_prep_save(default, connection)
            values[field.column] = _literal(prepared)
        names, said = ", ".join(f'"{name}"' for name in values), ", ".join(values.values())
        cursor.execute(  # type: ignore[attr-defined]
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {said} FROM {sources[model]}"
        )
    cursor.execute(  # type: ignore[attr-defined]
        "UPDATE registry_annualreport r SET standing_id = v.id, latest_id = v.id "
        "FROM registry_reportversion v WHERE v.report_id = r.id"
    )


def _literal(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return "'" + value.replace("'", "''") + "'"
        case None:
            return "NULL"
        case dict() | list():
            return f"'{json.dumps(value)}'"
        case _:
            return f"'{value}'"


def timed(work: object) -> float:
    """Return how many seconds some work takes."""
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def measure(societies: int) -> dict[str, object]:
    """Fill the scratch database and compute all rules, twice."""
    import datetime as dt

    from django.db import connection, transaction

    from common.planner import plan_for_whole_tables
    from registry.flags.evaluate import evaluate_flags
    from registry.models import Flag, FlagRun

    def scan() -> None:
        with transaction.atomic():
            plan_for_whole_tables()  # as the rules are
            with connection.cursor() as cursor:
                cursor.execute(SCAN)

    made = timed(lambda: fill(societies))
    scan()
    scanned = timed(scan)
    day = dt.date.fromisoformat(DAY)
    first = timed(lambda: evaluate_flags(day, cause="测量"))
    again = timed(lambda: evaluate_flags(day, cause="测量"))
    run = FlagRun.objects.order_by("-pk").first()
    return {
        "societies": societies,
        "made": round(made, 1),
        "scan": round(scanned, 2),
        "first": round(first, 2),
        "again": round(again, 2),
        "rows_per_second": round(societies / again),
        "times_the_scan": round(again / scanned, 1),
        "flags": Flag.objects.open().count(),
        "hits": run.counts if run else {},
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--societies", type=int, default=3_000)
    chosen = arguments.parse_args()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.intake import _empty

    if connection.vendor != "postgresql":
        sys.exit("这项测量要在 PostgreSQL 上进行：请用 DATABASE_URL 指定一个临时数据库。")
    call_command("migrate", verbosity=0)
    _empty()
    found = measure(chosen.societies)
    print(json.dumps(found, ensure_ascii=False))
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} cores: {found['societies']:,} "
        f"societies × 20 rules in {found['again']} s ({found['rows_per_second']:,} societies per "
        f"second, {found['times_the_scan']} times one joined scan of {found['scan']} s; the first "
        f"computation, which opens {found['flags']:,} suspicions, takes {found['first']} s)."
    )


if __name__ == "__main__":
    main()
