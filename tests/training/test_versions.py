"""Versions of visits: sent once or ten times, from two places, nothing is lost and nothing doubled."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from common.workflow import TransitionRefused
from registry.choices import FindingState, Seen
from registry.models import SiteFinding
from tests.factories.registry import CooperativeFactory, FlagFactory
from tests.factories.training import PromiseFactory, VisitFactory, body_of
from training.choices import ProposalKind, RevisionOutcome, VisitState
from training.models import Promise, Visit, VisitRevision
from training.operations.visits import Packet, receive_version, settle_conflict


@pytest.fixture
def send(cast):
    """Return a sender of versions in the near counsellor's name."""
    society = cast.near.cooperative

    def sent(body=None, *, visit=None, key=None, base=None, by=None, code=None, **said):
        packet = Packet(
            visit=visit or uuid.uuid4(),
            key=key or uuid.uuid4(),
            base=base,
            society=code or society.code,
            body=body or body_of(society.code, **said),
        )
        return receive_version(packet, by=by or cast.counsellor)

    return sent


def test_a_version_makes_a_visit_and_a_finding(send, cast):
    receipt = send()
    assert receipt.outcome == "applied"
    visit = Visit.objects.get()
    assert (visit.cooperative, visit.counsellor) == (cast.near.cooperative, cast.counsellor)
    finding = SiteFinding.objects.get(visit_key=str(visit.key))
    assert (finding.at_address, finding.signboard, finding.charter_kept) == (
        Seen.YES,
        Seen.YES,
        Seen.UNKNOWN,
    )
    assert finding.state == FindingState.REPORTED


def test_the_same_version_twice_makes_one_visit(send):
    visit, key = uuid.uuid4(), uuid.uuid4()
    outcomes = [send(visit=visit, key=key).outcome for _ in range(3)]
    assert outcomes == ["applied", "duplicate", "duplicate"]
    assert (Visit.objects.count(), VisitRevision.objects.count()) == (1, 1)


def test_another_content_under_the_same_key_is_kept_for_a_choice(send):
    visit, key = uuid.uuid4(), uuid.uuid4()
    send(visit=visit, key=key)
    for _ in range(2):
        assert send(visit=visit, key=key, met="王五").outcome == "conflict"
    kept = VisitRevision.objects.filter(outcome=RevisionOutcome.CONFLICT)
    assert [revision.body["met"] for revision in kept] == ["王五"]


def test_a_version_upon_the_one_that_counts_is_applied(send):
    visit, first = uuid.uuid4(), uuid.uuid4()
    send(visit=visit, key=first)
    assert send(visit=visit, base=first, met="王五").outcome == "applied"
    assert Visit.objects.get().met == "王五"


def test_versions_that_changed_different_things_are_merged(send):
    visit, first = uuid.uuid4(), uuid.uuid4()
    send(visit=visit, key=first)
    send(visit=visit, base=first, met="王五")
    assert send(visit=visit, base=first, problems="没有公开栏").outcome == "merged"
    merged = Visit.objects.get()
    assert (merged.met, merged.problems) == ("王五", "没有公开栏")


def test_versions_that_changed_the_same_wait_side_by_side(send, cast):
    visit, first = uuid.uuid4(), uuid.uuid4()
    send(visit=visit, key=first)
    send(visit=visit, base=first, met="王五")
    receipt = send(visit=visit, base=first, met="赵六", problems="没有公开栏")
    assert receipt.outcome == "conflict"
    row = Visit.objects.get()
    assert row.met == "王五"
    waiting = row.revisions.get(outcome=RevisionOutcome.CONFLICT)
    settle_conflict(row, waiting, {"met", "problems"}, by=cast.counsellor)
    row.refresh_from_db()
    assert (row.met, row.problems) == ("赵六", "没有公开栏")
    assert not Visit.objects.in_conflict().exists()
    with pytest.raises(TransitionRefused, match="已经处理过"):
        settle_conflict(row, waiting, {"met"}, by=cast.counsellor)


def test_a_child_that_comes_before_its_parent_stands(send):
    visit, parent = uuid.uuid4(), uuid.uuid4()
    send(visit=visit, base=parent, met="王五")
    send(visit=visit, key=parent)
    assert Visit.objects.get().met == "王五"
    assert VisitRevision.objects.count() == 2


def test_a_version_of_a_locked_visit_is_kept_and_changes_nothing(send, cast):
    visit = VisitFactory(
        cooperative=cast.near.cooperative, counsellor=cast.counsellor, state=VisitState.CONFIRMED
    )
    receipt = send(visit=visit.key, base=visit.head, met="王五")
    assert receipt.outcome == "conflict"
    assert "补充说明" in receipt.sentences[0]
    visit.refresh_from_db()
    assert visit.met == ""


def test_a_society_of_somebody_else_is_refused(send, cast):
    receipt = send(code=cast.far.cooperative.code)
    assert receipt.outcome == "refused"
    assert "不由您联系" in receipt.sentences[0]
    assert not Visit.objects.exists()


def test_the_visit_of_another_counsellor_is_refused(send, cast):
    visit = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.far.counsellor)
    assert send(visit=visit.key, base=visit.head).outcome == "refused"


def test_nobody_but_a_counsellor_sends(send, cast):
    with pytest.raises(PermissionDenied):
        send(by=cast.clerk)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"visited_on": "2021-08-01"}, "今天之后"),
        ({"visited_on": ""}, "走访日期"),
        ({"guidance": ""}, "辅导了什么"),
        ({"promises": [{"id": str(uuid.uuid4()), "text": "补报年报"}]}, "期限"),
        ({"photos": [{"id": "x"}]}, "照片"),
        ({"answers": "是"}, "格式不对"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(send, said, part):
    receipt = send(**said)
    assert receipt.outcome == "refused"
    assert part in "".join(receipt.sentences)
    assert not Visit.objects.exists()


# -- what a visit does ----------------------------------------------------------------------------------


def answer(key, answer, note=""):
    return {"key": key, "text": "问", "why": "", "kind": "yes_no", "answer": answer, "note": note}


def test_answers_become_proposals_and_change_nothing_by_themselves(send, cast):
    flag = FlagFactory(cooperative=cast.near.cooperative)
    send(
        answers=[
            answer("fact:member_count", "12"),
            answer(f"flag:{flag.pk}", "no", "有十名成员在场"),
            answer("fact:domicile", cast.near.cooperative.domicile),
        ]
    )
    proposals = Visit.objects.get().proposals.order_by("question")
    assert [(p.kind, p.value) for p in proposals] == [
        (ProposalKind.FACT, "12"),
        (ProposalKind.CLEAR_FLAG, "不属实"),
    ]
    cast.near.cooperative.refresh_from_db()
    assert cast.near.cooperative.member_count == 10
    assert SiteFinding.objects.get().members_told == 12


def test_a_flag_of_another_society_is_not_touched(send, cast):
    flag = FlagFactory(cooperative=cast.far.cooperative)
    send(answers=[answer(f"flag:{flag.pk}", "yes")])
    assert not Visit.objects.get().proposals.exists()


def test_an_answer_taken_back_takes_its_proposal_back(send):
    visit, first = uuid.uuid4(), uuid.uuid4()
    send(visit=visit, key=first, answers=[answer("fact:member_count", "12")])
    send(visit=visit, base=first, answers=[answer("fact:member_count", "")])
    assert not Visit.objects.get().proposals.exists()


def test_promises_of_a_visit_are_made_once(send):
    visit, first = uuid.uuid4(), uuid.uuid4()
    row = {"id": str(uuid.uuid4()), "text": "补报年报", "kind": "report", "due_on": "2021-08-01"}
    send(visit=visit, key=first, promises=[row])
    send(visit=visit, base=first, promises=[{**row, "text": "补报2020年年报"}])
    assert [promise.text for promise in Promise.objects.all()] == ["补报2020年年报"]


@pytest.mark.parametrize(("grave", "state"), [(False, "closed"), (True, "to_confirm")])
def test_a_promise_said_to_be_kept_closes_or_waits_for_a_second_person(send, cast, grave, state):
    promise = PromiseFactory(cooperative=cast.near.cooperative, grave=grave)
    send(answers=[answer(f"promise:{promise.pk}", "yes", "账已补齐")])
    promise.refresh_from_db()
    assert (promise.state, promise.outcome) == (state, "账已补齐")


def test_many_societies_get_five_to_nine_questions_in_a_fixed_number_of_queries(
    cast, django_assert_max_num_queries
):
    from training.questions.catalogue import questions_for

    societies = CooperativeFactory.create_batch(60, township=cast.near.township, member_count=None)
    for society in societies[:30]:
        for number in range(4):
            FlagFactory(cooperative=society, rule=f"R{number + 8}")
        PromiseFactory.create_batch(4, cooperative=society)
        VisitFactory(cooperative=society, problems="账目不清")
    with django_assert_max_num_queries(10):
        asked = questions_for(societies)
    assert {len(questions) for questions in asked.values()} <= set(range(5, 10))
    full = asked[societies[0].pk]
    assert len({question.key for question in full}) == len(full)
    kinds = {question.key.partition(":")[0] for question in full}
    assert {"promise", "flag", "fact", "ask"} <= kinds
