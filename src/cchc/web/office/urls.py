"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
]
