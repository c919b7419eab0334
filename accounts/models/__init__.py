"""People, organisation units, the audit trail, and what every part of the portal shares."""

from accounts.models.api_token import ApiToken
from accounts.models.attachment import Attachment
from accounts.models.audit_event import AuditEvent
from accounts.models.export_job import ExportJob
from accounts.models.issued_paper import IssuedPaper
from accounts.models.life_sign import LifeSign
from accounts.models.notice import Notice, NoticeReceipt
from accounts.models.number_series import NumberSeries
from accounts.models.outbox import OutboxMessage
from accounts.models.public_try import PublicTry
from accounts.models.saved_view import DefaultView, SavedView
from accounts.models.unit import AliasVillage, OrganisationUnit, UnitAlias
from accounts.models.user import User

__all__ = [
    "AliasVillage",
    "ApiToken",
    "Attachment",
    "AuditEvent",
    "DefaultView",
    "ExportJob",
    "IssuedPaper",
    "LifeSign",
    "Notice",
    "NoticeReceipt",
    "NumberSeries",
    "OrganisationUnit",
    "OutboxMessage",
    "PublicTry",
    "SavedView",
    "UnitAlias",
    "User",
]
