"""People, organisation units and the audit trail."""

from accounts.models.audit_event import AuditEvent
from accounts.models.unit import AliasVillage, OrganisationUnit, UnitAlias
from accounts.models.user import User

__all__ = ["AliasVillage", "AuditEvent", "OrganisationUnit", "UnitAlias", "User"]
