"""The programming interface: what the pages show, to whom they show it, and not a key more."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from accounts.api.reading import LARGEST_SIZE, etag, version_asked
from accounts.choices import NoticeEvent, Role
from accounts.models import NoticeReceipt
from accounts.operations.notices import notify
from accounts.policy import Action, may
from registry.models import Cooperative, Flag
from tests.architecture.pages import read
from tests.factories.registry import CooperativeFactory
from tongchuan_coop.api import COMPUTED, NOUNS

pytestmark = pytest.mark.django_db
API = "/api/v1/"
TOWNSHIP_PEOPLE = (Role.CLERK, Role.COUNSELLOR)


def rows_of(client, noun, **query):
    answer = client.get(f"{API}{noun}/", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def description():
    """Return the description of the interface."""
    return json.loads(Client().get("/api/schema/?format=json").content)


def labels():
    """Return key → Chinese label for every noun, as the description of the interface tells them."""
    parts = description()["components"]["schemas"].values()
    return {
        name: traits.get("title", "")
        for part in parts
        for name, traits in part.get("properties", {}).items()
    }


# --- the same reach as the pages ---


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("noun", "viewset"), NOUNS)
def test_who_may_not_see_the_page_may_not_read_the_noun(stage, browser_of, role, noun, viewset):
    person = stage.of(role)
    answer = browser_of(person).get(f"{API}{noun}/")
    assert answer.status_code == (200 if may(person, viewset.action_required) else 403)


@pytest.mark.parametrize("role", TOWNSHIP_PEOPLE)
def test_a_township_reads_its_own_societies_and_suspicions_alone(stage, browser_of, role):
    client = browser_of(stage.of(role))
    societies = {row["code"] for row in rows_of(client, "cooperatives")}
    assert societies == {stage.near.cooperative.code}
    assert {row["cooperative_code"] for row in rows_of(client, "flags")} <= societies


@pytest.mark.parametrize("role", Role)
def test_a_row_out_of_reach_answers_exactly_as_one_that_does_not_exist(stage, browser_of, role):
    client, person = browser_of(stage.of(role)), stage.of(role)
    far, absent = stage.far, "93511702MA9999999X"
    pairs = [
        (
            Action.VIEW_COOPERATIVE,
            f"cooperatives/{far.cooperative.code}/",
            f"cooperatives/{absent}/",
        ),
        (Action.VIEW_FLAG, f"flags/{far.flag.pk}/", "flags/999999/"),
        (Action.VIEW_DELIVERY, f"deliveries/{far.delivery.pk}/", "deliveries/999999/"),
        (Action.VIEW_NOTICE, f"notices/{far.notice.pk}/", "notices/999999/"),
    ]
    for action, foreign, missing in pairs:
        there, nowhere = client.get(API + foreign), client.get(API + missing)
        if there.status_code == 200:
            continue  # in this person's reach
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
        assert there.status_code == (404 if may(person, action) else 403)


def test_what_one_sees_there_one_reads_here_and_the_other_way_round(stage, browser_of):
    for role in Role:
        client, person = browser_of(stage.of(role)), stage.of(role)
        if not may(person, Action.VIEW_COOPERATIVE):
            continue
        page = client.get("/registry/").content.decode()
        read_here = {row["code"] for row in rows_of(client, "cooperatives")}
        for society in (stage.near.cooperative, stage.far.cooperative):
            assert (society.code in page) == (society.code in read_here)


def test_a_stranger_reads_nothing(db):
    for noun, _ in NOUNS:
        assert Client().get(f"{API}{noun}/").status_code in {401, 403}
    assert Client().get(API).status_code in {401, 403}


# --- not a key more than the page shows ---

PAGES = {
    "cooperatives": lambda cast: f"/registry/{cast.near.cooperative.code}/",
    "flags": lambda cast: f"/registry/flags/{cast.near.flag.pk}/",
    "deliveries": lambda cast: f"/registry/feeds/{cast.near.delivery.pk}/",
    "notices": lambda cast: f"/accounts/notices/{cast.near.notice.pk}/",
    "units": lambda _cast: "/accounts/units/",
}
ROWS = {
    "cooperatives": lambda cast: cast.near.cooperative.code,
    "flags": lambda cast: cast.near.flag.pk,
    "deliveries": lambda cast: cast.near.delivery.pk,
    "notices": lambda cast: cast.near.notice.pk,
    "units": lambda cast: cast.near.township.code,
}
# Keys that address or number a row, and codes whose word stands beside them.
NOT_SHOWN_AS_SUCH = {"id", "rule", "number", "url", "formal", "active", "size"}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("noun", PAGES)
def test_every_value_that_is_read_stands_on_the_page_too(stage, browser_of, role, noun):
    client = browser_of(stage.of(role))
    answer = client.get(f"{API}{noun}/{ROWS[noun](stage)}/")
    if answer.status_code == 403:
        return
    page = client.get(PAGES[noun](stage)).content.decode()
    if noun == "cooperatives":  # the list shows columns that the page of one society does not
        wanted = "&".join(f"col={key}" for key in answer.json())
        page += client.get(f"/registry/?{wanted}").content.decode()
    words = re.sub(r"\s", "", read(page)[0]) + page
    for key, value in answer.json().items():
        coded = f"{key}_label" in answer.json()
        if key in NOT_SHOWN_AS_SUCH or coded or not comparable(value):
            continue
        assert any(form in words for form in forms(value)), (key, value)


def comparable(value):
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def forms(value):
    """Return the ways in which a page may write a value: dates, money and quarters in Chinese."""
    text = str(value)
    yield re.sub(r"\s", "", text)
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", text):
        year, month, day = (int(part) for part in found.groups())
        yield f"{year}年{month}月{day}日"
    if re.fullmatch(r"\d+\.\d\d", text):
        amount = float(text)
        yield f"{amount / 10_000:,.2f}".rstrip("0").rstrip(".")
        yield f"{amount:,.2f}".rstrip("0").rstrip(".")
    if found := re.fullmatch(r"(\d{4})Q([1-4])", text):
        yield f"{found[1]}年{'一二三四'[int(found[2]) - 1]}季度"


def test_a_telephone_number_is_masked_as_on_the_page(stage, browser_of):
    Cooperative.objects.update(contact_phone="13812345678")
    row = browser_of(stage.bureau).get(f"{API}cooperatives/{stage.near.cooperative.code}/").json()
    assert row["contact_phone"] == "138******78"


def test_what_a_role_may_not_see_is_left_out_and_not_emptied(stage, browser_of):
    shown = browser_of(stage.chair).get(f"{API}cooperatives/{stage.near.cooperative.code}/").json()
    assert "flags" not in shown
    assert "flags" in rows_of(browser_of(stage.bureau), "cooperatives")[0]
    assert "internal_note" not in json.dumps(rows_of(browser_of(stage.bureau), "cooperatives"))


def test_every_key_has_a_chinese_word(db):
    wrapping = {"next", "previous", "results"}
    wordless = [key for key, word in labels().items() if not re.search(r"[\u4e00-\u9fff]", word)]
    assert set(wordless) - wrapping == set()


# --- lists: conditions, pages, order ---


def test_pages_follow_each_other_without_gap_or_double(cast, browser_of):
    for _ in range(7):
        CooperativeFactory(township=cast.near.township)
    client = browser_of(cast.bureau)
    seen, address = [], f"{API}cooperatives/?page_size=3"
    while address:
        answer = client.get(address).json()
        seen += [row["code"] for row in answer["results"]]
        address = answer["next"]
    assert sorted(seen) == sorted(Cooperative.objects.values_list("uscc", flat=True))
    assert len(seen) == len(set(seen)) == 7


def test_a_page_is_never_larger_than_allowed(stage, browser_of):
    client = browser_of(stage.bureau)
    for size in ("99999", "-1", "0", "x", ""):
        answer = client.get(f"{API}cooperatives/", {"page_size": size})
        assert answer.status_code == 400
        assert str(LARGEST_SIZE) in answer.json()["detail"]
    assert client.get(f"{API}cooperatives/", {"page_size": LARGEST_SIZE}).status_code == 200


def test_a_condition_is_given_once(stage, browser_of):
    answer = browser_of(stage.bureau).get(f"{API}visits/?counsellor=true&counsellor=0.0")
    assert answer.status_code == 400
    assert answer.json()["code"] == "unreadable"
    assert "只能给一个" in answer.content.decode()


def test_nothing_is_told_in_english_to_who_asks_what_may_be_asked(stage, browser_of):
    answer = browser_of(stage.bureau).options(f"{API}cooperatives/")
    assert answer.status_code == 405
    assert re.search(r"[\u4e00-\u9fff]", answer.content.decode())


def whole_numbers():
    """Yield every condition of a list that is a whole number, with its address."""
    for path, way in description()["paths"].items():
        for told in way.get("get", {}).get("parameters", ()):
            if told["in"] == "query" and '"integer"' in json.dumps(told["schema"]):
                yield path, told["name"]


def test_no_number_is_too_large_for_the_database(readers):
    asked = list(whole_numbers())
    assert ("/api/v1/visits/", "counsellor") in asked
    for path, name in asked:
        for number in (10**40, -(10**40), 2**63, -(2**63) - 1):
            answer = readers[path.removeprefix(API).partition("/")[0]].get(path, {name: number})
            assert answer.status_code in {200, 400, 404}, (path, name, number)


def test_conditions_are_those_of_the_page(stage, browser_of):
    client = browser_of(stage.bureau)
    near = stage.near.cooperative
    found = rows_of(client, "cooperatives", township=stage.near.township.code)
    assert {row["code"] for row in found} == {near.code}
    assert [row["code"] for row in rows_of(client, "cooperatives", q=near.name)] == [near.code]
    assert [row["id"] for row in rows_of(client, "flags", q=near.name)] == [stage.near.flag.pk]
    assert len(rows_of(client, "deliveries", quarter=stage.near.delivery.quarter)) >= 1


@pytest.mark.parametrize(
    ("noun", "query"),
    [
        ("cooperatives", {"status": "nonsense"}),
        ("flags", {"rule": "R999"}),
        ("notices", {"event": "?"}),
    ],
)
def test_a_condition_that_cannot_be_read_is_named(stage, browser_of, noun, query):
    answer = browser_of(stage.bureau).get(f"{API}{noun}/", query)
    assert answer.status_code == 400
    assert set(answer.json()["fields_wrong"]) == set(query)


def test_a_page_costs_a_fixed_number_of_queries(stage, browser_of, django_assert_max_num_queries):
    for _ in range(20):
        CooperativeFactory(township=stage.near.township)
    client = browser_of(stage.bureau)
    client.get("/")
    for noun, _ in NOUNS:
        with django_assert_max_num_queries(6):
            client.get(f"{API}{noun}/")


# --- versions ---


def test_a_row_that_has_not_changed_is_not_sent_again(stage, browser_of):
    client = browser_of(stage.bureau)
    address = f"{API}flags/{stage.near.flag.pk}/"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    Flag.objects.update(version=9)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_change_must_name_the_present_version(stage, rf):
    from accounts.api.faults import VersionMissing, VersionOld

    flag = stage.near.flag

    def asked(**headers):
        return version_asked(rf.patch("/", headers=headers), flag)

    with pytest.raises(VersionMissing):
        asked()
    with pytest.raises(VersionOld):
        asked(**{"If-Match": '"flag-1-0"'})
    assert asked(**{"If-Match": f'W/{etag(flag)}, "other"'}) == flag.version
    assert (VersionMissing.status_code, VersionOld.status_code) == (428, 412)


# --- notices ---


def test_reading_by_a_program_is_no_reading_and_confirming_is_recorded(stage, browser_of):
    sent = notify(
        [stage.clerk], event=NoticeEvent.OTHER_NOTICE, title="甲", text="乙", url="", formal=True
    )
    client = browser_of(stage.clerk)
    assert client.get(f"{API}notices/{sent.pk}/").json()["read_at"] is None
    answer = client.post(f"{API}notices/{sent.pk}/confirm/")
    assert answer.status_code == 200
    assert answer.json()["confirmed_at"]
    assert NoticeReceipt.objects.get(notice=sent).confirmed_at is not None
    informal = notify([stage.clerk], event=NoticeEvent.OTHER_NOTICE, title="甲", text="乙", url="")
    refused = client.post(f"{API}notices/{informal.pk}/confirm/")
    assert refused.status_code == 409
    assert refused.json() == {"detail": "这条通知不需要确认。", "code": "refused"}


def test_a_change_without_the_forgery_token_is_refused(stage):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.clerk)
    assert client.post(f"{API}notices/{stage.near.notice.pk}/confirm/").status_code == 403


# --- the description, the root, the limit ---


def test_the_root_names_what_one_may_read(stage, browser_of):
    for person in stage.everyone().values():
        assert set(browser_of(person).get(API).json()) == {
            noun for noun, viewset in (*NOUNS, *COMPUTED) if may(person, viewset.action_required)
        }
    assert "units" not in browser_of(stage.clerk).get(API).json()


def test_the_description_is_valid_and_complete(db, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "api.yml"))
    described = description()
    assert {f"{API}{noun}/" for noun, _ in NOUNS} <= set(described["paths"])


def test_the_docs_page_needs_nothing_from_outside(stage, browser_of):
    page = browser_of(stage.liaison).get("/api/docs/").content.decode()
    assert re.findall(r'(?:src|href)="(https?://[^"]+)"', page) == []
    for noun, _ in NOUNS:
        assert f"/api/v1/{noun}/" in page


def test_too_many_requests_are_told_how_long_to_wait(stage, browser_of, monkeypatch):
    from rest_framework.throttling import UserRateThrottle

    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min", "anon": "2/min"})
    client = browser_of(stage.bureau)
    statuses = [client.get(f"{API}units/").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert int(client.get(f"{API}units/")["Retry-After"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "cooperatives/%00/",
        "cooperatives/9351170200000000000000000/",
        "flags/99999999999999999999/",
        "notices/99999999999999999999999/",
        "units/%E2%80%AE/",
        "cooperatives/?q=%00",
        "cooperatives/?founded_from=99999999999999999999",
        "flags/?q=%00",
        "units/?after=%F0%9F%92%A9",
    ],
)
def test_nonsense_is_answered_and_never_breaks(stage, browser_of, path):
    assert browser_of(stage.bureau).get(API + path).status_code in {200, 400, 404}


def test_a_value_that_no_condition_takes_is_refused_for_who_lacks_the_condition_too(
    furnished, browser_of
):
    for person in (furnished.chair, furnished.bureau):
        answer = browser_of(person).get(f"{API}cooperatives/?flag=AAA")
        assert answer.status_code == 400
        assert answer.json()["fields_wrong"].keys() == {"flag"}
    answer = browser_of(furnished.chair).get(f"{API}cooperatives/?flag=any")
    assert (answer.status_code, answer.json()["code"]) == (403, "condition_closed")
    assert browser_of(furnished.chair).get(f"{API}cooperatives/?flag=").status_code == 200


def test_the_description_requires_only_what_everybody_gets_and_allows_an_empty_condition(cast):
    described = SchemaGenerator().get_schema(request=None, public=True)
    case = described["components"]["schemas"]["CleanupCases"]
    assert "number" in case["required"]
    assert "because" not in case["required"]
    events = described["paths"]["/api/v1/events/"]["get"]["parameters"]
    since = next(each for each in events if each["name"] == "since")
    assert {"type": "string", "maxLength": 0} in since["schema"]["anyOf"]
    sent = described["components"]["schemas"]["Send"]["properties"]
    assert sent["file"]["format"] == "binary"


def test_the_order_of_the_register_is_described_as_its_field_reads_it(db):
    described = SchemaGenerator().get_schema(request=None, public=True)
    asked = described["paths"]["/api/v1/cooperatives/"]["get"]["parameters"]
    sort = next(each["schema"] for each in asked if each["name"] == "sort")
    assert sort["enum"][:3] == ["", "name", "-name"]


@pytest.mark.parametrize(
    ("noun", "name", "kept"),
    [
        ("decisions", "state", "未办结"),
        ("promises", "state", "未办结"),
        ("flags", "state", "未了结"),
        ("titles", "state", "现持有"),
        ("cleanup-cases", "state", "在办"),
        ("documents", "state", "未撤下的"),
        ("decisions", "lead", ""),
        ("visits", "state", ""),
        ("cooperatives", "status", ""),
    ],
)
def test_the_description_says_what_a_list_leaves_out_from_the_start(db, noun, name, kept):
    described = SchemaGenerator().get_schema(request=None, public=True)
    asked = described["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]
    told = next(each["description"] for each in asked if each["name"] == name)
    assert (f"不填时只列“{kept}”" in told) if kept else ("不填时" not in told)
