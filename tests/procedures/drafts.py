"""Drafts the tests publish."""

from datetime import datetime

from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.procedures import api

AT = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)
SYSTEM = Actor.system("kiểm thử")


def draft(code: str = "9.100001", title: str = "Cấp thẻ thư viện xã", **more: object) -> api.VersionDraft:
    """Return a whole draft, with what the test wants otherwise."""
    values: dict = {
        "code": code,
        "title": title,
        "field_name": "Thư viện mẫu",
        "origin": "Dữ liệu kiểm thử",
        "case_types": (
            api.CaseTypeDraft(
                name="Cấp mới", papers=(api.PaperDraft(name="Đơn đề nghị"), api.PaperDraft(name="Căn cước", use=api.PaperUse.SHOW))
            ),
            api.CaseTypeDraft(name="Cấp lại", papers=(api.PaperDraft(name="Thẻ cũ", is_required=False),)),
        ),
        "terms": (
            api.TermDraft(channel=api.Channel.COUNTER, limit="3wd"),
            api.TermDraft(channel=api.Channel.ONLINE, limit="2wd"),
            api.TermDraft(channel=api.Channel.COUNTER, case_type=2, limit="0wd"),
        ),
        "fees": (
            api.FeeDraft(name="Lệ phí", kind=api.FeeKind.CHARGE, amount=20_000, channel=api.Channel.COUNTER),
            api.FeeDraft(name="Lệ phí", kind=api.FeeKind.CHARGE, amount=10_000, channel=api.Channel.ONLINE),
            api.FeeDraft(name="Phí làm thẻ", kind=api.FeeKind.FEE, amount=5_000, per=api.FeePer.ITEM, per_text="thẻ", case_type=2),
        ),
        "results": (api.ResultDraft(name="Thẻ thư viện"),),
        "steps": (
            api.StepDraft(name="Tiếp nhận", time="2wh", outcomes=(api.OutcomeDraft("Đủ", 2), api.OutcomeDraft("Thiếu"))),
            api.StepDraft(name="In thẻ", time="1wd", outcomes=(api.OutcomeDraft("Xong"),)),
        ),
    }
    return api.VersionDraft(**{**values, **more})
