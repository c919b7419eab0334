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
