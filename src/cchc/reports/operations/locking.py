"""Lock the numbers of a form: from then on they stay what they were, whatever comes in later."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.text import clean
from cchc.organisations import api as organisations
from cchc.reports.models import Explanation, Report, Version
from cchc.reports.operations.acting import begin, latest, must, name_of, told, write_down
from cchc.reports.queries.consolidating import consolidated
from cchc.reports.queries.definitions import definition_on
from cchc.reports.queries.kept import changes_of
from cchc.reports.queries.kept import told as told_differences
from cchc.reports.queries.statutory import form_key, forms_for, previous, reporting_of, statutory
from cchc.reports.queries.timetable import duty_for
from cchc.reports.queries.units import agency_of
from cchc.reports.rules.digests import digest_of
from cchc.reports.rules.filling import FilledForm
from cchc.reports.rules.freezing import freeze
from cchc.reports.rules.life import TABLE
from cchc.reports.rules.timetable import due_on
from cchc.reports.terms import LIVE, Act, Basis, RowDimension, State
from cchc.worktime import api as worktime

LONGEST = 2000
_SHORT = {"month": "t", "quarter": "q", "half_year": "n", "nine_months": "9t", "year": ""}


@transaction.atomic
def lock_report(*, actor: Actor, at: datetime, key: str, period: Period, basis: Basis = Basis.FIGURES) -> str:
    """Lock the numbers of the actor's agency for a reporting period that has ended; return the code of the report.

    Needs ``reports:report:prepare``. ``basis`` REPORTS locks the form put together from received reports, with their codes and digests.
    The first version of a report, or the next one after it was unlocked or returned; explanations go along where the difference is still
    there. Raises ``Refused`` for days that are no reporting period, a period that has not ended, figures that wait to be counted,
    ``Conflict`` when a version already stands.
    """
    actor.must(identity.Right.PREPARE_REPORT)
    day = local_date(at)
    unit = agency_of(actor, day)
    reporting = _reporting(period, day)
    if figures.waits_before(unit.id, reporting.period.end or day):
        raise Conflict("Số liệu của kỳ đang được đếm lại vì hồ sơ vừa thay đổi. Chờ vài giây rồi chốt lại.")
    form, parts = _filled(key, unit, period, at, basis)
    row = _row(unit, form, reporting)
    last = Version.objects.filter(report=row).order_by("-seq").first()
    if last is not None and last.state in LIVE:
        raise Conflict(f"Báo cáo này {told(last)}. Không chốt thêm lần nữa; muốn sửa thì mở khóa, hoặc đề nghị cấp trên trả lại.")
    frozen = freeze(form)
    version = Version.objects.create(
        report=row,
        seq=last.seq + 1 if last else 1,
        state=State.LOCKED,
        basis=basis,
        form=frozen,
        previous=_before(form.definition.key, unit, period, at),
        parts=parts,
        digest=digest_of(frozen),
        locked_at=at,
        locked_by=name_of(actor),
    )
    _carry(last, version)
    public = {"form": row.form, "unit": unit.code, "from": f"{row.start}", "last": f"{period.last}", "basis": basis.value, "parts": parts}
    write_down(actor=actor, at=at, version=version, act=Act.LOCK, public=public)
    return row.code


@transaction.atomic
def unlock_report(*, actor: Actor, at: datetime, code: str, seq: int, reason: str) -> None:
    """Open what is locked and not sent; the version stays, with the reason, and the numbers can be locked anew.

    Needs ``reports:report:prepare``; once it is signed ``reports:report:sign``.
    """
    version, row = begin(actor=actor, at=at, code=code, act=Act.UNLOCK, seq=seq, reason=reason)
    version.state, version.ended_at, version.ended_by, version.reason = row.after, at, name_of(actor), clean(reason)
    version.save(update_fields=["state", "ended_at", "ended_by", "reason"])
    write_down(actor=actor, at=at, version=version, act=Act.UNLOCK, public={}, reason=reason)


@transaction.atomic
def explain(*, actor: Actor, at: datetime, code: str, seq: int, texts: Mapping[tuple[str, str], str]) -> int:
    """Keep what the office says about differences to the period before, by (row, column); an empty text takes one away. Return how many stay.

    Needs ``reports:report:prepare``, and numbers that are locked and not signed: what a leader signed is not written into afterwards.
    Raises ``Invalid`` for a text that is too long, ``Refused`` for a difference that is none.
    """
    row = Report.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound("Không có báo cáo này.")
    # Whoever may unlock may also explain.
    must(actor, at, row, [item for item in TABLE if item.act is Act.UNLOCK and item.before is State.LOCKED])
    version = latest(row)
    if version.seq != seq:
        raise Conflict(f"Báo cáo vừa được chốt lại (lần {version.seq}). Xem lại số liệu mới rồi ghi giải trình.")
    if version.state_term is not State.LOCKED:
        raise Refused(f"Không ghi thêm giải trình: báo cáo {told(version)}.")
    known = {(item.row, item.column) for item in told_differences(changes_of(version))}
    if set(texts) - known:
        raise Refused("Có số không khác kỳ trước nên không cần giải trình. Mở lại trang rồi ghi.")
    if any(len(text) > LONGEST for text in texts.values()):
        raise Invalid({"texts": f"Giải trình dài quá {LONGEST} ký tự. Viết ngắn lại."})
    Explanation.objects.filter(version=version).delete()
    wanted = {key: clean(text) for key, text in texts.items() if clean(text)}
    Explanation.objects.bulk_create(Explanation(version=version, row=key[0], column=key[1], text=text) for key, text in wanted.items())
    written = [[*key, text] for key, text in sorted(wanted.items())]
    write_down(actor=actor, at=at, version=version, act=Act.EXPLAIN, public={"count": len(written)}, texts=written)
    return len(wanted)


def _reporting(period: Period, day: date) -> worktime.ReportingPeriod:
    found = reporting_of(period)
    if found is None:
        raise Refused("Chỉ chốt được số liệu của một kỳ báo cáo (tháng, quý, 6 tháng, năm). Chọn lại kỳ.", field="period")
    if period.end is None or day < period.end:
        raise Refused(f"Kỳ {found.label} đến hết ngày {period.last:%d/%m/%Y}. Hết kỳ mới chốt được số liệu.", field="period")
    return found


def _filled(
    key: str, unit: organisations.UnitView, period: Period, at: datetime, basis: Basis
) -> tuple[FilledForm, list[dict[str, object]]]:
    assert period.last is not None, "a reporting period has an end"
    definition = definition_on(form_key(key, unit), period.last)
    if definition.key not in {form.key for form in forms_for(unit, period.last)}:
        raise Refused(f"Biểu «{definition.title}» {definition.subtitle} không do cấp của cơ quan này lập.", field="key")
    if definition.rows is RowDimension.CASE:
        raise Refused(f"«{definition.title}» ghi tên người nộp nên không chốt, không gửi lên: chỉ xem và tải khi cần.", field="key")
    if basis is Basis.FIGURES:
        return statutory(key, unit=unit, period=period, at=at, is_draft=False), []
    made = consolidated(key, unit=unit, period=period, at=at, is_draft=False)
    if not made.received:
        raise Refused(
            "Chưa tiếp nhận báo cáo nào của kỳ này để tổng hợp. Tiếp nhận báo cáo, hoặc chốt theo số liệu hệ thống.", field="basis"
        )
    parts = [{"unit": part.unit.full_name, "code": part.code, "seq": part.seq, "digest": part.digest} for part in made.received]
    return made.reported, parts


def _row(unit: organisations.UnitView, form: FilledForm, reporting: worktime.ReportingPeriod) -> Report:
    """Return the report's row under its lock; the first to come makes it, whoever comes at the same time waits."""
    days = reporting.period
    assert days.last is not None and days.end is not None, "a reporting period has an end"  # noqa: PT018 (one fact)
    duty = duty_for(unit, form.definition.key, reporting)
    number = "" if reporting.kind == "year" else f"-{_SHORT[reporting.kind]}{reporting.number}"
    Report.objects.get_or_create(
        unit_id=unit.id,
        form=form.definition.key,
        start=days.start,
        end=days.end,
        defaults={
            "code": f"{unit.code}-{form.definition.key}-{reporting.year}{number}",
            "kind": reporting.kind.value,
            "due_on": due_on(duty, days.last) if duty else None,
        },
    )
    return Report.objects.select_for_update().get(unit_id=unit.id, form=form.definition.key, start=days.start, end=days.end)


def _before(key: str, unit: organisations.UnitView, period: Period, at: datetime) -> dict[str, object] | None:
    """Return the form of the period before as it was reported; where it was not, as it is counted now."""
    before = previous(period)
    row = Report.objects.filter(unit_id=unit.id, form=key, start=before.start, end=before.end).first()
    kept = Version.objects.filter(report=row, state__in=LIVE).first() if row else None
    if kept is not None:
        return dict(kept.form)
    try:
        return freeze(statutory(key, unit=unit, period=before, at=at, is_draft=False))
    except Refused:
        # The form was not in force then: nothing to compare with.
        return None


def _carry(last: Version | None, version: Version) -> None:
    """Take along what was explained in the version before, where the difference is still there."""
    if last is None:
        return
    known = {(item.row, item.column) for item in told_differences(changes_of(version))}
    texts = [item for item in Explanation.objects.filter(version=last) if (item.row, item.column) in known]
    Explanation.objects.bulk_create(Explanation(version=version, row=item.row, column=item.column, text=item.text) for item in texts)
