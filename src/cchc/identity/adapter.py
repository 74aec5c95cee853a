"""allauth, told how we name people: one full name, a sign-in name given by the office, no sign-up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from cchc.identity.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; the office creates people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Refuse every sign-up."""
        return False

    def populate_username(self, request: HttpRequest, user: Person) -> None:
        """Leave the sign-in name as the office gave it."""

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """Refuse a one-time password as the new one; the rest is checked by the validators of the settings."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError("Mật khẩu mới phải khác mật khẩu dùng một lần.")
        return str(super().clean_password(password, user))

    def set_password(self, user: Person, password: str) -> None:
        """Keep the person's own password; a one-time one has done its work."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
