"""The register: its list, and the list as a file."""

import tempfile
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import Present, register_list
from accounts.policy import Action
from common.htmx import wants_partial
from common.keyset import Page, page_of
from registry.filters import CooperativeFilter, missing_from_latest_list
from registry.kept_lists import REGISTER
from registry.listing import (
    NAME,
    ListColumn,
    all_columns,
    cells_of,
    code_of,
    columns_for,
    order_of,
    rows_for,
)
from registry.models import Cooperative
from registry.old_names import found_by
from registry.operations import exports

register_list(REGISTER)

PAGE_SIZE = 50
# Beyond these nobody reads the number of what was found, and counting takes long: in a register of
# one district, and in a large one.
MOST_COUNTED, MOST_COUNTED_OF_MANY = 10_000, 1_000


@require_safe
@requires(Action.VIEW_COOPERATIVE)
def cooperative_list(request: SignedInRequest) -> HttpResponse:
    """Show the societies in reach; conditions, order and columns are the address."""
    bare = not request.GET and not wants_partial(request)
    present = Present(REGISTER, request)
    if bare and present.begins:
        return redirect(f"{request.path}?{present.begins}")
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_COOPERATIVE)
    chosen = CooperativeFilter(request.GET, reach, user=request.user)
    columns = columns_for(request.user, chosen.columns)
    keys = order_of(chosen.sort)
    page = page_of(
        rows_for(chosen.qs, columns),
        keys,
        size=PAGE_SIZE,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    gone = _gone(page)
    found = found_by(request.GET.get("q", ""), [(row["id"], row["name"]) for row in page.rows])
    rows = [
        {
            "name": row["name"],
            "code": code_of(row),
            "gone": row["id"] in gone,
            "found_by": found.get(row["id"], ""),
            "cells": cells_of(row, columns),
        }
        for row in page.rows
    ]
    context = {
        "form": chosen.form,
        "filter": chosen,
        "rows": rows,
        "columns": columns,
        "headings": _headings(request, chosen.sort, columns),
        "choosable": _choosable(request, columns),
        "kept": [(name, value) for name, value in _kept(request) if name != "col"],
        "query": urlencode(_kept(request)),
        "previous_url": _address(request, before=page.before) if page.before else "",
        "next_url": _address(request, after=page.after) if page.after else "",
        "is_empty": not rows and not chosen.chosen,
        "kept_list": present,
        **_count(chosen, page),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/cooperatives/{name}.html", context)


@require_GET
@requires(Action.EXPORT_COOPERATIVE)
def cooperative_export(request: SignedInRequest, form: str) -> HttpResponseBase:
    """Send the list as it is seen, complete, as a workbook or csv."""
    if form not in {exports.XLSX, exports.CSV}:
        raise Http404
    reach = Cooperative.objects.permitted(request.user, Action.EXPORT_COOPERATIVE)
    chosen = CooperativeFilter(request.GET, reach, user=request.user)
    whole = request.GET.get("columns") == "all"
    columns = all_columns(request.user) if whole else columns_for(request.user, chosen.columns)
    export = exports.start_export(chosen, columns, form=form, by=request.user)
    if form == exports.CSV:
        answer: HttpResponseBase = StreamingHttpResponse(
            export.csv(), content_type=exports.CSV_TYPE
        )
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{export.quoted_name}"
        return answer
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        export.write_xlsx(stream)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return FileResponse(
        stream, as_attachment=True, filename=export.filename, content_type=exports.XLSX_TYPE
    )


def _gone(page: Page) -> set[int]:
    """Return which societies of a page the latest full list does not hold."""
    shown = [row["id"] for row in page.rows]
    notices = missing_from_latest_list().filter(cooperative__in=shown)
    return set(notices.values_list("cooperative", flat=True))


def _count(chosen: CooperativeFilter, page: Page) -> dict[str, Any]:
    """Count up to a cap; what stands on one page is not asked for again."""
    whole = page.rows and not (page.before or page.after)
    most = MOST_COUNTED_OF_MANY if Cooperative.objects.is_large() else MOST_COUNTED
    counted = len(page.rows) if whole else chosen.qs.order_by().values("pk")[: most + 1].count()
    beyond = counted > most
    return {"count": counted, "count_words": f"超过 {most:,}" if beyond else f"{counted:,}"}


def _kept(request: SignedInRequest) -> list[tuple[str, str]]:
    """Return what the address says, without the place in the list."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in {"before", "after", "all"}
    ]


def _address(request: SignedInRequest, **changes: str) -> str:
    kept = [(name, value) for name, value in _kept(request) if name not in changes]
    return f"{request.path}?{urlencode([*kept, *changes.items()])}"


def _headings(
    request: SignedInRequest, sort: str, columns: list[ListColumn]
) -> list[dict[str, Any]]:
    """Return the headings: those that sort carry the address of the next order."""
    current, descending = sort.removeprefix("-") or "name", sort.startswith("-")
    headings = []
    for column in (NAME, *columns):
        active = bool(column.sort) and column.sort == current
        turned = f"-{column.sort}" if active and not descending else column.sort
        headings.append(
            {
                "column": column,
                "url": _address(request, sort=turned) if column.sort else "",
                "icon": ("down" if descending else "up") if active else "sort",
                "aria": ("descending" if descending else "ascending") if active else "",
            }
        )
    return headings


def _choosable(request: SignedInRequest, columns: list[ListColumn]) -> list[dict[str, Any]]:
    shown = {column.key for column in columns}
    return [
        {"key": column.key, "label": column.label, "shown": column.key in shown}
        for column in all_columns(request.user)
    ]
