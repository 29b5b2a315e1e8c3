"""Who speaks for an organisation says who its people are; the beheerder says who speaks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations, terms
from accounts.events import AccountEvent
from accounts.forms.confirmations import ContactForm, PeopleForm
from accounts.fresh import fresh_login_required
from accounts.models import Partner
from accounts.permissions import check_may_admin, check_may_review_people
from audit.log import record
from foundation.http import go_to, sent


@require_http_methods(["GET", "POST"])
def people_confirm(request: HttpRequest) -> HttpResponse:
    """Everybody of one's own organisation, who waits longest first."""
    check_may_review_people(request.user)
    mine = terms.with_deadline().filter(partner=request.user.partner)
    form = PeopleForm(sent(request), users=mine)
    if form.is_valid():
        operations.confirmations.confirm(users=form.cleaned_data["users"], by=request.user)
        messages.success(request, "Bevestigd. Over een kwartaal vragen wij het opnieuw.")
        return go_to(request, "accounts:people_confirm")
    waiting = set(terms.due().filter(partner=request.user.partner).values_list("pk", flat=True))
    people = list(mine.prefetch_related("assignments__municipality").order_by("confirm_before", "pk"))
    record(AccountEvent.PEOPLE_VIEWED, by=request.user)
    rows = [(person, _roles_of(person), person.pk in waiting) for person in people]
    context = {"form": form, "people": rows, "has_waiting": bool(waiting)}
    return render(request, "accounts/people_confirm.html", context, status=400 if form.is_bound else 200)


def _roles_of(person: object) -> list[str]:
    return [str(held) for held in person.assignments.held()]


@require_POST
def person_not_ours(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_review_people(request.user)
    person = get_object_or_404(terms.with_deadline().filter(partner=request.user.partner), uuid=uuid)
    operations.confirmations.not_ours(user=person, by=request.user)
    messages.success(request, "Deze persoon kan niet meer inloggen.")
    return go_to(request, "accounts:people_confirm")


@require_http_methods(["GET", "POST"])
@fresh_login_required
def partner_contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    partner = get_object_or_404(Partner, uuid=uuid)
    form = ContactForm(
        sent(request), partner=partner, initial={"contact": partner.contact and partner.contact.uuid}
    )
    if form.is_valid():
        operations.confirmations.choose_contact(
            partner=partner, user=form.cleaned_data["contact"], by=request.user
        )
        messages.success(request, "De contactpersoon is gekozen.")
        return go_to(request, "accounts:partner_change", partner.uuid)
    context = {"form": form, "partner": partner}
    return render(request, "accounts/partner_contact.html", context, status=400 if form.is_bound else 200)
