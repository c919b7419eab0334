"""People, organisation units, the audit trail, and what every part of the portal shares."""

from accounts.models.attachment import Attachment
from accounts.models.audit_event import AuditEvent
from accounts.models.number_series import NumberSeries
from accounts.models.unit import AliasVillage, OrganisationUnit, UnitAlias
from accounts.models.user import User

__all__ = [
    "AliasVillage",
    "Attachment",
    "AuditEvent",
    "NumberSeries",
    "OrganisationUnit",
    "UnitAlias",
    "User",
]
