"""``cchc apikey create | revoke | list``: keys with which programs read through the API."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date

_ACTOR = Actor.system("khóa API bằng dòng lệnh")


class Command(base.Command):
    """Issue, revoke and list keys."""

    help = "Khóa API: create (cấp khóa cho một vị trí, in khóa đúng một lần), revoke (thu hồi), list (liệt kê)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and with which post or key."""
        parser.add_argument("what", choices=["create", "revoke", "list"], metavar="create|revoke|list")
        parser.add_argument("prefix", nargs="?", metavar="KHÓA", help="revoke: phần đầu của khóa, ví dụ cchc_1a2b3c4d")
        parser.add_argument("--login", metavar="TÊN", help="create: tên đăng nhập của người giữ vị trí")
        parser.add_argument("--unit", metavar="MÃ", help="create: mã đơn vị của vị trí, khi người đó giữ nhiều vị trí")
        parser.add_argument("--name", metavar="VIỆC", help="create: khóa dùng để làm gì")
        parser.add_argument("--reason", default="", metavar="LÝ DO", help="revoke: vì sao thu hồi, ghi vào nhật ký")
        parser.add_argument("--days", type=int, default=365, metavar="N", help="create: số ngày khóa dùng được (mặc định 365)")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:  # noqa: ARG002 (the base's signature)
        """Do it."""
        at = timezone.now()
        if options["what"] == "list":
            return _listed(local_date(at))
        if options["what"] == "revoke":
            if not options["prefix"]:
                raise Refused("Nêu phần đầu của khóa cần thu hồi; «cchc apikey list» liệt kê các khóa.", field="prefix")
            identity.revoke_key(actor=_ACTOR, at=at, prefix=options["prefix"], reason=options["reason"])
            return base.Answer({"revoked": options["prefix"]}, f"Đã thu hồi khóa {options['prefix']}.")
        return _created(at, options)


def _created(at: datetime, options: dict[str, Any]) -> base.Answer:
    for name in ("login", "name"):
        if not options[name]:
            raise Refused(f"Thiếu --{name}. Ví dụ: cchc apikey create --login nhan --name «Kết nối báo cáo».", field=name)
    today = local_date(at)
    post = _post(options["login"], options["unit"], today)
    until = today + timedelta(days=min(max(options["days"], 0), 10_000))
    secret = identity.issue_key(actor=_ACTOR, at=at, post_id=post.id, name=options["name"], until=until)
    data = {"secret": secret, "post": f"{post.title} @ {post.unit_code}", "last_day": (until - timedelta(days=1)).isoformat()}
    text = f"{secret}\nGiữ lại ngay: khóa không hiện lần thứ hai. Đọc thay vị trí {data['post']}, đến hết {until - timedelta(days=1):%d/%m/%Y}."
    return base.Answer(data, text)


def _post(login: str, unit: str | None, today: date) -> identity.PostView:
    """Return the post of the person; with several, the one in the unit. Raises ``Refused``."""
    posts = identity.posts_of_login(login, on=today)
    if not posts:
        raise NotFound(f"Không ai tên đăng nhập «{login}» giữ vị trí nào hôm nay.", field="login")
    found = [post for post in posts if unit in (None, post.unit_code)]
    if len(found) != 1:
        told = "; ".join(f"{post.title} @ {post.unit_code}" for post in posts)
        raise Refused(f"Chọn một vị trí bằng --unit. Người này giữ: {told}.", field="unit")
    return found[0]


def _listed(today: date) -> base.Answer:
    keys = identity.keys_of(None, on=today)
    data = [
        {
            "key": key.prefix,
            "name": key.name,
            "post": f"{key.post.title} @ {key.post.unit_code}",
            "state": key.state.value,
            "created_at": key.created_at.isoformat(),
            "last_day": key.last.isoformat(),
            "last_used": key.last_used.isoformat() if key.last_used else None,
        }
        for key in keys
    ]
    lines = [
        f"{key.prefix}  {key.state.label:<22}  đến hết {key.last:%d/%m/%Y}  "
        f"{'dùng ' + format(key.last_used, '%d/%m/%Y') if key.last_used else 'chưa dùng':<15}  {key.post.title} @ {key.post.unit_code}: {key.name}"
        for key in keys
    ]
    return base.Answer(data, "\n".join(lines) or "Chưa có khóa API nào.")
