"""One kind of thing that the search box finds, and what it is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models

from accounts.models import IssuedPaper, User
from accounts.policy import Action, Reach, may, reach_of
from registry.search_terms import Term
from registry.society_search import Found, find_societies
from tongchuan_coop.addresses import page


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, a line that tells it from others, and its page."""

    title: str
    note: str
    url: str


@dataclass
class Asked:
    """One search: who asks, for what, and how many of a kind are wanted.

    The societies that a term finds are looked up once for each reach, because visits, reports and
    titles are found by their society; the paper whose number it is, once for all.
    """

    user: User
    term: Term
    most: int
    _found: dict[Reach, list[Found]] = field(default_factory=dict)
    _numbered: list[tuple[str, str]] | None = None

    def societies(self, action: Action) -> list[Found]:
        """Return the societies that the term finds within this person's reach for an action."""
        reach = reach_of(self.user, action)
        if reach not in self._found:
            self._found[reach] = find_societies(self.user, self.term, self.most + 1, action)
        return self._found[reach]

    def keys(self, action: Action) -> list[int]:
        """Return the keys of those societies."""
        return [society.key for society in self.societies(action)]

    def numbered(self, model: type[models.Model]) -> list[int]:
        """Return the keys of the rows whose paper has the number that was typed, in any writing.

        Whether the person reaches these rows is asked of the rows, never of the paper.
        """
        if self._numbered is None:
            typed = any(character.isdigit() for character in self.term.text)
            papers = IssuedPaper.objects.numbered(self.term.text) if typed else ()
            self._numbered = [(paper.owner_kind, paper.owner_key) for paper in papers]
        return [int(key) for kind, key in self._numbered if kind == model._meta.label_lower]


@dataclass(frozen=True)
class Finder:
    """How one kind is found. `find` looks through `permitted(user, action)` alone.

    It may return one hit more than asked for, to tell that there are more. `more` gives the address
    of the list that shows all of them.
    """

    label: str
    icon: str
    action: Action
    find: Callable[[Asked], Iterable[Hit]]
    more: Callable[[Term], str] | None = None


@dataclass(frozen=True)
class Group:
    """What one finder found, in the words of the page."""

    label: str
    icon: str
    hits: list[Hit]
    has_more: bool
    more_url: str


def groups_of(finders: Iterable[Finder], asked: Asked) -> list[Group]:
    """Ask every finder whose right the person has; leave out those that found nothing."""
    groups = []
    for finder in finders:
        if not may(asked.user, finder.action):
            continue
        hits = list(finder.find(asked))
        if not hits:
            continue
        has_more = len(hits) > asked.most
        more = finder.more(asked.term) if has_more and finder.more else ""
        groups.append(Group(finder.label, finder.icon, hits[: asked.most], has_more, more))
    return groups


def in_list(name: str, condition: str = "q") -> Callable[[Term], str]:
    """Return the address of a list narrowed by the term, for the hits that are not shown."""
    return lambda term: page(name, query={condition: term.text})
