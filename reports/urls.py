"""Addresses of figures and summaries."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("cijfers/", views.figure_list, name="figure_list"),
    path("cijfers/grafiek/<slug:name>.svg", views.chart, name="chart"),
    path("cijfers/samenvatting/", views.summary_make, name="summary_make"),
    path("cijfers/samenvatting/<uuid:uuid>/", views.summary_download, name="summary_download"),
]
