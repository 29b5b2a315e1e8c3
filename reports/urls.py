"""Addresses of figures and summaries."""

from django.urls import path

from reports import partner_views, views

app_name = "reports"
urlpatterns = [
    path("cijfers/", views.figure_list, name="figure_list"),
    path("cijfers/grafiek/<slug:name>.svg", views.chart, name="chart"),
    path("cijfers/organisaties/", partner_views.partner_list, name="partner_list"),
    path("cijfers/organisaties/<uuid:uuid>/", partner_views.partner_detail, name="partner_detail"),
    path("cijfers/organisaties/<uuid:uuid>/acties.svg", partner_views.partner_chart, name="partner_chart"),
    path("cijfers/samenvatting/", views.summary_make, name="summary_make"),
    path("cijfers/samenvatting/<uuid:uuid>/", views.summary_download, name="summary_download"),
]
