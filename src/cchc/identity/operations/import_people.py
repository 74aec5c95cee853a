"""A list of people becomes accounts and posts: looked at first, then taken whole or not at all.

The same list again adds nothing. A row is known by its sign-in name, or, without one, by full name, unit and role. Where a name
alone would leave it open whether two rows are one person, the list is asked to say so by a sign-in name; nothing is guessed.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Q

from cchc.identity.models import Person, Post, Role
from cchc.identity.operations import roster_file
from cchc.identity.operations.people import create_person, give_one_time_password
from cchc.identity.operations.posts import appoint
from cchc.identity.queries.people import logins
from cchc.identity.rules.accounts import proposed_login
from cchc.identity.rules.roster import COLUMNS, HEADINGS, Line, read
from cchc.identity.terms import Right, RosterVerdict
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import fold, one_spelling
from cchc.organisations import api as organisations


@dataclass(frozen=True)
class RosterRow:
    """A row after looking: what would happen to it, and what is wrong as (column, heading, sentence)."""

    number: int
    full_name: str
    login: str
    email: str
    unit_id: int | None
    unit_name: str
    role: str
    role_name: str
    title: str
    since: date
    until: date | None
    verdict: RosterVerdict
    problems: tuple[tuple[str, str, str], ...] = ()
    person_id: UUID | None = None


@dataclass(frozen=True)
class Roster:
    """A list after looking."""

    rows: tuple[RosterRow, ...]

    def count(self, verdict: RosterVerdict) -> int:
        """Return how many rows have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def wrong(self) -> int:
        """How many rows must be mended."""
        return self.count(RosterVerdict.WRONG)

    @property
    def fresh(self) -> int:
        """How many rows would add something."""
        return self.count(RosterVerdict.NEW) + self.count(RosterVerdict.POST)


@dataclass(frozen=True)
class Given:
    """A new account with its one-time password, which nobody can see again."""

    full_name: str
    login: str
    unit_name: str
    title: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class RosterResult:
    """What an import did."""

    given: tuple[Given, ...]
    posts: int
    known: int


def people_template(*, actor: Actor, at: datetime, unit_id: int) -> bytes:
    """Return the workbook to fill in (XLSX), with the units below ``unit_id`` and the roles on its second sheet."""
    actor.must(Right.EDIT_PERSON, unit_id=unit_id)
    day = local_date(at)
    units = _units(unit_id, day)
    return roster_file.template(
        units=[(unit.agency_code or unit.code, unit.full_name) for unit in units],
        roles=Role.objects.order_by("-origin", "pk").values_list("code", "name"),
        today=day,
    )


def password_sheet(given: tuple[Given, ...]) -> bytes:
    """Return the sheet of one-time passwords to hand out (XLSX)."""
    return roster_file.password_sheet((row.full_name, row.unit_name, row.title, row.login, row.password) for row in given)


def check_people(*, actor: Actor, at: datetime, content: bytes, unit_id: int) -> Roster:
    """Read a list and say what would become of every row; write nothing. Units are those of ``unit_id`` and below."""
    actor.must(Right.EDIT_PERSON, unit_id=unit_id)
    actor.must(Right.APPOINT, unit_id=unit_id)
    day = local_date(at)
    lines = [read(raw, today=day) for raw in roster_file.rows_of(content)]
    return Roster(rows=tuple(_Looker(lines, unit_id=unit_id, day=day).rows()))


@transaction.atomic
def import_people(*, actor: Actor, at: datetime, content: bytes, unit_id: int) -> RosterResult:
    """Take a list: all of it or, when a row must be mended, nothing. Each new account gets a one-time password."""
    with connection.cursor() as cursor:
        # Two presses on the button must not open two accounts for one person.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('identity:people', 1))")
    roster = check_people(actor=actor, at=at, content=content, unit_id=unit_id)
    if roster.wrong:
        raise Refused(f"Còn {roster.wrong} hàng cần sửa; chưa có gì được ghi. Sửa trong tệp rồi tải lên lại.", field="file")
    given: dict[str, Given] = {}
    people: dict[str, Person] = {}
    posts = 0
    for row in roster.rows:
        if row.verdict is RosterVerdict.KNOWN or row.unit_id is None:
            continue
        person = people.get(row.login) or (Person.objects.get(pk=row.person_id) if row.person_id else None)
        if person is None:
            person = create_person(
                actor=actor, at=at, login=row.login, full_name=row.full_name, password=None, email=row.email, unit_id=row.unit_id
            )
            given[row.login] = Given(row.full_name, row.login, row.unit_name, row.title, give_one_time_password(person))
        else:
            posts += 1
        people[row.login] = person
        appoint(actor=actor, at=at, person=person, unit_id=row.unit_id, role=row.role, title=row.title, since=row.since, until=row.until)
    return RosterResult(given=tuple(given.values()), posts=posts, known=roster.count(RosterVerdict.KNOWN))


class _Looker:
    """Looks at the lines with everything they may meet loaded once: five queries, however long the list."""

    def __init__(self, lines: list[Line], *, unit_id: int, day: date) -> None:
        self.lines = lines
        self.units = _units(unit_id, day)
        ids = [unit.id for unit in self.units]
        self.roles = list(Role.objects.all())
        self.taken = set(logins()) | {line.login for line in lines if line.login}
        running = Q(posts__period__endswith__isnull=True) | Q(posts__period__endswith__gt=day)
        mine = Q(posts__unit_id__in=ids) | Q(home_id__in=ids)
        written = [line.login for line in lines if line.login]
        self.people = {person.login: person for person in Person.objects.filter(Q(login__in=written) | mine).distinct()}
        self.foreign = set(
            Person.objects.filter(running, login__in=self.people).exclude(posts__unit_id__in=ids).values_list("login", flat=True)
        )
        held = Post.objects.filter(person__in=self.people.values(), unit_id__in=ids)
        held = held.filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=day))
        self.held = {(post.person_id, post.unit_id, post.role_id) for post in held}
        self.named: dict[str, list[Person]] = {}
        for person in self.people.values():
            self.named.setdefault(_name_key(person.full_name), []).append(person)
        self.seen: dict[tuple[str, int, int], int] = {}
        self.first: dict[str, Line] = {}

    def rows(self) -> list[RosterRow]:
        """Return the rows in the order of the file."""
        return [self._row(line) for line in self.lines]

    def _row(self, line: Line) -> RosterRow:
        problems = dict(line.problems)
        unit, role = self._unit(line, problems), self._role(line, problems)
        person = self._person(line, unit, role, problems)
        if line.email and "email" not in problems:
            try:
                validate_email(line.email)
            except ValidationError:
                problems["email"] = "Thư điện tử viết chưa đúng, ví dụ: nhan.ltt@hatinh.gov.vn."
        # A sign-in name is proposed only for a row that would be taken.
        login = line.login or (person.login if person else "")
        if not login and not problems:
            login = proposed_login(line.full_name, self.taken)
            self.taken.add(login)
        row = RosterRow(
            number=line.number,
            full_name=line.full_name,
            login=login,
            email=line.email,
            unit_id=unit.id if unit else None,
            unit_name=unit.full_name if unit else line.unit,
            role=role.code if role else "",
            role_name=role.name if role else line.role,
            title=line.title or (role.name if role else ""),
            since=line.since,
            until=line.until,
            verdict=RosterVerdict.WRONG,
            problems=tuple((column.key, HEADINGS[column.key], problems[column.key]) for column in COLUMNS if column.key in problems),
            person_id=person.pk if person else None,
        )
        return row if problems or unit is None or role is None else replace(row, verdict=self._verdict(row, person, unit.id, role.pk))

    def _verdict(self, row: RosterRow, person: Person | None, unit_id: int, role_id: int) -> RosterVerdict:
        known = person is not None and (person.pk, unit_id, role_id) in self.held
        key = (row.login, unit_id, role_id)
        again = key in self.seen
        self.seen.setdefault(key, row.number)
        if known or again:
            return RosterVerdict.KNOWN
        already = person is not None or any(login == row.login for login, unit, place in self.seen if (login, unit, place) != key)
        return RosterVerdict.POST if already else RosterVerdict.NEW

    def _unit(self, line: Line, problems: dict[str, str]) -> organisations.UnitView | None:
        wanted = line.unit.lower()
        found = [unit for unit in self.units if wanted in {unit.code.lower(), (unit.agency_code or "").lower()} - {""}]
        found = found or [unit for unit in self.units if line.unit and fold(unit.full_name) == fold(line.unit)]
        if len(found) == 1:
            return found[0]
        if line.unit:
            problems.setdefault(
                "unit",
                f"Có {len(found)} đơn vị cùng tên «{line.unit}». Ghi mã ở trang Danh mục."
                if found
                else f"Không có đơn vị «{line.unit}» trong cơ quan. Lấy mã hoặc tên ở trang Danh mục của tệp mẫu.",
            )
        return None

    def _role(self, line: Line, problems: dict[str, str]) -> Role | None:
        found = next((role for role in self.roles if line.role and (line.role == role.code or fold(line.role) == fold(role.name))), None)
        if found is None and line.role:
            problems.setdefault("role", f"Không có vai trò «{line.role}». Lấy tên ở trang Danh mục của tệp mẫu.")
        return found

    def _person(self, line: Line, unit: organisations.UnitView | None, role: Role | None, problems: dict[str, str]) -> Person | None:
        """Return who is meant when they are there already; say so where it cannot be told."""
        key = _name_key(line.full_name)
        if line.login:
            person = self.people.get(line.login)
            other = self.first.setdefault(line.login, line)
            if person is not None and person.login in self.foreign:
                problems.setdefault("login", "Tên đăng nhập này là của người ở cơ quan khác. Chọn tên khác, hoặc để trống.")
            elif key != _name_key(person.full_name if person else other.full_name):
                whose = "một người khác họ tên" if person else f"người ở hàng {other.number}"
                problems.setdefault("login", f"Tên đăng nhập «{line.login}» là của {whose}. Sửa họ tên hoặc tên đăng nhập.")
            return person
        namesakes = self.named.get(key, [])
        holding = [one for one in namesakes if unit and role and (one.pk, unit.id, role.pk) in self.held]
        if len(holding) == 1:
            return holding[0]
        if namesakes and key:
            problems.setdefault(
                "login",
                f"Đã có người cùng họ tên ({', '.join(sorted(one.login for one in namesakes))}). "
                "Ghi tên đăng nhập đó nếu là một người, tên khác nếu là người khác.",
            )
        earlier = self.first.setdefault(f"={key}", line)
        if earlier is not line and (earlier.unit, earlier.role) != (line.unit, line.role):
            problems.setdefault(
                "login",
                f"Trùng họ tên với hàng {earlier.number}. Ghi tên đăng nhập ở cả hai hàng: giống nhau nếu là một người, khác nhau nếu là hai.",
            )
        elif earlier is not line:
            problems.setdefault("full_name", f"Hàng này giống hàng {earlier.number}. Xóa một hàng, hoặc ghi tên đăng nhập khác nhau.")
        return None


def _units(unit_id: int, day: date) -> tuple[organisations.UnitView, ...]:
    return (organisations.unit_on(unit_id, day), *organisations.descendants_on(unit_id, day))


def _name_key(full_name: str) -> str:
    return one_spelling(full_name).lower()
