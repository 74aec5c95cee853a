"""The addresses of the installation: portal, desk, signing in. Every view declares its right or says that it is public."""

from allauth.account import views as account
from django.urls import include, path
from django.views.i18n import set_language

from cchc.web.ui import help as screen_help
from cchc.web.ui import posts, start
from cchc.web.ui.access import public, signed_in

urlpatterns = [
    path("", include("cchc.web.portal.urls")),
    path("so-lieu/", include("cchc.web.board.urls")),
    path("desk/", include("cchc.web.desk.urls")),
    path("office/", include("cchc.web.office.urls")),
    path("", include("cchc.web.rest.urls")),
    path("tro-giup/", screen_help.contents, name="help_contents"),
    path("tro-giup/<str:name>/", screen_help.show, name="help"),
    path("lam-viec/", start.show, name="start"),
    path("vi-tri/", posts.choose, name="post"),
    path("ngon-ngu/", public("Chọn ngôn ngữ")(set_language), name="set_language"),
    # Of allauth only what an office uses: nobody signs up, and a forgotten password is given anew by the office.
    path("dang-nhap/", public("Đăng nhập")(account.login), name="account_login"),
    path("dang-xuat/", signed_in("Đăng xuất", with_one_time_password=True)(account.logout), name="account_logout"),
    path(
        "mat-khau/",
        signed_in("Đổi mật khẩu của chính mình", with_one_time_password=True)(account.password_change),
        name="account_change_password",
    ),
]

handler400 = "cchc.web.ui.pages.bad_request"
handler403 = "cchc.web.ui.pages.permission_denied"
handler404 = "cchc.web.ui.pages.not_found"
# allauth asks for this one when somebody tries to sign in too often.
handler429 = "cchc.web.ui.pages.too_many"
