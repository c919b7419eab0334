"""Duties of running programmes are proven by the lists that the starting plan names today.

A programme that was set up earlier had kept the lists of that day: help for townships (S-100) was
still proven by promises of visits. A list that a person has chosen since stays.
"""

from typing import Any

from django.db import migrations

from common import clock

# Duty: the lists it was shipped with before, each as it stood; the lists of today.
PROOFS: dict[str, tuple[list[str], str]] = {
    "S-040": ([""], "named_lists relations"),
    "S-063": ([""], "purchased_services"),
    "S-073": ([""], "parts editions"),
    "S-074": (["relations"], "relations innovations"),
    "S-075": ([""], "contributions"),
    "S-076": ([""], "insurances"),
    "S-077": (["tip_offs"], "tip_offs fund_watches"),
    "S-078": (["named_lists"], "named_lists three_in_one"),
    "S-079": ([""], "founders"),
    "S-080": (["reports"], "reports jobs"),
    "S-081": ([""], "poverty_shares"),
    "S-082": (["", "programmes leading_meetings"], "programmes leading_meetings documents"),
    "S-084": ([""], "parts"),
    "S-085": ([""], "checks"),
    "S-086": ([""], "exemplars checks"),
    "S-087": ([""], "bodies"),
    "S-088": ([""], "leading_meetings"),
    "S-089": ([""], "bodies"),
    "S-090": ([""], "parts"),
    "S-091": (["", "editions decisions"], "editions decisions help_requests"),
    "S-093": ([""], "exemplars"),
    "S-094": (["units"], "contacts bodies"),
    "S-095": (
        ["", "sponsorships follow_ups supports"],
        "sponsorships follow_ups supports documents",
    ),
    "S-096": ([""], "sponsorships follow_ups"),
    "S-100": (["promises"], "help_requests"),
    "S-105": ([""], "bodies"),
    "S-106": (["", "bodies"], "bodies contacts"),
    "S-107": ([""], "joint_meetings"),
    "S-108": ([""], "minutes"),
    "S-109": ([""], "copied_minutes"),
    "S-111": ([""], "supports"),
    "S-112": ([""], "titled_supports titles"),
    "S-113": ([""], "finance_supports"),
    "S-114": ([""], "policy_supports"),
}


def point_to_present(apps: Any, schema_editor: Any) -> None:
    """Re-point the duties of programmes that have not ended, where the old lists still stand."""
    tasks = apps.get_model("pilot", "PlanTask").objects.using(schema_editor.connection.alias)
    changed = []
    for task in tasks.filter(source__in=PROOFS, programme__ends_on__gte=clock.today()):
        former, present = PROOFS[task.source]
        if " ".join(task.proofs) in former:
            task.proofs = present.split()
            task.version += 1
            changed.append(task)
    tasks.bulk_update(changed, ["proofs", "version"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("pilot", "0006_findings_of_targets")]

    operations = [migrations.RunPython(point_to_present, migrations.RunPython.noop)]
