"""Addresses of this floor."""

from django.urls import path

from retention.views import certificates, proposals, terms

app_name = "retention"
urlpatterns = [
    path("bewaren/termijnen/", terms.term_list, name="term_list"),
    path("bewaren/termijnen/<uuid:uuid>/", terms.term_change, name="term_change"),
    path("bewaren/dossier/<uuid:uuid>/", terms.case_clock, name="case_clock"),
    path("bewaren/dossier/<uuid:uuid>/verlengen/", terms.case_extend, name="case_extend"),
    path("vernietigen/", proposals.proposal_list, name="proposal_list"),
    path("vernietigen/<uuid:uuid>/", proposals.proposal_detail, name="proposal_detail"),
    path("vernietigen/<uuid:uuid>/goedkeuren/", proposals.proposal_approve, name="proposal_approve"),
    path("vernietigen/certificaten/", certificates.certificate_list, name="certificate_list"),
    path(
        "vernietigen/certificaten/<uuid:uuid>/",
        certificates.certificate_download,
        name="certificate_download",
    ),
]
