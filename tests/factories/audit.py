"""Reading the log in a test. Call outside any scope."""

from accounts.models import User
from audit.models import Event
from foundation.scope import acting_as


def logged(kind):
    """The rows of this kind, oldest first, as the privacy officer reads them."""
    with acting_as(User.objects.get(username="fg")):
        return list(Event.objects.filter(kind=kind).order_by("pk"))
