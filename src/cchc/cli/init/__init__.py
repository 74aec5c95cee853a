"""``cchc init``: start a real office in an empty home, without the demo. Asks, or reads the answers from a file."""

import argparse
import signal
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cchc.cli import cluster, db
from cchc.cli.arguments import Parser
from cchc.kernel.errors import Refused
from config import env

_EXAMPLE = env.ROOT / "seeds" / "init" / "office.toml"


def main(argv: list[str]) -> int:
    """Found the office; return the exit code: 0 done, 2 refused, 130 stopped by Ctrl-C with nothing written."""
    options = _options(argv)
    if options.example:
        print(_EXAMPLE.read_text(encoding="utf-8"), end="")
        return 0
    # A program started by one that ignores Ctrl-C would ignore it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = False
    try:
        answers = _read(options.answers) if options.answers else _must_be_asked()
        started = db.start()
        return _found(answers, as_json=options.json)
    except (KeyboardInterrupt, EOFError):
        print("\nĐã dừng. Chưa lập cơ quan nào; chạy lại «cchc init» lúc nào cũng được.", file=sys.stderr)
        return 130
    except Refused as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    finally:
        if started:
            cluster.stop(cluster.Place.of(env.home()))


def _options(argv: list[str]) -> argparse.Namespace:
    parser = Parser(
        prog="cchc init", description="Lập một cơ quan thật ở nơi còn trống, không có dữ liệu mẫu. Không tham số: hỏi từng điều."
    )
    parser.add_argument("--answers", metavar="TỆP", help="đọc câu trả lời từ tệp TOML (- là đầu vào chuẩn)")
    parser.add_argument("--example", action="store_true", help="in tệp TOML mẫu để điền")
    parser.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON")
    return parser.parse_args(argv)


def _read(name: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise Refused(f"Không đọc được tệp «{name}»: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"Tệp «{name}» phải lưu ở bảng mã UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"Tệp «{name}» không đúng dạng TOML: {error}. Xem mẫu: cchc init --example.") from error


def _must_be_asked() -> None:
    if not sys.stdin.isatty():
        raise Refused(
            "Không có bàn phím để hỏi. Dùng tệp câu trả lời: cchc init --example > co-quan.toml, điền, rồi cchc init --answers co-quan.toml"
        )


def _found(answers: dict[str, Any] | None, *, as_json: bool) -> int:
    """Load the reference data, take the answers, found, and say what comes next."""
    from cchc.cli import base, reference  # noqa: PLC0415 (Django is set up by now)
    from cchc.cli.init import founding, office, questions  # noqa: PLC0415

    founding.must_be_empty()
    # Read before the reference data is loaded: a slip in the file is told at once.
    given = office.read(answers) if answers is not None else None
    loaded = reference.seed_if_changed(progress=_say)
    now = datetime.now(UTC)
    if given is None:
        if not loaded:
            print("Đã có cơ sở dữ liệu và dữ liệu tham chiếu; chưa có cơ quan nào.")
            if not questions.agreed("Tiếp tục lập cơ quan?"):
                raise KeyboardInterrupt
        given = questions.ask(now)
        print(questions.summary(given, office.the_territory(given.territory, now.date()).place))
        if not questions.agreed("Ghi?"):
            raise KeyboardInterrupt
    made = founding.found(given, at=now, remembered=env.home() / env.REMEMBERED)
    steps = _next_steps(made.address)
    text = f"Đã lập {made.agency.place} với {len(made.units)} đơn vị.\n" + "\n".join(
        f"  {number}. {step}" for number, step in enumerate(steps, 1)
    )
    base.write_answer(base.Answer({**made.data, "next": steps}, text), as_json=as_json)
    return 0


def _next_steps(address: str) -> list[str]:
    local = f"http://127.0.0.1:{env.port()}"
    steps = ["Bật: cchc run (cơ sở dữ liệu kèm theo), hoặc cchc db start rồi cchc serve"]
    if address.startswith("https://"):
        steps.append(f"Đặt máy chủ chuyển tiếp có chứng thư của {address} trước {local}, và đặt CCHC_BEHIND_PROXY=1")
    # A cookie for TLS only is not kept over plain HTTP: then the office is entered by its own address.
    steps.append(f"Mở {address or local}/dang-nhap/, đăng nhập bằng tên của người quản trị")
    steps.append(
        "Vào Quản trị: xem lại Đơn vị; Lịch làm việc, Giờ làm việc; giao Người và vị trí; chọn Thủ tục; rồi tiếp nhận hồ sơ đầu tiên"
    )
    if env.text("CCHC_HOME"):
        steps.insert(0, f"Giữ biến CCHC_HOME={env.home()} cho mọi lệnh cchc sau này")
    return steps


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
