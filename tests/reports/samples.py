"""Forms filled with fields of long names, for every writer to print and every test to read."""

from datetime import date, datetime

from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from cchc.reports import api as reports

AT = datetime(2026, 9, 15, 8, tzinfo=VIETNAM)
QUARTER = Period(date(2026, 6, 15), date(2026, 9, 15))
DAYS = {"ii07a": date(2019, 9, 1)}
FIELDS = (
    "Đất đai",
    "Hộ tịch",
    "Chứng thực",
    "Thành lập và hoạt động của doanh nghiệp (hộ kinh doanh, tổ hợp tác, hợp tác xã)",
    "Bảo trợ xã hội",
    "Người có công",
    "=1+1 «Nuôi con nuôi»",
    "Quy hoạch xây dựng, kiến trúc và quản lý hoạt động đầu tư xây dựng",
    "Phòng, chống tệ nạn xã hội",
    "Giáo dục mầm non thuộc hệ thống giáo dục quốc dân",
    "#strong[Tín ngưỡng], tôn giáo",
    "Thi đua - khen thưởng & <văn hóa>",
)


def form(key: str) -> reports.Definition:
    """Return the form of that key, on a day on which it is in force."""
    return reports.definition_on(key, DAYS.get(key, AT.date()))


def header(*, is_draft: bool = False) -> reports.Header:
    """Return the head of a report of a commune for the third quarter."""
    return reports.Header(
        reporter="Ủy ban nhân dân xã Vũ Quang",
        receiver="Văn phòng Ủy ban nhân dân tỉnh Hà Tĩnh",
        period_label="quý III năm 2026",
        period=QUARTER,
        place="Vũ Quang",
        preparer="Nguyễn Thị Hường",
        signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        signer="Trần Quốc Khánh",
        is_draft=is_draft,
    )


def filled(key: str, *, is_draft: bool = False) -> reports.FilledForm:
    """Return the form with a dozen rows, one of them without data."""
    definition = form(key)
    rows = [
        reports.Row(
            name,
            {column.key: (index * 7919 + place * 613) % (12000 if index == 3 else 40) for place, column in enumerate(definition.given)},
            {column.key: f"chú thích {index}" for column in definition.texts if index % 5 == 0},
        )
        for index, name in enumerate(FIELDS)
    ]
    rows.append(reports.Row("Lĩnh vực chưa gửi", None))
    explanations = (("dừng xử lý, rút hồ sơ", 3), ("từ chối giải quyết", 1)) if definition.checks else ()
    return reports.fill(definition, header(is_draft=is_draft), rows, explanations=explanations)
