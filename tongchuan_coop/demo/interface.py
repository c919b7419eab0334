"""Tokens of programs and exports of the demo, so that their pages show how they look in use."""

import datetime as dt
from random import Random

from accounts.choices import ExportForm, TokenScope
from accounts.exporting import exporter_of
from accounts.models import User
from accounts.operations.exports import ask_export, note_fetch, run_export
from accounts.operations.tokens import issue_token, note_use, withdraw_token
from common import clock

ISSUED_ON = dt.date(2021, 7, 5)
USED_ON = dt.date(2021, 7, 19)
LAST_DAY = dt.date(2021, 12, 31)
# who issues, the liaison whose department it is for, purpose, scope, withdrawn again
TOKENS = (
    ("admin", "regulator", "登记系统每季度自动报送", TokenScope.DELIVER, False),
    ("admin", "tax", "税务登记数据报送", TokenScope.DELIVER, False),
    ("bureau", None, "大屏读取试点指标", TokenScope.READ, False),
    ("bureau", None, "一次性核对用", TokenScope.READ, True),
    ("clerk", None, "本镇台账核对表格", TokenScope.READ, False),
)
# who, list, form, conditions, fetched
EXPORTS = (
    ("bureau", "cooperatives", ExportForm.XLSX, "status=active", True),
    ("bureau", "flags", ExportForm.XLSX, "severity=high", False),
    ("bureau", "decisions", ExportForm.CSV, "state=all", True),
    ("clerk", "visits", ExportForm.XLSX, "", True),
    ("clerk", "report-standings", ExportForm.CSV, "standing=unfiled", False),
    ("counsellor", "promises", ExportForm.XLSX, "", False),
    ("regulator", "decisions", ExportForm.XLSX, "state=all", False),
    ("tax", "meetings", ExportForm.CSV, "", False),
    ("leader", "titles", ExportForm.XLSX, "", True),
    ("auditor", "titles", ExportForm.CSV, "", False),
    ("cooperative", "visits", ExportForm.XLSX, "", False),
)


def add_tokens(known: dict[str, User], random: Random) -> None:
    """Issue the tokens; their secrets are kept nowhere, as in earnest."""
    del random
    for username, liaison, name, scope, withdrawn in TOKENS:
        by = known[username]
        with clock.on_day(ISSUED_ON):
            token, _ = issue_token(
                name,
                scope=scope,
                expires_on=LAST_DAY,
                by=by,
                liaison=known[liaison] if liaison else None,
            )
        with clock.on_day(USED_ON):
            if withdrawn:
                withdraw_token(token, by=by)
            else:
                note_use(token)


def add_exports(known: dict[str, User], random: Random) -> None:
    """Export some lists, and let a few be fetched."""
    del random
    with clock.on_day(USED_ON):
        for username, kind, form, query, fetched in EXPORTS:
            exporter, by = exporter_of(kind), known[username]
            if exporter is None:
                raise LookupError(kind)
            job = ask_export(exporter, form=form, query=query, by=by)
            run_export(job.pk)
            job.refresh_from_db()
            if fetched:
                note_fetch(job, by=by)


PARTS = (add_tokens, add_exports)
