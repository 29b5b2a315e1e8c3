"""How organisations do with what they agreed: a list for regie, and one organisation at a time."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Partner, User
from accounts.roles import Permission
from audit.log import record
from foundation.http import go_to
from reports.documents import draw_topic
from reports.events import FigureEvent
from reports.partner_actions import PARTS, WHOLE, last_months, own_trend, topic_of, trend_for, trends_for
from reports.permissions import check_may_read_trends
from reports.topics import EXPLANATION, HIDDEN, Topic


@require_GET
def partner_list(request: HttpRequest) -> HttpResponse:
    """Every organisation with its half year in one line; who speaks for one goes to that one."""
    user = _reader_of(request)
    if not user.may(Permission.CASE_LEAD):
        return go_to(request, "reports:partner_detail", user.partner.uuid)
    months = last_months(timezone.localdate())
    trends = trends_for(user, months)
    record(FigureEvent.TRENDS_VIEWED, by=user, partners=len(trends))
    context = {"trends": trends, "names": [WHOLE, *PARTS.values()], "first": months[0]}
    return render(request, "reports/partner_list.html", context)


@require_GET
def partner_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One organisation, month by month: a table, and the same as a picture."""
    user = _reader_of(request)
    partner = _find(user, uuid)
    topic = _topic(user, partner)
    record(FigureEvent.TRENDS_VIEWED, by=user, about=partner)
    context = {
        "partner": partner,
        "topic": topic,
        "leads": user.may(Permission.CASE_LEAD),
        "chart_url": reverse("reports:partner_chart", args=[partner.uuid]),
        "explanation": EXPLANATION if any(HIDDEN in row.texts for row in topic.rows) else "",
    }
    return render(request, "reports/partner_detail.html", context)


@require_GET
def partner_chart(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The picture, as SVG; `breed=smal` for a phone."""
    user = _reader_of(request)
    partner = _find(user, uuid)
    topic = _topic(user, partner)
    record(FigureEvent.TRENDS_VIEWED, by=user, about=partner)
    svg = draw_topic(topic, is_narrow=request.GET.get("breed") == "smal", height=220)
    return HttpResponse(svg, content_type="image/svg+xml")


def _reader_of(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    check_may_read_trends(user)
    return user


def _find(user: User, uuid: UUID) -> Partner:
    """The organisation of this address; for who speaks for one, another is not there."""
    partner = get_object_or_404(Partner, uuid=uuid)
    if not user.may(Permission.CASE_LEAD) and partner.pk != user.partner_id:
        raise Http404
    return partner


def _topic(user: User, partner: Partner) -> Topic:
    months = last_months(timezone.localdate())
    if user.may(Permission.CASE_LEAD):
        return topic_of(trend_for(user, partner, months), months, hides_small=False)
    return topic_of(own_trend(user, months), months, hides_small=True)
