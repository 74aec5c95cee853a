"""What a new office is: the answers, read from a file or asked for, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from cchc.kernel.errors import Refused
from cchc.kernel.text import clean
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, UnitKind, UnitView

# Which kinds of units answer for cases in their own name and are units of the reference data.
TERRITORIES = (UnitKind.COMMUNE, UnitKind.PROVINCE)
DIVISIONS = (UnitKind.OFFICE, UnitKind.DIVISION, UnitKind.PUBLIC_SERVICE, UnitKind.OTHER)
CERTAINTIES = (Certainty.OFFICIAL, Certainty.OBSERVED, Certainty.INVENTED)
# What a section of the answers may say; anything else is a slip of the pen and is told.
_KEYS = {
    "agency": {"territory", "department", "agency_code", "certainty", "act", "since"},
    "one_stop": {"name", "agency_code"},
    "division": {"kind", "name", "agency_code"},
    "schedule": {"code"},
    "administrator": {"login", "full_name", "title", "password"},
    "portal": {"address"},
}


@dataclass(frozen=True)
class Division:
    """A unit below the agency."""

    kind: UnitKind
    name: str
    agency_code: str


@dataclass(frozen=True)
class Administrator:
    """The first person, who gives posts to the others."""

    login: str
    full_name: str
    password: str = field(repr=False)
    title: str = "Quản trị hệ thống"


@dataclass(frozen=True)
class Office:
    """All answers. ``department`` is the name of a department of the territory, empty when the territory is the agency itself."""

    territory: str
    agency_code: str
    one_stop: Division
    administrator: Administrator
    department: str = ""
    certainty: Certainty = Certainty.INVENTED
    act: str = ""
    since: date | None = None
    divisions: tuple[Division, ...] = ()
    schedule: str = "hanh-chinh"
    address: str = ""


def read(answers: Mapping[str, Any]) -> Office:
    """Return the office that a file of answers describes. Raises ``Refused`` with the place in the file."""
    for name, section in answers.items():
        _known(name, section)
    agency, one_stop = _section(answers, "agency"), _section(answers, "one_stop")
    person, divisions = _section(answers, "administrator"), answers.get("division", [])
    since = agency.get("since")
    if since is not None and type(since) is not date:
        raise Refused("[agency] since: viết ngày dạng 2025-07-01, không có dấu nháy.", field="agency.since")
    return Office(
        territory=_text(agency, "agency", "territory"),
        department=_text(agency, "agency", "department", needed=False),
        agency_code=_text(agency, "agency", "agency_code"),
        certainty=_term(Certainty, CERTAINTIES, _text(agency, "agency", "certainty", needed=False) or "invented", "agency", "certainty"),
        act=_text(agency, "agency", "act", needed=False),
        since=since,
        one_stop=Division(UnitKind.ONE_STOP, _text(one_stop, "one_stop", "name"), _text(one_stop, "one_stop", "agency_code")),
        divisions=tuple(
            Division(
                _term(UnitKind, DIVISIONS, _text(row, "division", "kind"), "division", "kind"),
                _text(row, "division", "name"),
                _text(row, "division", "agency_code"),
            )
            for row in divisions
        ),
        schedule=_text(_section(answers, "schedule", needed=False), "schedule", "code", needed=False) or "hanh-chinh",
        administrator=Administrator(
            login=_text(person, "administrator", "login"),
            full_name=_text(person, "administrator", "full_name"),
            title=_text(person, "administrator", "title", needed=False) or "Quản trị hệ thống",
            password=_password(person),
        ),
        address=checked_address(_text(_section(answers, "portal", needed=False), "portal", "address", needed=False)),
    )


def territories(text: str, on: date) -> tuple[UnitView, ...]:
    """Return the communes and provinces of that code or name on the day, the closest first."""
    return organisations.find_units(text, on=on, kinds=TERRITORIES)


def the_territory(text: str, on: date) -> UnitView:
    """Return the one commune or province meant. Raises ``Refused`` when there is none, or several, and then names them."""
    found = territories(text, on)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"[agency] territory: không có xã, phường hay tỉnh nào là «{text}». Hãy kiểm tra lại mã hoặc tên.")
    same = "; ".join(f"{unit.place} ({unit.code})" for unit in found)
    raise Refused(f"[agency] territory: nhiều nơi tên «{text}»: {same}. Hãy ghi mã.")


def checked_address(text: str) -> str:
    """Return the portal's address without a slash at the end, or nothing. Raises ``Refused``."""
    address = clean(text).rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    whole = host and parts.scheme in {"http", "https"} and not (parts.path or parts.query or parts.fragment or parts.username)
    if not whole or not address.isascii() or any(letter in address for letter in " '\"\\#$"):
        raise Refused(f"Địa chỉ «{address}» phải có dạng https://motcua.vuquang.gov.vn, không có gì sau tên miền.", field="portal.address")
    return address


def _known(name: str, section: Any) -> None:
    if name not in _KEYS:
        raise Refused(f"Không có mục [{name}]. Các mục: {', '.join(_KEYS)}. Xem mẫu: cchc init --example.")
    rows = section if name == "division" else [section]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused(f"Mục {name} phải viết là {'[[division]]' if name == 'division' else f'[{name}]'}. Xem mẫu: cchc init --example.")
    for row in rows:
        if strange := sorted(set(row) - _KEYS[name]):
            raise Refused(f"[{name}] không có «{strange[0]}». Được ghi: {', '.join(sorted(_KEYS[name]))}.")


def _section(answers: Mapping[str, Any], name: str, *, needed: bool = True) -> Mapping[str, Any]:
    if needed and name not in answers:
        raise Refused(f"Thiếu mục [{name}]. Xem mẫu: cchc init --example.")
    found: Mapping[str, Any] = answers.get(name, {})
    return found


def _text(section: Mapping[str, Any], where: str, name: str, *, needed: bool = True) -> str:
    value = section.get(name, "")
    if not isinstance(value, str):
        raise Refused(f"[{where}] {name}: phải viết trong dấu nháy.", field=f"{where}.{name}")
    text = clean(value.replace("\0", ""))
    if needed and not text:
        raise Refused(f"[{where}] {name}: chưa ghi.", field=f"{where}.{name}")
    return text


def _password(person: Mapping[str, Any]) -> str:
    """A password is taken as it is typed: spaces count."""
    password = person.get("password", "")
    if not isinstance(password, str) or not password:
        raise Refused("[administrator] password: chưa ghi mật khẩu.", field="administrator.password")
    return password


def _term(term: Any, allowed: tuple[Any, ...], value: str, where: str, name: str) -> Any:
    if value not in {str(word) for word in allowed}:
        raise Refused(f"[{where}] {name}: «{value}» không có; chọn một trong: {', '.join(allowed)}.", field=f"{where}.{name}")
    return term(value)
