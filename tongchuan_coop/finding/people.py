"""Finding people: accounts for who may see them, counsellors for the offices, contacts of units."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.policy import Action, may
from liaison.models import UnitContact
from registry.search_terms import Term
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list
from training.models import Counsellor

READ_FOR_LETTERS = 5_000  # names that are read for pinyin; people have no column of initials


def _named(term: Term, people: QuerySet[Any, Any], field: str) -> Q:
    """Return the condition of being named so: by part of the name, its initials or its pinyin."""
    named = Q(**{f"{field}__contains": term.text})
    if not term.letters:
        return named
    names = people.order_by("pk").values_list("pk", field)[:READ_FOR_LETTERS]
    return named | Q(pk__in=[key for key, name in names if term.stands_for(name)])


def _people(asked: Asked) -> Iterator[Hit]:
    term = asked.term
    reach = User.objects.permitted(asked.user, Action.VIEW_PEOPLE).people()
    named = _named(term, reach, "full_name") | Q(username__icontains=term.text)
    if term.phone_end and may(asked.user, Action.MANAGE_PEOPLE):
        named |= Q(phone__endswith=term.phone_end)
    for person in reach.filter(named).select_related("unit").order_by("pk")[: asked.most + 1]:
        notes = (person.get_role_display(), str(person.unit or ""), person.post)
        yield Hit(
            title=person.full_name,
            note=" · ".join(note for note in notes if note),
            url=page("accounts:user-detail", person=person.pk),
        )


def _counsellors(asked: Asked) -> Iterator[Hit]:
    reach = Counsellor.objects.permitted(asked.user, Action.VIEW_COUNSELLOR)
    found = reach.filter(_named(asked.term, reach, "user__full_name"))
    for post in found.select_related("user__unit").order_by("pk")[: asked.most + 1]:
        yield Hit(
            title=post.user.full_name,
            note=f"辅导员 · {post.user.unit or ''}",
            url=page("training:counsellor-detail", counsellor=post.pk),
        )


def _contacts(asked: Asked) -> Iterator[Hit]:
    term = asked.term
    reach = UnitContact.objects.permitted(asked.user, Action.VIEW_CONTACT).current()
    fitting = _named(term, reach, "person")
    fitting |= Q(unit__name__contains=term.text) | Q(unit__short_name__contains=term.text)
    if term.phone_end:
        # The page masks mobile numbers; an end finds only whom one may see in full.
        unmasked = UnitContact.objects.permitted(asked.user, Action.UNMASK_MOBILE)
        fitting |= Q(office_phone__endswith=term.phone_end)
        fitting |= Q(mobile__endswith=term.phone_end, pk__in=unmasked.values("pk"))
    for contact in reach.filter(fitting).for_list().in_order()[: asked.most + 1]:
        notes = (contact.unit, contact.get_place_display(), contact.post, contact.office_phone)
        yield Hit(
            title=contact.person,
            note=" · ".join(str(note) for note in (*notes, contact.masked_mobile) if note),
            url=page("liaison:contact-detail", contact=contact.pk),
        )


FINDERS = (
    Finder("用户", "people", Action.VIEW_PEOPLE, _people, in_list("accounts:user-list")),
    Finder("辅导员", "training", Action.VIEW_COUNSELLOR, _counsellors),
    Finder("联络员", "people", Action.VIEW_CONTACT, _contacts, in_list("liaison:contact-list")),
)
