"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home
from cchc.web.office.procedures import catalogue, drafts, edition, featured, imports, phrases, procedure

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
    path("procedures/", catalogue.show, name="procedures"),
    path("procedures/new/", edition.new, name="procedure_new"),
    path("procedures/drafts/", drafts.show, name="procedure_drafts"),
    path("procedures/import/", imports.show, name="procedure_import"),
    path("procedures/<str:code>/", procedure.show, name="procedure"),
    path("procedures/<str:code>/versions/<int:number>/", procedure.show, name="procedure_version"),
    path("procedures/<str:code>/edition/", edition.show, name="procedure_edition"),
    path("procedures/<str:code>/discarding/", drafts.discard, name="procedure_discarding"),
    path("procedures/<str:code>/repeal/", procedure.repeal, name="procedure_repeal"),
    path("procedures/<str:code>/phrases/", phrases.of_procedure, name="procedure_phrases"),
    path("phrases/", phrases.general, name="phrases"),
    path("phrases/<int:phrase_id>/", phrases.edit, name="phrase"),
    path("phrases/<int:phrase_id>/withdrawal/", phrases.withdraw, name="phrase_withdrawal"),
    path("featured/", featured.show, name="featured"),
]
