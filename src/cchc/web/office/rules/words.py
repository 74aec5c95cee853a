"""The limits in words: their values, what they do, and which values are known and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop as noop
from cchc.web.ui.shapes import LedgerLine, Option
from cchc.web.ui.vietnamese import day_text

STREAM = "case_rules"
SHOWN = 30
WORKING, PLAIN = "wd", "d"
RESTART, SHIFT = "restart", "shift"
_TIMES, _HOURS, _MINUTES, _SPAN, _MODE = "times", "hours", "minutes", "span", "mode"


@dataclass(frozen=True)
class Setting:
    """One limit: the shape of its value, what it decides, how a span is said, and the values that are known with their grounds."""

    shape: str
    about: str
    span: str = "%(days)s"
    known: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_span(self) -> bool:
        """Say whether its value is a number of days."""
        return self.shape == _SPAN

    @property
    def is_mode(self) -> bool:
        """Say whether its value is one of two ways for the clock."""
        return self.shape == _MODE

    @property
    def unit(self) -> str:
        """Return the words behind a number: ``lần``, ``giờ``, ``phút``."""
        return {_TIMES: _("lần"), _HOURS: _("giờ"), _MINUTES: _("phút"), _SPAN: pgettext("đơn vị thời hạn", "ngày")}.get(self.shape, "")


_MODES_KNOWN = (
    (RESTART, noop("Nhận đủ thì thời hạn tính lại từ đầu, như hồ sơ vừa tiếp nhận: khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP.")),
    (
        SHIFT,
        noop("Phần thời hạn đã dùng vẫn tính; chỉ khoảng thời gian chờ được cộng vào ngày hẹn. Chọn khi văn bản chuyên ngành ghi vậy."),
    ),
)
SETTINGS: Mapping[cases.RuleKey, Setting] = {
    cases.RuleKey.SUPPLEMENTS_AFTER: Setting(
        _TIMES,
        noop("Đạt mức này thì nút «Yêu cầu bổ sung» không mở nữa: giải quyết với giấy tờ đang có, hoặc trình từ chối."),
        known=(("1", noop("Điểm c khoản 2 Điều 11 Nghị định 61/2018/NĐ-CP: chỉ một lần sau khi tiếp nhận.")),),
    ),
    cases.RuleKey.SUPPLEMENTS_ALL: Setting(
        _TIMES,
        noop("Đếm cả lần yêu cầu tại quầy trước khi tiếp nhận."),
        known=(("2", noop("Khoản 4 Điều 20 Nghị định 63/2010/NĐ-CP: không quá hai lần cho một vụ việc.")),),
    ),
    cases.RuleKey.SUPPLEMENTS_INDEX: Setting(
        _TIMES,
        noop("Chỉ dùng khi tính số liệu: hồ sơ bổ sung nhiều hơn mức này bị Bộ chỉ số tính là quá hạn. Không cấm việc gì."),
        known=(("1", noop("Quyết định 766/QĐ-TTg, theo tài liệu mô tả công thức; chưa đối chiếu văn bản.")),),
    ),
    cases.RuleKey.SUPPLEMENT_WITHIN: Setting(
        _SPAN,
        noop("Quá thời gian này mới thấy thiếu giấy tờ thì không yêu cầu được nữa: lỗi kiểm tra chậm không chuyển sang người nộp."),
        span=noop("%(days)s từ khi tiếp nhận"),
        known=(("3wd", noop("Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP: không quá 03 ngày làm việc kể từ ngày tiếp nhận.")),),
    ),
    cases.RuleKey.SUPPLEMENT_RESUME: Setting(
        _MODE, noop("Quyết định ngày hẹn mới khi người nộp mang đủ giấy tờ bổ sung."), known=_MODES_KNOWN
    ),
    cases.RuleKey.PAYMENT_RESUME: Setting(
        _MODE,
        noop("Quyết định ngày hẹn mới khi người nộp đã hoàn thành nghĩa vụ tài chính. Không có căn cứ chung: đối chiếu từng thủ tục."),
        known=_MODES_KNOWN,
    ),
    cases.RuleKey.EXTENSIONS: Setting(
        _TIMES,
        noop("Đạt mức này thì không gia hạn được nữa; lỡ hẹn thì xin lỗi và giữ nguyên ngày hẹn đã lỡ."),
        known=(("1", noop("Khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP: hẹn lại không quá một lần.")),),
    ),
    cases.RuleKey.EXTENSION_NOTICE: Setting(
        _SPAN,
        noop("Ngày cuối cùng còn gia hạn được. Qua ngày đó, hay đã quá hạn, chỉ còn xin lỗi."),
        span=noop("%(days)s trước ngày hẹn"),
        known=(
            ("1d", noop("Luật: chậm nhất 01 ngày trước ngày hết hạn, khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP. Ngày nghỉ cũng tính.")),
            (
                "1wd",
                noop(
                    "Quy tắc của phần mềm, chặt hơn luật: trước 01 ngày làm việc, để văn bản xin lỗi kịp đến tay người nộp."
                    " Hẹn thứ Hai thì gia hạn chậm nhất thứ Sáu; theo luật vẫn làm được vào Chủ nhật."
                ),
            ),
        ),
    ),
    cases.RuleKey.CONSULTATION_TERM: Setting(
        _SPAN,
        noop("Dùng khi người lấy ý kiến không ghi hạn khác. Đồng hồ của hồ sơ vẫn chạy trong lúc chờ ý kiến."),
        known=(("2wd", noop("Mức mặc định của phần mềm; quy trình nội bộ của từng thủ tục quyết định.")),),
    ),
    cases.RuleKey.REMIND_BEFORE: Setting(
        _HOURS,
        noop("Người đang giữ hồ sơ được nhắc một lần khi hạn còn chừng ấy giờ, ngoài lần nhắc trước 01 ngày làm việc."),
        known=(("24", noop("Mức mặc định của phần mềm, theo thực tế các hệ thống cấp tỉnh.")),),
    ),
    cases.RuleKey.UNDO_MINUTES: Setting(
        _MINUTES,
        noop("Người vừa chuyển nhầm được rút lại trong chừng ấy phút, khi người nhận chưa làm gì. 0 là không cho rút."),
        known=(("30", noop("Mức mặc định của phần mềm.")),),
    ),
}


def value_words(key: cases.RuleKey, value: str) -> str:
    """Return a value as a person says it: ``1 ngày làm việc trước ngày hẹn``, ``tính lại từ đầu``, ``không lần nào``."""
    setting = SETTINGS[key]
    if setting.is_mode:
        return _("tính lại từ đầu") if value == RESTART else _("cộng thời gian chờ")
    if setting.is_span:
        days, working = cases.Bound(key, value, "").days
        words = _("%(days)s ngày làm việc") if working else _("%(days)s ngày")
        return _(setting.span) % {"days": words % {"days": days}}
    number = int(value)
    if not number:
        return {_TIMES: _("không lần nào"), _MINUTES: _("không được rút lại")}.get(setting.shape, _("không nhắc trước"))
    return f"{number} {setting.unit}"


def mode_options() -> list[Option]:
    """Return the two ways of the clock, to choose from."""
    return [Option(RESTART, _("Tính lại từ đầu")), Option(SHIFT, _("Cộng thời gian chờ"))]


def unit_options() -> list[Option]:
    """Return the two kinds of days, to choose from."""
    return [
        Option(WORKING, _("Ngày làm việc"), _("bỏ qua ngày nghỉ")),
        Option(PLAIN, _("Ngày"), _("tính cả ngày nghỉ")),
    ]


def entries(only: cases.RuleKey | None = None) -> Sequence[audit.EntryView]:
    """Return the last entries of the journal about all limits or about one, the latest first. One query."""
    found = [entry for entry in audit.entries(STREAM) if only is None or entry.public.get("key") == only.value]
    return found[: -SHOWN - 1 : -1]


def history(found: Iterable[audit.EntryView], titles: Mapping[str, str]) -> list[LedgerLine]:
    """Return who set what, in words; ``titles`` names procedures by their codes."""
    return [LedgerLine(at=entry.at, title=_title(entry.act), detail=_detail(entry.public, titles), who=entry.actor_post) for entry in found]


def _title(act: str) -> str:
    return {"bound_set": _("Đặt mức của cơ quan"), "bound_cleared": _("Trở về mức chuẩn")}.get(act, act)


def _detail(public: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    key = cases.RuleKey(public["key"])
    said: Sequence[str]
    if "value" in public:
        since = day_text(date.fromisoformat(public["since"]))
        said = (_("%(value)s, từ %(since)s") % {"value": value_words(key, public["value"]), "since": since}, public["source"])
    else:
        said = (_("mức của cơ quan áp dụng đến hết %(last)s") % {"last": day_text(date.fromisoformat(public["last"]))},)
    code = public.get("procedure", "")
    whose = _("riêng thủ tục %(title)s") % {"title": titles.get(code, code)} if code else ""
    return f"{_(key.label)}: " + " · ".join(part for part in (*said, whose) if part)
