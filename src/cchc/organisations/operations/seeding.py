"""Load the reference data. Reference files change rows of their own only: what an office touched belongs to the office."""

import csv
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.errors import Refused
from cchc.organisations.models import Succession, Unit, UnitParent, UnitTitle
from cchc.organisations.rules.seed_plan import Key, Lists, Plan, Row, Unplaced, WantedUnit
from cchc.organisations.terms import Origin, Scheme

_FOLDER = "organisations"
_BATCH = 2000
_COLUMNS = ("kind", "period", "agency_code", "agency_certainty", "name", "full_name", "area_km2", "lat", "lon")
_KEYS = ("search_key", "vi_key", "agency_key")
_EDGE = ("kind", "share", "is_default", "act", "note", "certainty")


@dataclass(frozen=True)
class SeedReport:
    """What loading did: rows read per file, rows created, changed, left as they are, left to the office; and rows without a place."""

    read: dict[str, int]
    created: int
    changed: int
    unchanged: int
    left_to_office: int
    unplaced: tuple[Unplaced, ...]

    def __str__(self) -> str:
        """Return one Vietnamese sentence."""
        return (
            f"Đơn vị: tạo mới {self.created}, cập nhật {self.changed}, giữ nguyên {self.unchanged}, "
            f"do cơ quan quản lý {self.left_to_office}, không xếp được {len(self.unplaced)} dòng."
        )


@dataclass
class _Tally:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left_to_office: int = 0


def seed(*, folder: Path, progress: Callable[[str], None]) -> SeedReport:
    """Load ``organisations/`` of the folder of reference data (or the folder itself) and report.

    Loading again changes nothing. Rows that cannot be placed are in the report, none is dropped silently. Raises ``Refused``
    when a file is missing or is not what it says; then nothing is written.
    """
    place = folder / _FOLDER if (folder / _FOLDER).is_dir() else folder
    lists = _read(place)
    try:
        plan = Plan(lists)
    except (TypeError, ValueError) as error:
        raise Refused(f"Dữ liệu tham chiếu về đơn vị không đúng dạng: {error}.", field="folder") from error
    unplaced = list(plan.unplaced)
    tally = _Tally()
    progress(f"Đơn vị: đọc {len(plan.units)} đơn vị và {len(plan.edges)} quan hệ kế tục.")
    with transaction.atomic():
        units = _write_units(plan, tally, unplaced)
        own = {key: unit for key, unit in units.items() if unit.origin == Origin.SEED}
        _write_titles(plan, own, tally)
        _write_parents(plan, own, units, tally)
        _write_edges(plan, units, tally)
        if tally.created:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE organisations_unit, organisations_unittitle, organisations_unitparent, organisations_succession")
    report = SeedReport(
        read={name: len(rows) for name, rows in vars(lists).items() if isinstance(rows, list)},
        created=tally.created,
        changed=tally.changed,
        unchanged=tally.unchanged,
        left_to_office=tally.left_to_office,
        unplaced=tuple(unplaced),
    )
    progress(str(report))
    for row in unplaced:
        progress(f"  {row.file}:{row.line}: {row.reason} [{row.text}]")
    return report


def _read(place: Path) -> Lists:
    try:
        manifest = tomllib.loads((place / "manifest.toml").read_text(encoding="utf-8"))
        reform = manifest["reorganisation"]
        day, acts = reform.pop("day"), {name: reform.pop(name, "") for name in ("provinces_act", "communes_act")}
        rows = {name: _rows(place / file) for name, file in {**manifest["lists"], **reform}.items()}
        return Lists(day=day, **rows, **acts)
    except FileNotFoundError as error:
        raise Refused(f"Thiếu tệp dữ liệu tham chiếu {error.filename}.", field="folder") from error
    except (UnicodeDecodeError, KeyError, TypeError, csv.Error, tomllib.TOMLDecodeError) as error:
        raise Refused(f"Dữ liệu tham chiếu về đơn vị không đúng dạng: {error}.", field="folder") from error


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = [Row(path.name, reader.line_num, dict(row)) for row in reader]
    for row in rows:
        if None in row.values or None in row.values.values():
            raise Refused(f"Tệp {path.name}, dòng {row.line}: số cột không khớp với dòng tiêu đề.", field="folder")
    return rows


def _write_units(plan: Plan, tally: _Tally, unplaced: list[Unplaced]) -> dict[Key, Unit]:
    """Create and change the units; return those of the plan by key, and report what stands in their way or fell out of the files."""
    present: dict[Key, Unit] = {(Scheme(unit.scheme), unit.code, unit.period.lower): unit for unit in Unit.objects.all()}
    taken = _codes_of_offices(present.values(), plan)
    units: dict[Key, Unit] = {}
    created, changed = [], []
    for key, wanted in plan.units.items():
        unit = present.get(key)
        columns = _columns(wanted)
        if unit is None and (wanted.key[1] in taken or wanted.agency_code in taken):
            unplaced.append(Unplaced("", 0, f"{key[1]} {wanted.titles[-1].full_name}", "Mã đang thuộc về một đơn vị do cơ quan lập."))
        elif unit is None:
            units[key] = Unit(scheme=key[0], code=key[1], origin=Origin.SEED, **columns).fill_keys()
            created.append(units[key])
        else:
            units[key] = unit
            if unit.origin != Origin.SEED:
                tally.left_to_office += 1
            elif any(getattr(unit, name) != value for name, value in columns.items()):
                for name, value in columns.items():
                    setattr(unit, name, value)
                changed.append(unit.fill_keys())
            else:
                tally.unchanged += 1
    # Ended units first: a code may pass from one to another.
    Unit.objects.bulk_update(sorted(changed, key=lambda unit: unit.period.upper is None), [*_COLUMNS, *_KEYS], batch_size=_BATCH)
    _copy(Unit, created)
    ids = {
        (Scheme(scheme), code, period.lower): pk for pk, scheme, code, period in Unit.objects.values_list("pk", "scheme", "code", "period")
    }
    for key, unit in units.items():
        unit.pk = ids[key]
    tally.created += len(created)
    tally.changed += len(changed)
    unplaced.extend(
        Unplaced(
            "", 0, f"{unit.code} {unit.full_name}", "Có trong cơ sở dữ liệu nhưng không còn trong tệp tham chiếu; đơn vị được giữ lại."
        )
        for key, unit in present.items()
        if unit.origin == Origin.SEED and key not in plan.units
    )
    return units


def _codes_of_offices(present: Iterable[Unit], plan: Plan) -> set[str]:
    """Return the codes of units that offices entered and that go on: reference files may not claim them."""
    codes: set[str] = set()
    for unit in present:
        if (
            unit.origin == Origin.OFFICE
            and unit.period.upper is None
            and (Scheme(unit.scheme), unit.code, unit.period.lower) not in plan.units
        ):
            codes |= {unit.code, unit.agency_code or unit.code}
    return codes


def _columns(wanted: WantedUnit) -> dict[str, Any]:
    title = wanted.titles[-1]
    values = (
        wanted.kind.value,
        DateRange(wanted.key[2], wanted.until),
        wanted.agency_code,
        wanted.agency_certainty,
        title.name,
        title.full_name,
        *(_rounded(name, getattr(wanted, name)) for name in ("area_km2", "lat", "lon")),
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _rounded(column: str, value: Decimal | None) -> Decimal | None:
    """Return the number with as many decimals as the column keeps, so that loading again finds it unchanged."""
    field = Unit._meta.get_field(column)  # noqa: SLF001 (Django's documented way to a field)
    return None if value is None else round(value, field.decimal_places)


def _write_titles(plan: Plan, own: dict[Key, Unit], tally: _Tally) -> None:
    wanted = {
        unit.pk: [
            (title.since, title.until, title.type_word, title.name, title.full_name, title.act, title.note)
            for title in plan.units[key].titles
        ]
        for key, unit in own.items()
    }
    present: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, period, *rest in UnitTitle.objects.order_by("period").values_list(
        "unit_id", "period", "type_word", "name", "full_name", "act", "note"
    ):
        present.setdefault(unit_id, []).append((period.lower, period.upper, *rest))
    differing = _differing(UnitTitle, wanted, present)
    _copy(
        UnitTitle,
        (
            UnitTitle(
                unit_id=unit_id,
                period=DateRange(since, until),
                type_word=type_word,
                name=name,
                full_name=full_name,
                act=act,
                note=note,
            ).fill_keys()
            for unit_id in differing
            for since, until, type_word, name, full_name, act, note in wanted[unit_id]
        ),
    )
    tally.changed += sum(unit_id in present for unit_id in differing)


def _write_parents(plan: Plan, own: dict[Key, Unit], units: dict[Key, Unit], tally: _Tally) -> None:
    wanted = {
        unit.pk: [(since, until, units[parent].pk) for parent, since, until in plan.units[key].parents if parent in units]
        for key, unit in own.items()
    }
    present: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, period, parent_id in UnitParent.objects.order_by("period").values_list("unit_id", "period", "parent_id"):
        present.setdefault(unit_id, []).append((period.lower, period.upper, parent_id))
    differing = _differing(UnitParent, wanted, present)
    _copy(
        UnitParent,
        (
            UnitParent(unit_id=unit_id, parent_id=parent_id, period=DateRange(since, until))
            for unit_id in differing
            for since, until, parent_id in wanted[unit_id]
        ),
    )
    tally.changed += sum(unit_id in present for unit_id in differing)


def _differing(model: Any, wanted: dict[int, list[tuple[Any, ...]]], present: dict[int, list[tuple[Any, ...]]]) -> Sequence[int]:
    """Return the units whose rows differ from the wanted ones, after deleting those rows."""
    differing = [unit_id for unit_id, rows in wanted.items() if present.get(unit_id, []) != rows]
    model.objects.filter(unit_id__in=[unit_id for unit_id in differing if unit_id in present]).delete()
    return differing


def _write_edges(plan: Plan, units: dict[Key, Unit], tally: _Tally) -> None:
    """Bring the edges of the reference data in line; an office's edge between the same units on the same day stands."""
    present = {(edge.predecessor_id, edge.successor_id, edge.day): edge for edge in Succession.objects.all()}
    wanted: dict[tuple[int, int, date], dict[str, Any]] = {}
    for edge in plan.edges.values():
        old, new = units.get(edge.predecessor), units.get(edge.successor)
        # What became of a unit itself is told by its owner: a title that an office gave has the office's edge.
        if old is None or new is None or (old is new and old.origin == Origin.OFFICE):
            continue
        values = (edge.kind.value, edge.share, edge.is_default, edge.act, edge.note, edge.certainty.value)
        wanted[old.pk, new.pk, edge.day] = dict(zip(_EDGE, values, strict=True))
    offices = {unit.pk for unit in units.values() if unit.origin == Origin.OFFICE}
    stale = [
        edge.pk
        for key, edge in present.items()
        if edge.origin == Origin.SEED
        and key not in wanted
        and not (edge.predecessor_id == edge.successor_id and edge.predecessor_id in offices)
    ]
    Succession.objects.filter(pk__in=stale).delete()
    created, changed = [], []
    for key, columns in wanted.items():
        edge = present.get(key)
        share_known = columns["share"] is not None
        if edge is None:
            old_id, new_id, day = key
            created.append(
                Succession(predecessor_id=old_id, successor_id=new_id, day=day, share_known=share_known, origin=Origin.SEED, **columns)
            )
        elif edge.origin == Origin.SEED and any(getattr(edge, name) != value for name, value in columns.items()):
            for name, value in (*columns.items(), ("share_known", share_known)):
                setattr(edge, name, value)
            changed.append(edge)
        else:
            tally.unchanged += 1
    Succession.objects.bulk_update(changed, [*_EDGE, "share_known"], batch_size=_BATCH)
    _copy(Succession, created)
    tally.created += len(created)
    tally.changed += len(changed) + len(stale)


def _copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert the rows by COPY, which is many times faster than INSERT through the ORM. The rows do not learn their ids."""
    meta = model._meta  # noqa: SLF001 (Django's documented way to table and columns)
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(field.column for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([getattr(row, field.attname) for field in fields])
