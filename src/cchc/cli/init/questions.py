"""The questions, one after another, in Vietnamese. An answer that will not do is told why, and asked for again."""

import getpass
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings

from cchc.cli.init.founding import FOUNDER, made_below, named_agency, problem_with
from cchc.cli.init.office import Administrator, Division, Office, checked_address, territories
from cchc.identity import api as identity
from cchc.kernel.codes import modern
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean, fold
from cchc.organisations.api import Certainty, UnitKind, UnitView
from cchc.worktime import api as worktime

_YES = {"", "c", "co", "y", "yes"}
_NO = {"k", "khong", "n", "no"}


def ask(at: datetime) -> Office:
    """Ask for everything and return the office. Nothing is written; Ctrl-C leaves nothing."""
    territory, department = _which(local_date(at))
    place = department or f"{territory.full_name[:1].lower()}{territory.full_name[1:]}"
    office = _blank(territory, department)
    office = _code(office, territory, at)
    proposals = _proposals(territory, department)
    office = _units(office, proposals, place, at)
    office = replace(office, schedule=_schedule())
    office = replace(office, administrator=_administrator(at))
    return replace(office, address=_until_good("Địa chỉ trang web, để in trong mã QR (Enter: chỉ dùng trên máy này)", checked_address))


def summary(office: Office, territory: str) -> str:
    """Return what will be written, for a last look."""
    units = "\n".join(f"    {unit.agency_code:<14} {unit.name}" for unit in (office.one_stop, *office.divisions))
    return (
        f"\n  Cơ quan:    {office.department or territory} ({office.agency_code}, {office.certainty.label.lower()})\n  Đơn vị:\n{units}\n"
        f"  Giờ:        {worktime.schedule(office.schedule).name}\n"
        f"  Quản trị:   {office.administrator.full_name} ({office.administrator.login})\n"
        f"  Địa chỉ:    {office.address or 'chỉ trên máy này'}\n"
    )


def agreed(question: str) -> bool:
    """Ask yes or no; Enter is yes."""
    while True:
        said = fold(_answer(f"{question} [C/k]"))
        if said in _YES | _NO:
            return said in _YES
        print("  Gõ c (có) hoặc k (không).")


def _which(today: date) -> tuple[UnitView, str]:
    print("\n1. Cơ quan nào?")
    territory = _territory(today)
    if territory.kind is not UnitKind.PROVINCE:
        return territory, ""
    print(f"  Cơ quan là chính {territory.full_name}, hay một sở của tỉnh?")
    return territory, _answer("  Tên sở, ví dụ «Sở Nội vụ tỉnh Hà Tĩnh» (Enter: chính tỉnh)")


def _territory(today: date) -> UnitView:
    while True:
        text = _answer("  Tên xã, phường, tỉnh (không cần dấu) hoặc mã, ví dụ: vu quang, ha tinh")
        found = territories(text, today)
        if not found:
            print("  Không tìm thấy. Gõ tên khác, hoặc mã của Cục Thống kê (xã 5 chữ số, tỉnh 2 chữ số).")
        elif len(found) == 1:
            if agreed(f"  {_line(found[0])}. Đúng không?"):
                return found[0]
        else:
            for number, unit in enumerate(found, start=1):
                print(f"  {number:>3}. {_line(unit)}")
            chosen = _number("  Số thứ tự (Enter: tìm lại)", len(found))
            if chosen:
                return found[chosen - 1]


def _line(unit: UnitView) -> str:
    code = f", mã định danh {unit.agency_code}: {unit.agency_certainty.label.lower()}" if unit.agency_code and unit.agency_certainty else ""
    return f"{unit.place} (mã {unit.code}{code})"


def _blank(territory: UnitView, department: str) -> Office:
    nobody = Administrator("", "", "")
    return Office(
        territory=territory.code, department=department, agency_code="", one_stop=Division(UnitKind.ONE_STOP, "", ""), administrator=nobody
    )


def _code(office: Office, territory: UnitView, at: datetime) -> Office:
    print("\n2. Mã định danh điện tử của cơ quan")
    print("  Viết theo Quyết định 20/2020/QĐ-TTg (H27.112) hoặc QCVN 102:2016 (000.00.16.H40). Mã này đứng đầu mọi mã hồ sơ.")
    print("  Mã do UBND tỉnh cấp; chưa có thì tạm đặt, sau này sửa ở trang Đơn vị, nhưng mã hồ sơ đã cấp không đổi.")
    own = territory.agency_code if not office.department else None
    while True:
        code = clean(_answer("  Mã định danh", own or ""))
        act = _answer("  Số, ngày quyết định cấp mã (Enter: không có quyết định trong tay)")
        certainty = Certainty.OFFICIAL
        if not act:
            certainty = (
                Certainty.OBSERVED if agreed("  Mã này có thấy trên Cổng dịch vụ công hay trục văn bản không?") else Certainty.INVENTED
            )
        answered = replace(office, agency_code=code, act=act, certainty=certainty)
        problem = problem_with(lambda: named_agency(answered, at)) if code else "Chưa nhập mã."  # noqa: B023 (called at once)
        if not problem:
            # The proposals below are made of it: in the one notation.
            return replace(answered, agency_code=modern(code.upper()))
        print(f"  {problem}")


def _proposals(territory: UnitView, department: str) -> dict[str, Any]:
    with (settings.SEEDS / "init" / "proposals.toml").open("rb") as file:
        proposals = tomllib.load(file)
    if department:
        key = "department"
    elif territory.kind is UnitKind.PROVINCE:
        key = "province"
    else:
        key = "commune" if territory.type_word == "Xã" else "ward"
    found: dict[str, Any] = proposals[key]
    return found


def _units(office: Office, proposals: dict[str, Any], place: str, at: datetime) -> Office:
    print("\n3. Bộ phận Một cửa và các phòng (Enter: như đề nghị; gõ - để bỏ một phòng). Mã đề nghị được đánh dấu là tự đặt.")
    taken: list[Division] = []
    one_stop = _unit(office, taken, UnitKind.ONE_STOP, proposals["one_stop"] % {"place": place}, at)
    if one_stop is None:
        raise Refused("Cơ quan phải có Bộ phận Một cửa.")
    for row in proposals["divisions"]:
        _unit(office, taken, UnitKind(row["kind"]), row["name"] % {"place": place}, at)
    while name := _answer("  Thêm phòng khác (Enter: hết)"):
        _unit(office, taken, UnitKind.DIVISION, name, at, given=True)
    return replace(office, one_stop=one_stop, divisions=tuple(taken[1:]))


def _unit(office: Office, taken: list[Division], kind: UnitKind, proposal: str, at: datetime, *, given: bool = False) -> Division | None:
    """Ask for one unit and add it to those taken, or leave it out."""
    while True:
        name = proposal if given else _answer(f"  {kind.label}", proposal)
        if name == "-" and kind is UnitKind.ONE_STOP:
            print("  Cơ quan phải có Bộ phận Một cửa: gõ tên của nó.")
            continue
        if name == "-":
            return None
        code = clean(_answer("    mã", f"{office.agency_code}.{len(taken) + 1:02d}"))
        asked = Division(kind, name, code)
        problem = problem_with(lambda: _try_units(office, [*taken, asked], at))  # noqa: B023 (called at once)
        if not problem:
            taken.append(asked)
            return asked
        print(f"  {problem}")


def _try_units(office: Office, units: Sequence[Division], at: datetime) -> None:
    agency = named_agency(office, at)
    for unit in units:
        made_below(agency, unit, at=at, since=local_date(at))


def _schedule() -> str:
    print("\n4. Giờ làm việc (sửa được ở trang Giờ làm việc)")
    schedules = worktime.schedules()
    default = worktime.default_schedule().code
    for number, schedule in enumerate(schedules, start=1):
        print(f"  {number:>3}. {schedule.name}{'  (mặc định)' if schedule.code == default else ''}")
    chosen = _number("  Số thứ tự (Enter: mặc định)", len(schedules))
    return schedules[chosen - 1].code if chosen else default


def _administrator(at: datetime) -> Administrator:
    print("\n5. Người quản trị đầu tiên, giao vị trí cho những người khác")
    while True:
        login = _answer("  Tên đăng nhập (chữ không dấu, số, . - _)", "quantri").lower()
        full_name = _answer("  Họ và tên")
        password = getpass.getpass("  Mật khẩu (ít nhất 10 ký tự, không hiện khi gõ): ")
        if getpass.getpass("  Gõ lại mật khẩu: ") != password:
            print("  Hai lần gõ không giống nhau. Hãy nhập lại.")
            continue
        problem = problem_with(
            lambda: identity.create_person(actor=FOUNDER, at=at, login=login, full_name=full_name, password=password)  # noqa: B023 (called at once)
        )
        if not problem:
            return Administrator(login, full_name, password)
        print(f"  {problem}")


def _until_good(question: str, check: Callable[[str], str]) -> str:
    print("\n6. Trang web")
    while True:
        try:
            return check(_answer(f"  {question}"))
        except Refused as refusal:
            print(f"  {refusal.message}")


def _number(question: str, most: int) -> int:
    """Ask for a number from 1 to ``most``; Enter is 0."""
    while True:
        text = _answer(question)
        if not text:
            return 0
        if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
            return int(text)
        print(f"  Gõ một số từ 1 đến {most}.")


def _answer(question: str, proposal: str = "") -> str:
    shown = f"{question} [{proposal}]: " if proposal else f"{question}: "
    return clean(input(shown).replace("\0", "")) or proposal
