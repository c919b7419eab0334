"""The work itself: survey, clean-up, feeds, counsellors, training."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber, TruncQuarter, TruncYear
from django.urls import reverse

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common.quarter import Quarter
from common.template_tags import day as in_words
from liaison.meeting_choices import BodyKind, MeetingState
from liaison.models import Meeting
from pilot.indicators.frame import AsOf, Indicator, Line, Share
from pilot.indicators.governance import OfSocieties
from pilot.indicators.populations import (
    WIDE_RULE,
    societies,
    societies_of_the_programme,
    society_line,
)
from registry.choices import FeedSource, JobState
from registry.cleanup.choices import SurveyState
from registry.models import CleanupCase, Cooperative, FeedDelivery, SurveyCampaign, SurveyRecord
from registry.models.survey import SurveyQuerySet
from training.choices import Audience, SignedBy, Topic
from training.models import Attendance, Counsellor, TrainingEvent


class Surveyed(Share):
    """Societies that somebody has looked at."""

    key, code, title, source = "surveyed", "K16", "摸底排查覆盖率", "S-023"
    definition = "最近一次摸底中，统计日已填写记录的占比。"
    denominator_rule = "最近一次摸底名单上的合作社；走访前已注销的不计。"
    wide_rule = "分母含名单上走访前已注销的合作社。注销会使分母变小、比率变大，两个都列出。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[SurveyRecord]:
        return self._listed_ever(user, when).due()

    def wide_rows(self, user: Any, when: AsOf) -> QuerySet[SurveyRecord]:
        return self._listed_ever(user, when)

    @staticmethod
    def _listed_ever(user: Any, when: AsOf) -> SurveyQuerySet:
        latest = SurveyCampaign.objects.filter(opens_on__lte=when.on).order_by("-opens_on", "-pk")
        reach = SurveyRecord.objects.permitted(user, Action.VIEW_INDICATOR)
        return reach.filter(campaign__in=latest.values("pk")[:1])

    def hit(self, when: AsOf) -> Q:
        return Q(state=SurveyState.RECORDED, surveyed_on__lte=when.on)

    def line(self, row: SurveyRecord) -> Line:
        note = f"{in_words(row.surveyed_on)}摸底" if row.surveyed_on else "尚未摸底"
        return society_line(row.cooperative, note)


class Cleared(Indicator):
    """Societies that left the register; nothing but the regulator's data makes one leave."""

    key, code, title, source = "cleared", "K17", "已清退的合作社", "S-024至S-033"
    definition = "统计日前办结、且市场监管数据证实已注销的清理案件。"
    left_out = "只有本平台结论、市场监管数据尚未证实的不计。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[CleanupCase]:
        reach = CleanupCase.objects.permitted(user, Action.VIEW_INDICATOR)
        return reach.cleared().filter(closed_on__range=(when.since, when.last))

    def line(self, row: CleanupCase) -> Line:
        return society_line(row.cooperative, f"{in_words(row.closed_on)}办结")


class FeedQuarters(Indicator):
    """Quarters of which the regulator's registration file was taken in."""

    key, code, title, unit, source = "feed_quarters", "K18", "登记信息通报季度数", "个季度", "S-031"
    definition = "试点期内各季度中，登记信息已入库的季度数；一个季度几份文件只计一次。"
    action = Action.VIEW_DELIVERY
    township, related = "", ("sender",)

    def rows(self, user: Any, when: AsOf) -> QuerySet[FeedDelivery]:
        reach = FeedDelivery.objects.permitted(user, Action.VIEW_DELIVERY)
        first, last = str(Quarter.of(when.since)), str(Quarter.of(when.last))
        taken = FeedDelivery.objects.carrying(FeedSource.REGISTRATION).filter(
            job__state=JobState.COMMITTED,
            job__committed_at__date__lte=when.on,
            quarter__gte=first,
            quarter__lte=last,
        )
        earlier = taken.filter(quarter=OuterRef("quarter"), pk__lt=OuterRef("pk"))
        return reach.filter(pk__in=taken.values("pk")).filter(~Exists(earlier))

    def line(self, row: FeedDelivery) -> Line:
        url = reverse("registry:delivery-detail", args=[row.pk])
        return Line(Quarter.parse(row.quarter).label, url, "", f"{in_words(row.received_at)}收到")


class CoveredTownships(Share):
    """Townships with a counsellor of their own."""

    key, code, title, source = "covered_townships", "K10", "乡镇街道辅导员覆盖率", "S-068"
    definition = "统计日至少有一名在聘辅导员的乡镇街道（含管委会）的占比。"
    denominator_rule = "全部乡镇、街道和莲湖景区管委会。"
    township, related = "code", ()

    def rows(self, user: Any, when: AsOf) -> QuerySet[OrganisationUnit]:
        del when
        units = OrganisationUnit.objects.reporting()
        match reach_of(user, Action.VIEW_INDICATOR):
            case Reach.DISTRICT:
                return units
            case Reach.TOWNSHIP:
                return units.filter(pk=user.unit_id)
            case _:
                return units.none()

    def hit(self, when: AsOf) -> Q:
        serving = Counsellor.objects.serving(when.on).filter(user__unit=OuterRef("pk"))
        return Q(Exists(serving))

    def line(self, row: OrganisationUnit) -> Line:
        url = f"{reverse('training:counsellor-list')}?township={row.code}"
        return Line(row.name, url, row.short_name)


class Trainings(Indicator):
    """Periods in which a required training was held: the first event of each period counts."""

    unit = "次"
    audience: Audience
    by_township = False
    action = Action.VIEW_EVENT
    related = ("unit",)

    def rows(self, user: Any, when: AsOf) -> QuerySet[TrainingEvent]:
        reach = TrainingEvent.objects.permitted(user, self._reach())
        turn = Window(RowNumber(), partition_by=self._period(), order_by=["held_on", "pk"])
        first = self._held(when).annotate(turn=turn).filter(turn=1)
        return reach.filter(pk__in=first.values("pk"))

    def _held(self, when: AsOf) -> Any:
        return TrainingEvent.objects.held().filter(
            audience=self.audience,
            held_on__range=(when.since, when.last),
            unit__isnull=not self.by_township,
        )

    def _period(self) -> list[Any]:
        """Return what is the same for all events of a period."""
        quarter: list[Any] = [TruncQuarter("held_on")]
        return [*quarter, F("unit")] if self.by_township else quarter

    def _reach(self) -> Action:
        # What the district holds is seen by all; a township's own by the reach of the figures.
        return Action.VIEW_INDICATOR if self.by_township else Action.VIEW_EVENT

    def line(self, row: TrainingEvent) -> Line:
        url = reverse("training:event-detail", args=[row.pk])
        return Line(row.title, url, row.unit.short_name if row.unit else "", in_words(row.held_on))


class CounsellorTraining(Trainings):
    key, code, title, source = "counsellor_training", "K11", "全区辅导员培训", "S-070"
    definition = "试点期内办过全区辅导员培训的季度数；一个季度办几次只计一次。"
    audience, township = Audience.COUNSELLORS, ""


class ChairTraining(Trainings):
    key, code, title, source = "chair_training", "K12", "全区合作社法人培训", "S-071"
    definition = "试点期内办过全区合作社法人培训的半年数；半年内办几次只计一次。"
    audience, township = Audience.CHAIRS, ""

    def _period(self) -> list[Any]:
        # Half-years: the year, and whether the month is past June.
        half = Case(When(held_on__month__lte=6, then=Value(1)), default=Value(2))
        return [TruncYear("held_on"), half]


class TownshipTraining(Trainings):
    key, code, title, source = "township_training", "K13", "乡镇街道合作社法人培训", "S-072"
    definition = "试点期内各乡镇街道办过合作社法人培训的季度数之和；一个季度办几次只计一次。"
    audience, by_township, township = Audience.CHAIRS, True, "unit__code"


class HeardOfTheLaw(OfSocieties):
    """Societies of which somebody was at a training on law or model charter."""

    key, code, title, source = "heard_of_law", "K21", "合作社法律和示范章程培训覆盖率", "S-038"
    definition = "统计日前有人参加过合作社法律或示范章程培训（有签到）的合作社占比。"
    denominator_rule = "统计日存续的合作社，不含分支机构。"
    wide_rule = WIDE_RULE

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return societies(user, when)

    def wide_rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return societies_of_the_programme(user, when)

    def hit(self, when: AsOf) -> Q:
        about = Q(event__topics__icontains=Topic.LAW) | Q(event__topics__icontains=Topic.CHARTER)
        held = TrainingEvent.objects.held().filter(held_on__lte=when.on)
        heard = Attendance.objects.filter(about, cooperative=OuterRef("pk"), event__in=held)
        return Q(Exists(heard.exclude(signed=SignedBy.NOT_YET)))


class Meetings(Indicator):
    """Quarters in which a body met."""

    unit = "次"
    body: BodyKind
    definition = "试点期内该会议已召开的季度例会数；取消的不计。"
    action = Action.VIEW_MEETING
    township, related = "", ("body",)

    def may(self, user: Any) -> bool:
        """Who sees only meetings that called the own unit cannot count those of the district."""
        return reach_of(user, self.action) == Reach.DISTRICT

    def rows(self, user: Any, when: AsOf) -> QuerySet[Meeting]:
        reach = Meeting.objects.permitted(user, Action.VIEW_MEETING)
        return reach.filter(
            body__kind=self.body,
            state=MeetingState.HELD,
            held_on__range=(when.since, when.last),
        )

    def line(self, row: Meeting) -> Line:
        url = reverse("liaison:meeting-detail", args=[row.pk])
        return Line(str(row), url, "", f"{in_words(row.held_on)}召开")


class JointMeetings(Meetings):
    key, code, title, source = "joint_meetings", "K15a", "联席会议季度例会", "S-107"
    body = BodyKind.JOINT_MEETING


class LeadingGroupMeetings(Meetings):
    key, code, title, source = "leading_group_meetings", "K15b", "领导小组季度例会", "S-088"
    body = BodyKind.LEADING_GROUP
