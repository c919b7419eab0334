"""What the address of a call may carry: what its operation describes, each once, nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts.api.faults import Fault, unreadable
from accounts.nouns import static_choices

TECHNICAL = frozenset({str(api_settings.URL_FORMAT_OVERRIDE)})
_LONGEST = 40  # characters of a wrong name that a sentence repeats
_UNKNOWN = "没有“{name}”这个条件，请核对拼写后重试。{known}"
_KNOWN = "这里可以用的条件：{names}。"
_NONE = "这个地址不带条件。"
_TWICE = "“{name}”这个条件给了几个值，只能给一个。"
_CLOSED = "“{name}”这个条件只供看得到该项内容的人使用。请去掉这个条件后重试；如确需使用，请联系系统管理员。"


class StrictAddress(APIView):
    """A view that refuses what its address carries beyond the description, instead of overlooking it.

    A misspelt condition that is overlooked is answered with a list that looks narrowed and is not.
    """

    def described(self) -> Iterable[str]:
        """Return the names that the operation describes."""
        return ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the address behind the guard and ahead of everything else. Raises Fault (400)."""
        super().initial(request, *args, **kwargs)
        known = [*self.described()]
        query = request.query_params
        if wrong := [name for name in query if name not in TECHNICAL and name not in known]:
            told = _KNOWN.format(names="、".join(known)) if known else _NONE
            sentences = {
                name: [_UNKNOWN.format(name=name[:_LONGEST], known=told)] for name in wrong
            }
            first = sentences[wrong[0]][0]
            raise Fault(400, first, "unknown_condition", fields_wrong=sentences)
        if twice := [name for name, given in query.lists() if len(given) > 1]:
            raise unreadable({name: [_TWICE.format(name=name)] for name in twice})


def refuse_closed(conditions: Iterator[tuple[str, Any]], data: Mapping[str, str]) -> None:
    """Refuse conditions that a person does not have: each its name and its form's field.

    Raises Fault: 400 for a value that the condition never takes, 403 for one that others may ask.
    """
    for name, field in conditions:
        value = data.get(name, "").strip()
        if not value:
            continue
        offered = static_choices(field)
        if offered and value not in offered:
            raise unreadable({name: [field.error_messages["invalid_choice"] % {"value": value}]})
        raise Fault(403, _CLOSED.format(name=name), "condition_closed")
