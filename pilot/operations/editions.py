"""Freezing figures: everything that an edition will ever say is written down now."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.numbering import next_number
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.quarter import Quarter
from pilot.board import as_of
from pilot.indicators import INDICATORS
from pilot.indicators.frame import AsOf, Figure, Indicator
from pilot.models import Edition, Programme, Target
from pilot.pace import RULE, standing


@transaction.atomic
def freeze(
    programme: Programme, *, title: str, on: dt.date, known: dt.date | None = None, by: User
) -> Edition:
    """Write down every figure with its definition, target and list; number it.

    Safe to repeat: the same content frozen again by the same person is the edition that stands.
    Raises PermissionDenied for whoever may not, or does not see the whole district.
    """
    if reach_of(by, Action.ISSUE_EDITION) != Reach.DISTRICT:
        raise PermissionDenied(Action.ISSUE_EDITION)
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)  # one after the other
    quarter = Quarter.of(on)
    content = json.dumps(
        _content(programme, title, as_of(programme, on, known), by),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    standing_already = Edition.objects.filter(programme=programme, sha256=sha256, made_by=by)
    if same := standing_already.first():
        return same
    edition = Edition.objects.create(
        programme=programme,
        number=f"{quarter}-{next_number(f'edition-{quarter}'):02d}",
        title=title,
        on=on,
        known=known,
        content=content,
        sha256=sha256,
        made_by=by,
    )
    audit.record("edition-frozen", edition, by=by, number=edition.number, sha256=edition.sha256)
    return edition


def _content(programme: Programme, title: str, when: AsOf, by: User) -> dict[str, Any]:
    known = Target.objects.filter(programme=programme)
    targets = {target.indicator: target for target in known}
    units = OrganisationUnit.objects.reporting()
    return {
        "title": title,
        "programme": programme.name,
        "on": when.on.isoformat(),
        "known": when.known.isoformat() if when.known else None,
        "frozen_on": clock.today().isoformat(),
        "rule": RULE,
        "townships": [[unit.code, unit.short_name] for unit in units],
        "indicators": [
            _frozen(indicator, targets.get(indicator.key), when, by)
            for indicator in INDICATORS
            if indicator.may(by)
        ],
    }


def _frozen(indicator: Indicator, target: Target | None, when: AsOf, by: User) -> dict[str, Any]:
    measured = indicator.measure(by, when)
    judged = standing(target, measured.figure, when.on) if target else None
    return {
        "key": indicator.key,
        "code": indicator.code,
        "title": indicator.title,
        "unit": indicator.unit,
        "is_share": indicator.is_share,
        "definition": indicator.definition,
        "definition_version": indicator.definition_version,
        "denominator_rule": indicator.denominator_rule,
        "left_out": indicator.left_out,
        "wide_rule": indicator.wide_rule,
        "source": indicator.source,
        **_figure(measured.figure),
        "target": str(target.value) if target else None,
        "due_on": target.due_on.isoformat() if target else None,
        "state": judged.state if judged else None,
        "word": judged.word if judged else None,
        "expected": str(judged.expected) if judged else None,
        "by_township": {code: _figure(f) for code, f in sorted(measured.by_township.items())},
        "list": _lines(indicator, by, when, missing=False),
        "missing": _lines(indicator, by, when, missing=True) if indicator.is_share else [],
    }


def _lines(indicator: Indicator, by: User, when: AsOf, *, missing: bool) -> list[list[str]]:
    """Return the rows that count, or those of the denominator that do not, in words."""
    rows = indicator.listed(by, when, missing=missing).select_related(*indicator.related)
    lines = [indicator.line(row) for row in rows.order_by("pk")]
    return sorted([line.label, line.township, line.note] for line in lines)


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "wide": figure.wide,
        "value": None if figure.value is None else str(figure.value),
        "wide_value": None if figure.wide_value is None else str(figure.wide_value),
    }
