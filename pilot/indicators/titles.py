"""Titles: new ones by level (S-010 to S-013), those of this year (S-049), pairing and plans."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.policy import Action
from common.template_tags import day as in_words
from demonstration.choices import Honour, Level, NamedList
from demonstration.models import CultivationPlan, DemonstrationTitle, NamedListEntry
from pilot.indicators.frame import AsOf, Indicator, Line, Share
from pilot.indicators.populations import society_line
from registry.models import Cooperative
from training.models import CounsellorAssignment


class NewTitles(Indicator):
    """Titles of one level that were recognised within the programme."""

    level: Level
    definition = "试点期内（含首尾两日）认定的该级示范社，按认定日期计。"
    left_out = "规范社不计；升级的按新级别另计，原级别不减；取消的不从新增数里减。"
    knows_when = True

    def rows(self, user: Any, when: AsOf) -> QuerySet[DemonstrationTitle]:
        reach = DemonstrationTitle.objects.permitted(user, Action.VIEW_INDICATOR)
        new = reach.recognised_between(when.since, when.last, known=when.known)
        return new.filter(level=self.level, honour=Honour.DEMONSTRATION)

    def line(self, row: DemonstrationTitle) -> Line:
        return society_line(row.cooperative, f"{in_words(row.recognised_on)}认定")


class NewNational(NewTitles):
    key, code, title, source = "new_national", "K1", "新增国家级示范社", "S-010"
    level = Level.NATIONAL


class NewProvincial(NewTitles):
    key, code, title, source = "new_provincial", "K2", "新增省级示范社", "S-011"
    level = Level.PROVINCIAL


class NewMunicipal(NewTitles):
    key, code, title, source = "new_municipal", "K3", "新增市级示范社", "S-012"
    level = Level.MUNICIPAL


class NewDistrict(NewTitles):
    key, code, title, source = "new_district", "K4", "新增区级示范社", "S-013"
    level = Level.DISTRICT


class DistrictThisYear(NewTitles):
    """The yearly duty beside the whole: fifteen a year."""

    key, code, title, source = "district_this_year", "K7", "本年评定区级示范社", "S-049"
    level = Level.DISTRICT
    definition = "当年1月1日至统计日认定的区级示范社，按认定日期计；试点结束后停在最后一年。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[DemonstrationTitle]:
        reach = DemonstrationTitle.objects.permitted(user, Action.VIEW_INDICATOR)
        first = max(dt.date(when.last.year, 1, 1), when.since)
        new = reach.recognised_between(first, when.last, known=when.known)
        return new.filter(level=self.level, honour=Honour.DEMONSTRATION)


class Listed(Indicator):
    """Societies on a named list on the day."""

    name: NamedList
    definition = "统计日在该名单上的合作社；入选须写明理由并经核对条件。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[NamedListEntry]:
        reach = NamedListEntry.objects.permitted(user, Action.VIEW_INDICATOR)
        lasting = Q(until__isnull=True) | Q(until__gt=when.on)
        return reach.filter(lasting, name=self.name, since__lte=when.on)

    def line(self, row: NamedListEntry) -> Line:
        return society_line(row.cooperative, row.reason)


class FamilyFarmSocieties(Listed):
    key, code, title, source = "family_farm", "K8", "家庭农场为主体组建的合作社", "S-051"
    name = NamedList.FAMILY_FARM


class TypicalSocieties(Listed):
    key, code, title, source = "typical", "K9", "典型示范社", "S-052"
    name = NamedList.TYPICAL


class ThreeInOneSocieties(Listed):
    key, code, title, source = "three_in_one", "K14", "“三位一体”合作社", "S-078"
    name = NamedList.THREE_IN_ONE


class PairedHolders(Share):
    """Holders of a title with whom a counsellor is paired."""

    key, code, title, source = "paired_holders", "K19", "示范社结对率", "S-067"
    definition = "统计日持有示范社称号的合作社中，已有辅导员结对的占比。"
    denominator_rule = "统计日持有任一级示范社称号的合作社，一家计一次。"
    township, related = "township__code", ("township",)

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        held = DemonstrationTitle.objects.held_on(when.on).filter(honour=Honour.DEMONSTRATION)
        reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
        return reach.filter(pk__in=held.values("cooperative"))

    def hit(self, when: AsOf) -> Q:
        lasting = Q(until__isnull=True) | Q(until__gt=when.on)
        pairs = CounsellorAssignment.objects.pairing().filter(
            lasting, cooperative=OuterRef("pk"), since__lte=when.on
        )
        return Q(Exists(pairs))

    def line(self, row: Cooperative) -> Line:
        return society_line(row)


class PlannedSocieties(Share):
    """Cultivated societies with a plan of their own."""

    key, code, title, source = "planned", "K20", "一社一案覆盖率", "S-054"
    definition = "培育名单上的合作社中，统计日有培育方案的占比。"
    denominator_rule = "统计日在典型示范社、家庭农场、三位一体任一名单上的合作社，一家计一次。"
    township, related = "township__code", ("township",)

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        lasting = Q(until__isnull=True) | Q(until__gt=when.on)
        listed = NamedListEntry.objects.filter(lasting, since__lte=when.on)
        reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
        return reach.filter(pk__in=listed.values("cooperative"))

    def hit(self, when: AsOf) -> Q:
        lasting = Q(closed_on__isnull=True) | Q(closed_on__gt=when.on)
        plans = CultivationPlan.objects.filter(
            lasting, cooperative=OuterRef("pk"), opened_on__lte=when.on
        )
        return Q(Exists(plans))

    def line(self, row: Cooperative) -> Line:
        return society_line(row)
