"""The intake screen as one value: what was typed, what it would promise and cost now, and the ``Intake`` it amounts to.

Everything typed is read from the form again and again; nothing is kept between two requests, so nothing can be lost.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import fold
from cchc.kernel.text import gettext_noop as noop
from cchc.procedures import api as procedures
from cchc.web.desk.desk import DeskRequest
from cchc.web.desk.intake_papers import PaperRow, paper_rows
from cchc.web.ui.forms import Entry, query_text

FOUND = 8
# By these channels a file reaches the counter; what comes online is not typed here.
CHANNELS = (procedures.Channel.COUNTER, procedures.Channel.POST)
LABELS = {"copies": noop("Số bản"), "pages": noop("Số trang mỗi bản"), "people": noop("Số người"), "items": noop("Số lượng")}
MOST = 9999
LONGEST_KEY = 64


@dataclass
class Sheet:
    """One filled-in screen at one moment."""

    entry: Entry
    counter: cases.Counter
    preview: cases.Preview | None = None
    found: tuple[procedures.ProcedureHit, ...] = ()
    papers: list[PaperRow] = field(default_factory=list)
    quantities: list["Quantity"] = field(default_factory=list)
    channel: procedures.Channel = procedures.Channel.COUNTER
    case_type: int = 1
    key: str = ""
    opened: str = ""

    @property
    def version(self) -> procedures.VersionView | None:
        """The chosen procedure, or nothing."""
        return self.preview.version if self.preview else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Required papers that are not there, with how many of each."""
        return tuple(row.wanted for row in self.papers if row.required and not row.given)


@dataclass(frozen=True)
class Quantity:
    """A count the fee is made of."""

    name: str
    label: str
    value: str
    problem: str = ""


def read_sheet(request: HttpRequest) -> Sheet:
    """Read the screen as it was sent, or an empty one with the procedure of the address."""
    desk: DeskRequest = request  # type: ignore[assignment]
    counter = cases.counter_of(actor=desk.actor, at=desk.at)
    entry = Entry(request.POST if request.method == "POST" else {})
    sheet = Sheet(entry=entry, counter=counter, key=entry.value("key")[:LONGEST_KEY] or uuid4().hex)
    code = _choose(sheet, desk)
    if code:
        _look(sheet, desk, code)
    return sheet


def _choose(sheet: Sheet, desk: DeskRequest) -> str:
    """Return the code of the chosen procedure; words that choose none are searched for."""
    if desk.method != "POST":
        return query_text(desk, "procedure", longest=60)
    picked = sheet.entry.text("pick")
    chosen = sheet.entry.text("procedure")
    words = sheet.entry.text("q")[:200]
    if picked:
        return picked
    # The finder puts a new code here; whoever has no script changes the words and leaves the code as it was.
    if chosen != sheet.entry.text("titled_code") or not words or (chosen and fold(words) == fold(sheet.entry.text("titled"))):
        return chosen
    sheet.found = procedures.search(words, on=local_date(desk.at), level=sheet.counter.level, limit=FOUND)
    if len(sheet.found) == 1 or (sheet.found and words in {sheet.found[0].code, sheet.found[0].title}):
        code, sheet.found = sheet.found[0].code, ()
        return code
    return ""


def _look(sheet: Sheet, desk: DeskRequest, code: str) -> None:
    """Look the procedure up and compute its promise and fee for what was typed; what belonged to another procedure is left out."""
    entry = sheet.entry
    same = entry.value("titled_code") == code
    if entry.value("channel") in CHANNELS:
        sheet.channel = procedures.Channel(entry.value("channel"))
    typed = Entry(entry.data if same else {})
    sheet.case_type = typed.whole("case_type", least=1, most=99) or 1
    counts = {name: typed.whole(name, least=1, most=MOST) for name in LABELS}
    try:
        sheet.preview = cases.preview(
            counter=sheet.counter,
            at=desk.at,
            procedure=code,
            channel=sheet.channel,
            case_type=sheet.case_type,
            quantities={name: count for name, count in counts.items() if count is not None},
        )
    except Refused as error:
        entry.refuse("q", error.message)
        return
    seen = sheet.preview
    sheet.quantities = [
        Quantity(
            name, _(LABELS[name]), typed.value(name) if name in typed.data else str(seen.quantities.get(name, "")), typed.problem(name)
        )
        for name in seen.counts
    ]
    sheet.papers = paper_rows(seen, entry, all_given=entry.value("do") == "all")
    for name, sentence in seen.problems.items():
        entry.refuse("q" if name == "procedure" else name, sentence)
    for quantity in sheet.quantities:
        if quantity.problem:
            entry.refuse(quantity.name, quantity.problem)
