"""What unknown words of files mean: decided once by a person, remembered, listed, revocable."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.ingestion.words import LISTS, plain_word
from registry.models import WordMeaning
from registry.vocabularies import VOCABULARIES

_LONGEST = 200


def known_words() -> dict[str, dict[str, str]]:
    """Return all meanings in force: key of a list → plain word → code."""
    found: dict[str, dict[str, str]] = {}
    in_force = WordMeaning.objects.in_force().values_list("key", "word", "code")
    for key, word, code in in_force:
        found.setdefault(key, {})[word] = code
    return found


def remember_meaning(key: str, written: str, code: str, *, reason: str, by: User) -> WordMeaning:
    """Remember what a word of a list means. Raises TransitionRefused for what cannot be decided."""
    if not may(by, Action.DECIDE_MEANING):
        raise PermissionDenied(Action.DECIDE_MEANING)
    vocabulary = VOCABULARIES.get(key)
    if vocabulary is None or code not in dict(vocabulary.choices):
        raise TransitionRefused("请从所列的意思中选择一个。")
    if not reason.strip():
        raise TransitionRefused("请写明依据，如“已电话询问市场监管局登记股”。")
    word = plain_word(written)
    if not word or len(word) > _LONGEST or word in LISTS[key]:
        raise TransitionRefused("这个词语不需要说明，或者太长。请刷新后再看。")
    with transaction.atomic():
        meaning, made = WordMeaning.objects.get_or_create(
            key=key,
            word=word,
            revoked_at=None,
            defaults={
                "written": written.strip()[:_LONGEST],
                "code": code,
                "decided_by": by,
                "decided_at": clock.now(),
                "reason": reason.strip(),
            },
        )
        if not made:
            if meaning.code != code:
                raise TransitionRefused(
                    f"“{meaning.written}”刚由{meaning.decided_by}说明为"
                    f"“{vocabulary.word_for(meaning.code)}”。要改的话请先撤销那一条。"
                )
            return meaning
        audit.record(
            "meaning-decided",
            meaning,
            by=by,
            reason=reason,
            word=meaning.written,
            meaning=vocabulary.word_for(code),
        )
    return meaning


def revoke_meaning(meaning: WordMeaning, *, reason: str, by: User) -> None:
    """Let a meaning no longer count for files to come; what was taken in with it stays."""
    if not may(by, Action.DECIDE_MEANING):
        raise PermissionDenied(Action.DECIDE_MEANING)
    if not reason.strip():
        raise TransitionRefused("请写明撤销的理由。")
    with transaction.atomic():
        revoked = WordMeaning.objects.in_force().filter(pk=meaning.pk)
        if not revoked.update(revoked_by=by, revoked_at=clock.now(), revoked_why=reason.strip()):
            raise EditConflict(meaning)
        audit.record("meaning-revoked", meaning, by=by, reason=reason, word=meaning.written)
