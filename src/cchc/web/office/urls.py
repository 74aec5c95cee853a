"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home, jobs, messages

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
    path("messages/", messages.index, name="messages"),
    path("messages/<uuid:message_id>/", messages.show, name="message"),
    path("messages/<uuid:message_id>/sending/", messages.sending, name="message_sending"),
    path("messages/<uuid:message_id>/telling/", messages.telling, name="message_telling"),
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:job_id>/retry/", jobs.retry, name="job_retry"),
]
