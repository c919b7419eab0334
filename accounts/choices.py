"""Words that people see for the codes of this app."""

from django.db import models


class Role(models.TextChoices):
    """What a person is to the portal; rights follow from `accounts.policy` alone."""

    BUREAU = "bureau", "农业农村局工作人员"
    CLERK = "clerk", "乡镇街道经办人"
    COUNSELLOR = "counsellor", "合作社辅导员"
    COOPERATIVE = "cooperative", "合作社"
    LIAISON = "liaison", "部门联络员"
    LEADER = "leader", "领导"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


class UnitKind(models.TextChoices):
    """What an organisation unit is."""

    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    SUBDISTRICT = "subdistrict", "街道"
    COMMITTEE = "committee", "管委会"
    DEPARTMENT = "department", "区级部门"
    LEADERSHIP = "leadership", "区委区政府"


REPORTING_KINDS = (
    UnitKind.TOWN,
    UnitKind.TOWNSHIP,
    UnitKind.SUBDISTRICT,
    UnitKind.COMMITTEE,
)


_ANY_OFFICE = (UnitKind.DEPARTMENT, UnitKind.LEADERSHIP)

# Where a person of a role works; a cooperative's people may name the township of their society.
WORKPLACES: dict[Role, tuple[UnitKind, ...]] = {
    Role.BUREAU: (UnitKind.DEPARTMENT,),
    Role.CLERK: REPORTING_KINDS,
    Role.COUNSELLOR: REPORTING_KINDS,
    Role.COOPERATIVE: REPORTING_KINDS,
    Role.LIAISON: (UnitKind.DEPARTMENT,),
    Role.LEADER: _ANY_OFFICE,
    Role.AUDITOR: _ANY_OFFICE,
    Role.ADMINISTRATOR: _ANY_OFFICE,
}
WITHOUT_WORKPLACE = frozenset({Role.COOPERATIVE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})


class AttachmentKind(models.TextChoices):
    """What an attachment is, judged by its content."""

    PHOTO = "photo", "照片"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 工作簿"
    XLS = "xls", "Excel 工作簿（旧版）"


class PaperKind(models.TextChoices):
    """What a numbered paper is that leaves the house."""

    ROSTER_CERTIFICATE = "roster_certificate", "社员名录证明"
    REPORT_RECEIPT = "report_receipt", "年报回执"
    HONOUR_CERTIFICATE = "honour_certificate", "示范社证书"
    PLAQUE = "plaque", "示范社牌匾"
    MINUTES = "minutes", "会议纪要"
    PROOF_SHEET = "proof_sheet", "核查表"
    LETTER = "letter", "公函"
    OTHER_PAPER = "other_paper", "其他文书"


class PaperState(models.TextChoices):
    """Whether a paper still counts."""

    VALID = "valid", "有效"
    SUPERSEDED = "superseded", "已被新文书替代"
    WITHDRAWN = "withdrawn", "已撤销"
