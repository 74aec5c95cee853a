"""The tables of messages and notices. What is personal stands in ``Letter`` alone, and may be erased."""

import uuid

from django.db import models
from django.db.models import Q

from cchc.notifications.terms import Channel, Happening, Status


class Message(models.Model):
    """One message to an applicant, without anything personal. ``code`` is its public name, and makes its fixed Message-ID.

    ``kind`` and ``label`` are the caller's words. ``key`` makes it one: the same stream and key are the same message.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True)
    stream = models.CharField(max_length=160)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=20)
    channel = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=300)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "key"], name="notifications_one_message_per_stream_and_key"),
            models.CheckConstraint(condition=Q(status__in=Status.values()), name="notifications_message_status_is_known"),
            models.CheckConstraint(condition=Q(channel__in=["", *Channel.values()]), name="notifications_message_channel_is_known"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(status__in=["sent", "printed", "told"]),
                name="notifications_message_that_went_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind="") & ~Q(label=""), name="notifications_message_says_what_it_is"),
        )
        indexes = (
            models.Index(fields=["unit", "-id"], name="notifications_of_unit"),
            models.Index(fields=["unit", "status", "-id"], name="notifications_of_status"),
        )

    def __str__(self) -> str:
        """Return what it is about and where it stands."""
        return f"{self.label} ({self.stream}): {self.status}"


class Letter(models.Model):
    """Who is told what. The row is erased when the person is forgotten."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True, related_name="letter")
    name = models.TextField()
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    subject = models.TextField()
    text = models.TextField()

    def __str__(self) -> str:
        """Return which message it belongs to, and nothing of what it says."""
        return f"Nội dung của tin {self.message_id}"


class Passage(models.Model):
    """One line of a message's history. ``detail`` may name people (how somebody was told) and is blanked when they are forgotten."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="passages")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    who = models.CharField(max_length=300)
    detail = models.TextField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(what__in=Happening.values()), name="notifications_passage_is_known"),)

    def __str__(self) -> str:
        """Return what happened."""
        return f"{self.message_id}: {self.what}"


class Notice(models.Model):
    """One reminder to an official, or to whoever leads a unit. ``key`` makes it one for its addressee, for as long as it is kept."""

    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    text = models.TextField()
    url = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["post", "unit", "key"], nulls_distinct=False, name="notifications_one_notice_per_addressee_and_key"
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False, unit__isnull=True) | Q(post__isnull=True, unit__isnull=False),
                name="notifications_notice_has_one_addressee",
            ),
            models.CheckConstraint(condition=Q(url__regex=r"^/([^/]|$)"), name="notifications_notice_leads_to_a_page_of_ours"),
        )
        indexes = (
            models.Index(fields=["post", "-id"], name="notifications_of_post", condition=Q(post__isnull=False)),
            models.Index(fields=["unit", "-id"], name="notifications_to_heads", condition=Q(unit__isnull=False)),
            models.Index(fields=["at"], name="notifications_by_age"),
        )

    def __str__(self) -> str:
        """Return the text."""
        return self.text


class Reading(models.Model):
    """Who has seen a notice: one row per post, since several may lead a unit."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "post"], name="notifications_read_once_by_a_post"),)

    def __str__(self) -> str:
        """Return who read what."""
        return f"{self.notice_id} ← {self.post_id}"
