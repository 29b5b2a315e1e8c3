"""The timetable: what runs when, on one screen.

Each entry finds its work in the data and may run twice; a missed turn is made up by the next.
"""

from celery.schedules import crontab

from ijap.celery import app

TIMETABLE = {
    # every few seconds
    "hartslag": {"task": "jobs.tasks.beat_heart", "schedule": 5.0},
    "achtergebleven taken": {"task": "jobs.tasks.run_waiting_jobs", "schedule": 15.0},
    "uitnodigingen": {"task": "accounts.tasks.send_invitations", "schedule": 30.0},
    "gewijzigde inloggegevens": {"task": "accounts.tasks.tell_of_changes", "schedule": 30.0},
    # every minute
    "verlopen toegang": {"task": "access.tasks.expire_readers", "schedule": 60.0},
    "noodtoegang melden": {"task": "cases.tasks.tell_of_break_glass", "schedule": 60.0},
    "verbeteringen melden": {"task": "cases.tasks.tell_of_corrections", "schedule": 60.0},
    "logboek verzegelen": {"task": "audit.tasks.seal_log", "schedule": 60.0},
    "overleg in agenda's": {"task": "meetings.tasks.send_calendars", "schedule": 60.0},
    "verslagen melden": {"task": "meetings.tasks.send_minutes", "schedule": 60.0},
    # every ten minutes
    "bijlagen nakijken": {"task": "cases.tasks.check_attachments", "schedule": 600.0},
    # every hour
    "logboek verankeren": {"task": "audit.tasks.anchor_log", "schedule": crontab(minute=5)},
    # every night
    "toegang narekenen": {
        "task": "access.tasks.recompute_readers",
        "schedule": crontab(hour=3, minute=10),
    },
    "logboek nieuwe maand": {
        "task": "audit.tasks.make_partitions",
        "schedule": crontab(hour=3, minute=40),
    },
    "ongewoon lezen": {
        "task": "oversight.tasks.look_for_unusual_reading",
        "schedule": crontab(hour=2, minute=30),
    },
    "stukken legen": {
        "task": "oversight.tasks.clear_papers",
        "schedule": crontab(hour=3, minute=50),
    },
    "vernietigen voorstellen": {
        "task": "retention.tasks.propose_destruction",
        "schedule": crontab(hour=1, minute=30),
    },
    "vernietigen wat is goedgekeurd": {
        "task": "retention.tasks.destroy_approved",
        "schedule": crontab(hour=1, minute=45),
    },
    "accounts nalopen": {
        "task": "accounts.tasks.look_after_accounts",
        "schedule": crontab(hour=2, minute=30),
    },
    "mislukte pogingen vergeten": {
        "task": "accounts.tasks.forget_failures",
        "schedule": crontab(hour=2, minute=45),
    },
    # every day
    "controleronde beginnen": {
        "task": "oversight.tasks.start_review",
        "schedule": crontab(hour=5, minute=30),
    },
    "contactpersonen vragen": {
        "task": "accounts.tasks.ask_contacts",
        "schedule": crontab(hour=7, minute=45),
    },
    "overleggen plannen": {
        "task": "meetings.tasks.plan_meetings",
        "schedule": crontab(hour=5, minute=0),
    },
    "agenda's maken": {
        "task": "meetings.tasks.build_due_agendas",
        "schedule": crontab(hour=6, minute=0),
    },
    "om inbreng vragen": {
        "task": "meetings.tasks.ask_contributions",
        "schedule": crontab(hour=7, minute=15),
    },
    "cijfers tellen": {
        "task": "reports.tasks.count_figures",
        "schedule": crontab(hour=4, minute=15),
    },
    "herinneringen": {
        "task": "cases.tasks.remind_owners",
        "schedule": crontab(hour=7, minute=30),
    },
    # every week: the first turn on Monday asks for the mails, the later ones make up for a turn that was missed
    "weekoverzicht": {
        "task": "ijap.tasks.ask_digests",
        "schedule": crontab(day_of_week=1, hour="7-11", minute=45),
    },
}

app.conf.beat_schedule = TIMETABLE
