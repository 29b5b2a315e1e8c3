"""To the login of a partner's own organisation, and back."""

from uuid import UUID

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET
from requests import RequestException

from accounts.models import IdentityProvider
from accounts.partner_login import Adapter
from accounts.views.sessions import wanted_page


@login_not_required
@require_GET
def partner_login(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """On the way. A link and no form: our pages may not send forms elsewhere, by their Content-Security-Policy.

    With `?opnieuw` one must really log in there, for what asks who you are once more.
    """
    found = get_object_or_404(IdentityProvider.objects.open(), uuid=uuid)
    provider = get_adapter().get_provider(request, str(found.uuid))
    once_more = "opnieuw" in request.GET
    try:
        return provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=wanted_page(request) or None,
            scope=["openid"],
            auth_params={"prompt": "login", "max_age": "0"} if once_more else {},
            once_more=once_more,
        )
    except (OAuth2Error, RequestException) as error:
        return get_adapter().refusal(request, found, getattr(error, "word", "provider"))


@login_not_required
@require_GET
def partner_login_back(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """And back. Who may come in is decided in accounts/adapters.py."""
    get_object_or_404(IdentityProvider.objects.open(), uuid=uuid)
    return OAuth2CallbackView.adapter_view(Adapter(request, str(uuid)))(request)
