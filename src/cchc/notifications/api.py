"""The face of notifications."""

from cchc.notifications.operations.after import forget, mark_told, resend
from cchc.notifications.operations.notify import Draft, notify, notify_many
from cchc.notifications.operations.remind import Reminder, mark_read, prune, remind, remind_many
from cchc.notifications.operations.send import send
from cchc.notifications.queries.messages import Filters, Messages, MessageView, PassageView, message, messages, messages_of
from cchc.notifications.queries.notices import NoticeView, count_unread, notices_for
from cchc.notifications.rules.recipients import Recipient, masked_email, masked_phone
from cchc.notifications.terms import Channel, Happening, Status

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "Channel",
    "Draft",
    "Filters",
    "Happening",
    "MessageView",
    "Messages",
    "NoticeView",
    "PassageView",
    "Recipient",
    "Reminder",
    "Status",
    "count_unread",
    "forget",
    "mark_read",
    "mark_told",
    "masked_email",
    "masked_phone",
    "message",
    "messages",
    "messages_of",
    "notices_for",
    "notify",
    "notify_many",
    "prune",
    "remind",
    "remind_many",
    "resend",
    "send",
]
