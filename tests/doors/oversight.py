"""Doors of the privacy officer."""

from tests.doors import Door

FG = {"fg"}


def _flag(world):
    return {"uuid": world.flag.uuid}


def _youth(world):
    return {"number": world.youth_number}


def _review(world):
    return {"uuid": world.review.uuid}


DOORS = {
    "oversight:subject_find": Door(ok=FG, otherwise=403),
    "oversight:subject_detail": Door(kwargs=_youth, ok=FG, otherwise=403),
    "oversight:subject_paper": Door(kwargs=_youth, ok=FG, otherwise=403, method="POST", status=303),
    "oversight:paper_download": Door(kwargs=lambda w: {"uuid": w.paper.uuid}, ok=FG, otherwise=403),
    "oversight:flag_list": Door(ok=FG, otherwise=403),
    "oversight:flag_detail": Door(kwargs=_flag, ok=FG, otherwise=403),
    "oversight:flag_take": Door(kwargs=_flag, ok=FG, otherwise=403, method="POST", status=303),
    "oversight:threshold_list": Door(ok=FG, otherwise=403),
    "oversight:rights_list": Door(ok=FG, otherwise=403),
    "oversight:review_start": Door(ok=FG, otherwise=403, method="POST", status=303),
    "oversight:review_detail": Door(kwargs=_review, ok=FG, otherwise=403),
    # Nothing is decided yet, so it cannot be closed.
    "oversight:review_close": Door(kwargs=_review, ok=FG, otherwise=403, method="POST", status=409),
    "oversight:line_decide": Door(
        kwargs=lambda w: {"uuid": w.review_line.uuid}, ok=FG, otherwise=403, method="POST", status=303
    ),
    "oversight:removal_list": Door(ok={"beheerder"}, otherwise=403),
    "oversight:year_overview": Door(ok=FG, otherwise=403),
    "oversight:year_paper": Door(ok=FG, otherwise=403, method="POST", status=303),
}
