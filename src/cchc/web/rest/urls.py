"""Addresses of open data and of the API. Those of open data are Vietnamese and stay: people print and link them."""

from django.urls import include, path

from cchc.web.rest import cases, docs, doors, figures, opendata, procedures, units

# These are imported for the doors that they declare.
DOORS = (cases, figures, procedures, units)
app_name = "rest"

urlpatterns = [
    path("so-lieu-mo/", opendata.index, name="datasets"),
    path("so-lieu-mo/catalog.jsonld", opendata.catalogue, name="catalogue"),
    path("so-lieu-mo/<str:key>/datapackage.json", opendata.package, name="package"),
    path("so-lieu-mo/<str:key>.csv", opendata.as_csv, name="csv"),
    path("so-lieu-mo/<str:key>.json", opendata.as_json, name="json"),
    path("nhat-ky-ho-so.xes", cases.case_log, name="case_log"),
    path("api/openapi.json", docs.openapi, name="openapi"),
    # The name by which ninja finds where its addresses begin.
    path("api/", docs.show, name="api-root"),
    path("api/", include(doors.patterns())),
    path("api/<path:rest>", doors.unknown, name="unknown"),
]
