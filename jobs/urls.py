"""Addresses of work that waits."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [path("taken/<uuid:uuid>/", views.job_status, name="job_status")]
