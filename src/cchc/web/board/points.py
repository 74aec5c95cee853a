"""Points of the index as pages show them: lost where and to what, whose are hidden, and the course of the total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.figures import api as figures
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from cchc.web.board.asking import LAST, START, Question
from cchc.web.board.names import month_name
from cchc.web.board.shown import period_text
from cchc.web.ui.shapes import Number
from cchc.web.ui.vietnamese import day_short, number_text

SET = "qd766"
WIDTH, HEIGHT, EDGE = 320, 96, 8


@dataclass(frozen=True)
class Lost:
    """Points lost on one criterion, with the numbers that say why, what it would take, and where what is missing opens."""

    name: str
    points: str
    maximum: str
    lost: str
    part: float
    counted: str
    missing: str
    url: str


@dataclass(frozen=True)
class Course:
    """A line of totals. ``dots`` are (x, y, name, text), ``line`` the points of an SVG polyline, ``high`` the top of the scale."""

    dots: tuple[tuple[float, float, str, str], ...]
    line: str
    high: str


def index_number(criteria: scoring.CriteriaSet, question: Question, index: scoring.Index) -> Number:
    """Return the total as one of the numbers on top of a page of the agency."""
    own, before = index.own, index.before.get(index.own.unit_id)
    notes = [f"/{number_text(own.out_of.normalize())}"]
    if before is not None:
        notes.append(_("tháng trước %(points)s") % {"points": number_text(before.total, criteria.places)})
    if own.rank and own.ranked > 1:
        notes.append(_("hạng %(rank)s/%(of)s") % {"rank": own.rank, "of": own.ranked})
    return Number(
        value=number_text(own.total, criteria.places),
        label=_("Điểm Bộ chỉ số 766, tháng này"),
        url=f"{reverse('board:index766')}?{whole_query(question)}",
        note=" · ".join(notes),
        definition=_("Tổng điểm các chỉ tiêu có số liệu ở đây, trên điểm tối đa của chính các chỉ tiêu ấy."),
        formula=_("Cộng điểm từng chỉ tiêu đã làm tròn"),
        period=period_text(question),
        clause=criteria.law,
    )


def whole_period(unit: organisations.UnitView, period: Period, today: date) -> Question:
    """Return the question about a whole period that nobody typed; files are counted to today."""
    assert period.last is not None, "an index is of a closed period"
    typed = {START: period.start.isoformat(), LAST: period.last.isoformat()}
    return Question(unit=unit, period=figures.until(period, today), today=today, typed=typed, whole=period)


def whole_query(question: Question, **changes: object) -> str:
    """Return the question as a query string, to the last day asked for even where that is still to come."""
    last = question.whole.last if question.whole and question.whole.last else question.last
    return question.query(**{LAST: last.isoformat(), **changes})


def lost(criteria: scoring.CriteriaSet, question: Question, score: scoring.UnitScore) -> list[Lost]:
    """Return the criteria on which points are lost, the most first."""
    return [_lost(criteria, question, loss) for loss in scoring.losses(criteria, score.metrics, score.measures)]


def _lost(criteria: scoring.CriteriaSet, question: Question, loss: scoring.Loss) -> Lost:
    criterion, what = loss.criterion, _(loss.criterion.counts.label)
    # What is counted here opens to the last day counted; what was published is of the whole period.
    url = question.url(criterion.opens or criterion.figure) if criterion.figure else _published_url(criteria, question, criterion.code)
    counted = f"{number_text(loss.ratio.numerator)}/{number_text(loss.ratio.denominator)} {what}" if loss.ratio else ""
    missing = _("còn thiếu %(count)s %(what)s để đạt tối đa") % {"count": number_text(loss.missing), "what": what} if loss.missing else ""
    return Lost(
        name=criterion.name,
        points=number_text(loss.points, criteria.places),
        maximum=number_text(criterion.maximum.normalize()),
        lost=number_text(loss.lost, criteria.places),
        part=float(loss.lost / criterion.maximum),
        counted=counted,
        missing=missing if loss.ratio and loss.ratio.denominator else _("chưa có %(what)s nào trong kỳ") % {"what": what},
        url=url,
    )


def _published_url(criteria: scoring.CriteriaSet, question: Question, code: str) -> str:
    last = question.whole.last if question.whole and question.whole.last else question.last
    return question.url(scoring.key_of(criteria, code), **{LAST: last.isoformat()})


def hidden_units(scores: Mapping[int, scoring.Standing]) -> set[int]:
    """Return the units whose points the public does not see: of one to four files, and the next smallest where only one is such.

    Points are a share in other words: of three files each one is worth a third of them.
    """
    sizes = [float(score.fewest) for score in scores.values()]
    return {unit_id for unit_id, is_hidden in zip(scores, figures.hidden(sizes), strict=True) if is_hidden}


def course(criteria: scoring.CriteriaSet, index: scoring.Index, *, by_day: bool, whole: bool) -> Course | None:
    """Return the totals of the days of the period, or of the last periods of its kind; None where there are not two to compare.

    Without ``whole`` as everybody may see it: no total of few files, none of a single day, and no places, which tell of neighbours.
    """
    marks = index.days if by_day else index.periods
    if not whole:
        marks = tuple(mark for mark in marks if mark.fewest is not None and not figures.is_small(mark.fewest))
    if len(marks) < 2:  # noqa: PLR2004 (a line needs two ends)
        return None
    high = max(mark.out_of for mark in marks)
    words = [(_name(index, mark.day, by_day=by_day), _told(criteria, mark, whole=whole)) for mark in marks]
    step = (WIDTH - 2 * EDGE) / (len(marks) - 1)
    reach = HEIGHT - 2 * EDGE
    places = [(EDGE + number * step, HEIGHT - EDGE - float(mark.total / (high or 1)) * reach) for number, mark in enumerate(marks)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return Course(tuple((x, y, *told) for (x, y), told in zip(places, words, strict=True)), line, number_text(high.normalize()))


def change(criteria: scoring.CriteriaSet, score: scoring.Standing, before: scoring.Mark | None, *, whole: bool) -> str:
    """Return ``+1,25``; nothing where there are no points before, or out of another maximum, or of few files and not ``whole``."""
    if before is None or before.out_of != score.out_of or (not whole and figures.is_small(before.fewest or 0)):
        return ""
    by = score.total - before.total
    return f"{'+' if by > 0 else '−' if by < 0 else ''}{number_text(abs(by), criteria.places)}"


def _told(criteria: scoring.CriteriaSet, mark: scoring.Mark, *, whole: bool) -> str:
    told = f"{number_text(mark.total, criteria.places)}/{number_text(mark.out_of.normalize())}"
    return _("%(points)s, hạng %(rank)s") % {"points": told, "rank": mark.rank} if mark.rank and whole else told


def _name(index: scoring.Index, day: date, *, by_day: bool) -> str:
    if by_day or index.period is None:
        return day_short(day)
    match index.period.kind:
        case scoring.PeriodKind.MONTH:
            return month_name(f"{day:%Y-%m}")
        case scoring.PeriodKind.QUARTER:
            return _("quý %(number)s/%(year)s") % {"number": (day.month + 2) // 3, "year": day.year}
        case _:
            return str(day.year)


def period_names() -> Sequence[tuple[str, scoring.PeriodKind, int]]:
    """Return the periods offered by name: the kind, and how many before the running one."""
    kinds = scoring.PeriodKind
    return (
        (_("Tháng này"), kinds.MONTH, 0),
        (_("Tháng trước"), kinds.MONTH, 1),
        (_("Quý này"), kinds.QUARTER, 0),
        (_("Quý trước"), kinds.QUARTER, 1),
        (_("Năm nay"), kinds.YEAR, 0),
        (_("Năm trước"), kinds.YEAR, 1),
    )
