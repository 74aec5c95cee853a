"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home, seals

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
    path("seals/", seals.show, name="seals"),
    path("seals/check/", seals.check, name="seal_check"),
]
