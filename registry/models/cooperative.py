"""The register: one row per society with its current facts."""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from django.db.models.lookups import StartsWith

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from registry.choices import (
    ENDED_STATUSES,
    GONE_STATUSES,
    AgentPost,
    CooperativeKind,
    TownshipBasis,
)
from registry.models.facts import RegisteredFacts
from registry.search_terms import Term
from registry.statement_choices import GONE_KINDS

ORGANISATION_CODE_AT = 9  # GB 32100: authority, category, six figures of the division, then this
MOST_KEYS = 1_000  # so many keys stand in a statement itself; SQLite takes 32,766


class CooperativeQuerySet(models.QuerySet["Cooperative"]):
    """Reads of the register."""

    def permitted(self, user: Any, action: str) -> Self:
        """Narrow to the societies that this user reaches for this action."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self.standing()
            case Reach.TOWNSHIP if user.unit_id:
                return self.standing().filter(township=user.unit_id)
            case Reach.ASSIGNED:
                return self.standing().filter(counsellor=user.pk)
            case Reach.OWN:
                own = Q(agents__user=user.pk, agents__until__isnull=True)
                return self.standing().filter(own)
            case _:
                return self.none()

    def is_large(self) -> bool:
        """Tell whether the register is larger than a district's; a look at the newest key."""
        newest = Cooperative.objects.order_by("-pk").values_list("pk", flat=True).first()
        return (newest or 0) > settings.LIVE_FIGURES

    def standing(self) -> Self:
        """Societies in their own right: one that was merged into another lives on in that one."""
        return self.filter(merged_into__isnull=True)

    def living(self) -> Self:
        """Societies that still exist as legal persons (a revoked one does)."""
        return self.standing().exclude(status__in=ENDED_STATUSES)

    def gone_by_regulator(self) -> Self:
        """Societies that ended because the regulator's data say so; a hand's correction is not enough.

        Either a notice of deregistration, or a version that came with a registration file.
        """
        noticed = Cooperative.objects.filter(
            deregistration_notices__known_to__isnull=True,
            deregistration_notices__kind__in=GONE_KINDS,
        )
        registered = Cooperative.objects.filter(
            status__in=GONE_STATUSES,
            versions__known_to__isnull=True,
            versions__delivery__isnull=False,
            versions__status__in=GONE_STATUSES,
            versions__changed_fields__contains="status,",
        )
        return self.filter(Q(pk__in=noticed.values("pk")) | Q(pk__in=registered.values("pk")))

    def owing_reports(self) -> Self:
        """Societies that owe annual reports at all: existing ones; branches report with theirs."""
        return self.living().exclude(kind=CooperativeKind.BRANCH)

    def with_unresolved_address(self) -> Self:
        """Living societies whose township could not be told from the domicile."""
        return self.living().filter(township_basis=TownshipBasis.UNRESOLVED)

    def matching(self, term: str, *, chairs_begin: bool = False) -> Self:
        """Find by part of name, old name, code or old number, initials, chair or domicile.

        Of a code its beginning, its end, or the organisation code inside it from where that begins.
        Of a chair the whole name; with `chairs_begin`, for who reads the chairs of all these rows,
        its beginning: elsewhere names could be guessed one character after the other.

        A society that was merged into another is found there by its own name and code. Asks for
        the old names and the merged societies at once: by their keys the database can look up
        every way of finding in its index, which a condition on other tables would forbid.
        """
        sought = Term(term)
        if not sought.text:
            return self
        former = FormerName.objects.filter(name__holds=sought.parts)
        merged = Cooperative.objects.filter(merged_into__isnull=False).fitting(term)
        elsewhere = _named_by((former, "cooperative"), (merged, "merged_into"))
        return self.filter(self._by_own_facts(sought, chairs_begin=chairs_begin) | elsewhere)

    def fitting(self, term: str) -> Self:
        """Find by what a society is and was called itself, without asking for keys: among few."""
        sought = Term(term)
        if not sought.text:
            return self
        former = FormerName.objects.filter(name__holds=sought.parts)
        return self.filter(self._by_own_facts(sought) | Q(pk__in=former.values("cooperative")))

    @staticmethod
    def _by_own_facts(sought: Term, *, chairs_begin: bool = False) -> Q:
        found = Q(name__holds=sought.parts)
        if not sought.text.isascii():
            if chairs_begin and sought.person_begin:
                found |= Q(legal_representative__startswith=sought.person_begin)
            else:
                found |= Q(legal_representative=sought.text)
            return found | Q(domicile__holds=sought.text.split())
        code = sought.text.upper()
        found |= Q(uscc__startswith=code) | Q(uscc__ends=code)
        found |= Q(StartsWith(Substr("uscc", ORGANISATION_CODE_AT), code))
        found |= Q(registration_no__startswith=code) | Q(registration_no__ends=code)
        if sought.letters:
            found |= Q(name_initials__holds_letters=sought.letters)
        return found


def _named_by(*rows: tuple[models.QuerySet[Any, Any], str]) -> Q:
    """Return the condition of being a society that one of the rows names in a field.

    By key where they are few. A word of many old names is one of many names: there societies are
    looked at in order until a page is full, and asked for the rows that name them only where
    nothing of their own fits.
    """
    named = [each.values_list(field) for each, field in rows]
    few = {key for (key,) in named[0].union(*named[1:], all=True)[: MOST_KEYS + 1]}
    if len(few) <= MOST_KEYS:
        return Q(pk__in=sorted(few))
    asked = (Exists(each.filter(**{field: OuterRef("pk")})) for each, field in rows)
    return reduce(or_, asked, Q())


class Cooperative(RegisteredFacts):
    """合作社：名录的一行，以统一社会信用代码为准，15位注册号为第二标识。"""

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True, null=True, blank=True)
    name_key = models.CharField(max_length=200, editable=False)
    name_initials = models.CharField("拼音首字母", max_length=200, blank=True, default="")
    division = models.CharField("首次登记区划", max_length=6, blank=True, default="")
    township = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cooperatives",
        db_index=False,  # the index by township and name serves it
        verbose_name="所属乡镇街道",
    )
    township_basis = models.CharField(
        "归属依据", max_length=12, choices=TownshipBasis, blank=True, default=""
    )
    counsellor = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counselled",
        verbose_name="辅导员",
    )
    last_row = models.ForeignKey(
        "registry.FeedRow",
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name="最近一次出现的报送行",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name="已并入",
    )
    corrected_fields = models.JSONField("人工更正过的项目", default=list, blank=True)
    internal_note = models.TextField("内部备注", blank=True, default="")
    created_at = models.DateTimeField("进入名录时间", default=clock.now)
    updated_at = models.DateTimeField("更新时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)
    # Set where a whole file has just been put in: found by comparing, until it is sorted in.
    pieces_wait = models.BooleanField("待编入检索", default=False, db_default=False, editable=False)

    objects = CooperativeQuerySet.as_manager()

    class Meta:
        verbose_name = "合作社"
        verbose_name_plural = "合作社"
        constraints = (
            models.CheckConstraint(
                condition=Q(uscc__isnull=False) | ~Q(registration_no=""),
                name="cooperative_has_an_identity",
            ),
            models.UniqueConstraint(
                fields=["registration_no"],
                condition=~Q(registration_no=""),
                name="one_cooperative_per_old_number",
            ),
        )
        indexes = (
            models.Index(fields=["township", "name_key", "id"], name="coop_by_township"),
            models.Index(fields=["name_key", "id"], name="coop_by_name"),
            models.Index(fields=["established_on", "id"], name="coop_by_founding"),
            models.Index(fields=["total_contribution", "id"], name="coop_by_capital"),
            models.Index(fields=["status", "name_key", "id"], name="coop_by_status"),
            models.Index(
                fields=["kind", "name_key", "id"],
                condition=~Q(kind=CooperativeKind.COOPERATIVE),
                name="coop_of_rare_kind",
            ),
            models.Index(fields=["id"], condition=Q(pieces_wait=True), name="coop_waiting"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The code that addresses this society: the USCC, else the old number."""
        return self.uscc or self.registration_no


class FormerName(models.Model):
    """曾用名：名称变更后按旧名仍能找到。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="former_names", verbose_name="合作社"
    )
    name = models.CharField("曾用名", max_length=200)
    until = models.DateField("使用至")
    delivery = models.ForeignKey(
        "registry.FeedDelivery", models.SET_NULL, null=True, verbose_name="来自报送"
    )

    class Meta:
        verbose_name = "曾用名"
        verbose_name_plural = "曾用名"
        indexes = (models.Index(fields=["name"], name="former_name"),)

    def __str__(self) -> str:
        return self.name


class CooperativeAgent(models.Model):
    """代表合作社使用本平台的人；一人可以服务多家。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="agents", verbose_name="合作社"
    )
    user = models.ForeignKey(
        User, models.CASCADE, related_name="cooperatives_served", verbose_name="使用人"
    )
    post = models.CharField("身份", max_length=8, choices=AgentPost, default=AgentPost.STAFF)
    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = "合作社使用人"
        verbose_name_plural = "合作社使用人"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "user"],
                condition=Q(until__isnull=True),
                name="one_open_service_per_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} {self.user}"
