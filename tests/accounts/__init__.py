"""People, rights and the audit trail."""
