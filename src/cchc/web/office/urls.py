"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import absence, home, jobs, keys, messages, papers, seals
from cchc.web.office.calendar import days, explanation, runs, settings, status, swaps, year
from cchc.web.office.people import accounts, importing, listing, person, positions
from cchc.web.office.procedures import catalogue, drafts, edition, featured, imports, phrases, procedure
from cchc.web.office.roles import listing as roles
from cchc.web.office.roles import role
from cchc.web.office.rules import listing as rules
from cchc.web.office.rules import setting as rule_setting
from cchc.web.office.schedules import assignment, definition, index
from cchc.web.office.units import agency_code, closing, creation, directory, merger, parent, split, title, tree, unit

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
    path("calendar/runs/", runs.index, name="calendar_runs"),
    path("calendar/runs/<int:run_id>/", runs.show, name="calendar_run"),
    path("calendar/runs/<int:run_id>/moved.csv", runs.export, name="calendar_run_csv"),
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
    path("keys/", keys.index, name="keys"),
    path("keys/new/", keys.create, name="key_new"),
    path("keys/<slug:prefix>/revocation/", keys.revoke, name="key_revocation"),
    path("absence/", absence.show, name="absence"),
    path("absence/<int:number>/ending/", absence.end, name="absence_ending"),
    path("people/", listing.show, name="people"),
    path("people/new/", accounts.create, name="person_new"),
    path("people/import/", importing.show, name="people_import"),
    path("people/import/template/", importing.template, name="people_import_template"),
    path("people/import/confirming/", importing.confirm, name="people_import_confirming"),
    path("people/import/passwords/", importing.passwords, name="people_import_passwords"),
    path("people/<uuid:person_id>/", person.show, name="person"),
    path("people/<uuid:person_id>/details/", person.edit, name="person_details"),
    path("people/<uuid:person_id>/password/", accounts.reset, name="person_password"),
    path("people/<uuid:person_id>/closing/", accounts.close, name="person_closing"),
    path("people/<uuid:person_id>/opening/", accounts.reopen, name="person_opening"),
    path("people/<uuid:person_id>/posts/", positions.appoint, name="person_posts"),
    path("people/<uuid:person_id>/posts/<int:number>/ending/", positions.end, name="post_ending"),
    path("people/<uuid:person_id>/posts/<int:number>/absence/", positions.delegate, name="post_absence"),
    path("roles/", roles.show, name="roles"),
    path("roles/new/", role.create, name="role_new"),
    path("roles/<slug:code>/", role.edit, name="role"),
    path("roles/<slug:code>/restoring/", role.restore, name="role_restoring"),
    path("papers/", papers.index, name="papers"),
    path("papers/<slug:form>/", papers.show, name="paper_form"),
    path("papers/<slug:form>/sample.pdf", papers.sample, name="paper_sample"),
    path("papers/<slug:form>/sample.png", papers.picture, name="paper_picture"),
    path("papers/<slug:form>/revision/", papers.revise, name="paper_revision"),
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
    path("rules/", rules.show, name="rules"),
    path("rules/procedures/", rule_setting.suggest, name="rule_procedures"),
    path("rules/<slug:key>/", rule_setting.edit, name="rule"),
    path("rules/<slug:key>/reference/", rule_setting.restore, name="rule_reference"),
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
    path("seals/", seals.show, name="seals"),
    path("seals/check/", seals.check, name="seal_check"),
]
