"""Kept views for programs: used on their noun's list, read, kept, renamed and deleted as one's own."""

import pytest
from django.test import Client

from accounts.choices import Role, SavedPage, TokenScope, ViewShare
from accounts.models import AuditEvent, SavedView
from accounts.operations.saved_views import save_view
from registry.models import Cooperative
from tests.factories.registry import CooperativeFactory
from tests.factories.tokens import bearer, token_for
from tongchuan_coop.api import NOUNS

pytestmark = pytest.mark.django_db
API = "/api/v1/"
USABLE = [(noun, viewset) for noun, viewset in NOUNS if viewset.kept is not None]


def values_of(heading):
    """Return what the interface may call the values of a column."""
    return {*(heading.parts or (heading.key,)), *heading.told}


class Program:
    """A program that signs in with a token of a person."""

    def __init__(self, person, scope=TokenScope.WRITE):
        self.headers = bearer(token_for(person, scope)[1])

    def get(self, path, **query):
        return Client().get(API + path, query, headers=self.headers)

    def send(self, method, path, body=None, tag=""):
        headers = {**self.headers, **({"If-Match": tag} if tag else {})}
        call = getattr(Client(), method)
        return call(API + path, body, content_type="application/json", headers=headers)

    def tag(self, path):
        return self.get(path)["ETag"]


def keep(person, query, page=SavedPage.REGISTER, **share):
    facts = {"share": ViewShare.OWN, **share}
    return save_view("常看的", page=page, query=query, by=person, **facts)


@pytest.fixture
def societies(cast):
    """Three societies of the near township, of which one is revoked."""
    made = [
        CooperativeFactory(township=cast.near.township, total_contribution=amount)
        for amount in (3, 1, 2)
    ]
    Cooperative.objects.filter(pk=made[0].pk).update(status="revoked")
    return made


# --- a view on its noun's list ---


def test_a_view_narrows_sorts_and_chooses_columns(cast, societies):
    view = keep(cast.bureau, "status=active&sort=-capital&col=status&col=township")
    answer = Program(cast.bureau, TokenScope.READ).get("cooperatives/", view=view.pk)
    rows = answer.json()["results"]
    assert [row["code"] for row in rows] == [societies[2].code, societies[1].code]
    assert set(rows[0]) == {"name", "code", "township", "status", "status_label"}


def test_what_the_address_says_goes_before_what_the_view_says(cast, societies):
    view = keep(cast.bureau, "status=active&sort=-capital")
    program = Program(cast.bureau)

    def codes(**more):
        answer = program.get("cooperatives/", view=view.pk, **more)
        return [row["code"] for row in answer.json()["results"]]

    assert codes(sort="capital") == [societies[1].code, societies[2].code]
    assert codes(status="revoked") == [societies[0].code]
    assert len(codes(status="")) == 3


def test_the_pages_of_a_view_follow_each_other(cast, societies):
    view = keep(cast.bureau, "sort=-capital&col=code")
    program = Program(cast.bureau)
    seen, answer = [], program.get("cooperatives/", view=view.pk, page_size=1)
    while True:
        seen += [row["code"] for row in answer.json()["results"]]
        if (onward := answer.json()["next"]) is None:
            break
        answer = Client().get(onward, headers=program.headers)
    assert seen == [societies[place].code for place in (0, 2, 1)]


def test_a_foreign_view_is_refused_exactly_as_one_that_does_not_exist(cast, societies):
    foreign = keep(cast.far.clerk, "status=active")
    other_list = keep(cast.near.clerk, "state=overdue", page=SavedPage.CLEANUP)
    program = Program(cast.near.clerk)
    for number in (foreign.pk, other_list.pk, 987654, "甲", -1):
        answer = program.get("cooperatives/", view=number)
        assert (answer.status_code, answer.json()["code"]) == (400, "no_such_view")
        told = answer.content.decode().replace(str(number), "N")
        assert told == program.get("cooperatives/", view="0").content.decode().replace("“0”", "“N”")
    auditor = Program(cast.auditor, TokenScope.READ).get("cooperatives/", view=foreign.pk)
    assert auditor.json()["code"] == "no_such_view"


def test_a_shared_view_shows_each_program_only_its_persons_rows(cast, societies):
    view = keep(cast.bureau, "status=active", share=ViewShare.ROLE, role=Role.CLERK)
    assert Program(cast.far.clerk).get("cooperatives/", view=view.pk).json()["results"] == []
    assert len(Program(cast.near.clerk).get("cooperatives/", view=view.pk).json()["results"]) == 2


def test_a_view_is_not_used_without_the_conditions_that_the_interface_lacks(cast):
    view = keep(cast.bureau, "phase=1", page=SavedPage.PARTS)
    answer = Program(cast.bureau).get("task-parts/", view=view.pk)
    assert (answer.status_code, answer.json()["code"]) == (400, "view_unusable")
    assert "phase" in answer.json()["detail"]


@pytest.mark.parametrize(("noun", "viewset"), USABLE)
def test_every_noun_with_kept_views_takes_their_orders_and_columns(
    stage, browser_of, noun, viewset
):
    client, kept = browser_of(stage.bureau), viewset.kept
    sorts = [each.key for each in kept.headings if each.sorts]
    for sort in sorts:
        for way in ("", "-"):
            answer = client.get(f"{API}{noun}/", {"sort": f"{way}{sort}", "view": ""})
            assert answer.status_code == 200, answer.content
    told = set(viewset.serializer_class().fields)
    for each in kept.headings[1:]:
        names_the_society = each.key in {"society", "name"} and "cooperative_name" in told
        assert values_of(each) & told or names_the_society, each.key


@pytest.mark.parametrize(("noun", "viewset"), [each for each in USABLE if each[1].kept.headings])
def test_a_view_of_one_column_leaves_the_others_out(furnished, browser_of, noun, viewset):
    kept = viewset.kept
    named, *others = kept.headings
    chosen = others[0]
    view = keep(furnished.bureau, f"cols={chosen.key}", page=kept.page)
    client = browser_of(furnished.bureau)
    for row in client.get(f"{API}{noun}/", {"view": view.pk}).json()["results"]:
        whole = {"id", "key", "code", "name", "cooperative_code", "cooperative_name"}
        wanted = whole | {key for each in (named, chosen) for key in values_of(each)}
        assert {key.removesuffix("_label") for key in row} <= wanted


# --- views as a noun ---


def test_one_reads_ones_own_and_the_shared_views(cast):
    own = keep(cast.near.clerk, "status=active")
    shared = keep(cast.bureau, "status=revoked", share=ViewShare.UNIT, unit=cast.near.township)
    keep(cast.far.clerk, "status=active")
    program = Program(cast.near.clerk, TokenScope.READ)
    rows = {row["id"]: row for row in program.get("saved-views/").json()["results"]}
    assert set(rows) == {own.pk, shared.pk}
    assert (rows[own.pk]["own"], rows[shared.pk]["own"]) == (True, False)
    assert rows[shared.pk]["share_label"] == f"{cast.near.township.short_name}的人"
    assert program.get("saved-views/", page="flags").json()["results"] == []
    assert program.get(f"saved-views/{shared.pk}/").json()["query"] == "status=revoked"


def test_a_view_is_kept_renamed_and_deleted_by_a_program(cast):
    program = Program(cast.near.clerk)
    body = {"page": "register", "name": "吊销的", "query": "sort=name&status=revoked"}
    made = program.send("post", "saved-views/", body)
    assert made.status_code == 201, made.content
    path = f"saved-views/{made.json()['id']}/"
    assert program.send("patch", path, {"name": "甲"}).status_code == 428
    renamed = program.send("patch", path, {"name": "已吊销的"}, made["ETag"])
    assert (renamed.status_code, renamed.json()["name"]) == (200, "已吊销的")
    assert program.send("patch", path, {"name": "乙"}, made["ETag"]).status_code == 412
    assert program.send("delete", path, tag=made["ETag"]).status_code == 412
    assert program.send("delete", path, tag=renamed["ETag"]).status_code == 204
    assert not SavedView.objects.exists()
    deeds = AuditEvent.objects.filter(action__startswith="view-").values_list("action", flat=True)
    assert sorted(deeds) == ["view-deleted", "view-renamed", "view-saved"]


def test_nobody_changes_the_view_of_another(cast):
    view = keep(cast.bureau, "status=active", share=ViewShare.ROLE, role=Role.CLERK)
    program, path = Program(cast.near.clerk), f"saved-views/{view.pk}/"
    tag = program.tag(path)
    assert program.send("patch", path, {"name": "甲"}, tag).status_code == 404
    assert program.send("delete", path, tag=tag).status_code == 404
    other = keep(cast.far.clerk, "status=active")
    missing = program.get("saved-views/987654/")
    foreign = program.get(f"saved-views/{other.pk}/")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    assert Program(cast.auditor, TokenScope.READ).get("saved-views/").status_code == 403


def test_the_bureau_shares_by_role_or_township_and_others_do_not(cast):
    body = {"page": "register", "name": "请核对", "query": "status=revoked"}
    wide = [
        {"share": "role", "role": "clerk"},
        {"share": "unit", "unit": cast.far.township.code},
    ]
    for share in wide:
        made = Program(cast.bureau).send("post", "saved-views/", {**body, **share})
        assert made.status_code == 201, made.content
        view = SavedView.objects.get(owner=cast.bureau)
        assert SavedView.objects.permitted(cast.far.clerk, "save-view").get() == view
    for share in ({"share": "role", "role": "bureau"}, wide[1]):
        refused = Program(cast.near.clerk).send("post", "saved-views/", {**body, **share})
        assert refused.status_code == 422, refused.content
    assert not SavedView.objects.filter(owner=cast.near.clerk).exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 400),
        ({"name": "长" * 31}, 400),
        ({"page": "nonsense"}, 400),
        ({"page": "audit"}, 422),
        ({"query": "tonwship=1"}, 422),
        ({"query": "q=" + "x" * 2000}, 400),
        ({"share": "role", "role": "cooperative"}, 422),
        ({"share": "unit", "unit": "999"}, 422),
        ({"share": "own", "unit": "511702102"}, 422),
        ({"share": "unit", "role": "clerk"}, 422),
        ({"name": 0}, 400),
        ({"share": "unit", "unit": 0}, 400),
    ],
)
def test_a_view_that_the_page_would_not_keep_is_refused(cast, change, status):
    body = {"page": "register", "name": "甲", "query": "status=active", **change}
    answer = Program(cast.bureau).send("post", "saved-views/", body)
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]
    assert answer.json()["code"]
    assert not SavedView.objects.exists()


def test_a_view_is_kept_by_json_alone(cast):
    program = Program(cast.bureau)
    body = {"page": "register", "name": "甲", "query": "", "share": "own", "unit": ""}
    as_form = Client().post(f"{API}saved-views/", body, headers=program.headers)
    assert as_form.status_code == 415
    assert program.send("post", "saved-views/", body).status_code == 400
    assert not SavedView.objects.exists()


def test_a_name_is_given_once_in_a_list(cast):
    program = Program(cast.bureau)
    keep(cast.bureau, "status=active")
    other = save_view("另一个", page=SavedPage.REGISTER, query="", share="own", by=cast.bureau)
    path = f"saved-views/{other.pk}/"
    answer = program.send("patch", path, {"name": "常看的"}, program.tag(path))
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
