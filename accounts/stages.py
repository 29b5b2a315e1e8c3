"""The second step of logging in, at an address of ours."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse
from django.shortcuts import redirect


class CodeStage(AuthenticateStage):
    """Who set up a second factor shows it, unless a passkey or the partner's login already was one."""

    urlname = "accounts:login_code"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        by_partner = "sociallogin" in (self.login.signal_kwargs or {})
        if by_partner or not self._should_handle(self.request):
            return None, True
        self.state["authentication_required"] = True
        return redirect(self.urlname), True
