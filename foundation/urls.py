"""Addresses that belong to no noun."""

from django.urls import path

from foundation import views

app_name = "foundation"
urlpatterns = [
    path("gezond/", views.live, name="live"),
    path("gereed/", views.ready, name="ready"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("componenten/", views.gallery, name="gallery"),
    path("componenten/overleg/", views.gallery_meeting, name="gallery_meeting"),
]
