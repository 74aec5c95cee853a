"""What every page of a site may show around its content, asked for only when it is shown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.notifications import api as notifications
from cchc.organisations import api as organisations
from cchc.web.ui.help import topic_for
from cchc.web.ui.rooms import Room, groups_for, rooms_for


class Frame:
    """The frame of a page. Every part costs its query only when a template uses it."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request."""
        self.request = request
        self.at = getattr(request, "at", None) or timezone.now()

    @cached_property
    def actor(self) -> Actor | None:
        """Who acts, or nobody."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        try:
            actor = cast("Any", self.request).actor
            actor.post  # noqa: B018 (the lazy actor is made here, so that a person without a post is nobody)
        except Refused:
            return None
        return cast("Actor", actor)

    @cached_property
    def posts(self) -> tuple[identity.PostView, ...]:
        """The posts the person may choose from today."""
        return identity.posts_of(self.actor.person, on=local_date(self.at)) if self.actor and self.actor.person else ()

    @cached_property
    def post(self) -> identity.PostView | None:
        """The post the person acts in."""
        return next((post for post in self.posts if self.actor and post.id == self.actor.post_id), None)

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms of the office that the person may enter; no query."""
        return rooms_for(self.actor) if self.actor else ()

    @cached_property
    def help_url(self) -> str:
        """Where the help for this screen is read; the table of contents where there is none."""
        match = getattr(self.request, "resolver_match", None)
        topic = topic_for(match.view_name) if match else None
        return topic.url if topic else reverse("help_contents")

    @cached_property
    def room_groups(self) -> tuple[tuple[str, tuple[Room, ...]], ...]:
        """The same rooms by group, for the office's side menu."""
        return groups_for(self.actor) if self.actor else ()

    @cached_property
    def place(self) -> str:
        """The agency of the current post, as the desk's head shows it: ``Xã Vũ Quang``."""
        if self.actor is None or self.actor.unit_id is None:
            return ""
        return str(identity.agency_of(self.actor.unit_id, on=local_date(self.at)).full_name)

    @cached_property
    def inbox_count(self) -> int | None:
        """How many cases wait for this person; nothing when the desk does not say."""
        count = getattr(self.request, "inbox_count", None)
        return count() if callable(count) else count

    @cached_property
    def asked_count(self) -> int | None:
        """How many opinions are asked of the person's unit; nothing when the desk does not say."""
        count = getattr(self.request, "asked_count", None)
        return count() if callable(count) else count

    @cached_property
    def unread_count(self) -> int:
        """How many reminders the person has not seen. One query."""
        return notifications.count_unread(self.actor) if self.actor else 0

    @cached_property
    def portal(self) -> "PortalHead":
        """Whose portal this is."""
        return portal_head(self)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages of the switch, each in its own words."""
        return [(code, str(name)) for code, name in settings.LANGUAGES]


@dataclass(frozen=True)
class PortalHead:
    """The name on the portal's head, short; ``full`` is the office's whole name; ``unit`` its view, None for the whole installation."""

    unit: organisations.UnitView | None
    name: str
    full: str
    place: str


def portal_head(frame: Frame) -> PortalHead:
    """Return the head of the portal: the unit named in ``settings.PORTAL_UNIT``, else the installation as a whole."""
    code, day = getattr(settings, "PORTAL_UNIT", ""), local_date(frame.at)
    if code:
        try:
            unit = organisations.unit(code, on=day)
            agency = identity.agency_of(unit.id, on=day)
        except Refused:
            pass
        else:
            name = _("Một cửa %(agency)s") % {"agency": agency.full_name[:1].lower() + agency.full_name[1:]}
            return PortalHead(unit, name, unit.full_name, agency.path[0] if agency.path else "")
    return PortalHead(None, _("Một cửa điện tử"), _("Một cửa điện tử"), _("Thủ tục hành chính và hồ sơ của tôi"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template ``frame``."""
    return {"frame": Frame(request)}
