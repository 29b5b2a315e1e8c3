"""Rights on the tables of Django and guardian: no row of theirs says anything about a youth.

Sessions are deleted at logout and when they lapse. The rest is read, or filled by Django's own code.
"""

from django.db import migrations

from foundation.rls import allow


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO ijap_app", migrations.RunSQL.noop
        ),
        allow("auth_permission", "SELECT"),
        allow("auth_group", "SELECT"),
        allow("auth_group_permissions", "SELECT"),
        allow("accounts_user_groups", "SELECT"),
        allow("accounts_user_user_permissions", "SELECT"),
        allow("django_content_type", "SELECT"),
        allow("guardian_groupobjectpermission", "SELECT"),
        allow("guardian_userobjectpermission", "SELECT"),
        migrations.RunSQL("GRANT SELECT ON django_migrations TO ijap_app, ijap_bulk", migrations.RunSQL.noop),
    ]
