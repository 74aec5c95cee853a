"""What is told of the flow of files: the question, each step, what was sent back, the ways really gone, the files behind a number."""

from dataclasses import dataclass

from cchc.cases.queries.lists import CaseRow
from cchc.kernel.period import Period


@dataclass(frozen=True)
class FlowAsked:
    """Of which unit with what stands under it, accepted in which days; of one procedure (one edition of it), of a field, or of all."""

    unit_id: int
    period: Period
    procedure: str = ""
    field: str = ""
    edition: int | None = None


@dataclass(frozen=True)
class Spread:
    """Half of the passes took no longer than ``median``, nine of ten no longer than ``p90``: working minutes, None of nothing."""

    median: float | None
    p90: float | None


@dataclass(frozen=True)
class StepFlow:
    """One step. ``passes`` are the times a file was there, ``files`` how many files, ``here`` those that are there now.

    ``waiting``, ``working``, ``office`` (both together) and ``applicant`` are of the passes that ended. ``waited`` is the waiting part of
    the office's time, ``share`` the step's part of the office's time in all steps, both 0 to 1. ``budget`` is the median term that the
    passes were given, in working minutes, None where the step has none; ``late`` of ``judged`` passes broke it, those that are there
    still and have broken it already among them.
    """

    key: str
    name: str
    budget_text: str
    files: int
    passes: int
    here: int
    waiting: Spread
    working: Spread
    office: Spread
    applicant: Spread
    waited: float
    share: float
    budget: float | None
    late: int
    judged: int
    sent_back: int
    came_back: int


@dataclass(frozen=True)
class Rework:
    """How often files were sent back from one step to another, and how many files."""

    source: str
    source_name: str
    target: str
    target_name: str
    times: int
    files: int


@dataclass(frozen=True)
class Mark:
    """A stop of a way: its key, its name, and whether it is a wait for the applicant, or the end of a file that went no further."""

    key: str
    name: str
    is_wait: bool = False
    is_end: bool = False


@dataclass(frozen=True)
class WayGone:
    """A way that ended files really went: how many of ``share`` (0 to 1) of them, and the median of their office minutes."""

    key: str
    marks: tuple[Mark, ...]
    files: int
    share: float
    median: float | None


@dataclass(frozen=True)
class Choices:
    """What there is to choose among the files of a unit and period: (code, title, files), (field, files), (edition, files)."""

    procedures: tuple[tuple[str, str, int], ...]
    fields: tuple[tuple[str, int], ...]
    editions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Bottlenecks:
    """Everything the page shows. ``is_published`` says whether the steps are those of a published process, of ``edition``.

    Without, they are the places in the office. ``ended`` of ``files`` went a whole way; ``other_ways`` more ways are not listed. With
    ``too_many`` the files were counted and not read: the question must be narrower.
    """

    files: int
    ended: int
    steps: tuple[StepFlow, ...]
    rework: tuple[Rework, ...]
    ways: tuple[WayGone, ...]
    other_ways: int
    is_published: bool
    edition: int | None
    choices: Choices
    too_many: bool = False


@dataclass(frozen=True)
class FlowFiles:
    """A page of the files behind a number, those that the reader may open; ``others`` are of other agencies.

    ``names`` are what the number is of: the step, both steps of a return, or the stops of a way; nothing for all.
    """

    names: tuple[str, ...]
    rows: tuple[CaseRow, ...]
    following: int | None
    mine: int
    others: int
