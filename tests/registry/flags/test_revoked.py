"""R20: since when a licence has been revoked, and whether six months are over."""

import datetime as dt

import pytest

from common import clock
from registry.choices import RegistrationStatus
from registry.flags.catalogue import RULES_BY_CODE
from registry.flags.days import last_day_over, months_later
from registry.models import CARRIED, Cooperative, CooperativeVersion
from tests.registry.flags.societies import TODAY, society

RULE = RULES_BY_CODE["R20"]
REVOKED, ACTIVE = RegistrationStatus.REVOKED, RegistrationStatus.ACTIVE


def version(
    of: Cooperative, status: str, since: dt.date, until: dt.date | None = None, **facts: object
) -> None:
    """Write what was held to be so for a time."""
    carried = {name: getattr(of, name) for name in CARRIED if name != "status"}
    learned = {"known_from": clock.now()} | facts
    CooperativeVersion.objects.create(
        cooperative=of, status=status, true_from=since, true_to=until, **carried, **learned
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("turned", "suspected"),
    [
        (dt.date(2021, 1, 19), True),
        (dt.date(2021, 1, 20), False),
        (dt.date(2021, 1, 21), False),
    ],
)
def test_exactly_six_months_after_the_turn_is_not_yet_too_long(
    turned: dt.date, suspected: bool
) -> None:
    one = society(status=REVOKED, approved_on=dt.date(2012, 1, 1))
    version(one, ACTIVE, one.established_on, turned)
    version(one, REVOKED, turned)
    assert RULE.suspects(TODAY).filter(pk=one.pk).exists() is suspected


@pytest.mark.django_db
def test_a_society_revoked_twice_is_counted_from_the_second_time() -> None:
    one = society(status=REVOKED)
    version(one, ACTIVE, one.established_on, dt.date(2018, 3, 31))
    version(one, REVOKED, dt.date(2018, 3, 31), dt.date(2019, 6, 30))
    version(one, ACTIVE, dt.date(2019, 6, 30), dt.date(2020, 9, 30))
    version(one, REVOKED, dt.date(2020, 9, 30), dt.date(2020, 12, 31))
    version(one, REVOKED, dt.date(2020, 12, 31))
    evidence = RULE.suspects(TODAY).get().evidence
    assert evidence == {
        "status": "revoked",
        "revoked_since": "2020-09-30",
        "told_by": "turned",
        "months": 6,
    }
    assert "2021年3月30日" in "".join(RULE.explain(evidence))


@pytest.mark.django_db
def test_what_we_no_longer_hold_for_true_does_not_start_the_clock() -> None:
    one = society(status=REVOKED, approved_on=dt.date(2021, 6, 1))
    version(one, ACTIVE, one.established_on, dt.date(2021, 6, 30))
    version(one, REVOKED, dt.date(2019, 1, 1), known_to=clock.now())
    version(one, REVOKED, dt.date(2021, 6, 30))
    assert not RULE.suspects(TODAY).exists()


@pytest.mark.django_db
def test_a_society_that_came_to_us_revoked_is_counted_from_its_approval() -> None:
    long_ago = society(status=REVOKED, approved_on=dt.date(2020, 2, 1))
    lately = society(status=REVOKED, approved_on=dt.date(2021, 5, 1))
    for one in (long_ago, lately):
        version(one, REVOKED, one.established_on)
    found = RULE.suspects(TODAY).get()
    assert found.pk == long_ago.pk
    assert found.evidence["told_by"] == "approved"
    assert found.evidence["revoked_since"] == "2020-02-01"


@pytest.mark.django_db
def test_without_an_approval_the_day_we_learned_of_it_counts() -> None:
    one = society(status=REVOKED, approved_on=None)
    learned = dt.datetime(2020, 7, 5, 0, 30, tzinfo=clock.SHANGHAI)
    version(one, REVOKED, one.established_on, known_from=learned)
    found = RULE.suspects(TODAY).get()
    assert found.evidence["told_by"] == "learned"
    assert found.evidence["revoked_since"] == "2020-07-05"


@pytest.mark.django_db
def test_without_any_day_it_is_unknown() -> None:
    one = society(status=REVOKED, approved_on=None)
    assert RULE.unknowns(TODAY).get() == one
    assert not RULE.suspects(TODAY).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [ACTIVE, RegistrationStatus.OTHER])
def test_a_society_that_is_not_revoked_passes(status: str) -> None:
    society(status=status)
    assert not RULE.suspects(TODAY).exists()
    assert not RULE.unknowns(TODAY).exists()


def test_the_last_day_over_is_the_last_for_every_day_of_two_years() -> None:
    for offset in range(731):
        as_of = dt.date(2020, 1, 1) + dt.timedelta(days=offset)
        last = last_day_over(6, as_of)
        assert months_later(last, 6) < as_of <= months_later(last + dt.timedelta(days=1), 6)
