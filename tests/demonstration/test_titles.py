"""The register of honours on any day, through removal, reinstatement and upgrade."""

import datetime as dt

import pytest
from django.urls import reverse

from common.workflow import TransitionRefused
from demonstration.choices import Honour, Level, TitleEventKind, TitleState
from demonstration.models import DemonstrationTitle
from demonstration.operations.honour_papers import issue_certificate, issue_plaque
from demonstration.operations.titles import (
    end_title,
    enter_title,
    reinstate_title,
)
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db
PILOT = (dt.date(2020, 3, 1), dt.date(2021, 12, 31))


def facts(level, day):
    return {
        "level": level,
        "honour": Honour.DEMONSTRATION,
        "batch": "一批",
        "document_number": "文〔2021〕1号",
        "recognised_on": day,
    }


def test_what_is_held_on_a_day_follows_every_event(cast):
    society = CooperativeFactory(township=cast.near.township)
    title = enter_title(society, facts(Level.DISTRICT, dt.date(2020, 5, 1)), by=cast.bureau)
    end_title(
        title,
        TitleEventKind.REMOVED,
        on=dt.date(2020, 9, 1),
        document="文〔2020〕9号",
        reason="未报年报",
        version=title.version,
        by=cast.bureau,
    )
    reinstate_title(
        title,
        on=dt.date(2021, 1, 1),
        document="文〔2021〕2号",
        reason="补报后恢复",
        version=title.version,
        by=cast.bureau,
    )
    held = [
        DemonstrationTitle.objects.held_on(day).count()
        for day in (
            dt.date(2020, 4, 30),
            dt.date(2020, 5, 1),
            dt.date(2020, 8, 31),
            dt.date(2020, 9, 1),
            dt.date(2020, 12, 31),
            dt.date(2021, 1, 1),
        )
    ]
    assert held == [0, 1, 1, 0, 0, 1]


def test_new_titles_count_by_day_of_recognition_whatever_came_later(cast):
    society = CooperativeFactory(township=cast.near.township)
    old = TitleFactory(cooperative=society, recognised_on=dt.date(2019, 6, 1))
    new = TitleFactory(
        cooperative=society, level=Level.MUNICIPAL, recognised_on=dt.date(2021, 5, 1)
    )
    end_title(
        new,
        TitleEventKind.WITHDRAWN,
        on=dt.date(2021, 6, 1),
        document="文",
        reason="自愿退出",
        version=new.version,
        by=cast.bureau,
    )
    found = DemonstrationTitle.objects.recognised_between(*PILOT)
    assert list(found) == [new]
    assert old in DemonstrationTitle.objects.held()
    assert new not in DemonstrationTitle.objects.held()


def test_the_number_of_a_level_is_that_of_its_list(cast, browser_of):
    for level, number in ((Level.DISTRICT, 3), (Level.MUNICIPAL, 2)):
        for _ in range(number):
            TitleFactory(cooperative=CooperativeFactory(township=cast.near.township), level=level)
    client = browser_of(cast.bureau)
    for query in ("", "?as_of=2021-01-01", "?since=2020-03-01&until=2021-12-31"):
        tiles = client.get(f"/demonstration/{query}").context["tiles"]
        for tile in tiles:
            listed = client.get(f"/demonstration/{tile['url']}")
            assert listed.context["number"] == tile["number"]


def test_the_same_title_is_not_entered_twice(cast):
    society = CooperativeFactory(township=cast.near.township)
    enter_title(society, facts(Level.DISTRICT, dt.date(2020, 5, 1)), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已持有"):
        enter_title(society, facts(Level.DISTRICT, dt.date(2021, 5, 1)), by=cast.bureau)


def test_a_certificate_loses_its_force_with_the_title(cast, client):
    title = TitleFactory(cooperative=cast.near.cooperative)
    first = issue_certificate(title, by=cast.bureau)
    second = issue_certificate(title, by=cast.bureau)
    first.refresh_from_db()
    assert first.state == "superseded"
    title.refresh_from_db()
    end_title(
        title,
        TitleEventKind.REMOVED,
        on=dt.date(2021, 1, 1),
        document="文",
        reason="监测不合格",
        version=title.version,
        by=cast.bureau,
    )
    second.refresh_from_db()
    assert second.state == "withdrawn"
    shown = client.get(second.verify_url.split("://", 1)[1].split("/", 1)[1].join(["/", ""]))
    assert "已撤销" in shown.content.decode()


def test_a_plaque_stands_beside_the_certificate_and_is_checked_by_anybody(cast, browser_of, client):
    title = TitleFactory(cooperative=cast.near.cooperative)
    certificate = issue_certificate(title, by=cast.bureau)
    bureau = browser_of(cast.bureau)
    bureau.post(reverse("demonstration:title-plaque", args=[title.pk]))
    title.refresh_from_db()
    certificate.refresh_from_db()
    assert (title.plaque.kind, certificate.state) == ("plaque", "valid")
    assert title.plaque.path.read_bytes().startswith(b"%PDF")
    shown = client.get(title.plaque.verify_url.split("://", 1)[1].split("/", 1)[1].join(["/", ""]))
    assert cast.near.cooperative.name in shown.content.decode()
    page = bureau.get(reverse("demonstration:title-detail", args=[title.pk])).content.decode()
    assert title.plaque.number in page
    first = title.plaque
    issue_plaque(title, by=cast.bureau)
    first.refresh_from_db()
    assert first.state == "superseded"


def test_the_plaque_of_a_removed_title_loses_its_force(cast):
    title = TitleFactory(cooperative=cast.near.cooperative)
    plaque = issue_plaque(title, by=cast.bureau)
    end_title(
        title,
        TitleEventKind.WITHDRAWN,
        on=dt.date(2021, 1, 1),
        document="文",
        reason="主动退出",
        version=title.version,
        by=cast.bureau,
    )
    plaque.refresh_from_db()
    assert plaque.state == "withdrawn"
    with pytest.raises(TransitionRefused, match="不能再制发示范社牌匾"):
        issue_plaque(title, by=cast.bureau)


def test_a_clerk_sees_the_titles_of_the_own_township_only(cast, browser_of):
    near, far = cast.near.title, cast.far.title
    page = browser_of(cast.clerk).get("/demonstration/")
    assert page.context["number"] == 1
    assert near.cooperative.name in page.content.decode()
    assert browser_of(cast.clerk).get(f"/demonstration/titles/{far.pk}/").status_code == 404


def test_removed_is_the_state_and_the_public_list_follows(cast, client):
    title = cast.near.title
    assert title.cooperative.name in client.get("/public/titles/").content.decode()
    end_title(
        title,
        TitleEventKind.REMOVED,
        on=dt.date(2021, 1, 1),
        document="文",
        reason="监测不合格",
        version=title.version,
        by=cast.bureau,
    )
    assert title.state == TitleState.REMOVED
    assert title.cooperative.name not in client.get("/public/titles/").content.decode()
