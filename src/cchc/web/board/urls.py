"""Addresses of the board. Words in an address are Vietnamese: they are quoted in reports and newspapers."""

from django.urls import path

from cchc.web.board import bottlenecks, comparison, contests, figure, importing, index, leaders, public, report, wall
from cchc.web.board.reporting import acts, consolidation, explanations, inbox, kept, lock, owed

app_name = "board"

urlpatterns = [
    path("", public.home, name="home"),
    path("don-vi/<str:code>/", public.unit, name="unit"),
    path("so/<str:key>/", figure.show, name="figure"),
    path("so/<str:key>/kien-nghi/", contests.create, name="contest"),
    path("kien-nghi/", contests.listing, name="contests"),
    path("kien-nghi/<slug:code>/", contests.answer, name="contest_answer"),
    path("kien-nghi/<slug:code>/rut/", contests.withdraw, name="contest_withdrawal"),
    path("nhung/<str:key>/", wall.embedded, name="embedded"),
    path("man-hinh/", wall.show, name="wall"),
    path("dieu-hanh/", leaders.show, name="leaders"),
    path("chi-so-766/", index.show, name="index766"),
    path("diem-nghen/", bottlenecks.show, name="bottlenecks"),
    path("diem-nghen/ho-so/", bottlenecks.files, name="bottleneck_files"),
    path("chi-so-766/doi-chieu/", comparison.show, name="index766_comparison"),
    path("nhap/", importing.show, name="import"),
    path("nhap/xac-nhan/", importing.confirm, name="import_confirming"),
    path("nhap/mau/", importing.template, name="import_template"),
    path("bao-cao/", report.show, name="report"),
    path("bao-cao/tep/", report.file, name="report_file"),
    path("bao-cao/phai-lap/", owed.show, name="reports"),
    path("bao-cao/chot/", lock.act, name="reports_lock"),
    path("bao-cao/nhan/", inbox.show, name="reports_inbox"),
    path("bao-cao/nhan/nhac/", inbox.remind, name="reports_reminder"),
    path("bao-cao/tong-hop/", consolidation.show, name="reports_consolidation"),
    path("bao-cao/ban/<str:code>/", kept.show, name="reports_kept"),
    path("bao-cao/ban/<str:code>/tep/", kept.file, name="reports_file"),
    path("bao-cao/ban/<str:code>/giai-trinh/", explanations.act, name="reports_explanations"),
    path("bao-cao/ban/<str:code>/ky/", acts.sign, name="reports_signature"),
    path("bao-cao/ban/<str:code>/mo-khoa/", acts.unlock, name="reports_unlocking"),
    path("bao-cao/ban/<str:code>/gui/", acts.send, name="reports_sending"),
    path("bao-cao/ban/<str:code>/tiep-nhan/", acts.receive, name="reports_receipt"),
    path("bao-cao/ban/<str:code>/tra-lai/", acts.give_back, name="reports_return"),
]
