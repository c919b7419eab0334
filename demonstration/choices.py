"""Words that people see for the codes of this app."""

from django.db import models


class Level(models.TextChoices):
    """Level of a demonstration society, highest first (domain §6)."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市级"
    DISTRICT = "district", "区级"


class Honour(models.TextChoices):
    """Which honour a title bestows; 规范社 is a second one beside 示范社 (S-047)."""

    DEMONSTRATION = "demonstration", "示范社"
    STANDARD = "standard", "规范社"


class TitleState(models.TextChoices):
    """Where a title stands (domain §6.6)."""

    VALID = "valid", "有效"
    MONITORING = "monitoring", "监测中"
    RECTIFYING = "rectifying", "限期整改"
    REMOVED = "removed", "已取消"
    WITHDRAWN = "withdrawn", "已退出"


HELD_STATES = (TitleState.VALID, TitleState.MONITORING, TitleState.RECTIFYING)
ENDED_STATES = (TitleState.REMOVED, TitleState.WITHDRAWN)


class CriteriaState(models.TextChoices):
    """A set of criteria is written, then in force, then replaced."""

    DRAFT = "draft", "草稿"
    RELEASED = "released", "已发布"


class ItemKind(models.TextChoices):
    """What an item of a set of criteria does."""

    CONDITION = "condition", "基本条件"
    SCORED = "scored", "评分项"
    VETO = "veto", "一票否决"


class Verdict(models.TextChoices):
    """What a self-check says of one item. Unknown is never counted as met."""

    MET = "met", "符合"
    NOT_MET = "not_met", "不符合"
    UNKNOWN = "unknown", "资料不足"


class TitleEventKind(models.TextChoices):
    """What happened to a title."""

    RECOGNISED = "recognised", "认定"
    PASSED = "passed", "监测合格"
    RECTIFY = "rectify", "限期整改"
    REMOVED = "removed", "取消"
    REINSTATED = "reinstated", "恢复"
    WITHDRAWN = "withdrawn", "退出"


STANDING_EVENTS = (
    TitleEventKind.RECOGNISED,
    TitleEventKind.PASSED,
    TitleEventKind.RECTIFY,
    TitleEventKind.REINSTATED,
)


class RoundState(models.TextChoices):
    """Where a rating round stands."""

    PREPARING = "preparing", "筹备"
    OPEN = "open", "受理申报"
    REVIEWING = "reviewing", "审核评分"
    RANKED = "ranked", "评分结束"
    APPROVED = "approved", "联席会议通过"
    NOTICE = "notice", "公示"
    RECOGNISED = "recognised", "已认定"
    CANCELLED = "cancelled", "已取消"


class ApplicationState(models.TextChoices):
    """Where an application stands (domain §6.6)."""

    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "已申报"
    RETURNED = "returned", "退回补正"
    RECOMMENDED = "recommended", "乡镇已推荐"
    REVIEWED = "reviewed", "区级已审核"
    CONSULTED = "consulted", "已征求部门意见"
    APPROVED = "approved", "联席会议通过"
    NOTICED = "noticed", "公示中"
    OBJECTED = "objected", "有异议待答复"
    RECOGNISED = "recognised", "已认定"
    REJECTED = "rejected", "未通过"


class Opinion(models.TextChoices):
    """What a consulted department answers."""

    AGREE = "agree", "无异议"
    OBJECT = "object", "不同意"


class SheetState(models.TextChoices):
    """Where a reviewer's score sheet stands."""

    OPEN = "open", "评分中"
    SUBMITTED = "submitted", "已提交"


class ForwardState(models.TextChoices):
    """What a higher level answered to a forwarded application."""

    SENT = "sent", "已上报"
    ACCEPTED = "accepted", "上级认定"
    DECLINED = "declined", "上级未认定"


class MonitoringCause(models.TextChoices):
    """Why a title is looked at."""

    BIENNIAL = "biennial", "两年一次的监测"
    ABNORMAL_LISTING = "abnormal_listing", "新列入经营异常名录"
    MISSED_REPORTS = "missed_reports", "连续两年未公示年度报告"
    BAD_VISIT = "bad_visit", "走访发现不在登记住所或停业"
    SCREENING = "screening", "对照现行标准筛查不符合"
    OTHER = "other", "其他线索"


class MonitoringState(models.TextChoices):
    """Where a monitoring case stands; each step needs proof of the one before."""

    OPENED = "opened", "已立案"
    TOLD = "told", "已告知"
    REPLIED = "replied", "已答复"
    DECIDED = "decided", "会议已决定"
    PUBLISHED = "published", "已公布"
    CLOSED = "closed", "已结案"


class MonitoringDecision(models.TextChoices):
    """What the meeting decides."""

    PASS = "pass", "监测合格，保留称号"
    RECTIFY = "rectify", "限期整改，暂时保留"
    REMOVE = "remove", "取消称号"


class PlanState(models.TextChoices):
    """Where a cultivation plan stands."""

    ACTIVE = "active", "培育中"
    REACHED = "reached", "已达标"
    STOPPED = "stopped", "已中止"


class Dimension(models.TextChoices):
    """The seven dimensions of one society, one plan (S-053)."""

    MEMBERS = "members", "成员登记"
    DEMOCRACY = "democracy", "民主管理"
    PROPERTY = "property", "产权关系"
    FINANCE = "finance", "财务管理"
    DISTRIBUTION = "distribution", "盈余分配"
    MECHANISM = "mechanism", "经营机制创新"
    SERVICE = "service", "自我服务能力"


class NamedList(models.TextChoices):
    """The named lists of the plan: S-051, S-052 and the three-in-one ones, and priority group 4."""

    TYPICAL = "typical", "典型示范社"
    FAMILY_FARM = "family_farm", "家庭农场为主体组建"
    THREE_IN_ONE = "three_in_one", "三位一体"
    PROMISING = "promising", "带动能力强、有发展后劲"


# How many the plan asks for; S-021 names none.
WANTED = {NamedList.TYPICAL: 10, NamedList.FAMILY_FARM: 3, NamedList.THREE_IN_ONE: 10}


class ChainStage(models.TextChoices):
    """Where in the chain a society works (S-059)."""

    BEFORE = "before", "产前（投入品、育苗）"
    GROWING = "growing", "产中（种植养殖）"
    AFTER = "after", "产后（加工、贮运、销售）"
    WHOLE = "whole", "全产业链"


class StrengthKind(models.TextChoices):
    """What a society does and has, one row each (S-060 to S-065)."""

    SERVICE = "service", "服务"
    FACILITY = "facility", "设施"
    CHANNEL = "channel", "销售渠道"
    BUSINESS = "business", "融合业态"
    CERTIFICATE = "certificate", "产品认证"
    BRAND = "brand", "品牌"


class Strength(models.TextChoices):
    """The rows that can be entered, in the words of the plan."""

    PURCHASE = "purchase", "原料采购"
    PACKAGING = "packaging", "品牌包装"
    LOGISTICS = "logistics", "物流配送"
    ACCOUNTING = "accounting", "财务代理"
    PLANNING = "planning", "项目规划"
    EXTENSION = "extension", "技术推广"
    FIELD_STORE = "field_store", "田头贮藏"
    PRECOOLING = "precooling", "预冷保鲜"
    GRADING = "grading", "分级包装"
    COLD_CHAIN = "cold_chain", "冷链物流"
    DIRECT_SALE = "direct_sale", "直销直供"
    E_COMMERCE = "e_commerce", "农产品电商"
    WHOLESALE = "wholesale", "批发市场"
    PROCESSING = "processing", "农产品加工"
    LEISURE = "leisure", "休闲旅游"
    CREATIVE = "creative", "创意农业"
    EXPERIENCE = "experience", "农耕体验"
    HARMLESS = "harmless", "无公害农产品"
    GREEN = "green", "绿色食品"
    ORGANIC = "organic", "有机农产品"
    GEOGRAPHICAL = "geographical", "农产品地理标志"
    BRAND_NAME = "brand_name", "注册商标或品牌"


KINDS_OF_STRENGTH: dict[StrengthKind, tuple[Strength, ...]] = {
    StrengthKind.SERVICE: (
        Strength.PURCHASE,
        Strength.PACKAGING,
        Strength.LOGISTICS,
        Strength.ACCOUNTING,
        Strength.PLANNING,
        Strength.EXTENSION,
    ),
    StrengthKind.FACILITY: (
        Strength.FIELD_STORE,
        Strength.PRECOOLING,
        Strength.GRADING,
        Strength.COLD_CHAIN,
    ),
    StrengthKind.CHANNEL: (Strength.DIRECT_SALE, Strength.E_COMMERCE, Strength.WHOLESALE),
    StrengthKind.BUSINESS: (
        Strength.PROCESSING,
        Strength.LEISURE,
        Strength.CREATIVE,
        Strength.EXPERIENCE,
    ),
    StrengthKind.CERTIFICATE: (
        Strength.HARMLESS,
        Strength.GREEN,
        Strength.ORGANIC,
        Strength.GEOGRAPHICAL,
    ),
    StrengthKind.BRAND: (Strength.BRAND_NAME,),
}
WITH_VALIDITY = KINDS_OF_STRENGTH[StrengthKind.CERTIFICATE]


class Verification(models.TextChoices):
    """How sure an entry is."""

    DECLARED = "declared", "自报"
    SEEN = "seen", "走访核实"
    DOCUMENTED = "documented", "凭证核实"
