"""Logging in at a partner's own organisation, by OpenID Connect. allauth walks the road; here stands what we ask.

Who somebody is, is issuer and subject, never an e-mail address. The token must be signed by the issuer that
stands in our table, made for us, and say that a second step was taken. allauth itself would skip the signature of
a token that it fetched over TLS; we do not.
"""

import os
import time
from typing import Any
from uuid import UUID

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import IdentityProvider

INVITED = "invitation"  # in the session: which invitation this login will bind
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_SECONDS = 300  # an older logout token is refused
KEPT = ("iss", "amr", "acr", "auth_time")
LEEWAY = 30


class LoginRefused(OAuth2Error):
    """The answer of a provider will not do; `word` says why, to the screen and to the log."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def back_address(uuid: UUID | str) -> str:
    """Where the provider sends people back to; it must be told beforehand."""
    return f"{settings.BASE_URL}{reverse('accounts:partner_login_back', args=[uuid])}"


def app_of(provider: IdentityProvider) -> SocialApp:
    """The provider as allauth knows one; never stored. The secret comes from the environment."""
    return SocialApp(
        provider="openid_connect",
        provider_id=str(provider.uuid),
        name=str(provider),
        client_id=provider.client_id,
        secret=os.environ.get(provider.secret_variable, ""),
        settings={
            "server_url": provider.issuer,
            "issuer": provider.issuer,
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    )


class Adapter(OpenIDConnectOAuth2Adapter):
    """The conversation with one provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != self.get_provider().app.settings["issuer"]:
            raise LoginRefused("issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return back_address(app.provider_id)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise LoginRefused("no_token")
        claims = read_token(id_token, config=self.openid_config, client_id=app.client_id)
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})


class Provider(OpenIDConnectProvider):
    """Asks for nothing but who somebody is, and keeps no name and no address."""

    oauth2_adapter_class = Adapter

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {word: data["id_token"][word] for word in KEPT if word in data["id_token"]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


def logout_address(uuid: UUID | str) -> str:
    """Where the provider tells that somebody is logged out or disabled over there; it must be told beforehand."""
    return f"{settings.BASE_URL}{reverse('accounts:partner_logout', args=[uuid])}"


def read_logout_token(token: str, *, config: dict[str, Any], client_id: str) -> dict[str, Any]:
    """The claims of a token that ends somebody's sessions, made just now. Raises LoginRefused.

    Source: OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6. A token of a login never passes for one: it is
    of another type, names no event and may hold a nonce.
    """
    claims = read_token(token, config=config, client_id=client_id, is_logout=True)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict) or "nonce" in claims:
        raise LoginRefused("no_logout")
    if time.time() - claims["iat"] > LOGOUT_SECONDS:
        raise LoginRefused("not_recent")
    return claims


def read_token(
    token: str, *, config: dict[str, Any], client_id: str, is_logout: bool = False
) -> dict[str, Any]:
    """The claims of a token that the issuer signed for us and that is still valid. Raises LoginRefused."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise LoginRefused("signature")
        if (str(header.get("typ")).lower() == "logout+jwt") != is_logout:
            raise LoginRefused("kind")
        with get_adapter().get_requests_session() as session:
            keys = jwt.PyJWKSet.from_dict(session.get(config["jwks_uri"]).json())
        key = next((key for key in keys.keys if key.key_id == header.get("kid")), None)
        if key is None:
            raise LoginRefused("signature")
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[header["alg"]],
            audience=client_id,
            issuer=config["issuer"],
            leeway=LEEWAY,
            options={"require": [*NEEDED, "jti"] if is_logout else NEEDED},
        )
    except jwt.InvalidIssuerError as error:
        raise LoginRefused("issuer") from error
    except (jwt.PyJWTError, requests.RequestException, ValueError) as error:
        raise LoginRefused("signature") from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise LoginRefused("signature")
    return claims


def shows_second_step(provider: IdentityProvider, claims: dict[str, Any]) -> bool:
    """Whether amr or acr says what this provider's row in our table asks."""
    told = claims.get("amr") or []
    methods = set(told.split() if isinstance(told, str) else told)
    by_method = bool(methods & set(provider.amr_values.split()))
    return by_method or claims.get("acr") in provider.acr_values.split()


def is_recent(claims: dict[str, Any]) -> bool:
    """Whether somebody really logged in there just now, and was not let through by an older login."""
    return time.time() - logged_in_at(claims) < settings.FRESH_SECONDS


def logged_in_at(claims: dict[str, Any]) -> float:
    told = claims.get("auth_time")
    return float(told) if isinstance(told, int | float) else 0.0
