"""The surplus and how it was divided (law, art. 44)."""

from registry.reporting.fields import (
    Section,
    money,
)

SURPLUS = Section(
    "surplus",
    "盈余与分配",
    "可分配盈余 = 当年盈余弥补亏损、提取公积金之后的部分，不是盈余总额。",
    (
        money("surplus", "盈余总额", "亏损填负数。", signed=True, public=True, statutory=21),
        money("reserve_taken", "提取公积金", "没有提取填 0。"),
        money("distributable_surplus", "可分配盈余", "没有填 0。"),
        money(
            "returned_by_volume", "其中：按交易量（额）返还成员", "不得低于可分配盈余的百分之六十。"
        ),
        money("returned_by_contribution", "其中：按出资等比例分配成员"),
    ),
)
