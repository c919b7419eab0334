"""Finding the society that something new is to be entered for."""

from typing import Any

from django.db.models import Q

from common.conditions import Conditions, search_field


class SocietyChoice(Conditions):
    """Finds a society by its name or code; without either, all stand there to be chosen."""

    q = search_field("合作社名称或代码")

    @property
    def term(self) -> str:
        """What is looked for; "" when nothing is asked or it cannot be read."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""

    def narrow(self, societies: Any) -> Any:
        """Return the societies whose name holds the term or whose code it is."""
        if not self.term:
            return societies
        return societies.filter(Q(name__icontains=self.term) | Q(uscc=self.term.upper()))
