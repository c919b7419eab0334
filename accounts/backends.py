"""How a person is found again at each request."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class PersonBackend(ModelBackend):
    """Signs in by password; reads the person with the unit, whose name stands on every page."""

    def get_user(self, user_id: Any) -> User | None:
        """Return who has signed in, None for an account that is closed or gone."""
        found = User.objects.select_related("unit").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
