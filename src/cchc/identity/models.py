"""People who work here, and their posts. People who file are rows of their case, never of this module."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from cchc.identity.terms import RoleOrigin
from cchc.kernel.text import clean, fold, vi_key


class PersonManager(BaseUserManager["Person"]):
    """Makes and finds people by their sign-in name."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person; without a password nobody can sign in as them."""
        person = self.model(login=login.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by sign-in name, whatever its case."""
        return self.get(login=(username or "").lower())


class Person(AbstractBaseUser):
    """An official. ``id`` is opaque and is all that the journal keeps of them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    login = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    vi_key = models.TextField(editable=False)
    search_key = models.TextField(editable=False, default="")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    # Whose account it is while the person holds no post: the unit that opened it.
    home = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    must_change_password = models.BooleanField(default=False)

    objects = PersonManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(login__regex=r"^[a-z0-9._-]+$"), name="identity_person_login_is_lower_case"),
            models.CheckConstraint(condition=~Q(full_name=""), name="identity_person_has_a_name"),
        )

    def __str__(self) -> str:
        """Return the full name."""
        return self.full_name

    def save(self, **options: Any) -> None:
        """Write the cleaned name and its keys for sorting and searching."""
        self.full_name = clean(self.full_name)
        self.vi_key = vi_key(self.full_name)
        self.search_key = f"{fold(self.full_name)} {self.login}"
        if fields := options.get("update_fields"):
            options["update_fields"] = {*fields, "vi_key", "search_key"}
        super().save(**options)


class Role(models.Model):
    """A named bundle of rights. ``reference`` is the bundle of the reference data, kept beside what the office made of it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    rights = ArrayField(models.CharField(max_length=60))
    origin = models.CharField(max_length=10, choices=RoleOrigin.choices(), default=RoleOrigin.OFFICE)
    reference = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # When the office last changed the rights; empty while they are those of the reference data.
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="identity_role_has_a_name"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Post(models.Model):
    """A person's place in a unit for a period. Rights come from its role and hold in the unit's agency."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    period = DateRangeField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="identity_post_held_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="identity_post_lasts_a_day_at_least"),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Delegation(models.Model):
    """The work of an absent person's post in a substitute's hands for a period of days, both ends known."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    substitute = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField()
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="identity_delegation_one_substitute_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=~Q(post=models.F("substitute")), name="identity_delegation_goes_to_another_post"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="identity_delegation_lasts_a_day_at_least"),
            models.CheckConstraint(
                condition=Q(period__lower_inf=False, period__upper_inf=False), name="identity_delegation_begins_and_ends"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="identity_delegation_has_a_reason"),
        )

    def __str__(self) -> str:
        """Return the period."""
        return str(self.period)


class ApiKey(models.Model):
    """A key with which a program reads in the name of a post. Only the digest of the secret is kept.

    ``prefix`` begins the secret and names the key to people; ``until`` is the first day on which it no longer opens. ``last_used`` is
    a day, not an instant: a key that nobody uses is found by it, and no request has to write more than once a day.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=13, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    until = models.DateField()
    last_used = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="identity_apikey_has_a_name"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="identity_apikey_keeps_a_digest_only"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=models.F("created_at")),
                name="identity_apikey_revoked_after_it_was_made",
            ),
        )

    def __str__(self) -> str:
        """Return how people name it."""
        return self.prefix
