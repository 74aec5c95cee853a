"""What stands beside the praised numbers: how it came about that they look well, how long people waited, and who was told sorry.

They accuse nobody: each opens the very files, and there may be a good reason in every one of them.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Extract

from cchc.cases.figures.counted import BY, Key, Set, end_of, grouped, key_of, median, part, start_of
from cchc.cases.figures.parts import Part, spells_in
from cchc.cases.models import Apology, FeeLine, Handover, Party, Request, Spell
from cchc.cases.terms import Act, ApologyKind, FiledBy, PartyRole, PaymentMethod, SpellEnd, SpellState
from cchc.figures.api import Asked, Flow, Measure, Moved, Ratio
from cchc.kernel.figures import Figure, Zero
from cchc.kernel.text import gettext_noop as _

DAY = timedelta(days=1)
HOUR = 3600.0
REFILED_WITHIN = timedelta(days=30)
# So many different applicants under one telephone number are worth a look; ours.
ONE_PHONE = 5
_OURS = _("số đối chiếu của phần mềm, không có trong biểu mẫu; ngưỡng do phần mềm đặt")


# ------------------------------------------------------------------ conditions


def _late_supplement(_asked: Asked) -> Q:
    """Half of the time to the promise had passed when the papers were asked for."""
    return Q(ends__gte=ExpressionWrapper(F("begins") + (F("late_from") - F("begins")) / 2, output_field=DateTimeField()))


def _on_last_day(_asked: Asked) -> Q:
    """The refusal came within the last day of the promise, the extension on the last day on which it is allowed."""
    refused = Q(end=SpellEnd.CLOSED, ends__gte=F("late_from") - DAY)
    extended = Q(end=SpellEnd.GOES_ON, ends__gte=F("late_from") - 2 * DAY)
    return Q(ends__lt=F("late_from")) & (refused | extended)


def _refiled(asked: Asked) -> Q:
    """The same person's case of the same procedure had ended within thirty days before."""
    owners = Party.objects.filter(role=PartyRole.OWNER).exclude(identity_number="")
    ours = owners.filter(case__received_at__gte=start_of(asked), case__received_at__lt=end_of(asked))
    before = Spell.objects.filter(
        procedure=OuterRef("case__procedure_code"),
        ends__lte=OuterRef("case__received_at"),
        ends__gte=OuterRef("case__received_at") - REFILED_WITHIN,
        case__parties__role=PartyRole.OWNER,
        case__parties__identity_number=OuterRef("identity_number"),
    ).exclude(case=OuterRef("case"))
    return Q(case__in=ours.filter(Exists(before)).values("case"))


def _brought(_asked: Asked) -> Q:
    return Q(Exists(Party.objects.filter(case=OuterRef("case"), role=PartyRole.SUBMITTER)))


def _sorry(asked: Asked) -> Q:
    said = Apology.objects.filter(case=OuterRef("case"), kind__in=[ApologyKind.LATE, ApologyKind.OMITTED], at__lt=end_of(asked))
    return Q(Exists(said))


def _complete(_asked: Asked) -> Q:
    return ~Q(Exists(Request.objects.filter(case=OuterRef("case"), act=Act.ASK_SUPPLEMENT)))


def _broken_by_766(asked: Asked) -> Q:
    """A promise of the file was broken by the end of the period, or papers were asked for more than once (dossier §7.3, 2.1).

    Both are looked for from the first day of the period on: of files received in it nothing happened earlier.
    """
    first, end = start_of(asked), end_of(asked)
    broken = Spell.objects.filter(late_at__gte=first, late_at__lt=end).values("case")
    wanted = Request.objects.filter(act=Act.RETURN_FOR_SUPPLEMENT, at__gte=first, at__lt=end).order_by().values("case")
    return Q(case__in=broken.union(wanted.annotate(times=Count("pk")).filter(times__gt=1).values("case"), all=True))


def _kept_by_766(asked: Asked) -> Q:
    return ~_broken_by_766(asked)


def _asked_then() -> Q:
    return Q(Exists(Request.objects.filter(case=OuterRef("case"), act=Act.RETURN_FOR_SUPPLEMENT, at=OuterRef("ends"))))


def _refused_or_extended_then() -> Q:
    refused = Request.objects.filter(case=OuterRef("case"), act=Act.REFUSE_AFTER_APPRAISAL, at=OuterRef("ends"))
    extended = Apology.objects.filter(case=OuterRef("case"), kind=ApologyKind.EXTENSION, at=OuterRef("ends"))
    # Found from the few files to which either happened at all, and not by asking every spell of a year.
    either = (
        Request.objects.filter(act=Act.REFUSE_AFTER_APPRAISAL)
        .values("case")
        .union(Apology.objects.filter(kind=ApologyKind.EXTENSION).values("case"), all=True)
    )
    return Q(case__in=either) & (Q(Exists(refused)) | Q(Exists(extended)))


def _received(moved: Moved) -> int:
    return moved.inside[Flow.RECEIVED]


def _filed_by(who: FiledBy) -> Callable[[Asked], Q]:
    return lambda _asked: Q(case__filed_by=who)


# Who filed is told of files sent online alone, and of those of which it was recorded.
_ONLINE_TOLD = Part(part("online").condition & ~Q(case__filed_by=""), "begins")
_RUNNING_TO_PROMISE = Q(state=SpellState.RUNNING, late_from__isnull=False)
SETS: Mapping[str, Set] = {
    "late_supplements": Set(Part(_RUNNING_TO_PROMISE & Q(end=SpellEnd.GOES_ON) & _asked_then(), "ends"), _late_supplement),
    "last_day": Set(Part(_RUNNING_TO_PROMISE & _refused_or_extended_then(), "ends"), _on_last_day),
    "refiled": Set(part("received"), _refiled, _received),
    "brought": Set(part("received"), _brought, _received),
    "apologised": Set(part("broken"), _sorry),
    "complete": Set(part("received"), _complete),
    "progress_766": Set(part("received"), _kept_by_766),
    "lost_766": Set(part("received"), _broken_by_766, _received),
    "online_self": Set(_ONLINE_TOLD, _filed_by(FiledBy.SELF)),
    "online_helped": Set(_ONLINE_TOLD, _filed_by(FiledBy.HELPED)),
    "online_agent": Set(_ONLINE_TOLD, _filed_by(FiledBy.AGENT)),
}


# ------------------------------------------------------------------ counts of another kind


def one_phone(asked: Asked) -> QuerySet[Spell]:
    """Return the files received whose owner's telephone number stands on files of many different people in the same period."""
    received = spells_in(part("received"), asked)
    owners = Party.objects.filter(case__in=received.values("case"), role=PartyRole.OWNER).exclude(phone="")
    many = owners.order_by().values("phone").annotate(people=Count("identity_number", distinct=True)).filter(people__gte=ONE_PHONE)
    return received.filter(case__parties__role=PartyRole.OWNER, case__parties__phone__in=many.values("phone"))


def _one_phone(asked: Asked) -> Mapping[Key, Ratio]:
    found = Set(part("received"), lambda _asked: Q(pk__in=one_phone(Asked(asked.unit_id, asked.period, (), asked.only)).values("pk")))
    return found.count(asked)


def _acceptance_hours(asked: Asked) -> Mapping[Key, Ratio]:
    hours = Extract(F("begins") - F("case__filed_at"), "epoch") / HOUR
    return median(spells_in(part("received"), asked), asked, "begins", hours)


def _handover_hours(asked: Asked) -> Mapping[Key, Ratio]:
    given = spells_in(part("done"), asked).filter(case__returned_at__gte=F("ends"), case__returned_at__lt=end_of(asked))
    return median(given, asked, "ends", Extract(F("case__returned_at") - F("ends"), "epoch") / HOUR)


def _steps_on_time(asked: Asked) -> Mapping[Key, Ratio]:
    steps = Handover.objects.filter(due_at__isnull=False, ended_at__isnull=False)
    of_case = steps.filter(case=OuterRef("case"), ended_at__lt=end_of(asked)).order_by().values("case")
    every = Subquery(of_case.annotate(number=Count("pk")).values("number"))
    kept = Subquery(of_case.annotate(number=Count("pk", filter=Q(ended_at__lte=F("due_at")))).values("number"))
    return _sums(spells_in(part("done"), asked), asked, "ends", number=Coalesce(kept, 0), of=Coalesce(every, 0))


def _paid_electronically(asked: Asked) -> Mapping[Key, Ratio]:
    paid = FeeLine.objects.filter(
        case=OuterRef("case"), amount__gt=0, method__in=[PaymentMethod.CASH, PaymentMethod.TRANSFER], paid_at__lt=end_of(asked)
    )
    of_case = paid.order_by().values("case")
    every = Subquery(of_case.annotate(number=Count("pk")).values("number"))
    transferred = Subquery(of_case.annotate(number=Count("pk", filter=Q(method=PaymentMethod.TRANSFER))).values("number"))
    return _sums(spells_in(part("received"), asked), asked, "begins", number=Coalesce(transferred, 0), of=Coalesce(every, 0))


def _progress_766(asked: Asked) -> Mapping[Key, Ratio]:
    """Return what was not lost: few files were, and only they are looked for."""
    lost = SETS["lost_766"].count(asked)
    return {key: Ratio((ratio.of or 0) - ratio.number, ratio.of) for key, ratio in lost.items()}


def _sums(spells: QuerySet[Spell], asked: Asked, moment: str, *, number: object, of: object) -> Mapping[Key, Ratio]:
    rows, names = grouped(spells.annotate(one_=number, all_=of), asked, moment)
    found = rows.annotate(number_=Sum("one_"), of_=Sum("all_")) if names else [rows.aggregate(number_=Sum("one_"), of_=Sum("all_"))]
    return {key_of(row, names): Ratio(row["number_"] or 0, row["of_"] or 0) for row in found}


# ------------------------------------------------------------------ declarations


def _figure(
    key: str, label: str, definition: str, formula: str, *, unit: str = "%", clause: str = "", doubt: str = "", **more: object
) -> Figure:
    return Figure(
        key=f"cases.{key}", label=label, definition=definition, formula=formula, unit=unit, clause=clause, doubt=doubt, by=BY, **more
    )  # type: ignore[arg-type]


def _set(figure: Figure, name: str) -> Measure:
    return Measure(figure, count=SETS[name].count, part=name)


MEASURES = (
    _set(
        _figure(
            "integrity.late_supplements",
            _("Yêu cầu bổ sung khi đã quá nửa thời hạn"),
            _("Lần yêu cầu bổ sung sau thẩm tra được lập khi đã qua nửa thời gian đến lời hẹn, trên mọi lần yêu cầu bổ sung."),
            _("Lập sau nửa thời gian : mọi lần yêu cầu bổ sung"),
            doubt=_OURS,
        ),
        "late_supplements",
    ),
    _set(
        _figure(
            "integrity.last_day",
            _("Từ chối, gia hạn vào ngày cuối"),
            _("Văn bản từ chối lập trong ngày cuối của lời hẹn và gia hạn lập vào ngày cuối còn được phép, trên mọi lần từ chối, gia hạn."),
            _("Vào ngày cuối : mọi lần từ chối, gia hạn"),
            doubt=_OURS,
        ),
        "last_day",
    ),
    _set(
        _figure(
            "integrity.refiled",
            _("Nộp lại trong 30 ngày"),
            _("Hồ sơ mà cùng người, cùng thủ tục có hồ sơ khác vừa kết thúc trong vòng 30 ngày trước đó, trên hồ sơ tiếp nhận."),
            _("Nộp lại : tiếp nhận trong kỳ"),
            doubt=_OURS,
        ),
        "refiled",
    ),
    Measure(
        _figure(
            "integrity.one_phone",
            _("Nhiều người chung một số điện thoại"),
            _("Hồ sơ có số điện thoại chủ hồ sơ đứng tên từ 5 người khác nhau trong kỳ, trên hồ sơ tiếp nhận."),
            _("Chung số : tiếp nhận trong kỳ"),
            doubt=_OURS,
        ),
        count=_one_phone,
        part="one_phone",
    ),
    Measure(
        _figure(
            "integrity.acceptance_hours",
            _("Từ lúc nộp đến lúc tiếp nhận"),
            _("Trung vị số giờ từ lần nộp đầu đến lúc tiếp nhận, khi đồng hồ mới chạy; giờ trên đồng hồ, kể cả ngày nghỉ."),
            _("Trung vị (lúc tiếp nhận − lúc nộp)"),
            unit=_("giờ"),
            doubt=_OURS,
        ),
        count=_acceptance_hours,
        part="received",
    ),
    Measure(
        _figure(
            "integrity.handover_hours",
            _("Từ lúc có kết quả đến lúc trả"),
            _("Trung vị số giờ từ khi ký kết quả đến khi trao cho người nộp; giờ trên đồng hồ, kể cả ngày nghỉ."),
            _("Trung vị (lúc trả − lúc có kết quả)"),
            unit=_("giờ"),
            doubt=_OURS,
        ),
        count=_handover_hours,
        part="done",
    ),
    _set(
        _figure(
            "brought_by_another",
            _("Có người nộp thay"),
            _("Hồ sơ do người khác nộp thay chủ hồ sơ, trên hồ sơ tiếp nhận."),
            _("Có người nộp thay : tiếp nhận trong kỳ"),
        ),
        "brought",
    ),
    _set(
        _figure(
            "apology_share",
            _("Đã xin lỗi khi quá hạn"),
            _("Lần lời hẹn bị vỡ trong kỳ mà đã có văn bản xin lỗi, trên mọi lần lời hẹn bị vỡ trong kỳ."),
            _("Có xin lỗi : thành quá hạn trong kỳ"),
            clause=_("khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)"),
        ),
        "apologised",
    ),
    _set(
        _figure(
            "complete_at_once",
            _("Đủ giấy tờ ngay lần đầu"),
            _("Hồ sơ tiếp nhận mà trước đó không phải bổ sung tại quầy, trên hồ sơ tiếp nhận."),
            _("Không phải bổ sung : tiếp nhận trong kỳ"),
        ),
        "complete",
    ),
    Measure(
        _figure(
            "steps_on_time",
            _("Bước xử lý đúng hạn của bước"),
            _("Bước có hạn riêng, xong trong hạn ấy, trên mọi bước có hạn riêng của hồ sơ giải quyết trong kỳ."),
            _("Bước đúng hạn : bước có hạn"),
        ),
        count=_steps_on_time,
        part="done",
    ),
    Measure(
        _figure(
            "paid_by_transfer",
            _("Nộp phí, lệ phí bằng chuyển khoản"),
            _(
                "Khoản phí, lệ phí nộp bằng chuyển khoản, quét mã, trên mọi khoản đã thu của hồ sơ tiếp nhận trong kỳ. Không phải thanh toán qua Cổng."
            ),
            _("Chuyển khoản : (chuyển khoản + tiền mặt)"),
        ),
        count=_paid_electronically,
        part="received",
    ),
    Measure(
        _figure(
            "qd766.progress",
            _("Tiến độ giải quyết theo Bộ chỉ số 766"),
            _(
                "Hồ sơ tiếp nhận trong kỳ mà đến cuối kỳ chưa vỡ lời hẹn và không bị yêu cầu bổ sung quá một lần, trên hồ sơ tiếp nhận trong kỳ."
            ),
            _("Đúng hạn : tiếp nhận trong kỳ"),
            clause=_("Quyết định 766/QĐ-TTg, nhóm Tiến độ giải quyết (2.1)"),
            doubt=_("cách đếm theo mô tả của hồ sơ pháp lý §7.3, chưa đối chiếu với phụ lục của Quyết định"),
            zero=Zero.NOUGHT,
        ),
        count=_progress_766,
        part="progress_766",
    ),
    _set(
        _figure(
            "qd766.lost",
            _("Làm mất điểm Tiến độ của Bộ chỉ số 766"),
            _("Hồ sơ tiếp nhận trong kỳ mà đến cuối kỳ đã vỡ lời hẹn hoặc bị yêu cầu bổ sung quá một lần, trên hồ sơ tiếp nhận trong kỳ."),
            _("Không đúng hạn : tiếp nhận trong kỳ"),
            clause=_("Quyết định 766/QĐ-TTg, nhóm Tiến độ giải quyết (2.1)"),
            doubt=_("cách đếm theo mô tả của hồ sơ pháp lý §7.3, chưa đối chiếu với phụ lục của Quyết định"),
        ),
        "lost_766",
    ),
)

BEHIND: Mapping[str, Callable[[Asked], QuerySet[Spell]]] = {name: found.those for name, found in SETS.items()} | {"one_phone": one_phone}
