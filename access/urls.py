"""Addresses of the register of police data."""

from django.urls import path

from access import views

app_name = "access"
urlpatterns = [
    path("politiegegevens/", views.police_decision_list, name="police_decision_list"),
    path("politiegegevens/toevoegen/", views.police_decision_add, name="police_decision_add"),
    path("politiegegevens/<uuid:uuid>/intrekken/", views.police_decision_end, name="police_decision_end"),
]
