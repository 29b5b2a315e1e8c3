"""Addresses of logging in and of beheer."""

from django.urls import path

from accounts.views import admin, first_password, partners, roles, sessions, users

app_name = "accounts"
urlpatterns = [
    path("inloggen/", sessions.login, name="login"),
    path("uitloggen/", sessions.logout, name="logout"),
    path("wachtwoord/", sessions.password_change, name="password_change"),
    path("welkom/<uuid:uuid>/<str:seal>/", first_password.first_password, name="first_password"),
    path("beheer/", admin.admin_overview, name="admin_overview"),
    path("beheer/organisaties/", partners.partner_list, name="partner_list"),
    path("beheer/organisaties/toevoegen/", partners.partner_add, name="partner_add"),
    path("beheer/organisaties/<uuid:uuid>/", partners.partner_change, name="partner_change"),
    path("beheer/organisaties/<uuid:uuid>/stoppen/", partners.partner_close, name="partner_close"),
    path("beheer/organisaties/<uuid:uuid>/heropenen/", partners.partner_reopen, name="partner_reopen"),
    path("beheer/gebruikers/", users.user_list, name="user_list"),
    path("beheer/gebruikers/toevoegen/", users.user_add, name="user_add"),
    path("beheer/gebruikers/<uuid:uuid>/", users.user_detail, name="user_detail"),
    path("beheer/gebruikers/<uuid:uuid>/wijzigen/", users.user_change, name="user_change"),
    path("beheer/gebruikers/<uuid:uuid>/uitschakelen/", users.user_disable, name="user_disable"),
    path("beheer/gebruikers/<uuid:uuid>/inschakelen/", users.user_enable, name="user_enable"),
    path("beheer/gebruikers/<uuid:uuid>/wachtwoord/", users.user_password, name="user_password"),
    path("beheer/gebruikers/<uuid:uuid>/rol/", roles.role_add, name="role_add"),
    path("beheer/gebruikers/<uuid:uuid>/bevoegdheid/", roles.clearance_add, name="clearance_add"),
    path("beheer/bevoegdheden/<uuid:uuid>/beeindigen/", roles.clearance_end, name="clearance_end"),
    path("beheer/rollen/<uuid:uuid>/beeindigen/", roles.role_end, name="role_end"),
]
