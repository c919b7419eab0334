"""Words that people see for the codes of this app."""

from django.db import models


class Specialty(models.TextChoices):
    """What a counsellor is good at (农业农村部2022年辅导员工作规程, domain §7.1)."""

    ORGANISATION = "organisation", "组织建设"
    OPERATION = "operation", "规范运行"
    ACCOUNTING = "accounting", "财务会计"
    MARKETING = "marketing", "市场营销"
    GREEN = "green", "绿色发展"
    TECHNICAL = "technical", "技术支撑"


class CounsellorSource(models.TextChoices):
    """Where a counsellor comes from."""

    STAFF = "staff", "农业部门人员"
    OTHER_STAFF = "other_staff", "其他部门人员"
    EXPERT = "expert", "专家"
    GRADUATE = "graduate", "到村任职大学生"
    CHAIR = "chair", "优秀合作社负责人"
    OTHER = "other", "其他"


class AssignmentKind(models.TextChoices):
    """Why a counsellor looks after a society."""

    GUIDANCE = "guidance", "联系指导"
    PAIRING = "pairing", "结对指导"


class PairingBasis(models.TextChoices):
    """Why a society must have a counsellor paired with it (plan S-067)."""

    NATIONAL = "national", "国家级示范社"
    PROVINCIAL = "provincial", "省级示范社"
    MUNICIPAL = "municipal", "市级示范社"
    DISTRICT = "district", "区级示范社"
    STANDARD = "standard", "规范社"
    CULTIVATED = "cultivated", "培育对象"


class VisitMethod(models.TextChoices):
    """How a counsellor met a society."""

    ON_SITE = "on_site", "实地"
    PHONE = "phone", "电话"
    ONLINE = "online", "线上"


class VisitPurpose(models.TextChoices):
    """What a visit is for (domain §7.3)."""

    PAIRED = "paired", "结对辅导"
    SURVEY = "survey", "清查摸底"
    RECHECK = "recheck", "整改复查"
    CULTIVATION = "cultivation", "示范创建"
    REPORT = "report", "年报催报"
    POLICY = "policy", "政策宣传"


class VisitState(models.TextChoices):
    """A visit is open until both have confirmed it; then only an addendum changes what is said."""

    REPORTED = "reported", "待合作社确认"
    CONFIRMED = "confirmed", "双方已确认"
    ON_PAPER = "on_paper", "纸质双方签字"
    ON_GLASS = "on_glass", "屏上双方签字"
    VOID = "void", "已作废"


LOCKED_STATES = (VisitState.CONFIRMED, VisitState.ON_PAPER, VisitState.ON_GLASS)


class Signer(models.TextChoices):
    """Whose signature a picture is that was drawn on the screen."""

    SOCIETY = "society", "合作社一方"
    COUNSELLOR = "counsellor", "辅导员"


class SeenThing(models.TextChoices):
    """What was seen at the place; the codes are the columns of what was seen."""

    SIGNBOARD = "signboard", "挂有牌子"
    LICENCE = "licence_shown", "营业执照上墙"
    CHARTER = "charter_kept", "章程在册"
    ACCOUNTS = "accounts_kept", "有会计账簿"
    MEMBER_ACCOUNTS = "member_accounts", "有成员账户"
    DISCLOSURE = "affairs_disclosed", "社务公开栏"


class WithoutPhoto(models.TextChoices):
    """Why a visit has no photo: asked for, never a block."""

    NOT_NEEDED = "not_needed", "电话或线上，不需要"
    DECLINED = "declined", "对方不愿意"
    NOBODY = "nobody", "没见到人，无可拍"
    DEVICE = "device", "手机不能拍"


class WithoutPlace(models.TextChoices):
    """Why a visit has no place: asked for, never a block."""

    NOT_NEEDED = "not_needed", "电话或线上，不需要"
    REFUSED = "refused", "没有打开定位"
    NO_SIGNAL = "no_signal", "定位不到"


class RevisionOutcome(models.TextChoices):
    """What became of a version of a visit that a phone or a page sent."""

    APPLIED = "applied", "已采用"
    MERGED = "merged", "已合并"
    CONFLICT = "conflict", "与另一版本冲突"
    SETTLED = "settled", "冲突已处理"


class PromiseKind(models.TextChoices):
    """What a promise is about."""

    REPORT = "report", "补报年报"
    REGISTRATION = "registration", "变更登记"
    CHARTER = "charter", "完善章程制度"
    ORGANS = "organs", "健全三会"
    ACCOUNTS = "accounts", "建账与成员账户"
    DISTRIBUTION = "distribution", "盈余分配"
    DISCLOSURE = "disclosure", "社务公开"
    EXIT = "exit", "办理注销"
    OTHER = "other", "其他"


class PromiseOwner(models.TextChoices):
    """Whose turn it is."""

    SOCIETY = "society", "合作社"
    COUNSELLOR = "counsellor", "辅导员"
    TOWNSHIP = "township", "乡镇街道"
    BUREAU = "bureau", "区农业农村局"


class PromiseState(models.TextChoices):
    """A grave promise is closed only by a second person."""

    OPEN = "open", "办理中"
    TO_CONFIRM = "to_confirm", "待复核"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class ProposalKind(models.TextChoices):
    """What a visit proposes."""

    FACT = "fact", "更正登记信息"
    CONFIRM_FLAG = "confirm_flag", "疑似问题属实"
    CLEAR_FLAG = "clear_flag", "疑似问题不属实"
    DONE_ELSEWHERE = "done_elsewhere", "培育方案措施已完成"


class ProposalState(models.TextChoices):
    """A proposal waits until a person decides."""

    WAITING = "waiting", "待处理"
    ACCEPTED = "accepted", "已采纳"
    DECLINED = "declined", "未采纳"


class Audience(models.TextChoices):
    """Whom a training is for."""

    COUNSELLORS = "counsellors", "辅导员"
    CHAIRS = "chairs", "合作社法人"
    MEMBERS = "members", "合作社成员"
    PRODUCERS = "producers", "规模生产主体"


class Topic(models.TextChoices):
    """What a training teaches."""

    LAW = "law", "合作社法"
    CHARTER = "charter", "示范章程"
    ACCOUNTING = "accounting", "财务会计"
    CLEANUP = "cleanup", "清理整顿政策"
    REPORT = "report", "年度报告"
    DEMONSTRATION = "demonstration", "示范创建"
    MARKETING = "marketing", "市场营销"
    TECHNIQUE = "technique", "生产技术"


class EventState(models.TextChoices):
    """Where a training stands."""

    PLANNED = "planned", "已安排"
    HELD = "held", "已举办"
    CALLED_OFF = "called_off", "已取消"


class SignedBy(models.TextChoices):
    """How somebody was noted as present."""

    NOT_YET = "", "未签到"
    QR = "qr", "扫码签到"
    SHEET = "sheet", "纸质签到表"


class GuidanceKind(models.TextChoices):
    """What a line of the guidance ledger is about."""

    BEFORE_REGISTRATION = "before_registration", "登记前辅导"
    CHARTER = "charter", "章程制度指导"
    STUDY_TOUR = "study_tour", "外出学习考察"
