"""Rules on the facts of a past day: what was true then, and nothing that stands now is touched."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from registry.choices import RegistrationStatus
from registry.flags.catalogue import RULES
from registry.flags.evaluate import evaluate_flags
from registry.flags.past import Register
from registry.flags.tally import look_back
from registry.models import CARRIED, Cooperative, CooperativeVersion, Flag, FlagRun
from tests.registry.flags.forty import forty_societies
from tests.registry.flags.records import listing
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
MARCH, JUNE = dt.date(2021, 3, 31), dt.date(2021, 6, 30)


def version(of: Cooperative, since: dt.date, until: dt.date | None = None, **then: object) -> None:
    """Write what was true of a society for a time."""
    facts = {name: getattr(of, name) for name in CARRIED} | then
    CooperativeVersion.objects.create(
        cooperative=of, true_from=since, true_to=until, known_from=clock.now(), **facts
    )


def test_a_rule_reads_the_facts_that_were_true_on_the_day() -> None:
    cured = society(member_count=9)
    version(cured, dt.date(2020, 1, 1), JUNE, member_count=4)
    version(cured, JUNE)
    fallen = society(member_count=3)
    version(fallen, dt.date(2020, 1, 1), JUNE, member_count=9)
    version(fallen, JUNE)
    assert look_back(MARCH, RULES).counts["R8"] == 1
    assert look_back(JUNE, RULES).counts["R8"] == 1
    register = Register(MARCH)
    rule = next(rule for rule in RULES if rule.code == "R8")
    assert register.values(rule.suspects(MARCH).values_list("pk")) == [(cured.pk,)]
    assert rule.suspects(TODAY).get().pk == fallen.pk


def test_a_society_of_which_nothing_was_true_yet_is_not_there() -> None:
    young = society(member_count=3)
    version(young, dt.date(2021, 5, 1))
    assert look_back(MARCH, RULES).counts["R8"] == 0


def test_who_had_left_by_then_is_exempt_and_who_left_later_is_judged() -> None:
    gone = society(member_count=3, status=RegistrationStatus.DEREGISTERED)
    version(gone, dt.date(2020, 1, 1), JUNE, status=RegistrationStatus.ACTIVE)
    version(gone, JUNE)
    assert (look_back(MARCH, RULES).counts["R8"], look_back(MARCH, RULES).exempt["R8"]) == (1, 0)
    assert (look_back(TODAY, RULES).counts["R8"], look_back(TODAY, RULES).exempt["R8"]) == (0, 1)


def test_a_listing_counts_from_its_day_until_it_was_lifted() -> None:
    one = society()
    version(one, dt.date(2020, 1, 1))
    listing(one, listed_on=dt.date(2020, 7, 8), removed_on=dt.date(2021, 4, 1))
    found = {day: look_back(day, RULES).counts["R5"] for day in (dt.date(2020, 7, 7), MARCH, JUNE)}
    assert list(found.values()) == [0, 1, 0]


def test_looking_back_changes_nothing_that_stands_now(capsys: pytest.CaptureFixture[str]) -> None:
    for one in forty_societies().values():
        version(one, dt.date(2019, 1, 1))
    evaluate_flags(TODAY, cause="测试")
    before = list(Flag.objects.order_by("pk").values())
    call_command("recompute_flags", "--json", "--as-of", "2021-03-31")
    told = json.loads(capsys.readouterr().out)
    assert told["as_of"] == "2021-03-31"
    assert told["rules"]["R8"] == 2
    assert told["changes"] == {"opened": 0, "refreshed": 0, "cleared": 0}
    assert list(Flag.objects.order_by("pk").values()) == before
    assert FlagRun.objects.count() == 1


def test_the_facts_of_today_looked_back_at_say_the_same_as_today() -> None:
    for one in forty_societies().values():
        version(one, dt.date(2019, 1, 1))
    now, then = evaluate_flags(TODAY, cause="测试"), look_back(TODAY, RULES)
    assert (now.counts, now.unknown, now.exempt) == (then.counts, then.unknown, then.exempt)


def test_looking_back_asks_a_fixed_number_of_questions() -> None:
    asked = []
    for size in (2, 40):
        for _ in range(size):
            version(society(member_count=4), dt.date(2020, 1, 1))
        with CaptureQueriesContext(connection) as queries:
            look_back(MARCH, RULES)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 4 * len(RULES) + 1
