"""``cchc run``: all of it on one machine, as ``make run`` does. Ctrl-C stops everything that it started."""

import argparse
import http.client
import sys
import time

from cchc.cli import cluster, db, serve
from cchc.cli.arguments import Parser
from cchc.kernel.errors import Refused
from config import env

READY_WITHIN = 60.0


def main(argv: list[str]) -> int:
    """Bring up the database, the data and the pages; return the exit code when stopped."""
    parser = Parser(prog="cchc run", description="Bật mọi thứ trên một máy; Ctrl-C để tắt.")
    parser.add_argument("--began", type=float, default=time.time(), help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    host, port = env.text("CCHC_BIND", "127.0.0.1"), env.port()
    started = False
    try:
        with serve.Children() as children:
            serve.must_be_free(host, port)
            started = db.start()
            _fill()
            children.start(serve.web(host, port, 2), **_portal())
            await_first_page(host, port)
            # Only now, so that it does not take the processor from the first page.
            children.start(serve.worker())
            print(_welcome(host, port, time.time() - options.began), flush=True)
            return children.wait()
    except KeyboardInterrupt:
        return 0
    except Refused as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    finally:
        if started:
            cluster.stop(cluster.Place.of(env.home()))
            print("Đã tắt. Dữ liệu còn nguyên.", file=sys.stderr, flush=True)


def _fill() -> None:
    """Load the reference data when its files changed, and the demo scene into an empty installation."""
    from cchc.cli import demo, reference  # noqa: PLC0415 (Django is set up by now)

    reference.seed_if_changed(progress=_say)
    demo.seed_if_empty(progress=_say)


def await_first_page(host: str, port: int) -> None:
    """Wait until the first page is served."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Refused(f"Trang web không trả lời sau {READY_WITHIN:.0f} giây. Xem các dòng lỗi ở trên.")


def _welcome(host: str, port: int, seconds: float) -> str:
    """Return the address and the demo accounts."""
    lines = [f"\n  Mở trang: http://{host}:{port}/        (sẵn sàng sau {seconds:.1f} giây)", *_accounts(), "  Ctrl-C để tắt.\n"]
    return "\n".join(lines)


def _portal() -> dict[str, str]:
    """Return the demo's own one-stop unit as the portal's, where there is a demo and the operator named none."""
    from django.conf import settings  # noqa: PLC0415 (Django is set up by now)

    from cchc.cli import demo  # noqa: PLC0415

    return {"CCHC_PORTAL_UNIT": demo.PORTAL_UNIT} if demo.is_there() and not settings.PORTAL_UNIT else {}


def _accounts() -> list[str]:
    """Return the lines that say who can sign in, where there is a demo."""
    from cchc.cli import demo  # noqa: PLC0415 (Django is set up by now)

    return [f"  {line}" for line in demo.accounts()]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
