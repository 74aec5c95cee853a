"""The vocabulary of cases: the words of the law, with what is stored."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class Stage(Term):
    """The status exchanged with the national portal; ``NATIONAL_CODES`` gives its number (dossier §3.2)."""

    SUBMITTED = "submitted", _("Mới đăng ký")
    ACCEPTED = "accepted", _("Được tiếp nhận")
    REFUSED = "refused", _("Không được tiếp nhận")
    PROCESSING = "processing", _("Đang xử lý")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Chờ bổ sung hồ sơ")
    AWAITING_PAYMENT = "awaiting_payment", _("Chờ nghĩa vụ tài chính")
    WITHDRAWN = "withdrawn", _("Công dân rút hồ sơ")
    STOPPED = "stopped", _("Dừng xử lý")
    FINISHED = "finished", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")


NATIONAL_CODES = {stage: number for number, stage in enumerate(Stage, start=1)}
# A case of these stages still needs somebody to act.
LIVE = frozenset({Stage.SUBMITTED, Stage.ACCEPTED, Stage.PROCESSING, Stage.AWAITING_SUPPLEMENT, Stage.AWAITING_PAYMENT, Stage.FINISHED})
# In these stages the promise is running: the office owes a result.
RUNNING = frozenset({Stage.ACCEPTED, Stage.PROCESSING})
WAITING = frozenset({Stage.AWAITING_SUPPLEMENT, Stage.AWAITING_PAYMENT})
# Nothing more happens to a case of these stages, but for papers and mistakes.
CLOSED = frozenset({Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED, Stage.RETURNED})


class Step(Term):
    """Where in the office the case is."""

    FORWARD = "forward", _("Chuyển xử lý")
    ASSIGN = "assign", _("Phân công")
    PROCESS = "process", _("Thẩm tra")
    APPROVE = "approve", _("Chờ ký")
    HAND_OVER = "hand_over", _("Trả kết quả")
    APPLICANT = "applicant", _("Chờ người nộp")
    SUPPLEMENT = "supplement", _("Chờ người nộp bổ sung")
    PAYMENT = "payment", _("Chờ nộp nghĩa vụ tài chính")
    CLOSED = "closed", _("Đã kết thúc")


class Act(Term):
    """What somebody does to a case. The journal keeps the value."""

    RECEIVE = "received", _("Tiếp nhận")
    ASK_SUPPLEMENT = "supplement_asked_at_intake", _("Yêu cầu bổ sung, hoàn thiện")
    REFUSE = "refused_at_intake", _("Từ chối tiếp nhận")
    ACCEPT_SUPPLEMENTED = "accepted_after_supplement", _("Nhận đủ giấy tờ, tiếp nhận")
    FORWARD = "forwarded", _("Chuyển xử lý")
    ASSIGN = "assigned", _("Phân công xử lý")
    SUBMIT = "submitted_for_approval", _("Trình ký kết quả")
    APPROVE = "approved", _("Ký duyệt kết quả")
    HAND_OVER = "handed_over", _("Trả kết quả")
    IMMEDIATE = "done_at_counter", _("Giải quyết ngay tại quầy")
    PASS_ON = "passed_on", _("Xong bước, chuyển bước tiếp")
    SEND_BACK = "sent_back", _("Trả lại bước trước")
    REASSIGN = "reassigned", _("Giao lại người khác")
    RECALL = "recalled", _("Rút lại việc vừa làm")
    CONSULT = "consulted", _("Lấy ý kiến cơ quan, đơn vị khác")
    ANSWER = "consultation_answered", _("Trả lời ý kiến")
    RETURN_FOR_SUPPLEMENT = "supplement_asked", _("Yêu cầu bổ sung sau thẩm tra")
    RESUME = "supplemented", _("Nhận đủ giấy tờ bổ sung")
    REFUSE_UNSUPPLEMENTED = "refused_unsupplemented", _("Từ chối vì không bổ sung")
    ASK_PAYMENT = "payment_asked", _("Yêu cầu nghĩa vụ tài chính")
    CONFIRM_PAYMENT = "payment_made", _("Đã hoàn thành nghĩa vụ tài chính")
    EXTEND = "extended", _("Xin lỗi và đề nghị gia hạn")
    APOLOGISE = "apologised", _("Xin lỗi, giữ nguyên ngày hẹn")
    REFUSE_AFTER_APPRAISAL = "refused_after_appraisal", _("Từ chối giải quyết")
    HAND_OVER_REFUSAL = "refusal_handed_over", _("Trả hồ sơ và văn bản từ chối")
    WITHDRAW = "withdrawn", _("Rút hồ sơ theo yêu cầu")
    STOP = "stopped", _("Dừng giải quyết")
    ANNOUNCE = "announced", _("Báo có kết quả trước hẹn")
    CORRECT = "corrected", _("Sửa sai sót tiếp nhận, cấp lại giấy hẹn")
    CORRECT_RESULT = "result_corrected", _("Sửa, thay kết quả có sai sót")
    RECORD_LOSS = "loss_recorded", _("Ghi nhận mất, hỏng giấy tờ")
    NOTE = "noted", _("Ghi chú nội bộ")
    TAKE_OVER = "taken_over", _("Ký nhận bàn giao")
    SETTLE = "calendar_settled", _("Dời hẹn vì lịch làm việc thay đổi")
    REHOUSE = "rehoused", _("Chuyển nơi giữ vì đơn vị sắp xếp lại")


class ClockEffect(Term):
    """What an act does to the clock of the promise."""

    NOT_STARTED = "not_started", _("Đồng hồ chưa chạy, chưa có lời hẹn")
    STARTS = "starts", _("Đồng hồ bắt đầu chạy, lời hẹn được ghi sổ")
    RUNS = "runs", _("Vẫn chạy")
    ENDS = "ends", _("Đồng hồ dừng: xong phần giải quyết")
    ENDED = "ended", _("Không đổi: đã giải quyết xong")
    PAUSES = "pauses", _("Đồng hồ ngừng, chờ người nộp")
    RESTARTS = "restarts", _("Tính lại từ đầu hoặc chạy tiếp, theo quy định")
    NEW_PROMISE = "new_promise", _("Đặt lời hẹn mới, chỉ một lần")
    CLOSES = "closes", _("Kết thúc hồ sơ")
    STAYS = "stays", _("Không đổi")


class PartyRole(Term):
    """Whose case it is, and who brings it."""

    OWNER = "owner", _("Chủ hồ sơ")
    SUBMITTER = "submitter", _("Người nộp thay")


class FiledBy(Term):
    """Who filled in and sent the file (measures of beautified online shares, ``practice.md`` M5: self, helped, agent). Empty: not recorded."""

    SELF = "self", _("Tự nộp")
    HELPED = "helped", _("Cán bộ hỗ trợ nộp")
    AGENT = "agent", _("Nộp thay (ủy quyền, đại lý, bưu chính)")


class PartyKind(Term):
    """What the party is."""

    CITIZEN = "citizen", _("Công dân")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    ORGANISATION = "organisation", _("Tổ chức, cơ quan")


class ResultChannel(Term):
    """Where the result is wanted."""

    COUNTER = "counter", _("Tại quầy")
    POST = "post", _("Qua bưu chính")
    ONLINE = "online", _("Bản điện tử")


class PaymentMethod(Term):
    """How a fee is paid. Nothing here moves money; the officer records what happened at the counter."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản, quét mã")
    EXEMPT = "exempt", _("Được miễn")
    UNPAID = "unpaid", _("Chưa thu")


class Timeliness(Term):
    """How a closed case kept its promise: three words of the statistics, and a fourth that an extension never hides behind them."""

    EARLY = "early", _("Trước hạn")
    ON_TIME = "on_time", _("Đúng hạn")
    EXTENDED = "extended", _("Đúng hạn sau gia hạn")
    LATE = "late", _("Quá hạn")


class SpellState(Term):
    """What goes on while the office owes a result: its own work, or a wait for the applicant."""

    RUNNING = "running", _("Đang giải quyết")
    WAITING = "waiting", _("Chờ người nộp")


class SpellStart(Term):
    """How a spell began."""

    RECEIVED = "received", _("Tiếp nhận")
    TAKEN = "taken", _("Nhận bàn giao")
    GOES_ON = "goes_on", _("Tiếp tục")


class SpellEnd(Term):
    """How a spell ended; empty while it lasts."""

    EARLY = "early", _("Trước hạn")
    ON_TIME = "on_time", _("Đúng hạn")
    EXTENDED = "extended", _("Đúng hạn sau gia hạn")
    LATE = "late", _("Quá hạn")
    CLOSED = "closed", _("Kết thúc không có kết quả")
    GIVEN = "given", _("Bàn giao đi")
    GOES_ON = "goes_on", _("Tiếp tục")


class FlowPart(Term):
    """Which of the files that a number about a step, or about a way through the steps, is opened for."""

    ALL = "all", _("Tiếp nhận trong kỳ")
    ENDED = "ended", _("Đã xong")
    THROUGH = "through", _("Đã qua bước")
    LATE = "late", _("Quá hạn của bước")
    HERE = "here", _("Đang ở bước")
    RETURNED = "returned", _("Bị trả lại")
    WAY = "way", _("Đi đúng đường này")


class Urgency(Term):
    """The groups of the inbox, most urgent first."""

    LATE = "late", _("Quá hạn")
    TODAY = "today", _("Hẹn trả hôm nay")
    NEXT = "next", _("Hẹn trả ngày làm việc tới")
    LATER = "later", _("Còn thời gian")
    WAITING = "waiting", _("Đang chờ người dân")
    READY = "ready", _("Đã có kết quả, chờ trả")


class ApologyKind(Term):
    """Why the office says sorry. Only an extension makes a new promise; the others leave a broken promise broken."""

    EXTENSION = "extension", _("Xin lỗi và đề nghị gia hạn")
    LATE = "late", _("Xin lỗi vì quá hạn")
    ERROR = "error", _("Xin lỗi vì sai sót")
    LOSS = "loss", _("Xin lỗi vì mất, hỏng giấy tờ")
    MISCONDUCT = "misconduct", _("Xin lỗi vì thái độ, hành vi của công chức")
    OMITTED = "omitted", _("Xin lỗi in kèm kết quả, đơn vị chậm không lập")


class RuleKey(Term):
    """What an office may set about supplements, extensions and reminders; each value holds for a period and names its source."""

    CONSULTATION_TERM = "consultation_term", _("Hạn trả lời ý kiến khi không ghi hạn khác")
    EXTENSIONS = "extensions", _("Số lần gia hạn nhiều nhất của một hồ sơ")
    EXTENSION_NOTICE = "extension_notice", _("Gia hạn chậm nhất trước ngày hẹn")
    PAYMENT_RESUME = "payment_resume", _("Đồng hồ sau khi chờ nghĩa vụ tài chính")
    REMIND_BEFORE = "remind_before", _("Nhắc trước hạn (giờ)")
    SUPPLEMENTS_ALL = "supplements_all", _("Số lần yêu cầu bổ sung nhiều nhất, kể cả lúc tiếp nhận")
    SUPPLEMENTS_AFTER = "supplements_after", _("Số lần yêu cầu bổ sung nhiều nhất sau khi tiếp nhận")
    SUPPLEMENTS_INDEX = "supplements_index", _("Số lần bổ sung mà Bộ chỉ số 766 chưa tính là quá hạn")
    SUPPLEMENT_RESUME = "supplement_resume", _("Đồng hồ sau khi nhận đủ giấy tờ bổ sung")
    SUPPLEMENT_WITHIN = "supplement_within", _("Chỉ yêu cầu bổ sung trong thời gian này từ khi tiếp nhận")
    UNDO_MINUTES = "undo_minutes", _("Số phút được rút lại việc vừa làm")


# The job that goes over the open promises, and the rule it applies; the run page and the journal of each case say it.
SETTLE_TASK = "cchc.cases.settle"
SETTLE_RULE = "quy tắc của phần mềm: lời hẹn đã in giữ nguyên nếu vẫn là ngày làm việc; thành ngày nghỉ thì dời sang ngày làm việc kế tiếp"
