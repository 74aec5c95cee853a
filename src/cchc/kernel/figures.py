"""How a published number is declared. Computation and drill-down live with the module that owns the facts."""

from dataclasses import dataclass

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class Dimension(Term):
    """A way to break a figure down. What the keys of a dimension are called is known to the module that owns them."""

    UNIT = "unit", _("Đơn vị")
    FIELD = "field", _("Lĩnh vực")
    PROCEDURE = "procedure", _("Thủ tục")
    CHANNEL = "channel", _("Hình thức nộp")
    LEVEL = "level", _("Cấp")
    MONTH = "month", _("Tháng")


class Zero(Term):
    """What a share is when nothing is there to be shared out: the denominators that are zero mean different things."""

    NONE = "none", _("không có giá trị, không đưa vào so sánh")
    NOUGHT = "nought", _("tính là 0")
    FULL = "full", _("tính là đạt 100 %")


class Audience(Term):
    """Who may see a figure."""

    PUBLIC = "public", _("Mọi người")
    OFFICE = "office", _("Người của cơ quan")
    OFFICER = "officer", _("Chính cán bộ đó và người đứng đầu trực tiếp")


@dataclass(frozen=True)
class Figure:
    """One registered number.

    ``key`` is ``<module>.<name>``; ``label``, ``definition`` and ``formula`` are Vietnamese; ``unit`` is what is counted
    (``hồ sơ``, ``%``); ``clause`` is the legal ground, or empty when the figure is ours, and ``doubt`` what is not certain of it.
    ``zero`` is the rule for a denominator of zero. ``beside`` names the figures that must stand next to this one: what may make it
    look better than it is. ``at_end`` says that it is a state at the end of the period, not what happened in it.
    """

    key: str
    label: str
    definition: str
    formula: str
    unit: str = "hồ sơ"
    clause: str = ""
    doubt: str = ""
    zero: Zero = Zero.NONE
    by: tuple[Dimension, ...] = tuple(Dimension)
    audience: Audience = Audience.PUBLIC
    beside: tuple[str, ...] = ()
    at_end: bool = False
    imported: bool = False
