"""Rights on the tables of allauth and axes, and the table of shared counters.

No row of theirs says anything about a youth. What a login leaves behind is taken away again: a session that
ended, a passkey that was removed, a counter that is over, a failure of months ago; so these allow DELETE.
"""

from django.db import migrations

from foundation.rls import allow

_WHOLE = "SELECT, INSERT, UPDATE, DELETE"

# As `createcachetable` makes it. Django's own code writes and culls it.
_CACHE = """
CREATE TABLE django_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX django_cache_expires ON django_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON django_cache TO ijap_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_getting_in"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("axes", "0010_accessattemptexpiration"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        allow("account_emailaddress", "SELECT"),
        allow("mfa_authenticator", _WHOLE),
        allow("socialaccount_socialaccount", _WHOLE),
        allow("usersessions_usersession", _WHOLE),
        allow("axes_accesslog", "SELECT, INSERT, DELETE"),
        allow("axes_accessfailurelog", "SELECT, INSERT, DELETE"),
        migrations.RunSQL(_CACHE, "DROP TABLE django_cache"),
    ]
