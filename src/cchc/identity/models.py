"""People who work here, and their posts. People who file are rows of their case, never of this module."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from cchc.kernel.text import clean, vi_key


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
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

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
        """Write the cleaned name and its sorting key."""
        self.full_name = clean(self.full_name)
        self.vi_key = vi_key(self.full_name)
        super().save(**options)


class Role(models.Model):
    """A named bundle of rights, as reference data."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    rights = ArrayField(models.CharField(max_length=60))

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
