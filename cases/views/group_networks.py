"""Who was seen with whom, as pictures. The same stands as a table on the page that shows the picture."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from audit.log import record
from cases.events import CaseEvent
from cases.models import Youth
from cases.permissions.groups import check_may_find
from cases.rules.group_finder import Suggestion
from cases.views.group_finder import suggested, title_of
from cases.views.groups import find, seen_members, ties_among
from foundation.charts import WIDTH
from foundation.network_charts import Edge, Node, network_chart

NARROW = 328


@require_GET
def group_network(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who of the members was seen with whom, as a picture; `breed=smal` for a phone."""
    group = find(request, uuid)
    record(CaseEvent.GROUP_VIEWED, by=request.user, about=group)
    members = seen_members(request, group)
    edges = [Edge(tie.one, tie.other, tie.times) for tie in ties_among(members)]
    nodes = [Node(member.youth_id, member.youth.name) for member in members]
    return _picture(
        request,
        nodes,
        edges,
        title="Wie met wie is gezien",
        description="Een boog verbindt twee leden die samen in signalen staan. Hoe dikker, hoe vaker.",
    )


@require_GET
def group_finder_network(request: HttpRequest) -> HttpResponse:
    """The same as a picture; `breed=smal` for a phone."""
    check_may_find(request.user)
    found, seen = suggested(request)
    record(CaseEvent.GROUPS_SUGGESTED, by=request.user, about=list(seen.values()))
    return _picture(
        request,
        [node for number, one in enumerate(found, start=1) for node in _nodes(number, one, seen)],
        [Edge(tie.one, tie.other, tie.times) for one in found for tie in one.ties],
        title="Jongeren die samen terugkomen",
        description="Per mogelijke groep de namen; een boog verbindt wie samen in signalen staan. Hoe dikker, hoe vaker.",
    )


def _nodes(number: int, one: Suggestion, seen: dict[int, Youth]) -> list[Node]:
    return [Node(pk, seen[pk].name, "" if place else title_of(number)) for place, pk in enumerate(one.youths)]


def _picture(
    request: HttpRequest, nodes: list[Node], edges: list[Edge], *, title: str, description: str
) -> HttpResponse:
    width = NARROW if request.GET.get("breed") == "smal" else WIDTH
    svg = network_chart(nodes, edges, title=title, description=description, width=width)
    return HttpResponse(svg, content_type="image/svg+xml")
