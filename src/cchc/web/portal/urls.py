"""Addresses of the portal. Words in an address are Vietnamese: citizens read them on paper."""

from django.urls import path

from cchc.web.portal import home, procedures, seals, tracking

app_name = "portal"

urlpatterns = [
    path("", home.show, name="home"),
    path("thu-tuc/", procedures.index, name="procedures"),
    path("thu-tuc/goi-y/", procedures.suggest, name="suggestions"),
    path("thu-tuc/<str:code>/", procedures.show, name="procedure"),
    path("ho-so/", tracking.by_code, name="tracking"),
    path("ho-so/<str:code>/<str:secret>/", tracking.by_secret, name="case"),
    path("ho-so/<str:code>/<str:secret>/chung-thuc.json", tracking.proof, name="proof"),
    path("niem-phong/", seals.index, name="seals"),
    path("niem-phong.json", seals.published, name="seals_json"),
    path("kiem-chung.py", seals.script, name="script"),
    path("ho-so/<str:code>/<str:secret>/giay/<uuid:paper_id>/", tracking.paper, name="paper"),
]
