"""Who may open the pages of signals: the sender's own, the inbox of regie, what was told at tables."""

from tests import cast
from tests.doors import Door

SENDERS = set(cast.PEOPLE) - {"manager", "fg", "privacycontact", "beheerder"}
READERS = SENDERS - {"wijkagent", "mentor"}
TRIAGE = {"regisseur", "tweede_regisseur"}


def draft(world):
    return {"uuid": world.draft.uuid}


def signal(world):
    return {"uuid": world.signal.uuid}


def judged(world):
    return {"uuid": world.told_signal.signal.uuid}


DOORS = {
    "cases:signal_list": Door(ok=SENDERS, otherwise=403),
    "cases:signal_add": Door(ok=SENDERS, otherwise=403),
    "cases:signal_edit": Door(kwargs=draft, ok={"wijkagent"}),
    "cases:signal_attachment_list": Door(kwargs=signal, ok={"mentor", *TRIAGE}),
    "cases:signal_attachment_add": Door(kwargs=signal, ok={"mentor"}, also=dict.fromkeys(TRIAGE, 403)),
    "cases:signal_detail": Door(kwargs=signal, ok={"mentor"}),
    "cases:signal_answer": Door(kwargs=signal, ok={"mentor"}, method="POST", status=400),
    # Withdrawing what was accepted is not possible (409); for everybody else it is not there.
    "cases:signal_withdraw": Door(kwargs=judged, ok={"mentor"}, method="POST", status=409),
    "cases:told_signal_list": Door(ok=READERS, otherwise=403),
    "cases:told_signal_detail": Door(
        kwargs=lambda w: {"uuid": w.told_signal.uuid}, ok={*TRIAGE, "agent", "jongerenwerker", "mentor"}
    ),
    "cases:signal_take_back": Door(kwargs=judged, ok={"mentor"}),
    "cases:signal_correct": Door(kwargs=judged, ok={"mentor"}),
    "cases:correction_list": Door(ok=READERS, otherwise=403),
    # Who sees it and is not asked is refused: regie, another organisation, who reads by name.
    "cases:correction_process": Door(
        kwargs=lambda w: {"uuid": w.correction_task.uuid},
        ok={"agent"},
        also={"regisseur": 403, "tweede_regisseur": 403, "jongerenwerker": 403, "mentor": 403},
        method="POST",
        status=303,
    ),
    "cases:correction_word": Door(
        kwargs=lambda w: {"uuid": w.correction.uuid},
        ok=TRIAGE,
        also={"agent": 403, "jongerenwerker": 403, "mentor": 403},
    ),
    "cases:triage_list": Door(ok=TRIAGE, otherwise=403),
    # The sender knows the signal, so for the sender it is a refusal.
    "cases:triage_detail": Door(kwargs=signal, ok=TRIAGE, also={"mentor": 403}),
    "cases:triage_accept": Door(kwargs=signal, ok=TRIAGE, also={"mentor": 403}),
    "cases:triage_tell": Door(kwargs=judged, ok=TRIAGE, also={"mentor": 403}),
    "cases:triage_ask": Door(kwargs=signal, ok=TRIAGE, also={"mentor": 403}),
    "cases:triage_refer": Door(kwargs=signal, ok=TRIAGE, also={"mentor": 403}),
    "cases:triage_reject": Door(kwargs=signal, ok=TRIAGE, also={"mentor": 403}),
}
