"""The national portal's texts taken apart. Table cells come glued together; only what separates surely is separated."""

import re
from dataclasses import dataclass, replace

from cchc.kernel.text import clean, fold
from cchc.procedures.rules.draft import BasisDraft, CaseTypeDraft, PaperDraft, ResultDraft, StepDraft
from cchc.procedures.terms import Channel, LegalKind, Level, PaperUse, SubjectKind

_CHANNELS = {"Trực tuyến": Channel.ONLINE, "Trực tiếp": Channel.COUNTER, "Dịch vụ bưu chính": Channel.POST}
_CHANNEL_HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_MONEY = r"\d[\d.,]* ?(?:VNĐ|VND|Việt Nam Đồng|USD|EUR)"
_FEE = rf"(?:Miễn phí|Không có thông tin|{_MONEY})"
_WORDS = "Không có thông tin|Không quy định|Ngay trong ngày(?: làm việc)?|Trong ngày(?: làm việc)?"
_TIME = rf"(?:{_WORDS}|\d[\d.,]* (?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Năm|Phút)|Không phải trả kết quả[^\d\n(]{{0,60}}?|\d{{1,4}}(?=Miễn phí|Không có thông tin))"
_ROW = re.compile(rf"(?P<channel>Trực tuyến|Trực tiếp|Dịch vụ bưu chính)(?:(?P<time>{_TIME})(?P<fee>{_FEE})?|(?P<glued>{_MONEY}))")
_NEXT_FEE = re.compile(_FEE)

_PAPER_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT = re.compile(
    r"(?<=\S)(?P<originals>\d) bản chính(?:,(?P<copies>\d{1,2}) bản sao)?(?!\s*\w* \d)(?=\S|$)|(?<=\S)(?P<only>\d) bản sao(?=\S|$)"
)
_FORM_FILE = re.compile(r"(?<=[^\w\s])\d{1,2}\.[\x21-\x7e ]{3,120}\.(?:docx?|xlsx?|pdf)$", re.IGNORECASE)
_DASH = re.compile(r"^[\s\-+*•–.]+")
_RESULT = re.compile(r"(?P<name>.+?)Mã: ?(?P<code>KQ\.[A-Z]\d{1,2}\.\d{6})", re.DOTALL)
_RESULT_END = "Từ khóa"
_ISSUERS = (
    r"QH\d{1,2}|UBTVQH\d{1,2}|PL-UBTVQH\d{1,2}|NĐ-CP|NQ-CP|QĐ-TTg|NQ-QH\d{1,2}|TT-(?:BCA|BTC|BTP|BNV|BXD|BGTVT|BNNPTNT|BNNMT|BTNMT|BYT|"
    r"BLĐTBXH|BCT|BKHĐT|BKHCN|BVHTTDL|BGDĐT|BTTTT|NHNN|VPCP|TTCP|BNG|BQP|UBDT|BDTTG)"
)
_NUMBER = re.compile(rf"(?<!\d)\d{{1,3}}(?:\.\d{{1,2}})?/\d{{4}}/(?:{_ISSUERS})")
_STEP = re.compile(r"(?:^|\n)[\s\-+*a-zđ)]{0,8}Bước (?P<number>\d{1,2})\b[:.\s]*")
_SILENT = {"", "khong co thong tin", "khong", "khong co"}
_SUBJECTS = {
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": SubjectKind.ORGANISATION,
    "Doanh nghiệp có vốn đầu tư nước ngoài": SubjectKind.FDI_ENTERPRISE,
    "Người Việt Nam định cư ở nước ngoài": SubjectKind.OVERSEAS,
    "Cán bộ, công chức, viên chức": SubjectKind.OFFICIAL,
    "Tổ chức nước ngoài": SubjectKind.FOREIGN_ORGANISATION,
    "Công dân Việt Nam": SubjectKind.CITIZEN,
    "Người nước ngoài": SubjectKind.FOREIGNER,
    "Doanh nghiệp": SubjectKind.ENTERPRISE,
    "Hợp tác xã": SubjectKind.COOPERATIVE,
}
_LEVELS = {
    "cap bo": Level.MINISTRY,
    "cap tinh": Level.PROVINCE,
    "cap huyen": Level.DISTRICT,
    "cap xa": Level.COMMUNE,
    "co quan khac": Level.OTHER,
}
_KINDS = {
    "tthc duoc giao luat quy dinh chi tiet": LegalKind.DETAILED,
    "tthc duoc luat giao quy dinh chi tiet": LegalKind.DETAILED,
    "tthc khong duoc luat giao cho dia phuong quy dinh": LegalKind.NOT_DELEGATED,
}
# Headings that tell what to do with papers; None for remarks, which have no papers of their own.
_USES = {"giay to phai nop": PaperUse.SUBMIT, "giay to phai xuat trinh": PaperUse.SHOW, "truong hop chung": PaperUse.SUBMIT, "luu y": None}
_LONGEST_NAME = 400


@dataclass(frozen=True)
class FeeCell:
    """One payment of a row: the amount as printed and the words in brackets behind it."""

    raw: str
    note: str


@dataclass(frozen=True)
class ChannelRow:
    """One row of the table of channels. ``is_glued``: term and payment ran together and cannot be told apart."""

    channel: Channel
    term: str
    fees: tuple[FeeCell, ...]
    description: str
    is_glued: bool = False


def channel_rows(text: str) -> tuple[ChannelRow, ...]:
    """Return the rows of ``cach_thuc_thuc_hien``.

    A row begins with a channel's name at once followed by a term. «Trực tuyến120 VNĐ» is glued: it may be term 1 and
    payment 20, or payment 120.
    """
    body = clean(text).replace(_CHANNEL_HEADER, "", 1)
    starts = list(_ROW.finditer(body))
    rows = []
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(body)
        rows.append(_row(start, body[start.end() : end]))
    return tuple(rows)


def _row(start: re.Match[str], rest: str) -> ChannelRow:
    channel = _CHANNELS[start["channel"]]
    note, rest = _bracketed(rest)
    if start["glued"]:
        return ChannelRow(channel, start["glued"], (FeeCell(start["glued"], note),), rest.strip(), is_glued=True)
    fees = [FeeCell(start["fee"] or "", note)]
    while more := _NEXT_FEE.match(rest):
        note, rest = _bracketed(rest[more.end() :])
        fees.append(FeeCell(more[0], note))
    return ChannelRow(channel, start["time"], tuple(fees), rest.strip())


def _bracketed(text: str) -> tuple[str, str]:
    """Split off a leading bracket, nested ones inside; one that never closes swallows the rest."""
    if not text.startswith("("):
        return "", text
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return text[1:place].strip(), text[place + 1 :].removeprefix(")")
    return text[1:].strip(), ""


def case_types(text: str) -> tuple[CaseTypeDraft, ...]:
    """Return the case types of ``thanh_phan_ho_so`` with their papers; one general case when the text has no such table.

    Each paper ends with its count; entries counted 0 and 0 are remarks and become the note of their case. Sections called
    «phải nộp» and «phải xuất trình» are two uses of one file, not two cases.
    """
    sections = clean(text).split(_PAPER_HEADER)
    name, found = _DASH.sub("", sections[0]).strip(), []
    for section in sections[1:]:
        entries, place = [], 0
        for count in _COUNT.finditer(section):
            entries.append(_paper(section[place : count.start()], count, section))
            place = count.end()
        found.append(_case(name, entries))
        name = _DASH.sub("", section[place:]).strip()
    if found and all(fold(case.name) in _USES for case in found):
        return (_merged(found),)
    kept = [case for case in found if case.papers]
    return _told_apart(kept) or (CaseTypeDraft(note="\n".join(case.note for case in found if case.note)),)


def _case(name: str, entries: list[PaperDraft]) -> CaseTypeDraft:
    remarks = [entry.name for entry in entries if not entry.originals and not entry.copies]
    papers = tuple(entry for entry in entries if entry.originals or entry.copies)
    return CaseTypeDraft(name=_case_name(name), papers=papers, note="\n".join(remarks))


def _merged(cases: list[CaseTypeDraft]) -> CaseTypeDraft:
    papers = [replace(paper, use=_USES[fold(case.name)] or paper.use) for case in cases for paper in case.papers]
    return CaseTypeDraft(papers=tuple(papers), note="\n".join(case.note for case in cases if case.note))


def _paper(text: str, count: re.Match[str], section: str) -> PaperDraft:
    form = _FORM_FILE.search(text)
    name = _DASH.sub("", text[: form.start()] if form else text).strip() or "(không ghi tên)"
    doubtful = count.start() > 0 and section[count.start() - 1].isdigit()
    return PaperDraft(
        name=name,
        originals=int(count["originals"] or 0),
        copies=int(count["copies"] or count["only"] or 0),
        is_required="(nếu có)" not in name.lower(),
        form=form[0][:300] if form else "",
        note="Số lượng đọc từ chữ số dính liền, cần kiểm tra." if doubtful else "",
    )


def _case_name(text: str) -> str:
    return text.rstrip(" :;,-") or CaseTypeDraft().name


def _told_apart(cases: list[CaseTypeDraft]) -> tuple[CaseTypeDraft, ...]:
    """Give cases that share a name a number."""
    seen: dict[str, int] = {}
    out = []
    for case in cases:
        seen[case.name] = seen.get(case.name, 0) + 1
        again = seen[case.name]
        out.append(case if again == 1 else CaseTypeDraft(name=f"{case.name} ({again})", papers=case.papers, note=case.note))
    return tuple(out)


def results(text: str) -> tuple[ResultDraft, ...]:
    """Return results with their national codes; a text without codes is one result when it is short, else none."""
    body = clean(text).split(_RESULT_END)[0]
    found = tuple(ResultDraft(name=_DASH.sub("", part["name"]).strip(), code=part["code"]) for part in _RESULT.finditer(body))
    if found:
        return found
    alone = _DASH.sub("", body.split("Mã:")[0]).strip()
    return (ResultDraft(name=alone),) if alone and fold(alone) not in _SILENT and len(alone) <= _LONGEST_NAME else ()


def legal_bases(text: str) -> tuple[BasisDraft, ...]:
    """Return the numbers of the legal documents named, each once, in order. Titles do not separate surely and are left out."""
    return tuple(BasisDraft(number=number) for number in dict.fromkeys(_NUMBER.findall(clean(text))))


def steps(text: str) -> tuple[StepDraft, ...]:
    """Return the steps when the text counts them «Bước 1, 2, 3 …» without a gap; otherwise none.

    Who does a step and how long it takes stand in prose there and are left to the internal process of the office.
    """
    starts = list(_STEP.finditer(text))
    if not starts or [int(start["number"]) for start in starts] != list(range(1, len(starts) + 1)):
        return ()
    out = []
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        words = _DASH.sub("", clean(text[start.end() : end]))
        first = re.split(r"(?<=[.;:])\s", words, maxsplit=1)[0].rstrip(".;:")[:_LONGEST_NAME] or f"Bước {start['number']}"
        out.append(StepDraft(name=first, note=words if words.rstrip(".;:") != first else ""))
    return tuple(out)


def subjects(text: str) -> tuple[SubjectKind, ...]:
    """Return the kinds of applicant named; names contain commas, so the longest are looked for first."""
    rest, found = clean(text), []
    for name, kind in _SUBJECTS.items():
        if name in rest:
            found.append((text.find(name), kind))
            rest = rest.replace(name, "")
    return tuple(kind for _, kind in sorted(found))


def levels(text: str) -> tuple[Level, ...]:
    """Return the levels named, in their order; an unknown word raises ``ValueError`` (Vietnamese)."""
    found = []
    for part in clean(text).split(","):
        if fold(part) not in _LEVELS:
            raise ValueError(f"Cấp thực hiện «{part.strip()}» không có trong danh mục.")
        found.append(_LEVELS[fold(part)])
    return tuple(dict.fromkeys(found))


def legal_kind(text: str) -> LegalKind:
    """Return the kind; what the list does not know is OTHER, which is also a published kind."""
    return _KINDS.get(fold(text), LegalKind.OTHER)


def stated(text: str) -> str:
    """Return the cleaned text, or nothing where the portal printed that it has no information."""
    head = clean(text).split("Từ khóa")[0].strip()
    return "" if fold(head) in _SILENT else head
