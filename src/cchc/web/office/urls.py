"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import home
from cchc.web.office.calendar import days, explanation, settings, status, swaps, year
from cchc.web.office.schedules import assignment, definition, index
from cchc.web.office import home, jobs, messages

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
    path("calendar/", year.show, name="calendar"),
    path("calendar/days/new/", days.create, name="calendar_day_new"),
    path("calendar/days/<str:day>/", days.edit, name="calendar_day"),
    path("calendar/days/<str:day>/withdrawal/", days.withdraw, name="calendar_withdrawal"),
    path("calendar/swaps/new/", swaps.create, name="calendar_swap_new"),
    path("calendar/years/<int:year>/", status.edit, name="calendar_year"),
    path("calendar/settings/", settings.edit, name="calendar_settings"),
    path("calendar/explanation/", explanation.show, name="calendar_explanation"),
    path("schedules/", index.show, name="schedules"),
    path("schedules/new/", definition.create, name="schedule_new"),
    path("schedules/units/", assignment.suggest, name="schedule_units"),
    path("schedules/<slug:code>/assignment/", assignment.create, name="schedule_assignment"),
    path("messages/", messages.index, name="messages"),
    path("messages/<uuid:message_id>/", messages.show, name="message"),
    path("messages/<uuid:message_id>/sending/", messages.sending, name="message_sending"),
    path("messages/<uuid:message_id>/telling/", messages.telling, name="message_telling"),
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:job_id>/retry/", jobs.retry, name="job_retry"),
]
