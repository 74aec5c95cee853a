"""What a file costs and how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from cchc.kernel.errors import Refused
from cchc.kernel.text import money
from cchc.procedures.queries.versions import version as version_view
from cchc.procedures.queries.views import FeeView, VersionView
from cchc.procedures.rules.fees import FeeLine, Reduction, Tariff, line
from cchc.procedures.terms import Channel, TermAbsence
from cchc.worktime.api import TimeLimit


@dataclass(frozen=True)
class FeeQuote:
    """Lines and total in đồng. ``unknown`` names payments whose amount is not in the catalogue: they come on top."""

    lines: tuple[FeeLine, ...]
    total: int
    unknown: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return «72.000 đ», «Không thu phí», or that an amount is still to be determined."""
        if self.unknown:
            return "Chưa xác định đủ mức thu"
        return money(self.total) if self.total else "Không thu phí"


def limit_for(version: VersionView, channel: Channel, case_type: int | None = None) -> TimeLimit | None:
    """Return the term of a channel and case type (its id); None where the law sets none.

    Raises ``Refused`` when the procedure is not offered by that channel (``field="channel"``), when its term is not known, or
    when several differ by a condition that the catalogue cannot tell apart (``field="procedure"``).
    """
    terms = version.terms_for(channel, case_type)
    if not terms:
        if version.terms:
            raise Refused(f"Thủ tục {version.code} không tiếp nhận theo hình thức «{channel.label.lower()}».", field="channel")
        raise Refused(f"Thủ tục {version.code} chưa có thời hạn trong danh mục; hãy bổ sung trước khi tiếp nhận.", field="procedure")
    if any(term.absence in (TermAbsence.NOT_PUBLISHED, TermAbsence.UNREADABLE) for term in terms):
        raise Refused(f"Thời hạn của thủ tục {version.code} đang chờ người rà soát; hãy bổ sung trước khi tiếp nhận.", field="procedure")
    limits = {term.limit for term in terms}
    if len(limits) > 1:
        raise Refused(
            f"Thủ tục {version.code} có nhiều thời hạn khác nhau cho một hình thức nộp; hãy tách thành các trường hợp.", field="procedure"
        )
    return limits.pop()


def fee(
    version_id: int,
    channel: Channel,
    quantities: Mapping[str, int] | None = None,
    *,
    case_type: int | None = None,
    reduction: Reduction | None = None,
) -> FeeQuote:
    """Return what is to be paid: ``fee(v, Channel.COUNTER, {"copies": 12, "pages": 4})`` of certified copies is 72.000 đ.

    ``quantities`` may count copies, pages (of one copy), people and items. Raises ``NotFound`` for an unknown version and
    ``Refused(field="quantities")`` for a count that is not a whole number from one up.
    """
    return quote(version_view(version_id), channel, quantities, case_type=case_type, reduction=reduction)


def quote(
    version: VersionView,
    channel: Channel,
    quantities: Mapping[str, int] | None = None,
    *,
    case_type: int | None = None,
    reduction: Reduction | None = None,
) -> FeeQuote:
    """Return the same as ``fee`` for a version already loaded, without a query."""
    lines, unknown = [], []
    for item in version.fees_for(channel, case_type):
        if item.amount is None:
            if not item.is_optional:
                unknown.append(item.name)
            continue
        try:
            made = line(tariff=_tariff(item, item.amount), quantities=quantities or {}, reduction=reduction)
        except ValueError as problem:
            raise Refused(str(problem), field="quantities") from problem
        if made is not None:
            lines.append(made)
    return FeeQuote(lines=tuple(lines), total=sum(made.amount for made in lines), unknown=tuple(unknown))


def _tariff(item: FeeView, amount: int) -> Tariff:
    return Tariff(
        name=item.name,
        amount=amount,
        per=item.per,
        per_text=item.per_text,
        tiers=item.tiers,
        cap=item.cap,
        is_optional=item.is_optional,
        clause=item.clause,
    )
