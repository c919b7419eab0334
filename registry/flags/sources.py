"""From a figure of a suspicion to the cell of the file that it was read from."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.layouts import SheetMap
from registry.masking import masked_cell
from registry.models import Cooperative, FeedRow
from registry.wording import label_of, value_in_words

# Facts that no column states: what they are worked out from.
WORKED_OUT_FROM = {"kind": "name"}


@dataclass(frozen=True)
class SourceCell:
    """A registered fact, its value in words, and where it stands; `row` None when no file says it."""

    label: str
    value: str
    where: str
    text: str = ""
    row: FeedRow | None = None


def sources_of(society: Cooperative, fields: Iterable[str]) -> list[SourceCell]:
    """Return the cells behind some facts: in the last file that had a column for each of them."""
    rows = _rows_of(society)
    maps = {row.delivery_id: SheetMap(row.delivery) for row in rows}
    found = []
    for field in fields:
        label, value = label_of(field), value_in_words(field, getattr(society, field))
        column = WORKED_OUT_FROM.get(field, field)
        if column in society.corrected_fields:
            found.append(SourceCell(label, value, "人工更正"))
            continue
        row = next((row for row in rows if maps[row.delivery_id].letter(row.sheet, column)), None)
        if row is None:
            found.append(SourceCell(label, value, "没有对应的报送单元格"))
            continue
        sheet = maps[row.delivery_id]
        where = f"{row.delivery} {row.sheet}第{row.number}行{sheet.letter(row.sheet, column)}列"
        text = masked_cell(sheet.text(row, column), column)
        found.append(SourceCell(label, value, where, text, row))
    return found


def _rows_of(society: Cooperative) -> list[FeedRow]:
    """Return the rows that spoke for a society: the last one seen, then those of its versions."""
    spoke = society.versions.known().exclude(row=None).order_by("-true_from", "-pk")
    wanted = [society.last_row_id, *spoke.values_list("row", flat=True)]
    held = FeedRow.objects.select_related("delivery").in_bulk([key for key in wanted if key])
    return [held[key] for key in dict.fromkeys(wanted) if key in held]
