"""The whole history of a society: every room adds its part, and each person sees it by right."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.choices import Role
from registry.society_history import providers_for
from training.models import Visit


def url(society, **asked):
    return reverse("registry:society-timeline", args=[society.code])


def titles(answer):
    return [entry.title for entry in answer.context["entries"]]


def test_every_room_tells_its_part(furnished, browser_of):
    society = furnished.near.cooperative
    kinds = dict(browser_of(furnished.bureau).get(url(society)).context["kinds"])
    assert {"title", "visit", "flag"} <= kinds.keys()


def test_out_of_reach_is_not_found(furnished, browser_of):
    society = furnished.near.cooperative
    for person in (furnished.far.clerk, furnished.far.counsellor, furnished.far.chair):
        assert browser_of(person).get(url(society)).status_code == 404
    assert browser_of(furnished.liaison).get(url(society)).status_code == 403


def test_the_society_sees_no_internal_entry_and_no_suspicion(furnished, browser_of):
    society = furnished.near.cooperative
    answer = browser_of(furnished.chair).get(url(society))
    assert answer.status_code == 200
    assert not any(entry.internal for entry in answer.context["entries"])
    assert "flag" not in dict(answer.context["kinds"])
    assert "内部" not in answer.content.decode()
    assert "疑似" not in answer.content.decode()
    staff = browser_of(furnished.bureau).get(url(society), {"kind": "act"})
    assert all(entry.internal for entry in staff.context["entries"])


def test_a_kind_narrows_and_the_latest_comes_first(furnished, browser_of):
    society = furnished.near.cooperative
    answer = browser_of(furnished.bureau).get(url(society), {"kind": "visit"})
    held = Visit.objects.filter(cooperative=society).count()
    assert len(answer.context["entries"]) == held
    everything = browser_of(furnished.bureau).get(url(society)).context["entries"]
    days = [entry.at for entry in everything]
    assert days == sorted(days, reverse=True)


def test_a_long_history_is_paged(furnished, browser_of):
    society, writer = furnished.near.cooperative, furnished.counsellor
    visit = Visit.objects.filter(cooperative=society).first()
    Visit.objects.bulk_create(
        Visit(
            cooperative=society,
            counsellor=writer,
            visited_on=dt.date(2020, 1, 1) + dt.timedelta(n),
            method=visit.method,
            purpose=visit.purpose,
            head=visit.head,
        )
        for n in range(60)
    )
    first = browser_of(furnished.bureau).get(url(society), {"kind": "visit"})
    assert len(first.context["entries"]) == 50
    second = browser_of(furnished.bureau).get(url(society), {"kind": "visit", "page": 2})
    assert 0 < len(second.context["entries"]) <= 50
    assert "page=2" in first.context["next_url"]


def test_queries_do_not_grow_with_the_history(furnished, browser_of, django_assert_max_num_queries):
    client = browser_of(furnished.bureau)
    with django_assert_max_num_queries(30):
        client.get(url(furnished.near.cooperative))


@pytest.mark.parametrize("role", Role)
def test_providers_follow_rights(cast, role):
    from accounts.policy import may

    assert all(may(cast.of(role), each.action) for each in providers_for(cast.of(role)))
