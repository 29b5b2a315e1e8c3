"""One line per app."""

from django.urls import include, path

handler400 = "ijap.errors.bad_request"
handler403 = "ijap.errors.permission_denied"
handler404 = "ijap.errors.not_found"
handler500 = "ijap.errors.server_error"

urlpatterns = [
    path("", include("foundation.urls")),
    path("", include("jobs.urls")),
]
