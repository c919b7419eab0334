"""Addresses that name no present township: one decision, remembered for the whole old village."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AliasVillage, AuditEvent, UnitAlias
from accounts.policy import Action
from common.conflict import EditConflict
from registry.choices import RegistrationStatus, TownshipBasis
from registry.models import Cooperative, CooperativeVersion
from registry.operations.addresses import old_place, place_of, resolve_address
from tests.factories.accounts import unit
from tests.factories.registry import CooperativeFactory
from tests.registry.feeds import society, take_in

pytestmark = pytest.mark.django_db
QUEUE = "registry:address-queue"


def waiting(place: str, **facts) -> Cooperative:
    return CooperativeFactory(
        domicile=f"四川省达州市通川区{place}",
        township_basis=TownshipBasis.UNRESOLVED,
        **facts,
    )


def resolve(cast, cooperative, name="凤西街道", *, remember=True):
    return resolve_address(
        cooperative, unit(name), remember=remember, by=cast.bureau, version=cooperative.version
    )


def test_a_decision_settles_the_society_and_leaves_history_and_trail(cast):
    with_history = [society(1, domicile="四川省达州市通川区西外镇五四社区2组"), society(2)]
    take_in(with_history, by=cast.bureau)
    lost = Cooperative.objects.get(uscc=society(1)["uscc"])
    assert lost.township_basis == TownshipBasis.UNRESOLVED
    resolve(cast, lost, remember=False)
    lost.refresh_from_db()
    assert (lost.township, lost.township_basis) == (unit("凤西街道"), TownshipBasis.PERSON)
    present = CooperativeVersion.objects.filter(cooperative=lost).known().get(true_to=None)
    assert (present.township, present.changed_by) == (unit("凤西街道"), cast.bureau)
    event = AuditEvent.objects.get(action=Action.RESOLVE_ADDRESS)
    assert event.detail["changes"] == {"所属乡镇街道": ["待判定", "凤西街道"]}
    assert not AliasVillage.objects.filter(village="五四社区").exists()


def test_remembering_settles_all_that_wait_with_the_same_old_village(cast):
    first = waiting("西外镇五四社区2组")
    same = [waiting(f"西外镇五四社区{number}组") for number in range(3, 7)]
    others = [waiting("西外镇金马社区4组"), waiting("新村乡五四社区1组"), waiting("五四社区2组")]
    assert resolve(cast, first).others == 4
    for settled in same:
        settled.refresh_from_db()
        assert (settled.township, settled.township_basis) == (
            unit("凤西街道"),
            TownshipBasis.VILLAGE,
        )
        assert settled.versions.known().get().township == unit("凤西街道")
    for other in others:
        other.refresh_from_db()
        assert other.township_basis == TownshipBasis.UNRESOLVED
    decided = AliasVillage.objects.get(village="五四社区")
    assert (decided.alias.name, decided.unit) == ("西外镇", unit("凤西街道"))
    assert AuditEvent.objects.get(action="village-decided").detail["number"] == 4


def test_remembering_costs_the_same_for_many(cast):
    first, second = waiting("西外镇五四社区2组"), waiting("西外镇金马社区2组")
    waiting("西外镇五四社区3组")
    with CaptureQueriesContext(connection) as few:
        resolve(cast, first)
    for number in range(40):
        waiting(f"西外镇金马社区{number + 3}组")
    with CaptureQueriesContext(connection) as many:
        assert resolve(cast, second).others == 40
    assert len(many) == len(few)


def test_the_next_file_finds_a_remembered_village_by_itself(cast):
    resolve(cast, waiting("西外镇五四社区2组"))
    take_in([society(7, domicile="四川省达州市通川区西外镇五四社区9组")], by=cast.bureau)
    new = Cooperative.objects.get(uscc=society(7)["uscc"])
    assert (new.township, new.township_basis) == (unit("凤西街道"), TownshipBasis.VILLAGE)


def test_two_who_decide_the_same_do_it_once(cast):
    lost = waiting("西外镇五四社区2组")
    resolve(cast, lost)
    with pytest.raises(EditConflict):
        resolve(cast, lost, "西城街道")
    lost.refresh_from_db()
    assert lost.township == unit("凤西街道")


@pytest.mark.parametrize("role", ["clerk", "counsellor", "cooperative", "leader", "liaison"])
def test_who_may_not_decide_is_refused(cast, browser_of, role):
    lost = waiting("西外镇五四社区2组")
    assert browser_of(cast.of(role)).get(reverse(QUEUE)).status_code == 403
    with pytest.raises(PermissionDenied):
        resolve_address(lost, unit("凤西街道"), remember=False, by=cast.of(role), version=1)


def test_the_queue_shows_the_address_the_old_place_and_likely_units_first(cast, browser_of):
    waiting("新村乡某某村1组")
    waiting("磐石村1组3号")
    waiting("西外镇犀牛山村2组")
    waiting("西外镇五四社区2组", status=RegistrationStatus.DEREGISTERED)
    page = browser_of(cast.bureau).get(reverse(QUEUE))
    cases = {case["cooperative"].domicile[9:]: case for case in page.context["waiting"]}
    assert page.context["count"] == len(cases) == 3
    likely = {place: [u.short_name for u in case["likely"]] for place, case in cases.items()}
    assert set(likely["新村乡某某村1组"]) == {"双龙镇", "蒲家镇"}
    assert likely["磐石村1组3号"] == ["磐石镇"]
    assert cases["西外镇犀牛山村2组"]["place"].village == "犀牛山村"
    assert "记住“西外镇犀牛山村”" in page.content.decode()


def test_where_others_of_an_old_place_were_found_is_likely_for_the_next(cast, browser_of):
    resolve(cast, waiting("西外镇五四社区2组"))
    waiting("西外镇犀牛山村2组")
    page = browser_of(cast.bureau).get(reverse(QUEUE))
    assert unit("凤西街道") in page.context["waiting"][0]["likely"]


def test_the_page_decides_and_tells_how_many_went_along(cast, browser_of):
    lost = waiting("西外镇五四社区2组")
    waiting("西外镇五四社区3组")
    send = {"unit": unit("凤西街道").pk, "other": "", "remember": "on", "version": lost.version}
    url = reverse("registry:address-decide", args=[lost.code])
    page = browser_of(cast.bureau).post(url, send, follow=True).content.decode()
    assert "另外 1 家一并判定" in page
    assert "住所都已判定" in page
    again = browser_of(cast.bureau).post(url, send, follow=True).content.decode()
    assert "没有重复判定" in again


def test_the_page_asks_for_a_unit(cast, browser_of):
    lost = waiting("西外镇五四社区2组")
    url = reverse("registry:address-decide", args=[lost.code])
    page = browser_of(cast.bureau).post(url, {"version": lost.version}, follow=True)
    assert "请先选择一个乡镇街道" in page.content.decode()


def test_the_queue_costs_the_same_queries_for_many(cast, browser_of):
    browser = browser_of(cast.bureau)
    waiting("西外镇五四社区2组")
    browser.get(reverse(QUEUE))
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse(QUEUE))
    for number in range(25):
        waiting(f"新村乡某某村{number}组")
    with CaptureQueriesContext(connection) as many:
        page = browser.get(reverse(QUEUE))
    assert len(page.context["waiting"]) == 20
    assert len(many) == len(few) <= 15


def test_an_old_place_is_told_with_its_village():
    aliases = list(UnitAlias.objects.all())
    place = old_place("达州市通川区西外镇五四社区2组", aliases)
    assert place is not None
    assert (place.alias.name, place.village) == ("西外镇", "五四社区")
    bare = old_place("达州市通川区西外镇12号", aliases)
    assert bare is not None
    assert bare.village == ""
    assert old_place("达州市通川区罗江镇", aliases) is None


def test_an_address_is_placed_as_a_file_would_place_it():
    assert place_of("四川省达州市通川区魏兴镇北斗村1组", "511702") == (unit("罗江镇"), "alias")
    assert place_of("四川省达州市达川区百节镇1组", "511702") == (None, "")
