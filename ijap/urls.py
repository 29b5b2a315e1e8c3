"""One line per app."""

from django.urls import include, path

from ijap.home import home

handler400 = "ijap.errors.bad_request"
handler403 = "ijap.errors.permission_denied"
handler404 = "ijap.errors.not_found"
handler500 = "ijap.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("", include("foundation.urls")),
    path("", include("audit.urls")),
    path("", include("jobs.urls")),
    path("", include("accounts.urls")),
    path("", include("access.urls")),
    path("", include("cases.urls")),
    path("", include("meetings.urls")),
    path("", include("reports.urls")),
    path("", include("oversight.urls")),
    path("", include("retention.urls")),
]
