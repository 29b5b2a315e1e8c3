"""How much one person may open: enough for every working day, too little to carry the house away.

Asked after a page is made and before it is sent, from the rows of the log that the page itself wrote: so there
is no way to a file around it. What was opened before in the same while is never refused, so nobody is kept from
saving what they are at work on.
"""

from uuid import UUID

from django.conf import settings
from django.db import connection

from foundation.errors import TooMuch

OPENED_SOON = "U opende in tien minuten meer dan {} dossiers. Dat past niet bij gewoon werk, daarom stopt het hier even."
OPENED_DAY = "U opende vandaag al meer dan {} dossiers. Dat past niet bij gewoon werk, daarom stopt het hier."
SEARCHED = "U zocht vaker naar een jongere dan bij gewoon werk past. Daarom stopt het hier even."


def check_has_not_opened_too_much(request_id: UUID) -> None:
    """Raise TooMuch when this request opened something new beyond the limits, or searched beyond them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ijap_opened(%s)", [request_id])
        row = cursor.fetchone()
    soon, soon_before, day, day_before, searched_soon, searched_day, searched_now = row
    if soon > max(soon_before, settings.OPENED_SOON):
        raise TooMuch(OPENED_SOON.format(settings.OPENED_SOON))
    if day > max(day_before, settings.OPENED_DAY):
        raise TooMuch(OPENED_DAY.format(settings.OPENED_DAY))
    too_often = searched_soon > settings.SEARCHED_SOON or searched_day > settings.SEARCHED_DAY
    if searched_now and too_often:
        raise TooMuch(SEARCHED)
