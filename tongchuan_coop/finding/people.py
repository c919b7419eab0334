"""Finding people: accounts for who may see them, counsellors for the offices."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.models import User
from accounts.policy import Action, may
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list
from training.models import Counsellor


def _people(asked: Asked) -> Iterator[Hit]:
    term = asked.term
    named = Q(full_name__contains=term.text) | Q(username__icontains=term.text)
    if term.phone_end and may(asked.user, Action.MANAGE_PEOPLE):
        named |= Q(phone__endswith=term.phone_end)
    reach = User.objects.permitted(asked.user, Action.VIEW_PEOPLE).people()
    for person in reach.filter(named).select_related("unit").order_by("pk")[: asked.most + 1]:
        notes = (person.get_role_display(), str(person.unit or ""), person.post)
        yield Hit(
            title=person.full_name,
            note=" · ".join(note for note in notes if note),
            url=page("accounts:user-detail", person=person.pk),
        )


def _counsellors(asked: Asked) -> Iterator[Hit]:
    reach = Counsellor.objects.permitted(asked.user, Action.VIEW_COUNSELLOR)
    found = reach.filter(user__full_name__contains=asked.term.text)
    for post in found.select_related("user__unit").order_by("pk")[: asked.most + 1]:
        yield Hit(
            title=post.user.full_name,
            note=f"辅导员 · {post.user.unit or ''}",
            url=page("training:counsellor-detail", counsellor=post.pk),
        )


FINDERS = (
    Finder("用户", "people", Action.VIEW_PEOPLE, _people, in_list("accounts:user-list")),
    Finder("辅导员", "training", Action.VIEW_COUNSELLOR, _counsellors),
)
