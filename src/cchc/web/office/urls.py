"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home
from cchc.web.office.units import agency_code, closing, creation, directory, merger, parent, split, title, tree, unit

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
    path("units/", tree.show, name="units"),
    path("units/directory/", directory.show, name="directory"),
    path("units/<int:unit_id>/", unit.show, name="unit"),
    path("units/<int:unit_id>/creation/", creation.act, name="unit-creation"),
    path("units/<int:unit_id>/title/", title.act, name="unit-title"),
    path("units/<int:unit_id>/parent/", parent.act, name="unit-parent"),
    path("units/<int:unit_id>/agency-code/", agency_code.act, name="unit-agency-code"),
    path("units/<int:unit_id>/merger/", merger.act, name="unit-merger"),
    path("units/<int:unit_id>/split/", split.act, name="unit-split"),
    path("units/<int:unit_id>/closing/", closing.act, name="unit-closing"),
]
