"""What the law asks of every society: fills up to the least number of questions."""

from collections.abc import Iterable, Mapping

from registry.models import Cooperative
from training.questions.question import Answer, Question

# Articles of the Farmers' Cooperatives Law (2017 revision).
_ROUTINE = (
    Question("ask:assembly", "今年开过成员（代表）大会吗？", "法第三十一条：每年至少召开一次。"),
    Question("ask:accounts", "有会计账簿，并定期向成员公开吗？", "法第四十条：财务须公开。"),
    Question("ask:member_accounts", "为每名成员设了成员账户吗？", "法第四十三条。"),
    Question(
        "ask:distribution",
        "盈余按交易量返还的比例有多少？",
        "法第四十四条：不低于六成。",
        Answer.TEXT,
    ),
    Question("ask:charter", "章程和现在的做法一致吗？", "法第十五条、示范章程。"),
    Question("ask:training", "最需要哪方面的培训或帮助？", "用来安排下一次培训。", Answer.TEXT),
)


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask the same of all, each society beginning at another place, so that visits differ."""
    number = len(_ROUTINE)
    return {
        society.pk: [_ROUTINE[(society.pk + place) % number] for place in range(number)]
        for society in societies
    }
