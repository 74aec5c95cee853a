"""The states of a job, and the names of jobs in the office's words."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class JobStatus(Term):
    """Where a job of the queue is. The values are procrastinate's; ``stalled`` is ours: begun by a worker that is gone."""

    FAILED = "failed", _("Bị lỗi")
    STALLED = "stalled", _("Bỏ dở")
    DOING = "doing", _("Đang làm")
    TODO = "todo", _("Chờ làm")
    SUCCEEDED = "succeeded", _("Đã xong")
    CANCELLED = "cancelled", _("Đã bỏ")


# A job that is not named here is shown by its name in the code. A vocabulary knows words, not modules.
TASK_LABELS: dict[str, str] = {
    "cchc.kernel.deliver": _("Báo tin giữa các phần"),
    "cchc.audit.check": _("Kiểm tra toàn bộ nhật ký"),
    "cchc.audit.seal": _("Niêm phong nhật ký hằng ngày"),
    "cchc.cases.rehouse": _("Chuyển việc của đơn vị đã kết thúc"),
    "cchc.cases.remind": _("Nhắc việc sắp đến hạn, quá hạn"),
    "cchc.cases.settle": _("Tính lại lời hẹn theo lịch"),
    "cchc.documents.render_paper": _("Vẽ giấy tờ thành PDF"),
    "cchc.documents.sweep_files": _("Dọn tệp không hồ sơ nào giữ"),
    "cchc.notifications.send": _("Gửi tin cho người nộp hồ sơ"),
    "cchc.notifications.prune": _("Dọn tin nhắc cũ"),
    "cchc.figures.refresh": _("Đếm lại số liệu vừa đổi"),
    "cchc.scoring.compute": _("Tính điểm Bộ chỉ số 766 của kỳ này"),
    "cchc.scoring.compute_ended": _("Tính lại điểm Bộ chỉ số 766 của các kỳ trước"),
    "cchc.jobs.rescue": _("Nhận lại việc bỏ dở"),
    "cchc.jobs.prune": _("Dọn việc đã xong lâu"),
}


def task_label(name: str) -> str:
    """Return the words for a job, or its name."""
    return TASK_LABELS.get(name, name)
