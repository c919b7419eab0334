"""Words that people see for the codes of this app."""

from django.db import models


class CooperativeKind(models.TextChoices):
    """What a row of the register is; told by the name, since all share the prefix 93."""

    COOPERATIVE = "cooperative", "农民专业合作社"
    UNION = "union", "联合社"
    BRANCH = "branch", "分支机构"


class RegistrationStatus(models.TextChoices):
    """The regulator's fact. Revoked is not deregistered: a revoked society still exists."""

    ACTIVE = "active", "存续"
    SUSPENDED = "suspended", "歇业"
    LIQUIDATING = "liquidating", "清算中"
    REVOKED = "revoked", "吊销未注销"
    REVOKED_DEREGISTERED = "revoked_deregistered", "吊销已注销"
    DEREGISTERED = "deregistered", "注销"
    CANCELLED = "cancelled", "撤销登记"
    MOVED_OUT = "moved_out", "迁出"
    OTHER = "other", "其他"
    UNSTATED = "", "未提供"


ENDED_STATUSES = (
    RegistrationStatus.REVOKED_DEREGISTERED,
    RegistrationStatus.DEREGISTERED,
    RegistrationStatus.CANCELLED,
    RegistrationStatus.MOVED_OUT,
)

# Gone for good: a society that moved out lives on elsewhere.
GONE_STATUSES = (
    RegistrationStatus.REVOKED_DEREGISTERED,
    RegistrationStatus.DEREGISTERED,
    RegistrationStatus.CANCELLED,
)


class TownshipBasis(models.TextChoices):
    """How the township of a domicile was found."""

    ADDRESS = "address", "住所写明"
    ALIAS = "alias", "旧地名对应"
    VILLAGE = "village", "按村判定"
    PERSON = "person", "人工判定"
    UNRESOLVED = "unresolved", "待判定"
    OUTSIDE = "", "区外或未载明"


class FeedSource(models.TextChoices):
    """Which register a file speaks for; the values are those of the command line."""

    REGISTRATION = "registration", "登记信息"
    REGISTRATION_CHANGES = "registration-changes", "变更登记"
    DEREGISTRATION = "deregistration", "注销吊销"
    ABNORMAL = "abnormal", "经营异常名录"
    SPOT_CHECK = "spot-check", "抽查检查"
    REPORT_PUBLICATION = "report-publication", "年报公示"
    TAX = "tax", "税务登记"
    WORKBOOK = "workbook", "季度工作簿"


class FeedScope(models.TextChoices):
    """Whether a file lists everything or only what changed."""

    FULL = "full", "全部名单"
    CHANGES = "changes", "仅变动部分"


class DeliveryRelation(models.TextChoices):
    """What a file is to the former ones of its quarter."""

    FIRST = "first", "首次报送"
    CORRECTION = "correction", "更正（替换前一份）"
    SUPPLEMENT = "supplement", "补充（并入前一份）"


class HoldChoice(models.TextChoices):
    """What a person can answer to a held file."""

    CONTINUE = "continue", "情况属实，继续处理"
    CORRECTION = "correction", "这份是更正，替换前一份"
    SUPPLEMENT = "supplement", "这份是补充，并入前一份"
    UNIT_YUAN = "unit_yuan", "金额的单位是“元”"
    UNIT_WAN = "unit_wan", "金额的单位是“万元”"
    CANCEL = "cancel", "作废这份文件"


class JobState(models.TextChoices):
    """Where a file stands on its way into the register."""

    RECEIVED = "received", "已收到，等待检查"
    PARSING = "parsing", "正在检查"
    STAGED = "staged", "检查完毕，待核对"
    HELD = "held", "需要人工决定"
    COMMITTING = "committing", "正在入库"
    COMMITTED = "committed", "已入库"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销入库"
    REFUSED = "refused", "已退回"
    CANCELLED = "cancelled", "已作废"


WORKING_STATES = (JobState.RECEIVED, JobState.PARSING, JobState.COMMITTING, JobState.UNDOING)
LIVE_STATES = (*WORKING_STATES, JobState.STAGED, JobState.HELD, JobState.COMMITTED)


class RowKind(models.TextChoices):
    """What a physical row of a sheet is."""

    HEADER = "header", "表头"
    NOTE = "note", "说明或合计行"
    DATA = "data", "数据行"


class RowOutcome(models.TextChoices):
    """What became of a data row: exactly one of these."""

    NEW = "new", "新增"
    CHANGED = "changed", "变动"
    UNCHANGED = "unchanged", "不变"
    DOUBTFUL = "doubtful", "存疑"
    REJECTED = "rejected", "退回"
    DUPLICATE = "duplicate", "重复"
    PENDING = "", "未核对"


class RowDecision(models.TextChoices):
    """What a person decided about a doubtful row."""

    NONE = "", "未决定"
    ACCEPTED = "accepted", "接收"
    DECLINED = "declined", "不接收"


class Severity(models.TextChoices):
    """How urgent a suspicion is."""

    HIGH = "high", "重点核实"
    MEDIUM = "medium", "需要核实"
    LOW = "low", "提示"


class FlagLabel(models.TextChoices):
    """What a suspicion points to: a tag for people, never a finding in law."""

    SHELL = "shell", "空壳社"
    ONE_PERSON = "one_person", "一人社"
    FAMILY = "family", "家族社"
    DORMANT = "dormant", "休眠社"
    ZOMBIE = "zombie", "僵尸社"
    UNLAWFUL_STRUCTURE = "unlawful_structure", "成员结构不合规"
    EXIT_PENDING = "exit_pending", "待退出"
    DATA_ERROR = "data_error", "数据存疑"
    REVIEW = "review", "需要比对"
    SURVEY = "survey", "优先摸底"


class FlagState(models.TextChoices):
    """Only a person moves a suspicion on; a cured fact closes it, and a day ends a deferral."""

    SUSPECTED = "suspected", "疑似"
    CHECKING = "checking", "核实中"
    CONFIRMED = "confirmed", "属实"
    DISMISSED = "dismissed", "不属实"
    DEFERRED = "deferred", "暂缓"
    CLEARED = "cleared", "已解除"


class RuleAuthority(models.TextChoices):
    """Where the thresholds of a rule version come from."""

    STATUTE = "statute", "法定"
    PROPOSAL = "proposal", "工作约定（可调整）"


class Seen(models.TextChoices):
    """Whether something was found at a society's place."""

    YES = "yes", "是"
    NO = "no", "否"
    UNKNOWN = "unknown", "未核实"


class OperatingState(models.TextChoices):
    """Whether a society was at work when somebody came by."""

    YES = "yes", "正常经营"
    SEASONAL = "seasonal", "季节性停工"
    NO = "no", "已停业"
    UNKNOWN = "unknown", "未核实"


class FindingState(models.TextChoices):
    """How far a finding has come: what counsellor and chair both signed weighs most."""

    REPORTED = "reported", "已上报"
    SIGNED = "signed", "双方已签字"
    WITHDRAWN = "withdrawn", "已作废"


# rosters
class MemberKind(models.TextChoices):
    """What a member is, in the registry's own classes (domain §1.3)."""

    FARMER = "farmer", "农民成员"
    NON_FARMER = "non_farmer", "非农民成员"
    ENTERPRISE = "enterprise", "企业成员"
    INSTITUTION = "institution", "事业单位成员"
    SOCIAL_ORGANISATION = "social_organisation", "社会组织成员"
    SOCIETY = "society", "合作社成员"


# Organisations that fall under the limit of article 20.
UNIT_KINDS = (MemberKind.ENTERPRISE, MemberKind.INSTITUTION, MemberKind.SOCIAL_ORGANISATION)


class ContributionForm(models.TextChoices):
    """In what a member contributed (article 13)."""

    CASH = "cash", "货币"
    IN_KIND = "in_kind", "实物"
    KNOWLEDGE = "knowledge", "知识产权"
    LAND = "land", "土地经营权"
    FOREST = "forest", "林权"
    OTHER = "other", "其他非货币财产"
    UNSTATED = "", "未填"


class MemberPost(models.TextChoices):
    """What a member does for the society."""

    CHAIR = "chair", "理事长"
    COUNCIL = "council", "理事"
    SUPERVISOR = "supervisor", "监事"
    NONE = "", "无"


class RosterUploadState(models.TextChoices):
    """Where an uploaded roster stands."""

    CHECKED = "checked", "已检查，待确认"
    REFUSED = "refused", "未通过检查"
    APPLIED = "applied", "已写入名册"
    DROPPED = "dropped", "已放弃"


class AgentPost(models.TextChoices):
    """As what a person acts for a society on the portal."""

    CHAIR = "chair", "理事长"
    STAFF = "staff", "经办人"


# annual reports
class ReportState(models.TextChoices):
    """Where a society's annual report of one year stands."""

    DRAFT = "draft", "填写中"
    AWAITING = "awaiting", "待理事长确认"
    SUBMITTED = "submitted", "已提交，待初核"
    CHECKED = "checked", "初核通过，待审核"
    RETURNED = "returned", "已退回，待修改"
    ACCEPTED = "accepted", "审核通过"
    PUBLISHED = "published", "已公开"


EDITABLE_REPORTS = (ReportState.DRAFT, ReportState.RETURNED)
FILED_REPORTS = (
    ReportState.SUBMITTED,
    ReportState.CHECKED,
    ReportState.ACCEPTED,
    ReportState.PUBLISHED,
)


class Confirmation(models.TextChoices):
    """How the society's chair stood behind a report."""

    ACCOUNT = "account", "本人登录提交"
    CODE = "code", "理事长报出确认码"
    SIGNATURE = "signature", "理事长屏上签名"
    PHOTO = "photo", "签字盖章纸质件照片"


class ReportFile(models.TextChoices):
    """What a file is that hangs on a report."""

    SIGNATURE = "signature", "理事长签名"
    SIGNED_PRINT = "signed_print", "签字盖章的纸质件"


class GovernanceKind(models.TextChoices):
    """The three facts of the 80 % targets (plan S-015 to S-017)."""

    ACCOUNTS = "accounts", "成员账户完备"
    DISCLOSURE = "disclosure", "实行社务公开"
    DISTRIBUTION = "distribution", "依法盈余分配"


class CertificateState(models.TextChoices):
    """Where a request for a roster certificate stands."""

    REQUESTED = "requested", "已申请，待核发"
    ISSUED = "issued", "已核发"
    REFUSED = "refused", "不予核发"
    SUPERSEDED = "superseded", "已被新证明替代"
    WITHDRAWN = "withdrawn", "已撤销"


class CooperativeFile(models.TextChoices):
    """What a file of a society shows."""

    LICENCE = "licence", "营业执照"
    CHARTER = "charter", "章程"
    ROSTER = "roster", "成员名册"
    PLACE = "place", "生产经营场所照片"
    OTHER = "other_file", "其他材料"


class InterestKind(models.TextChoices):
    """How a person is tied to a society."""

    MEMBER = "member", "本人是成员或出资人"
    POST = "post", "本人在社内任职"
    RELATIVE = "relative", "近亲属是负责人或成员"
    BUSINESS = "business", "有生意往来"
    OTHER = "other", "其他"


class PairBasis(models.TextChoices):
    """Why two societies of the register may be one: never more than a question to a person."""

    SAME_NAME = "same_name", "名称相同"
    OLD_NAME = "old_name", "与曾用名相同"
    NEAR_NAME = "near_name", "名称相近"
    PERSON = "person", "人工提出"


class PairState(models.TextChoices):
    """What a person said about a pair; once said, it is not asked again."""

    WAITING = "waiting", "待判定"
    SAME = "same", "同一家，已合并"
    DIFFERENT = "different", "不是同一家"
