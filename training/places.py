"""Where the reporting units lie to each other: a schematic grid, one cell a unit.

The cells follow the rough bearings of the district and are no measure of roads; pages that show
them say so. (column, row), west to east and north to south; a unit without a code of its own lies
where people know it to be. Units that are not listed stand in a last row.
"""

from itertools import count

GRID: dict[str, tuple[int, int]] = {
    "511702208": (2, 0),  # 安云乡
    "511702108": (1, 1),  # 碑庙镇
    "511702112": (2, 1),  # 北山镇
    "511702113": (3, 1),  # 金石镇
    "511702114": (4, 1),  # 青宁镇
    "511702111": (0, 2),  # 梓桐镇
    "511702102": (2, 2),  # 罗江镇
    "511702103": (3, 2),  # 蒲家镇
    "511702107": (4, 2),  # 江陵镇
    "lianhu": (0, 3),  # 莲湖景区管委会
    "511702004": (1, 3),  # 凤西街道
    "511702005": (2, 3),  # 凤北街道
    "511702104": (3, 3),  # 复兴镇
    "511702105": (4, 3),  # 双龙镇
    "511702002": (1, 4),  # 西城街道
    "511702001": (2, 4),  # 东城街道
    "511702003": (3, 4),  # 朝阳街道
    "511702109": (4, 4),  # 磐石镇
    "511702110": (4, 5),  # 东岳镇
}
COLUMNS = 5
_LAST_ROW = 6


def cells(codes: list[str]) -> dict[str, tuple[int, int]]:
    """Return the cell of every unit; strangers to the grid stand one beside another below it."""
    strangers = count()
    placed = {}
    for code in codes:
        if code in GRID:
            placed[code] = GRID[code]
        else:
            place = next(strangers)
            placed[code] = (place % COLUMNS, _LAST_ROW + place // COLUMNS)
    return placed


def steps_between(one: str, other: str) -> int:
    """Return how many cells lie between two units: 0 is the same, 1 a neighbour. No kilometres."""
    if one == other:
        return 0
    a, b = GRID.get(one), GRID.get(other)
    if a is None or b is None:
        return COLUMNS
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))
