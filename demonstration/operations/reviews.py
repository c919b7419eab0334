"""What reviewers do: declare interests, fill in sheets, hand them in; and changes after the close."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import RoundState, SheetState
from demonstration.interests import known_interests
from demonstration.models import (
    InterestDeclaration,
    RatingApplication,
    Reviewer,
    Score,
    ScoreChange,
    ScoreSheet,
)
from demonstration.models.application import TO_BE_SCORED
from demonstration.operations.rounds import keep_ranking

DECLARED = "您已声明与这家合作社有利害关系，不能打开评分表。"
NOT_DECLARED = "评分之前请先声明是否有利害关系。"


def known_interest(user: User, application: RatingApplication) -> str:
    """Return the interest that the portal knows of, as a sentence; "" when it knows none."""
    return known_interests([user.pk])[user.pk].get(application.cooperative_id, "")


def barred(reviewer: Reviewer, application: RatingApplication) -> str:
    """Return why a reviewer may not open a sheet, "" when nothing stands in the way."""
    if known := known_interest(reviewer.user, application):
        return known
    declared = reviewer.declarations.filter(application=application).first()
    if declared is None:
        return NOT_DECLARED
    return DECLARED if declared.has_interest else ""


@transaction.atomic
def declare_interest(
    reviewer: Reviewer, application: RatingApplication, *, has_interest: bool, note: str, by: User
) -> InterestDeclaration:
    """Declare once for each application, before scoring; a known interest is always one.

    An interest may be declared later, too, as long as the sheet is not handed in; it cannot be
    taken back.
    """
    _check_own(reviewer, application, by)
    interest = has_interest or bool(known_interest(by, application))
    former = InterestDeclaration.objects.filter(reviewer=reviewer, application=application).first()
    if former is not None and (former.has_interest or not interest):
        return former
    if former is not None:
        sheets = ScoreSheet.objects.filter(reviewer=reviewer, application=application)
        if sheets.filter(state=SheetState.SUBMITTED).exists():
            raise TransitionRefused("评分表已经提交。请联系区农业农村局处理。")
        sheets.delete()
        former.has_interest, former.note, former.declared_at = True, note, clock.now()
        former.save(update_fields=["has_interest", "note", "declared_at"])
        made = former
    else:
        made = InterestDeclaration.objects.create(
            reviewer=reviewer, application=application, has_interest=interest, note=note
        )
    audit.record("interest-declared", application, by=by, decision=interest)
    return made


@transaction.atomic
def save_sheet(
    reviewer: Reviewer,
    application: RatingApplication,
    points: dict[int, Decimal],
    *,
    comment: str,
    hand_in: bool,
    version: int,
    by: User,
) -> ScoreSheet:
    """Save a sheet; `points` maps items to points. Handing in needs every item and is final.

    Raises TransitionRefused (interest, closed, points above the maximum), EditConflict.
    """
    _check_own(reviewer, application, by)
    if refusal := barred(reviewer, application):
        raise TransitionRefused(refusal)
    if application.round.state != RoundState.REVIEWING or application.state not in TO_BE_SCORED:
        raise TransitionRefused(
            "现在不能评分：批次不在审核评分阶段，或这份申报还没有通过区级审核。"
        )
    items = {item.pk: item for item in application.round.criteria.items.all() if item.is_scored}
    for key, value in points.items():
        if key not in items or not 0 <= value <= items[key].points:
            raise TransitionRefused("得分须在 0 与该项满分之间。")
    if hand_in and set(points) != set(items):
        raise TransitionRefused("还有评分项没有打分，不能提交。")
    sheet, _ = ScoreSheet.objects.get_or_create(reviewer=reviewer, application=application)
    if sheet.state == SheetState.SUBMITTED:
        raise TransitionRefused("评分表已经提交，不能再改。确需更正的，请联系区农业农村局。")
    changed = ScoreSheet.objects.filter(
        pk=sheet.pk, version=version or sheet.version, state=SheetState.OPEN
    ).update(
        comment=comment,
        state=SheetState.SUBMITTED if hand_in else SheetState.OPEN,
        submitted_at=clock.now() if hand_in else None,
        version=F("version") + 1,
    )
    if not changed:
        raise EditConflict(ScoreSheet.objects.get(pk=sheet.pk))
    Score.objects.filter(sheet=sheet).delete()
    Score.objects.bulk_create(
        Score(sheet=sheet, item=items[key], points=value) for key, value in points.items()
    )
    sheet.refresh_from_db()
    audit.record("sheet-submitted" if hand_in else "sheet-saved", application, by=by)
    return sheet


@transaction.atomic
def change_score(
    sheet: ScoreSheet, score: Score, after: Decimal, *, reason: str, version: int, by: User
) -> None:
    """Correct one score after the close, with a reason that stays; the ranking follows.

    Impossible once the joint meeting has decided. Raises TransitionRefused, EditConflict.
    """
    if not may(by, Action.RUN_ROUND):
        raise PermissionDenied(Action.RUN_ROUND)
    round_ = sheet.application.round
    if round_.state != RoundState.RANKED:
        raise TransitionRefused("只有评分结束之后、联席会议之前可以更正得分。")
    if not reason.strip():
        raise TransitionRefused("请写明改分理由。")
    if not 0 <= after <= score.item.points:
        raise TransitionRefused("得分须在 0 与该项满分之间。")
    changed = ScoreSheet.objects.filter(pk=sheet.pk, version=version).update(
        version=F("version") + 1
    )
    if not changed:
        raise EditConflict(ScoreSheet.objects.get(pk=sheet.pk))
    ScoreChange.objects.create(
        sheet=sheet,
        item=score.item,
        before=score.points,
        after=after,
        reason=reason,
        changed_by=by,
        changed_at=clock.now(),
    )
    Score.objects.filter(pk=score.pk).update(points=after)
    keep_ranking(round_)
    audit.record(
        "score-changed", sheet.application, by=by, reason=reason, before=score.points, after=after
    )


@transaction.atomic
def note_spread(application: RatingApplication, note: str, *, version: int, by: User) -> None:
    """Write down what was said of scores that lie far apart. Raises EditConflict."""
    if not may(by, Action.RUN_ROUND):
        raise PermissionDenied(Action.RUN_ROUND)
    if not note.strip():
        raise TransitionRefused("请填写合议说明。")
    changed = RatingApplication.objects.filter(
        pk=application.pk, version=version, state__in=TO_BE_SCORED
    ).update(spread_note=note, version=F("version") + 1)
    if not changed:
        raise EditConflict(RatingApplication.objects.get(pk=application.pk))
    audit.record("spread-noted", application, by=by, reason=note)


def _check_own(reviewer: Reviewer, application: RatingApplication, by: User) -> None:
    same_round = reviewer.round_id == application.round_id
    if not may(by, Action.SCORE_APPLICATION) or reviewer.user_id != by.pk or not same_round:
        raise PermissionDenied(Action.SCORE_APPLICATION)
