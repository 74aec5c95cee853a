"""The words of messages: where one stands, by which way it goes, what happened to it."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class Status(Term):
    """Where a message stands."""

    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    PRINTED = "printed", _("Đã ghi ra màn hình, chưa gửi thật")
    NO_CHANNEL = "no_channel", _("Chưa có kênh gửi: gọi điện")
    FAILED = "failed", _("Gửi không được")
    TOLD = "told", _("Đã báo trực tiếp")
    FORGOTTEN = "forgotten", _("Đã xóa trước khi gửi")


class Channel(Term):
    """By which way a message goes. SMS and Zalo have no sender yet."""

    EMAIL = "email", _("Thư điện tử")
    CONSOLE = "console", _("Màn hình của máy chủ")
    PERSON = "person", _("Gọi điện, báo trực tiếp")


class Happening(Term):
    """What happened to a message, as its history tells it."""

    KEPT = "kept", _("Đã ghi, chờ gửi")
    KEPT_UNSENT = "kept_unsent", _("Đã ghi, chưa có kênh gửi")
    SENT = "sent", _("Máy chủ thư đã nhận")
    PRINTED = "printed", _("Đã ghi ra màn hình, chưa gửi thật")
    REFUSED = "refused", _("Chưa gửi được, sẽ thử lại")
    GIVEN_UP = "given_up", _("Gửi không được, thôi thử lại")
    RESENT = "resent", _("Cho gửi lại")
    TOLD = "told", _("Đã báo trực tiếp")
    FORGOTTEN = "forgotten", _("Đã xóa nội dung và người nhận")
