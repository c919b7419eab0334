"""The database itself refuses to change or delete an audit event."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION audit_trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail only grows';
END $$;
CREATE TRIGGER audit_trail_only_grows BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_trail_only_grows();
"""
POSTGRESQL_BACK = """
DROP TRIGGER audit_trail_only_grows ON accounts_auditevent;
DROP FUNCTION audit_trail_only_grows();
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER audit_trail_no_{verb.lower()} BEFORE {verb} ON accounts_auditevent "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK)
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_trail_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_units_and_audit")]
    operations = [migrations.RunPython(guard, unguard)]
