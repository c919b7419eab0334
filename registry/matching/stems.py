"""What of a name tells one society from its neighbours, and the keys by which near ones meet.

All of it is SQL, so that a whole nation's register is indexed by a fixed number of statements.
"""

from django.conf import settings

from accounts.models import OrganisationUnit, UnitAlias
from registry.ingestion import sql
from registry.models import NameKey, NameStem

STEM = NameStem._meta.db_table
KEY = NameKey._meta.db_table
SUBJECT = "name_subject"
WORKED_OUT = "worked_out_stem"
# Words that half of all names share. The longer ones first: a short one would leave a rest.
_FORMS = (
    "农民专业合作社联合社",
    "专业合作社联合社",
    "农民专业合作联社",
    "农民专业合作社",
    "专业合作社",
    "合作社联合社",
    "联合社",
    "合作社",
    "农民",
    "专业",
)
_WORK = ("种养殖", "种植", "养殖", "种养", "产销", "加工", "销售", "服务")
_PLACES = ("四川省", "达州市", "通川区")
SHORTEST = 2  # a stem of one character tells nobody apart
COUNTY_DIGITS = 6  # of a division code
_LONGEST_STEM = 60
_WORDS_AT_ONCE = 20  # SQLite nests expressions no deeper than a hundred


def index_names() -> int:
    """Bring stems and keys up to date with the names; return how many societies were indexed.

    The societies that were new or renamed stand in the table SUBJECT of this session afterwards.
    """
    sql.scratch_table(SUBJECT, [("cooperative_id", "bigint PRIMARY KEY")])
    found = sql.run(
        f"""
        INSERT INTO {SUBJECT} (cooperative_id)
        SELECT c.id FROM {sql.COOPERATIVE} c
        LEFT JOIN {STEM} known ON known.cooperative_id = c.id
        WHERE known.cooperative_id IS NULL OR known.name_key <> c.name_key
        """
    )
    if not found:
        return 0
    sql.analyse(SUBJECT)
    chosen = f"SELECT cooperative_id FROM {SUBJECT}"
    sql.run(f"DELETE FROM {KEY} WHERE cooperative_id IN ({chosen})")
    sql.run(f"DELETE FROM {STEM} WHERE cooperative_id IN ({chosen})")
    _work_out_stems()
    sql.run(
        f"""
        INSERT INTO {STEM} (cooperative_id, name_key, stem)
        SELECT cooperative_id, name, stem FROM {WORKED_OUT} WHERE former = 0
        """
    )
    _write_keys()
    sql.analyse(KEY)
    return found


def _work_out_stems() -> None:
    """Put the stems of present and former names of the chosen societies into a scratch table."""
    sql.scratch_table(
        WORKED_OUT,
        [
            ("cooperative_id", "bigint"),
            ("former", "integer"),
            ("name", "varchar(200)"),
            ("stem", "varchar(200)"),
        ],
    )
    sql.run(
        f"""
        INSERT INTO {WORKED_OUT} (cooperative_id, former, name, stem)
        SELECT c.id, 0, c.name_key, c.name_key
        FROM {sql.COOPERATIVE} c JOIN {SUBJECT} s ON s.cooperative_id = c.id
        UNION ALL
        SELECT f.cooperative_id, 1, f.name, f.name
        FROM {sql.FORMER_NAME} f JOIN {SUBJECT} s ON s.cooperative_id = f.cooperative_id
        """
    )
    words = _words()
    for start in range(0, len(words), _WORDS_AT_ONCE):
        some = words[start : start + _WORDS_AT_ONCE]
        stem = "stem"
        for place in range(len(some)):
            stem = f"REPLACE({stem}, %(w{place})s, '')"
        params = {f"w{place}": word for place, word in enumerate(some)}
        sql.run(f"UPDATE {WORKED_OUT} SET stem = {stem}", params)
    # A name of nothing but common words keeps itself.
    sql.run(f"UPDATE {WORKED_OUT} SET stem = name WHERE LENGTH(stem) < {SHORTEST}")


def _words() -> list[str]:
    """Return what is taken out of a name, in this order: places, forms, kinds of work."""
    units = {unit.name for unit in OrganisationUnit.objects.reporting()}
    units |= set(UnitAlias.objects.values_list("name", flat=True))
    return [*_PLACES, *sorted(units, key=lambda name: (-len(name), name)), *_FORMS, *_WORK]


def _write_keys() -> None:
    """Write each stem, and each stem without one of its characters, as keys of a society.

    Two stems that differ by one character added, lost, mistyped, or swapped with its neighbour
    share such a key; so near names meet by an index, not by comparing all with all.
    """
    single_county = len(settings.JURISDICTION) == COUNTY_DIGITS
    place = "''" if single_county else _DIVISION
    sql.run(
        f"""
        INSERT INTO {KEY} (cooperative_id, place, key, former)
        WITH RECURSIVE numbers (n) AS (
            SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {_LONGEST_STEM}
        ), keys (cooperative_id, former, key) AS (
            SELECT cooperative_id, former, stem FROM {WORKED_OUT}
            UNION
            SELECT cooperative_id, former, SUBSTR(stem, 1, n - 1) || SUBSTR(stem, n + 1)
            FROM {WORKED_OUT} JOIN numbers ON n <= LENGTH(stem) WHERE LENGTH(stem) > {SHORTEST}
        )
        SELECT keys.cooperative_id, {place}, keys.key, keys.former = 1
        FROM keys JOIN {sql.COOPERATIVE} c ON c.id = keys.cooperative_id
        """
    )


_DIVISION = "CASE WHEN c.division <> '' THEN c.division ELSE SUBSTR(c.registration_no, 1, 6) END"
