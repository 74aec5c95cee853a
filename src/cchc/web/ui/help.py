"""Help for every screen: a text for each, found by the name of its address, and a table of contents that can be searched.

A text is ``templates/help/<name>.html``, named like the address (``desk.intake`` for ``desk:intake``). A screen without a text of
its own inherits: ``office:procedure_edition`` → ``office.procedure_edition``, ``office.procedure``, ``office``.
"""

from dataclasses import dataclass
from functools import cache
from html import unescape
from re import sub

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.kernel.text import fold
from cchc.web.ui.access import public
from cchc.web.ui.forms import query_text


@dataclass(frozen=True)
class Topic:
    """A text of help: its name, its title, one line of what it is about. The texts are written in Vietnamese only."""

    name: str
    title: str
    about: str

    @property
    def site(self) -> str:
        """Return the site it belongs to: desk, office, portal or rest."""
        return self.name.partition(".")[0]

    @property
    def template(self) -> str:
        """Return the template that holds the text."""
        return f"help/{self.name}.html"

    @property
    def url(self) -> str:
        """Return where it is read."""
        return reverse("help", args=[self.name])


SITES = {"desk": "Một cửa", "office": "Quản trị", "portal": "Cổng cho người dân", "board": "Số liệu", "rest": "Dữ liệu mở và API"}

# In the order of the table of contents.
TOPICS: tuple[Topic, ...] = (
    Topic("desk", "Làm việc ở Một cửa", "Đường đi của một hồ sơ, ai làm gì, phím dùng chung."),
    Topic("desk.inbox", "Việc của tôi", "Hồ sơ đang chờ mình, gấp nhất lên đầu."),
    Topic("desk.intake", "Tiếp nhận hồ sơ", "Nhận hồ sơ, in giấy hẹn; yêu cầu bổ sung; từ chối; làm ngay."),
    Topic("desk.case", "Trang hồ sơ", "Lời hẹn, sổ hành trình, giấy tờ và việc làm được bây giờ."),
    Topic("desk.why", "Vì sao hẹn ngày này", "Đếm từng ngày từ lúc tiếp nhận đến ngày hẹn."),
    Topic("desk.acceptance", "Nhận phần bổ sung", "Người nộp mang giấy tờ còn thiếu đến: bắt đầu tính giờ."),
    Topic("desk.forwarding", "Chuyển xử lý", "Chuyển hồ sơ từ quầy đến đơn vị giải quyết."),
    Topic("desk.assignment", "Phân công", "Giao hồ sơ cho người xử lý."),
    Topic("desk.submission", "Trình ký", "Gửi dự thảo kết quả đến người có thẩm quyền."),
    Topic("desk.approval", "Ký duyệt", "Ký kết quả, ghi số văn bản."),
    Topic("desk.handover", "Trả kết quả cho người dân", "Đối chiếu người nhận, ghi sổ trả."),
    Topic("desk.results", "Danh sách chờ trả kết quả", "Kết quả đã về quầy, ai đến hẹn hôm nay."),
    Topic("desk.batch", "Làm nhiều hồ sơ một lần", "Chọn nhiều hồ sơ rồi chuyển, phân công, giao lại, trả lại, trả kết quả."),
    Topic("desk.slips", "Phiếu bàn giao", "Giao hồ sơ cho đơn vị khác theo lô; quét mã QR và ký nhận."),
    Topic("desk.day", "Bàn giao cuối ngày", "Một ngày ở quầy: đã nhận, đã trả, còn lại, tiền thu."),
    Topic("desk.register", "Sổ theo dõi hồ sơ", "Sổ của một kỳ: xem, in, tải về."),
    Topic("desk.search", "Tra cứu hồ sơ", "Tìm bằng mã, họ tên, số định danh; mở số liệu."),
    Topic("desk.imported", "Hồ sơ sổ cũ", "Hồ sơ chuyển từ phần mềm trước, chỉ để xem."),
    Topic("desk.guide", "Phiếu hướng dẫn hồ sơ", "In cho người dân danh sách giấy tờ phải chuẩn bị."),
    Topic("desk.paper", "Giấy đã in", "Mở lại, in lại đúng bản đã cấp."),
    Topic("desk.step", "Xong bước, chuyển bước tiếp", "Theo quy trình nội bộ; bước mới có thời gian riêng."),
    Topic("desk.sending_back", "Trả lại bước trước", "Cần làm lại: về người đã làm, với lý do."),
    Topic("desk.reassignment", "Giao lại người khác", "Cùng bước, khác người; thời hạn vẫn chạy."),
    Topic("desk.recall", "Rút lại việc vừa làm", "Trong ít phút, khi bên nhận chưa làm gì."),
    Topic("desk.consultation", "Lấy ý kiến", "Hỏi đơn vị khác, có hạn; đồng hồ vẫn chạy."),
    Topic("desk.consultations", "Được lấy ý kiến", "Trả lời câu hỏi của đơn vị khác."),
    Topic("desk.supplement", "Yêu cầu bổ sung sau thẩm tra", "Một lần, nêu đủ; đồng hồ ngừng."),
    Topic("desk.resumption", "Nhận đủ giấy tờ bổ sung", "Đồng hồ chạy lại, in phiếu hẹn lại."),
    Topic("desk.unsupplemented", "Từ chối vì không bổ sung", "Kết thúc bằng văn bản, có lý do."),
    Topic("desk.payment", "Yêu cầu nghĩa vụ tài chính", "Chờ người nộp nộp tiền; đồng hồ ngừng."),
    Topic("desk.payment_confirmation", "Đã hoàn thành nghĩa vụ tài chính", "Nhận chứng từ, đồng hồ chạy lại."),
    Topic("desk.extension", "Xin lỗi và gia hạn", "Hẹn lại trước khi lỡ hẹn, một lần."),
    Topic("desk.apology", "Xin lỗi, giữ nguyên ngày hẹn", "Vì quá hạn, sai sót, mất giấy tờ, thái độ."),
    Topic("desk.refusal", "Từ chối giải quyết", "Sau thẩm tra, người có thẩm quyền ký."),
    Topic("desk.refusal_handover", "Trả hồ sơ và văn bản từ chối", "Trả lại giấy tờ đã nộp."),
    Topic("desk.announcement", "Báo có kết quả trước hẹn", "Mời người nộp đến nhận sớm."),
    Topic("desk.withdrawal", "Rút hồ sơ", "Theo yêu cầu của người nộp, khi chưa có quyết định."),
    Topic("desk.stop", "Dừng giải quyết", "Vì lý do pháp luật, khi chưa có quyết định."),
    Topic("desk.correction", "Sửa sai sót tiếp nhận", "Sửa thông tin, cấp lại giấy hẹn."),
    Topic("desk.result_correction", "Sửa, thay kết quả", "Kết quả sai: cơ quan chịu chi phí."),
    Topic("desk.loss", "Mất, hỏng giấy tờ", "Ghi nhận, khắc phục, xin lỗi."),
    Topic("desk.note", "Ghi chú nội bộ", "Điều đồng nghiệp cần biết; không ai xóa được."),
    Topic("desk.files", "Bản chụp", "Giấy tờ, chứng cứ, kết quả giữ cùng hồ sơ."),
    Topic("desk.control_slip", "Phiếu kiểm soát", "Ai giữ hồ sơ, từ lúc nào đến lúc nào."),
    Topic("desk.batch", "Làm nhiều hồ sơ một lần", "Phân công, chuyển, trả lại, giao lại, trả kết quả."),
    Topic("desk.slips", "Phiếu bàn giao", "Giao và ký nhận hồ sơ bằng mã QR."),
    Topic("desk.day", "Bàn giao cuối ngày", "Việc và tiền của quầy trong ngày."),
    Topic("desk.register", "Sổ theo dõi hồ sơ", "Xem, in, tải sổ của một kỳ."),
    Topic("desk.filters", "Bộ lọc đã lưu", "Danh sách hay mở, gọi lại bằng một phím."),
    Topic("desk.notices", "Tin nhắc", "Khi nào được nhắc, ai được nhắc."),
    Topic("desk.my_figures", "Số liệu của tôi", "Việc của chính mình bằng số; ai đã xem, vì sao."),
    Topic("desk.officer_figures", "Xem số liệu của cán bộ", "Chỉ người đứng đầu trực tiếp, có mục đích, có ghi sổ."),
    Topic("office", "Trang Quản trị", "Các phòng quản trị và quyền vào từng phòng."),
    Topic("office.procedures", "Danh mục thủ tục", "Tìm thủ tục, biết thủ tục nào còn thiếu gì."),
    Topic("office.procedure", "Trang thủ tục", "Một phiên bản đầy đủ, các phiên bản và nhật ký."),
    Topic("office.procedure_edition", "Soạn và công bố phiên bản", "Sửa thời hạn, phí, giấy tờ, quy trình rồi công bố một lần."),
    Topic("office.procedure_repeal", "Bãi bỏ thủ tục", "Kết thúc hiệu lực theo quyết định."),
    Topic("office.procedure_drafts", "Bản nháp thủ tục", "Việc soạn dở, làm tiếp hoặc bỏ."),
    Topic("office.procedure_import", "Nhập danh mục từ tệp", "Tệp của Cổng Dịch vụ công quốc gia."),
    Topic("office.phrases", "Câu mẫu", "Câu dùng chung và câu riêng của từng thủ tục."),
    Topic("office.featured", "Việc nêu đầu cổng", "Thủ tục nêu trước ở trang chủ của cổng."),
    Topic("office.calendar", "Lịch làm việc", "Ngày nghỉ, ngày làm bù và tác động đến lời hẹn."),
    Topic("office.calendar_runs", "Tính lại lời hẹn", "Sau khi đổi lịch: hẹn nào dời, ai phải gọi điện."),
    Topic("office.rules", "Quy định về bổ sung, gia hạn, nhắc việc", "Các mức, căn cứ, đặt mức của cơ quan."),
    Topic("office.schedules", "Giờ làm việc", "Khung giờ làm việc và giờ trả kết quả của đơn vị."),
    Topic("office.units", "Đơn vị", "Lập, đổi tên, nhập, chia, kết thúc đơn vị."),
    Topic("office.people", "Người dùng và vị trí công tác", "Thêm người, giao vị trí, đặt lại mật khẩu."),
    Topic("office.roles", "Vai trò và quyền", "Mỗi vai trò được làm gì."),
    Topic("office.absence", "Vắng mặt, ủy quyền", "Người thay khi vắng; hồ sơ không dừng."),
    Topic("office.messages", "Tin đã gửi", "Tin báo cho người dân và cán bộ, gửi được hay chưa."),
    Topic("office.jobs", "Việc nền", "Việc máy làm sau: xem, chạy lại."),
    Topic("office.keys", "Khóa API", "Cấp khóa cho chương trình đọc dữ liệu, xem khóa nào còn dùng, thu hồi."),
    Topic("office.seals", "Niêm phong", "Niêm phong hằng ngày của nhật ký và cách kiểm tra."),
    Topic("office.papers", "Mẫu giấy", "Sửa mẫu, xem trước, in lại bản đã cấp."),
    Topic("portal.procedures", "Tìm thủ tục trên cổng", "Người dân tìm thủ tục, xem giấy tờ, thời hạn, mức thu."),
    Topic("portal.tracking", "Theo dõi hồ sơ", "Xem hồ sơ bằng mã hoặc mã QR trên giấy hẹn."),
    Topic("portal.seals", "Niêm phong sổ, tự kiểm chứng lời hẹn", "Niêm phong công bố hằng ngày và cách kiểm tra không cần tin ai."),
    Topic("board", "Số liệu công khai", "Đọc số, mở cách tính, bấm xuống từng phần; vì sao có số không hiện."),
    Topic("board.leaders", "Trang điều hành", "Một màn hình mỗi sáng: quá hạn ở đâu, ai giữ."),
    Topic("board.bottlenecks", "Điểm nghẽn quy trình", "Hồ sơ chờ ở bước nào, so với hạn của bước; bị trả lại; đường đi thật."),
    Topic("board.index766", "Bộ chỉ số 766", "Điểm tính lúc nào, mất điểm ở đâu, vì sao lệch với Cổng."),
    Topic("board.import", "Nhập số liệu của hệ thống khác", "Tệp mẫu, kiểm tra từng dòng, nguồn số liệu."),
    Topic("board.contests", "Kiến nghị về số liệu", "Số của đơn vị mình chưa đúng: kiến nghị, trả lời, ở lại cùng số."),
    Topic("board.reports", "Lập và gửi báo cáo", "Chốt, giải trình, ký, gửi; tiếp nhận, trả lại, tổng hợp."),
    Topic("rest", "Số liệu mở, API", "Tải số liệu, đọc bằng chương trình, khóa API, nhật ký XES."),
)
BY_NAME = {topic.name: topic for topic in TOPICS}

# Screens whose text has another name than their address.
INHERITED = {
    "board.bottleneck_files": "board.bottlenecks",
    "desk.procedures": "desk.guide",
    "desk.identity": "desk.case",
    "desk.consultation_answer": "desk.consultations",
    "desk.units": "desk.consultation",
    "desk.notes": "desk.note",
    "desk.file": "desk.files",
    "desk.filter": "desk.filters",
    "desk.slip": "desk.slips",
    "office.calendar_run": "office.calendar_runs",
    "office.rule": "office.rules",
    "desk.list_paper": "desk.search",
    "desk.list_csv": "desk.search",
    "office.procedure_new": "office.procedure_edition",
    "office.procedure_version": "office.procedure",
    "office.procedure_phrases": "office.phrases",
    "office.procedure_discarding": "office.procedure_drafts",
    "office.phrase": "office.phrases",
    "office.schedule": "office.schedules",
    "office.unit": "office.units",
    "office.lineage": "office.units",
    "office.person": "office.people",
    "office.post": "office.people",
    "office.posts": "office.people",
    "office.role": "office.roles",
    "office.delegation": "office.absence",
    "office.delegations": "office.absence",
    "office.absences": "office.absence",
    "office.message": "office.messages",
    "office.job": "office.jobs",
    "office.seal": "office.seals",
    "office.key": "office.keys",
    "office.paper": "office.papers",
    "office.template": "office.papers",
    "office.templates": "office.papers",
    "desk.officer_look": "desk.officer_figures",
    "board.contest": "board.contests",
    "board.contest_answer": "board.contests",
    "board.report": "board.reports",
    "board.report_file": "board.reports",
    "portal.home": "portal.procedures",
    "portal.procedure": "portal.procedures",
    "portal.suggestions": "portal.procedures",
    "portal.case": "portal.tracking",
    "portal.paper": "portal.tracking",
    "portal.proof": "portal.seals",
    "portal.script": "portal.seals",
    "portal.seals_json": "portal.seals",
}


def topic_for(view_name: str) -> Topic | None:
    """Return the text for a screen: its own, or what it inherits; None for an address outside the sites."""
    name = view_name.replace(":", ".")
    while name:
        found = BY_NAME.get(name) or BY_NAME.get(INHERITED.get(name, ""))
        if found:
            return found
        site, dot, rest = name.partition(".")
        name = f"{site}.{rest.rpartition('_')[0]}" if "_" in rest else site if dot else ""
    return None


@require_safe
@public("Trợ giúp")
def contents(request: HttpRequest) -> HttpResponse:
    """Show the table of contents; words narrow it to the texts that hold them, missing accents forgiven."""
    words = fold(query_text(request)).split()
    found = [topic for topic in TOPICS if all(f" {word}" in _words_of(topic.name) for word in words)]
    shelves = [(title, [topic for topic in found if topic.site == site]) for site, title in SITES.items()]
    context = {"shelves": [shelf for shelf in shelves if shelf[1]], "q": query_text(request), "page_keys": []}
    return render(request, "help/contents_page.html", context)


@require_safe
@public("Trợ giúp")
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one text; the page's script takes only the part with the id ``help`` to show it over the screen."""
    topic = BY_NAME.get(name)
    if topic is None:
        raise Http404(_("Không có trang trợ giúp này."))
    near = [other for other in TOPICS if other.site == topic.site and other != topic]
    return render(request, "help/topic_page.html", {"topic": topic, "near": near, "site": SITES[topic.site], "page_keys": []})


@cache
def _words_of(name: str) -> str:
    """Return the folded words of a text, each after a space. The texts do not change while the process runs."""
    topic = BY_NAME[name]
    return " " + fold(f"{topic.title} {topic.about} {unescape(sub(r'<[^>]*>', ' ', render_to_string(topic.template)))}")
