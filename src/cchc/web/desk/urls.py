"""Addresses of the desk. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.desk import (
    acceptance,
    approval,
    assignment,
    case,
    forwarding,
    guide,
    handover,
    identity,
    imported,
    inbox,
    intake,
    notices,
    papers,
    results,
    search,
    submission,
    why,
)

app_name = "desk"

urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("intake/", intake.counter, name="intake"),
    path("intake/procedures/", intake.suggest, name="intake_procedures"),
    path("intake/immediate/", intake.immediate, name="intake_immediate"),
    path("intake/supplement/", intake.supplement, name="intake_supplement"),
    path("intake/refusal/", intake.refusal, name="intake_refusal"),
    path("procedures/<str:code>/guide/", guide.show, name="guide"),
    path("cases/", search.show, name="search"),
    path("cases/<str:code>/", case.show, name="case"),
    path("cases/<str:code>/why/", why.show, name="why"),
    path("cases/<str:code>/identity/", identity.reveal, name="identity"),
    path("cases/<str:code>/acceptance/", acceptance.act, name="acceptance"),
    path("cases/<str:code>/forwarding/", forwarding.act, name="forwarding"),
    path("cases/<str:code>/assignment/", assignment.act, name="assignment"),
    path("cases/<str:code>/submission/", submission.act, name="submission"),
    path("cases/<str:code>/approval/", approval.act, name="approval"),
    path("cases/<str:code>/handover/", handover.act, name="handover"),
    path("registers/<str:register>/<path:code>/", imported.show, name="imported"),
    path("notices/", notices.show, name="notices"),
    path("notices/reading/", notices.reading, name="notices_reading"),
    path("results/", results.show, name="results"),
    path("papers/<uuid:paper_id>/", papers.show, name="paper"),
]
