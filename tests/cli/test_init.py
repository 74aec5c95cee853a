"""``cchc init``: a real office from a file or from questions, whole or not at all, and never the demo."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc.audit import api as audit
from cchc.cli import cluster, demo
from cchc.cli.init import founding
from cchc.cli.init.office import Office, read
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.errors import Refused
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, UnitKind
from config import env
from tests.world import NOW

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "seeds" / "init" / "office.toml"
PASSWORD = "mot-mat-khau-du-dai"
TODAY = NOW.date()


def answers(**changes: Any) -> dict[str, Any]:
    """Return the example, filled in; ``agency__act="1/QĐ"`` changes one answer, None takes it away."""
    found = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    found["administrator"]["password"] = PASSWORD
    for name, value in changes.items():
        section, _, key = name.partition("__")
        if not key:
            found[section] = value
        elif value is None:
            del found[section][key]
        else:
            found[section][key] = value
    return found


def found(tmp_path: Path, office: Office | None = None) -> founding.Founded:
    return founding.found(office or read(answers()), at=NOW, remembered=tmp_path / env.REMEMBERED)


# --- The operation -----------------------------------------------------------------------------------------------------


def test_founds_units_hours_and_an_administrator_and_not_the_demo(db: None, tmp_path: Path) -> None:
    made = found(tmp_path)
    agency = organisations.unit("H27.112", on=TODAY)
    assert (agency.code, agency.agency_certainty) == ("18313", Certainty.INVENTED)
    below = organisations.descendants_on(agency.id, TODAY)
    assert {unit.agency_code for unit in below} == {"H27.112.01", "H27.112.02", "H27.112.03", "H27.112.04"}
    assert [unit.kind for unit in made.units] == [UnitKind.ONE_STOP, UnitKind.OFFICE, UnitKind.DIVISION, UnitKind.DIVISION]
    assert organisations.schedule_of(made.units[0].id, on=TODAY).code == "hanh-chinh"
    person = Person.objects.get()
    assert person.check_password(PASSWORD)
    actor = identity.actor_for(person, at=NOW)
    assert actor.may("organisations:unit:edit", unit_id=made.units[0].id)
    assert actor.may("identity:post:appoint", unit_id=agency.id)
    assert not demo.seed_if_empty(progress=lambda _line: None)
    assert not demo.is_there()
    assert audit.verify().holds
    assert PASSWORD not in json.dumps(made.data, default=str) + repr(read(answers()))


def test_remembers_the_portal_beside_what_an_operator_wrote(db: None, tmp_path: Path) -> None:
    kept = tmp_path / env.REMEMBERED
    kept.write_text("# của tôi\nCCHC_BEHIND_PROXY=1\nCCHC_PORTAL_UNIT=H01\n", encoding="utf-8")
    found(tmp_path, read(answers(portal__address="https://motcua.vuquang.gov.vn/")))
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# của tôi", "CCHC_BEHIND_PROXY=1"]
    assert "CCHC_PORTAL_UNIT=H27.112.01" in lines
    assert "CCHC_BASE_URL=https://motcua.vuquang.gov.vn" in lines
    assert "CCHC_HOSTS=motcua.vuquang.gov.vn,127.0.0.1,localhost,[::1]" in lines
    assert env._remembered(kept)["CCHC_PORTAL_UNIT"] == "H27.112.01"
    assert not [line for line in lines if line == "CCHC_PORTAL_UNIT=H01"]


def test_a_second_founding_is_refused_and_changes_nothing(db: None, tmp_path: Path) -> None:
    found(tmp_path)
    before = (tmp_path / env.REMEMBERED).read_text(encoding="utf-8")
    with pytest.raises(Refused, match="đã có cơ quan: Xã Vũ Quang, Tỉnh Hà Tĩnh"):
        found(tmp_path, read(answers(agency__territory="18322", agency__agency_code="H27.113")))
    assert (tmp_path / env.REMEMBERED).read_text(encoding="utf-8") == before
    assert Person.objects.count() == 1


def test_where_somebody_works_already_it_is_refused(db: None, tmp_path: Path) -> None:
    Person.objects.create_user("ai-do", full_name="Ai Đó")
    with pytest.raises(Refused, match="đã có người dùng"):
        found(tmp_path)
    assert not (tmp_path / env.REMEMBERED).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agency__territory": "Vũ Quang, Hải Phòng"}, "không có xã, phường hay tỉnh nào"),
        ({"agency__territory": "tan phu"}, r"nhiều nơi tên «tan phu»: .*\(\d{5}\)"),
        ({"agency__agency_code": "27.H"}, "[agency] agency_code: Mã định danh"),
        ({"agency__agency_code": "H27"}, "[agency] agency_code: Mã định danh điện tử này đang được"),
        ({"agency__certainty": "official"}, "[agency] act: Mã chính thức phải kèm số quyết định"),
        ({"agency__since": date(2030, 1, 1)}, "không thể ở tương lai"),
        ({"agency__department": "Sở Nội vụ"}, "Sở phải thuộc một tỉnh"),
        ({"one_stop__agency_code": "H27.112"}, "[one_stop]"),
        ({"schedule__code": "ca-dem"}, "Không có khung giờ làm việc «ca-dem»"),
        ({"administrator__password": "ngan"}, "[administrator] password:"),
        ({"administrator__password": "12345678901"}, "[administrator] password:"),
        ({"administrator__login": "quản trị"}, "[administrator] login: Tên đăng nhập chỉ gồm"),
        ({"administrator__full_name": "x" * 121}, "tối đa 120 ký tự"),
    ],
)
def test_an_answer_that_will_not_do_is_told_and_nothing_stays(db: None, tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        found(tmp_path, read(answers(**changes)))
    assert sentence in refused.value.message or re.search(sentence, refused.value.message)
    assert not identity.anybody()
    assert organisations.unit("18313", on=TODAY).agency_code is None
    assert audit.entries(founding.STREAM) == ()
    assert not (tmp_path / env.REMEMBERED).exists()


def test_a_department_stands_below_its_province_and_both_notations_are_read(db: None, tmp_path: Path) -> None:
    changes = {
        "agency__territory": "42",
        "agency__department": "Sở Nội vụ tỉnh Hà Tĩnh",
        "agency__agency_code": "000.00.15.H27",
        "agency__certainty": "official",
        "agency__act": "12/QĐ-UBND",
        "one_stop": {"name": "Bộ phận Một cửa Sở Nội vụ", "agency_code": "H27.15.01"},
        "division": [],
    }
    made = found(tmp_path, read(answers(**changes)))
    assert (made.agency.place, made.agency.code, made.agency.agency_certainty) == (
        "Sở Nội vụ tỉnh Hà Tĩnh, Tỉnh Hà Tĩnh",
        "H27.15",
        Certainty.OFFICIAL,
    )
    assert made.portal_unit == "H27.15.01"


# --- The file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agency__color": "xanh"}, "[agency] không có «color»"),
        ({"office": {}}, "Không có mục [office]"),
        ({"division": {"name": "x"}}, "phải viết là [[division]]"),
        ({"agency__territory": None}, "[agency] territory: chưa ghi."),
        ({"agency__territory": 18313}, "[agency] territory: phải viết trong dấu nháy."),
        ({"agency__certainty": "sure"}, "[agency] certainty: «sure» không có"),
        ({"agency__since": "2025-07-01"}, "[agency] since: viết ngày dạng"),
        ({"administrator__password": ""}, "[administrator] password: chưa ghi mật khẩu."),
        ({"portal__address": "motcua.gov.vn"}, "phải có dạng https://"),
        ({"portal__address": "https://một-cửa.vn"}, "phải có dạng https://"),
        ({"portal__address": "https://a.vn/x\nCCHC_SECRET_KEY=1"}, "phải có dạng https://"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(answers(**changes))
    assert sentence in refused.value.message


# --- The program -------------------------------------------------------------------------------------------------------


def environment(url: str, home: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name not in {"CCHC_PORTAL_UNIT", "CCHC_BASE_URL"}},
        "DATABASE_URL": url,
        "CCHC_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }


PROGRAM = [sys.executable, "-c", "from cchc.cli import main; main()"]


def cchc(surroundings: dict[str, str], *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*PROGRAM, *arguments], env=surroundings, cwd=ROOT, input=typed, capture_output=True, text=True, check=False, timeout=240
    )


def test_the_example_is_a_file_of_answers(fresh_database: Any, tmp_path: Path) -> None:
    surroundings = environment(fresh_database.url, tmp_path)
    example = cchc(surroundings, "init", "--example")
    assert (example.returncode, example.stderr) == (0, "")
    unfilled = cchc(surroundings, "init", "--answers", "-", typed=example.stdout)
    assert (unfilled.returncode, "chưa ghi mật khẩu" in unfilled.stderr) == (2, True)
    filled = example.stdout.replace('password = ""', f'password = "{PASSWORD}"')
    done = cchc(surroundings, "init", "--answers", "-", "--json", typed=filled)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["agency"]["code"], told["portal_unit"], told["administrator"]["login"]) == ("18313", "H27.112.01", "quantri")
    assert PASSWORD not in done.stdout + done.stderr
    assert any("cchc run" in step for step in told["next"])
    again = cchc(surroundings, "init", "--answers", "-", typed=filled)
    assert (again.returncode, again.stdout) == (2, "")
    assert "đã có cơ quan: Xã Vũ Quang" in again.stderr
    said = cchc(surroundings, "shell", "-c", "from django.conf import settings; print(settings.PORTAL_UNIT)")
    assert said.stdout.strip().endswith("H27.112.01"), said.stderr


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        (["--answers", "khong-co.toml"], "", "Không đọc được tệp"),
        (["--answers", "-"], "agency = [", "không đúng dạng TOML"),
        ([], "", "Không có bàn phím để hỏi"),
        (["--force"], "", "không có tham số «--force»"),
    ],
)
def test_bad_arguments_are_refused_before_anything_starts(tmp_path: Path, arguments: list[str], typed: str, sentence: str) -> None:
    # No server stands at this address: whoever asked it would fail otherwise.
    done = cchc(environment("postgresql://nobody@127.0.0.1:1/none", tmp_path), "init", *arguments, typed=typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert not (tmp_path / env.REMEMBERED).exists()


class Terminal:
    """The program on a terminal: what it asks is awaited, then answered."""

    def __init__(self, surroundings: dict[str, str]) -> None:
        self._end, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, "init"], env=surroundings, cwd=ROOT, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.screen = ""
        self._seen = 0

    def answer(self, question: str, text: str) -> None:
        self.wait_for(question)
        os.write(self._end, f"{text}\n".encode())

    def wait_for(self, words: str, *, within: float = 60) -> None:
        until = time.monotonic() + within
        raw = b""
        while words not in self.screen[self._seen :]:
            assert time.monotonic() < until, f"«{words}» was not said:\n{self.screen[-1500:]}"
            if select.select([self._end], [], [], 1)[0]:
                try:
                    raw += os.read(self._end, 65536)
                except OSError:
                    pytest.fail(f"The program ended before «{words}»:\n{self.screen[-1500:]}")
                self.screen += raw.decode(errors="ignore") if _whole(raw) else ""
                raw = b"" if _whole(raw) else raw
        self._seen = self.screen.index(words, self._seen) + len(words)

    def press_ctrl_c(self) -> None:
        """Press until it is heard: between printing a question and reading its answer Python notes the signal and reads on."""
        for _ in range(20):
            self.process.send_signal(signal.SIGINT)
            if select.select([self._end], [], [], 3)[0]:
                return
        pytest.fail(f"Ctrl-C was not heard:\n{self.screen[-1500:]}")

    def end(self) -> int:
        return self.process.wait(timeout=60)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._end)


def _whole(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.fixture
def surroundings(fresh_database: Any, tmp_path: Path) -> dict[str, str]:
    return environment(fresh_database.url, tmp_path)


@pytest.fixture
def terminal(surroundings: dict[str, str]) -> Iterator[Terminal]:
    made = Terminal(surroundings)
    yield made
    made.close()


# What is waited for, and what is then typed; None types nothing.
DIALOGUE = (
    ("Tiếp tục lập cơ quan? [C/k]: ", ""),
    ("1. Cơ quan nào?", None),
    ("vu quang, ha tinh: ", "khong co dau"),
    ("Không tìm thấy.", None),
    ("ha tinh: ", "tan phu"),
    ("Số thứ tự (Enter: tìm lại): ", "999"),
    ("Gõ một số từ 1 đến", None),
    ("tìm lại): ", ""),
    ("ha tinh: ", "vu quang, ha tinh"),
    ("Xã Vũ Quang, Tỉnh Hà Tĩnh (mã 18313). Đúng không? [C/k]: ", "có lẽ"),
    ("[C/k]: ", "c"),
    ("Mã định danh: ", "112"),
    ("trong tay): ", ""),
    ("[C/k]: ", "k"),
    ("không đúng dạng H27.112", None),
    ("Mã định danh: ", "000.00.112.H27"),
    ("trong tay): ", ""),
    ("[C/k]: ", "k"),
    ("không đúng dạng H27.112", None),
    ("Mã định danh: ", "h27.112"),
    ("trong tay): ", "7/QĐ-UBND"),
    ("[Trung tâm Phục vụ hành chính công xã Vũ Quang]: ", "-"),
    ("phải có Bộ phận Một cửa", None),
    ("[Trung tâm Phục vụ hành chính công xã Vũ Quang]: ", ""),
    ("mã [H27.112.01]: ", ""),
    ("[Văn phòng HĐND và UBND xã Vũ Quang]: ", ""),
    ("mã [", "H27.112.01"),
    ("đang được một đơn vị khác dùng", None),
    ("[Văn phòng HĐND và UBND xã Vũ Quang]: ", ""),
    ("mã [", ""),
    ("[Phòng Kinh tế xã Vũ Quang]: ", "-"),
    ("[Phòng Văn hóa – Xã hội xã Vũ Quang]: ", "Phòng Văn hóa xã"),
    ("mã [", ""),
    ("Enter: hết): ", ""),
    ("(Enter: mặc định): ", "2"),
    ("[quantri]: ", ""),
    ("Họ và tên: ", "Phan Văn Quý"),
    ("khi gõ): ", PASSWORD),
    ("lại mật khẩu: ", "gõ nhầm"),
    ("không giống nhau", None),
    ("[quantri]: ", "QuanTri"),
    ("Họ và tên: ", "Phan Văn Quý"),
    ("khi gõ): ", "ngan"),
    ("lại mật khẩu: ", "ngan"),
    ("[quantri]: ", ""),
    ("Họ và tên: ", "Phan Văn Quý"),
    ("khi gõ): ", PASSWORD),
    ("lại mật khẩu: ", PASSWORD),
    ("trên máy này): ", "motcua"),
    ("phải có dạng https://", None),
    ("trên máy này): ", ""),
    ("Ghi? [C/k]: ", ""),
)


def test_asks_until_the_answers_will_do(terminal: Terminal, tmp_path: Path) -> None:
    for question, text in DIALOGUE:
        if text is None:
            terminal.wait_for(question)
        else:
            terminal.answer(question, text)
    terminal.wait_for("Đã lập Xã Vũ Quang, Tỉnh Hà Tĩnh với 3 đơn vị.")
    assert terminal.end() == 0
    assert PASSWORD not in terminal.screen
    agency = organisations.unit("H27.112", on=date.today())  # noqa: DTZ011 (the program's own clock)
    assert agency.agency_certainty is Certainty.OFFICIAL
    below = organisations.descendants_on(agency.id, date.today())  # noqa: DTZ011 (the same)
    assert {(unit.full_name, unit.code) for unit in below} == {
        ("Trung tâm Phục vụ hành chính công xã Vũ Quang", "H27.112.01"),
        ("Văn phòng HĐND và UBND xã Vũ Quang", "H27.112.02"),
        ("Phòng Văn hóa xã", "H27.112.03"),
    }


def test_stopped_in_the_middle_leaves_nothing_and_may_be_run_again(
    terminal: Terminal, surroundings: dict[str, str], tmp_path: Path
) -> None:
    terminal.answer("Tiếp tục lập cơ quan? [C/k]: ", "c")
    terminal.answer("ha tinh: ", "18313")
    terminal.answer("[C/k]: ", "c")
    terminal.answer("Mã định danh: ", "H27.112")
    terminal.wait_for("trong tay): ")
    terminal.press_ctrl_c()
    terminal.wait_for("Đã dừng. Chưa lập cơ quan nào")
    assert terminal.end() == 130
    assert not identity.anybody()
    assert not (tmp_path / env.REMEMBERED).exists()
    assert organisations.unit("18313", on=TODAY).agency_code is None
    again = Terminal(surroundings)
    try:
        again.wait_for("chưa có cơ quan nào.")
        again.answer("Tiếp tục lập cơ quan? [C/k]: ", "k")
        assert again.end() == 130
    finally:
        again.close()


@pytest.mark.long
def test_an_empty_home_becomes_an_office_that_runs(tmp_path: Path) -> None:
    """The whole way with a cluster of its own: init, run, the sign-in page, no demo."""
    home = tmp_path / "home"
    surroundings = {name: value for name, value in environment("", home).items() if name != "DATABASE_URL"} | {"PORT": "8149"}
    filled = EXAMPLE.read_text(encoding="utf-8").replace('password = ""', f'password = "{PASSWORD}"')
    try:
        done = cchc(surroundings, "init", "--answers", "-", "--json", typed=filled)
        assert done.returncode == 0, done.stderr
        assert not cluster.status(cluster.Place.of(home)).running
        with subprocess.Popen(
            [*PROGRAM, "run"], env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            try:
                assert running.stdout is not None
                said = ""
                while "Ctrl-C" not in said:
                    line = running.stdout.readline()
                    assert line, running.stderr.read() if running.stderr else ""
                    said += line
                assert "Tài khoản thử" not in said
                page = subprocess.run(["curl", "-s", "http://127.0.0.1:8149/"], check=True, capture_output=True, text=True).stdout
                assert "Trung tâm Phục vụ hành chính công xã Vũ Quang" in page
            finally:
                running.send_signal(signal.SIGINT)
                running.communicate(timeout=60)
        assert running.returncode == 0
    finally:
        cluster.remove(cluster.Place.of(home))
