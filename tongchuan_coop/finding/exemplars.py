"""Finding typical cases by title, summary or society."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.policy import Action
from liaison.models import Exemplar
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list


def _exemplars(asked: Asked) -> Iterator[Hit]:
    reach = Exemplar.objects.permitted(asked.user, Action.VIEW_EXEMPLAR).standing()
    text = asked.term.text
    told = Q(title__icontains=text) | Q(summary__icontains=text)
    found = reach.filter(told | Q(cooperative__name__icontains=text)).for_list()
    for exemplar in found.order_by("-pk")[: asked.most + 1]:
        notes = (
            exemplar.get_kind_display(),
            exemplar.cooperative.name if exemplar.cooperative else "",
            exemplar.get_state_display(),
        )
        yield Hit(
            title=exemplar.title,
            note=" · ".join(str(note) for note in notes if note),
            url=page("liaison:exemplar-detail", exemplar=exemplar.pk),
        )


FINDERS = (
    Finder("典型案例", "medal", Action.VIEW_EXEMPLAR, _exemplars, in_list("liaison:exemplar-list")),
)
