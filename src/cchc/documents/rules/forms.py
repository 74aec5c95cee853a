"""The fields of each form: what the caller fills and the paper prints, word for word.

Fields follow forms 01 to 03 of Circular 01/2018/TT-VPCP as provinces print them; the wording of Circular 03/2025/TT-VPCP Annex I was not
available. Dates and times are phrases (``rules.phrases``), so that the snapshot of a paper says what the sheet says. A text without a
default must not be empty; an empty text with a default leaves its line out.
"""

from dataclasses import dataclass

from cchc.documents.terms import FormKey


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


FormData = ReceiptData | SupplementData | RefusalData | GuideData

SHAPES: dict[FormKey, type[ReceiptData] | type[SupplementData] | type[RefusalData] | type[GuideData]] = {
    FormKey.RECEIPT: ReceiptData,
    FormKey.SUPPLEMENT: SupplementData,
    FormKey.REFUSAL: RefusalData,
    FormKey.GUIDE: GuideData,
}
