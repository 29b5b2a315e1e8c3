"""Doors of the terms and of destroying. The proposal of the world is a signal of JPP; so is the certificate."""

from retention.models import RetentionTerm
from tests.doors import Door
from tests.doors.cases import READERS, REGIE

FG = {"fg"}
LEADS = {"regisseur", "tweede_regisseur", "lja_heerlen", "lja_kerkrade", "pga"}
SPEAK = {*REGIE, "fg"}
# Regie of elsewhere knows that there are lists, and does not see what is in them.
ELSEWHERE = dict.fromkeys(LEADS - REGIE, 404)


def _closed(world):
    return {"uuid": world.closed_case.uuid}


def _proposal(world):
    return {"uuid": world.proposal.uuid}


DOORS = {
    "retention:term_list": Door(ok={"beheerder", "fg"}, otherwise=403),
    "retention:term_change": Door(
        kwargs=lambda w: {"uuid": RetentionTerm.objects.get(code="case_jpp").uuid},
        ok={"beheerder"},
        otherwise=403,
    ),
    "retention:case_clock": Door(kwargs=lambda w: {"uuid": w.case.uuid}, ok=READERS),
    "retention:case_extend": Door(kwargs=_closed, ok=REGIE, also={"agent": 403, "jongerenwerker": 403}),
    "retention:proposal_list": Door(ok={*LEADS, "fg"}, otherwise=403),
    "retention:proposal_detail": Door(kwargs=_proposal, ok=SPEAK, otherwise=403, also=ELSEWHERE),
    "retention:proposal_approve": Door(
        kwargs=_proposal, ok=SPEAK, otherwise=403, also=ELSEWHERE, method="POST", status=303
    ),
    "retention:certificate_list": Door(ok={*LEADS, "fg"}, otherwise=403),
    "retention:certificate_download": Door(
        kwargs=lambda w: {"uuid": w.certificate.uuid}, ok=SPEAK, otherwise=403, also=ELSEWHERE
    ),
}
