"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home, papers

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
    path("papers/", papers.index, name="papers"),
    path("papers/<slug:form>/", papers.show, name="paper_form"),
    path("papers/<slug:form>/sample.pdf", papers.sample, name="paper_sample"),
    path("papers/<slug:form>/sample.png", papers.picture, name="paper_picture"),
    path("papers/<slug:form>/revision/", papers.revise, name="paper_revision"),
]
