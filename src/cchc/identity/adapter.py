"""allauth, told how we name people: one full name, a sign-in name given by the office, no sign-up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from cchc.identity.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; the office creates people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Refuse every sign-up."""
        return False

    def populate_username(self, request: HttpRequest, user: Person) -> None:
        """Leave the sign-in name as the office gave it."""
