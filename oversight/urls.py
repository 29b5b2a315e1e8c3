"""Addresses of the privacy officer. A youth is a number here, as in the log; no name stands in an address."""

from django.urls import path

from oversight.views import flags, papers, reviews, subjects, years

app_name = "oversight"
urlpatterns = [
    path("toezicht/jongere/", subjects.subject_find, name="subject_find"),
    path("toezicht/jongere/<int:number>/", subjects.subject_detail, name="subject_detail"),
    path("toezicht/jongere/<int:number>/stuk/", subjects.subject_paper, name="subject_paper"),
    path("toezicht/stukken/<uuid:uuid>/", papers.paper_download, name="paper_download"),
    path("toezicht/vlaggen/", flags.flag_list, name="flag_list"),
    path("toezicht/vlaggen/<uuid:uuid>/", flags.flag_detail, name="flag_detail"),
    path("toezicht/vlaggen/<uuid:uuid>/overnemen/", flags.flag_take, name="flag_take"),
    path("toezicht/drempels/", flags.threshold_list, name="threshold_list"),
    path("toezicht/rechten/", reviews.rights_list, name="rights_list"),
    path("toezicht/rechten/beginnen/", reviews.review_start, name="review_start"),
    path("toezicht/rechten/<uuid:uuid>/", reviews.review_detail, name="review_detail"),
    path("toezicht/rechten/<uuid:uuid>/afronden/", reviews.review_close, name="review_close"),
    path("toezicht/rechten/regels/<uuid:uuid>/", reviews.line_decide, name="line_decide"),
    path("toezicht/rechten/weg/", reviews.removal_list, name="removal_list"),
    path("toezicht/jaar/", years.year_overview, name="year_overview"),
    path("toezicht/jaar/stuk/", years.year_paper, name="year_paper"),
]
