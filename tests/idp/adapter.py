"""What this provider says about its people. The name of somebody says how they log in there."""

import os
import time

from allauth.idp.oidc.adapter import DefaultOIDCAdapter


class Partner(DefaultOIDCAdapter):
    def get_issuer(self):
        return os.environ["IDP_ISSUER"]

    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
        """The e-mail address is told whether one asks for it or not: nobody may look at it."""
        claims = super().get_claims(purpose, user, client, scopes, email, **kwargs)
        claims |= {"email": user.email, "email_verified": True, "auth_time": int(time.time())}
        if user.username.startswith("long-ago"):
            claims["auth_time"] -= 3600
        claims["amr"] = ["pwd"] if user.username.startswith("password-only") else ["pwd", "mfa"]
        return claims
