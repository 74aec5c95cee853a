"""The fields of each form: what the caller fills and the paper prints, word for word.

Fields follow the forms of Circular 01/2018/TT-VPCP as provinces print them; the wording of Circular 03/2025/TT-VPCP Annex I was not
available. Dates and times are phrases (``rules.phrases``), so that the snapshot of a paper says what the sheet says. A text without a
default must not be empty; an empty text with a default leaves its line out.
"""

from dataclasses import dataclass

from cchc.documents.terms import FormKey
from cchc.kernel.errors import Invalid


@dataclass(frozen=True)
class Head:
    """Who issues: ``superior`` (Ủy ban nhân dân xã Vũ Quang) over ``agency`` (Trung tâm Phục vụ hành chính công).

    Both are printed in capitals; a line end in them is kept, otherwise lines are balanced. ``place`` opens the date line (Vũ Quang).
    """

    superior: str
    agency: str
    place: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Person:
    """The one who files, a person or an organisation. ``identity_label`` is ``Số định danh`` or ``Mã số doanh nghiệp``."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    identity_number: str = ""
    identity_label: str = "Số định danh"


@dataclass(frozen=True)
class PaperLine:
    """One paper of the file: how many originals (bản chính), certified copies (bản chứng thực), photocopies (bản chụp)."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True)
class ReceiptData:
    """Form 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

    ``owner`` names the file's owner when someone else files. ``received`` and ``appointment`` are ``moment_phrase``; ``not_counted`` is
    ``not_counted_phrase``. ``statutory_time`` is ``03 ngày làm việc``. ``fee`` says the amount and whether it is paid. ``register_book`` and
    ``register_number`` are the place in Sổ theo dõi hồ sơ. ``verification_code`` is the journal's fingerprint of the promise (``B05E 6D17``).
    ``tracking_url`` is what the QR code opens. ``submitter_signs`` is false for a file sent online: only the receiver signs.
    ``replaces`` is said at the head of a receipt issued anew: ``Cấp lại, thay giấy số 0042/TN ngày 20/11/2026; lý do: …``.
    """

    head: Head
    person: Person
    case_code: str
    procedure_name: str
    procedure_code: str
    channel: str
    papers: tuple[PaperLine, ...]
    sets: int
    statutory_time: str
    received: str
    appointment: str
    result_place: str
    receiver: str
    owner: str = ""
    not_counted: str = ""
    fee: str = ""
    register_book: str = ""
    register_number: str = ""
    verification_code: str = ""
    tracking_url: str = ""
    submitter_signs: bool = True
    replaces: str = ""


@dataclass(frozen=True)
class SupplementItem:
    """One thing to add or mend. ``quantity`` is printed as given (``01 bản chính``); ``guidance`` says how, under the item."""

    name: str
    quantity: str = ""
    guidance: str = ""


@dataclass(frozen=True)
class SupplementData:
    """Form 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything that is missing, once (Decree 118/2025/NĐ-CP Art. 17(2) as amended).

    ``due`` is the last moment to supplement, if there is one. ``clock_note`` says in words what the request does to the term; it comes from
    the caller's rule, because the clause changes with the years. ``case_code`` is empty for a file that was not accepted yet.
    """

    head: Head
    person: Person
    procedure_name: str
    procedure_code: str
    items: tuple[SupplementItem, ...]
    reason: str
    contact_name: str
    officer: str
    contact_phone: str = ""
    case_code: str = ""
    due: str = ""
    clock_note: str = ""
    legal_basis: str = ""
    tracking_url: str = ""


@dataclass(frozen=True)
class RefusalData:
    """Form 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ.

    ``advice`` says where and how to go on (the competent agency, another procedure). ``submitted`` is when a file sent online came in.
    ``returned`` lists the papers given back.
    """

    head: Head
    person: Person
    procedure_name: str
    reason: str
    officer: str
    procedure_code: str = ""
    case_code: str = ""
    submitted: str = ""
    legal_basis: str = ""
    advice: str = ""
    returned: tuple[PaperLine, ...] = ()
    tracking_url: str = ""
    submitter_signs: bool = True


@dataclass(frozen=True)
class GuideData:
    """Phiếu hướng dẫn: what to bring, given away without a case and without a number. ``url`` opens the procedure's page."""

    head: Head
    procedure_name: str
    procedure_code: str
    papers: tuple[PaperLine, ...]
    statutory_time: str = ""
    fee: str = ""
    where: str = ""
    hours: str = ""
    result: str = ""
    notes: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs: ``lines`` over the signature (``KT. CHỦ TỊCH``, ``PHÓ CHỦ TỊCH``), made by ``rules.signatures``, and the name under it."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Ending:
    """The end of an administrative document: signature, ``recipients`` under Nơi nhận, ``archive`` after Lưu, initials of who drafted it."""

    signature: Signature
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
    drafter: str = ""


@dataclass(frozen=True)
class ApologyExtensionData:
    """Form 04, Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết: not finished, why, who is late, and a new date.

    ``received``, ``promised`` and ``new_appointment`` are ``moment_phrase``. ``late_unit`` names the unit that is late: blame is not
    pushed down. ``legal_basis`` comes from the caller's rule, because the clause changes with the years.
    """

    head: Head
    person: Person
    case_code: str
    procedure_name: str
    procedure_code: str
    received: str
    promised: str
    late_unit: str
    reason: str
    new_appointment: str
    result_place: str
    ending: Ending
    legal_basis: str = ""
    contact: str = ""
    tracking_url: str = ""


@dataclass(frozen=True)
class ApologyData:
    """Văn bản xin lỗi: a broken promise, an error, a lost or damaged paper, misconduct. It moves no date.

    ``occasion`` says in a few words for what (``về việc trả kết quả quá hạn``); ``happened`` what went wrong; ``responsible`` whose doing
    it was; ``remedy`` what is done about it. ``promised`` and ``delivered`` are printed when the sheet goes with a late result.
    """

    head: Head
    person: Person
    occasion: str
    happened: str
    responsible: str
    remedy: str
    ending: Ending
    case_code: str = ""
    procedure_name: str = ""
    procedure_code: str = ""
    received: str = ""
    promised: str = ""
    delivered: str = ""
    contact: str = ""
    tracking_url: str = ""


@dataclass(frozen=True)
class StopNoticeData:
    """Form 05 of 2025, Thông báo dừng giải quyết hồ sơ: who asked, when and how; why; what is given back; what becomes of the fee.

    ``requested`` and ``request_channel`` are empty when nobody asked and the agency stops on another ground, which ``reason`` then says.
    """

    head: Head
    person: Person
    case_code: str
    procedure_name: str
    procedure_code: str
    received: str
    reason: str
    fee_note: str
    ending: Ending
    requested: str = ""
    request_channel: str = ""
    stopped: str = ""
    returned: tuple[PaperLine, ...] = ()
    legal_basis: str = ""
    contact: str = ""
    tracking_url: str = ""


@dataclass(frozen=True)
class RefusalAfterAppraisalData:
    """Form 03 as a notice of the competent agency: the file was appraised and cannot be granted (61/2018/NĐ-CP Art. 19(8))."""

    head: Head
    person: Person
    case_code: str
    procedure_name: str
    procedure_code: str
    received: str
    promised: str
    reason: str
    ending: Ending
    legal_basis: str = ""
    advice: str = ""
    fee_note: str = ""
    returned: tuple[PaperLine, ...] = ()
    contact: str = ""
    tracking_url: str = ""


@dataclass(frozen=True)
class HandoverLine:
    """One file of a batch: ``papers`` says how many sheets or sets go with it, ``due`` when its step or its promise ends."""

    case_code: str
    content: str
    owner: str
    papers: str = ""
    due: str = ""
    note: str = ""


@dataclass(frozen=True)
class HandoverSlipData:
    """Phiếu bàn giao hồ sơ: a batch given by one unit and received by another. ``url`` opens the slip's page, where it is received."""

    head: Head
    giver_unit: str
    giver: str
    receiver_unit: str
    given: str
    lines: tuple[HandoverLine, ...]
    receiver: str = ""
    received: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class ResultLine:
    """One result: its number and date as the document bears them, whose it is, what was paid, the postal code of its parcel."""

    case_code: str
    content: str
    result_number: str
    owner: str
    fee: str = ""
    post: str = ""


@dataclass(frozen=True)
class ResultHandoverData:
    """Phiếu bàn giao kết quả, and the receipt for results: what was handed to whom.

    ``receiver_role`` says in what capacity (``chủ hồ sơ``, ``người được ủy quyền theo giấy ủy quyền số …``, ``Bộ phận Một cửa``).
    ``returned`` are originals given back with the result.
    """

    head: Head
    giver: str
    receiver: str
    receiver_role: str
    given: str
    lines: tuple[ResultLine, ...]
    giver_unit: str = ""
    receiver_identity: str = ""
    method: str = ""
    returned: tuple[PaperLine, ...] = ()
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Move:
    """One hand-over of a file: a pair of rows on the control slip. ``outcome`` is Trước hạn, Đúng hạn or Quá hạn once the step has ended."""

    giver_unit: str
    receiver_unit: str
    given: str
    giver: str = ""
    receiver: str = ""
    received: str = ""
    due: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class ControlSlipData:
    """Form 06, Phiếu kiểm soát quá trình giải quyết hồ sơ, drawn from the hand-overs up to ``printed``."""

    head: Head
    case_code: str
    procedure_name: str
    procedure_code: str
    owner: str
    lead_unit: str
    received: str
    promised: str
    moves: tuple[Move, ...]
    printed: str
    coordinating: tuple[str, ...] = ()
    tracking_url: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One file of the register; the signature of who received stays blank on paper unless ``signed`` says what stands for it."""

    number: str
    case_code: str
    procedure_name: str
    owner: str
    received: str
    sets: int = 1
    contact: str = ""
    lead_unit: str = ""
    promised: str = ""
    returned: str = ""
    method: str = ""
    signed: str = ""
    note: str = ""


@dataclass(frozen=True)
class RegisterData:
    """Form 07, Sổ theo dõi hồ sơ, of a unit in a period (``từ ngày 01/01/2026 đến ngày 31/12/2026``)."""

    head: Head
    unit: str
    period: str
    rows: tuple[RegisterRow, ...]
    closing: str
    signature: Signature
    printed: str
    book: str = ""


@dataclass(frozen=True)
class DayLine:
    """One file of the day: ``remark`` says what is left to do, or what was done."""

    case_code: str
    content: str
    owner: str
    remark: str = ""


@dataclass(frozen=True)
class MoneyLine:
    """Money taken in one way: how many times, and the amount as printed (``72.000 đ``)."""

    method: str
    count: int
    amount: str


@dataclass(frozen=True)
class DaySheetData:
    """Bảng bàn giao cuối ngày: received, returned, unfinished, and the money by method, signed by who gives and who takes over."""

    head: Head
    unit: str
    day: str
    printed: str
    giver: str
    received: tuple[DayLine, ...] = ()
    returned: tuple[DayLine, ...] = ()
    unfinished: tuple[DayLine, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    total: str = ""
    receiver: str = ""
    note: str = ""


@dataclass(frozen=True)
class ListColumn:
    """One column of a list: its head, its share of the width, and whether it holds numbers, which stand at the right."""

    label: str
    width: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class CaseListData:
    """Danh sách hồ sơ: any list as it stands on the screen, with its filters in words. Every row has one text per column."""

    head: Head
    title: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    printed: str
    filters: tuple[str, ...] = ()
    printed_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a list without columns, and rows that are longer or shorter than the head."""
        if not self.columns:
            raise Invalid({"columns": "Danh sách cần ít nhất một cột để in."})
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise Invalid({"rows": f"Dòng {number} có {len(row)} ô, danh sách có {len(self.columns)} cột."})


FormData = (
    ReceiptData
    | SupplementData
    | RefusalData
    | RefusalAfterAppraisalData
    | ApologyExtensionData
    | ApologyData
    | StopNoticeData
    | HandoverSlipData
    | ResultHandoverData
    | ControlSlipData
    | RegisterData
    | DaySheetData
    | CaseListData
    | GuideData
)

SHAPES: dict[FormKey, type[FormData]] = {
    FormKey.RECEIPT: ReceiptData,
    FormKey.SUPPLEMENT: SupplementData,
    FormKey.REFUSAL: RefusalData,
    FormKey.REFUSAL_AFTER_APPRAISAL: RefusalAfterAppraisalData,
    FormKey.APOLOGY_EXTENSION: ApologyExtensionData,
    FormKey.APOLOGY: ApologyData,
    FormKey.STOP_NOTICE: StopNoticeData,
    FormKey.HANDOVER_SLIP: HandoverSlipData,
    FormKey.RESULT_HANDOVER: ResultHandoverData,
    FormKey.CONTROL_SLIP: ControlSlipData,
    FormKey.REGISTER: RegisterData,
    FormKey.DAY_SHEET: DaySheetData,
    FormKey.CASE_LIST: CaseListData,
    FormKey.GUIDE: GuideData,
}

FORMS: dict[type[FormData], FormKey] = {shape: form for form, shape in SHAPES.items()}
