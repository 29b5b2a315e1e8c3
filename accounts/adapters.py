"""Where allauth asks us: what a login leads to, how secrets are kept, who may come in from a partner's login."""

import base64
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import operations
from accounts.events import AccountEvent
from accounts.fresh import is_fresh
from accounts.models import IdentityProvider, Invitation, User
from accounts.partner_login import INVITED, Provider, app_of, is_recent, logged_in_at, shows_second_step
from accounts.second_factor import Way, note, ways_of
from audit.log import record
from audit.models import Outcome
from foundation.errors import NotPossible
from foundation.http import address_of
from foundation.secrets import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Login by password, passkey or partner ends here, whatever the way."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Er is te vaak een verkeerde code ingevuld. Wacht vijf minuten.",
        "rate_limited": "Er is te vaak een verkeerde code ingevuld. Wacht vijf minuten.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "0.0.0.0"  # noqa: S104 (a request of a test has no address)

    def get_login_stages(self) -> list[str]:
        return ["accounts.stages.CodeStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what happened, in our words."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_fresh(self.request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("accounts:login")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        if by_partner := (kwargs.get("signal_kwargs") or {}).get("sociallogin"):
            # PartnerLoginAdapter saw the proof of a second step. It is as old as the login over there.
            note(request, user, Way.PARTNER, at=logged_in_at(by_partner.account.extra_data))
        response = super().post_login(request, user, **kwargs)
        record(AccountEvent.LOGGED_IN, by=user, way=[way.value for way, _ in ways_of(request)])
        return response


SECOND_FACTOR = "second-factor"  # what the seal is bound to: allauth does not tell of whom it is


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of apps and recovery codes are unreadable in the database: their key stands outside it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Wacht op een nieuwe code en probeer het opnieuw.",
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, row=SECOND_FACTOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), row=SECOND_FACTOR)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "IJAP"}


class PartnerLoginAdapter(DefaultSocialAccountAdapter):
    """Who comes from a partner's login: known here, of that partner, with a second step. Nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        return Provider(request, app=app_of(IdentityProvider.objects.open().get(uuid=provider)))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        provider = IdentityProvider.objects.open().get(uuid=sociallogin.account.provider)
        claims = sociallogin.account.extra_data
        known = sociallogin.user if sociallogin.is_existing else None
        if not shows_second_step(provider, claims):
            self.refuse(request, provider, "no_second_step", known)
        if sociallogin.state.get("once_more") and not is_recent(claims):
            self.refuse(request, provider, "not_recent", known)
        if known is None:
            known = self._link(request, provider, sociallogin)
        if known.partner_id != provider.partner_id:
            self.refuse(request, provider, "wrong_partner", known)
        if not known.is_active:
            self.refuse(request, provider, "disabled", known)

    def _link(self, request: HttpRequest, provider: IdentityProvider, sociallogin: Any) -> User:
        """Unknown: only an invitation that was opened just now, in this browser, binds this login to somebody."""
        invited = Invitation.objects.open().filter(pk=request.session.pop(INVITED, None)).first()
        if invited is None:
            self.refuse(request, provider, "unknown_subject", None)
        assert invited
        try:
            account = operations.invitations.link(
                invitation=invited, provider=provider, subject=sociallogin.account.uid, by=invited.user
            )
        except NotPossible:
            self.refuse(request, provider, "not_linked", invited.user)
        user = User.objects.get(pk=invited.user_id)
        account.extra_data = sociallogin.account.extra_data
        sociallogin.account, sociallogin.user = account, user
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Exception | None = None, **kwargs: Any
    ) -> None:
        """The road ended before we know who it is."""
        found = IdentityProvider.objects.get(uuid=provider.app.provider_id)
        word = getattr(exception, "word", "")
        if not word:
            no_state = exception is None and "state" not in (kwargs.get("extra_context") or {})
            word = "state" if no_state else "provider"
        self.refuse(request, found, word, None)

    def refuse(
        self, request: HttpRequest, provider: IdentityProvider, word: str, user: User | None
    ) -> NoReturn:
        """The way in which allauth lets one stop in the middle."""
        raise ImmediateHttpResponse(self.refusal(request, provider, word, user))

    def refusal(
        self, request: HttpRequest, provider: IdentityProvider, word: str, user: User | None = None
    ) -> HttpResponse:
        """A page that says why, and a row in the log."""
        record(
            AccountEvent.PARTNER_LOGIN_REFUSED,
            by=user,
            outcome=Outcome.REFUSED,
            provider=provider.pk,
            reason=word,
        )
        context = {"provider": provider, "reason": word}
        return render(request, "accounts/partner_login_refused.html", context, status=403)
