"""What most people come to a commune for, in the words they use. A procedure that is not in force is left out by itself."""

from cchc.kernel.text import gettext_noop as _

# (procedure code, everyday name), the most wanted first.
POPULAR: tuple[tuple[str, str], ...] = (
    ("1.001193", _("Khai sinh cho con")),
    ("2.000815", _("Chứng thực bản sao")),
    ("1.004873", _("Xác nhận tình trạng hôn nhân")),
    ("1.000894", _("Đăng ký kết hôn")),
    ("2.000635", _("Bản sao trích lục hộ tịch")),
    ("1.000656", _("Khai tử")),
)
