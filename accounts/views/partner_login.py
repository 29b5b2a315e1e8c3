"""To the login of a partner's own organisation, and back."""

from uuid import UUID

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from accounts import operations
from accounts.events import AccountEvent
from accounts.models import IdentityProvider
from accounts.partner_login import Adapter, read_logout_token
from accounts.robots import Robot, robot
from accounts.views.sessions import wanted_page
from audit.log import record
from audit.models import Outcome


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


@csrf_exempt
@login_not_required
@require_POST
def partner_logout(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Their server tells ours: somebody is logged out or disabled over there. Its signature is the proof, no cookie.

    Whether we know that somebody is not told.
    """
    found = get_object_or_404(IdentityProvider.objects.open(), uuid=uuid)
    try:
        config = Adapter(request, str(uuid)).openid_config
        claims = read_logout_token(
            request.POST.get("logout_token", ""), config=config, client_id=found.client_id
        )
    except (OAuth2Error, RequestException) as error:
        word = getattr(error, "word", "provider")
        record(
            AccountEvent.PARTNER_LOGOUT_REFUSED,
            by=None,
            outcome=Outcome.REFUSED,
            provider=found.pk,
            reason=word,
        )
        return JsonResponse({"error": "invalid_request"}, status=400)
    keeper = robot(Robot.KEEPER)
    operations.sessions.end_by_partner(provider=found, subject=claims["sub"], token=claims["jti"], by=keeper)
    return HttpResponse()
