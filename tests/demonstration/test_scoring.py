"""Blind scores, interests, spread, ranking, changes after the close."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from common.workflow import TransitionRefused
from demonstration.choices import ApplicationState, RoundState
from demonstration.models import Reviewer, Score, ScoreSheet
from demonstration.operations.reviews import change_score, declare_interest, note_spread, save_sheet
from demonstration.operations.rounds import close_scoring
from demonstration.scoring import all_in, owed_sheets, ranking, unfinished_sheets, wide_spreads
from tests.factories.demonstration import ApplicationFactory, ReviewerFactory, RoundFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """A round with two reviewers and two applications of societies that nobody is close to."""
    made = RoundFactory(state=RoundState.REVIEWING, quota=1)
    reviewers = [
        ReviewerFactory(round=made, user=cast.near.liaison),
        ReviewerFactory(round=made, user=cast.far.liaison),
    ]
    applications = [
        ApplicationFactory(
            round=made,
            cooperative=CooperativeFactory(township=cast.near.township),
            state=ApplicationState.CONSULTED,
        )
        for _ in range(2)
    ]
    return made, reviewers, applications


def marks(made, share):
    return {
        item.pk: (item.points * Decimal(share) / 100).quantize(Decimal("0.1"))
        for item in made.criteria.items.all()
        if item.is_scored
    }


def hand_in(reviewer, application, share):
    declare_interest(reviewer, application, has_interest=False, note="", by=reviewer.user)
    return save_sheet(
        reviewer,
        application,
        marks(application.round, share),
        comment="",
        hand_in=True,
        version=0,
        by=reviewer.user,
    )


def test_a_reviewer_declares_before_scoring(scene):
    made, (reviewer, _), (application, _) = scene
    with pytest.raises(TransitionRefused, match="声明"):
        save_sheet(
            reviewer,
            application,
            marks(made, 80),
            comment="",
            hand_in=True,
            version=0,
            by=reviewer.user,
        )


def test_a_declared_interest_shuts_the_sheet(scene, browser_of):
    _, (reviewer, _), (application, _) = scene
    declare_interest(reviewer, application, has_interest=True, note="亲属", by=reviewer.user)
    answer = browser_of(reviewer.user).get(f"/demonstration/scoring/{application.pk}/")
    assert answer.status_code == 409
    assert "不能打开评分表" in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_the_counsellor_of_a_society_is_barred_even_without_declaring(cast, browser_of):
    made = RoundFactory(state=RoundState.REVIEWING)
    ReviewerFactory(round=made, user=cast.counsellor)
    application = ApplicationFactory(
        round=made, cooperative=cast.near.cooperative, state=ApplicationState.CONSULTED
    )
    answer = browser_of(cast.counsellor).get(f"/demonstration/scoring/{application.pk}/")
    assert answer.status_code == 409
    assert unfinished_sheets(made) == 0  # whoever is barred owes nothing


def test_nobody_scores_in_the_name_of_another(scene, cast):
    made, (reviewer, _), (application, _) = scene
    with pytest.raises(PermissionDenied):
        save_sheet(
            reviewer,
            application,
            marks(made, 80),
            comment="",
            hand_in=False,
            version=0,
            by=cast.far.liaison,
        )


def test_scores_stay_hidden_until_all_are_in(scene, browser_of):
    made, (one, two), (first, second) = scene
    hand_in(one, first, 90)
    hand_in(two, first, 80)
    page = browser_of(one.user).get(f"/demonstration/scoring/{first.pk}/").content.decode()
    assert "其他评审人" not in page
    assert not all_in(made)
    assert unfinished_sheets(made) == 2
    assert owed_sheets(Reviewer.objects.filter(pk=one.pk)) == {(one.pk, second.pk)}
    hand_in(one, second, 70)
    hand_in(two, second, 70)
    assert all_in(made)
    page = browser_of(one.user).get(f"/demonstration/scoring/{first.pk}/").content.decode()
    assert "其他评审人" in page


def test_a_score_above_the_maximum_is_refused(scene):
    made, (reviewer, _), (application, _) = scene
    declare_interest(reviewer, application, has_interest=False, note="", by=reviewer.user)
    with pytest.raises(TransitionRefused, match="满分"):
        save_sheet(
            reviewer,
            application,
            marks(made, 200),
            comment="",
            hand_in=False,
            version=0,
            by=reviewer.user,
        )


def test_scores_far_apart_ask_for_a_note_before_the_close(scene, cast):
    made, (one, two), (first, second) = scene
    hand_in(one, first, 95)
    hand_in(two, first, 60)
    hand_in(one, second, 80)
    hand_in(two, second, 80)
    assert wide_spreads(made) == [first]
    with pytest.raises(TransitionRefused, match="合议"):
        close_scoring(made, by=cast.bureau)
    first.refresh_from_db()
    note_spread(first, "对经济实力看法不同，合议后维持", version=first.version, by=cast.bureau)
    close_scoring(made, by=cast.bureau)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.place, first.place) == (1, 2)
    assert first.total == Decimal("77.50")


def test_equal_scores_share_a_place(scene):
    made, (one, two), applications = scene
    for application in applications:
        hand_in(one, application, 80)
        hand_in(two, application, 80)
    lines = ranking(made)
    assert [line.place for line in lines] == [1, 1]
    assert all(line.tied and line.within_quota for line in lines)


def test_a_change_after_the_close_leaves_its_reason(scene, cast):
    made, (one, two), (first, second) = scene
    for reviewer in (one, two):
        hand_in(reviewer, first, 80)
        hand_in(reviewer, second, 70)
    close_scoring(made, by=cast.bureau)
    score = Score.objects.filter(sheet__application=second).order_by("pk").first()
    sheet = ScoreSheet.objects.select_related("application__round").get(pk=score.sheet_id)
    with pytest.raises(TransitionRefused, match="理由"):
        change_score(sheet, score, Decimal(20), reason=" ", version=sheet.version, by=cast.bureau)
    change_score(
        sheet, score, Decimal(20), reason="誊录错误", version=sheet.version, by=cast.bureau
    )
    change = sheet.changes.get()
    assert (change.before, change.after, change.reason) == (
        Decimal("14.0"),
        Decimal("20.0"),
        "誊录错误",
    )
    second.refresh_from_db()
    assert second.total == Decimal("73.00")
