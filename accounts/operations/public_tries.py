"""The number of questions that one address may ask a public page in a minute.

Counted in the database, so that the limit is the same however many processes answer.
"""

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from accounts.models import PublicTry
from common import clock

_KEPT_MINUTES = 60


@transaction.atomic
def count_try(page: str, address: str) -> int:
    """Count one question of an address and return how many it has asked this minute.

    Of the address only a keyed digest is kept, for an hour.
    """
    minute = int(clock.real_now().timestamp() // 60)
    visitor = salted_hmac(f"public-try:{page}", address, algorithm="sha256").hexdigest()
    row = PublicTry.objects.filter(visitor=visitor, minute=minute)
    if not row.update(tries=F("tries") + 1):
        PublicTry.objects.before(minute - _KEPT_MINUTES).delete()
        PublicTry.objects.get_or_create(visitor=visitor, minute=minute)
        row.update(tries=F("tries") + 1)
    return row.values_list("tries", flat=True).get()
