"""Addresses of the office. GET shows, POST creates; undoing would be another noun."""

from django.urls import path

from cchc.web.office import absence, home
from cchc.web.office.people import accounts, importing, listing, person, positions
from cchc.web.office.roles import listing as roles
from cchc.web.office.roles import role

app_name = "office"

urlpatterns = [
    path("", home.show, name="home"),
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
]
