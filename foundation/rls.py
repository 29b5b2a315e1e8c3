"""Migration operations that say who may touch a table, and which rows.

Every table of ours is named once, in the migration that makes it: `protect()` for rows that have
readers, `allow()` for rows without a person in them. A table that is named in neither cannot be
reached by the application at all.
"""

from django.db.migrations import RunSQL

_GRANTS = """
GRANT {rights} ON {table} TO ijap_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO ijap_bulk;
DO $$ BEGIN
  IF pg_get_serial_sequence('{table}', 'id') IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SEQUENCE %s TO ijap_app, ijap_bulk', pg_get_serial_sequence('{table}', 'id'));
  END IF;
END $$;
"""

# Migrations run as the owner and must see every row: adding a foreign key to a filled table with
# forced row security fails otherwise.
_LOCK = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_migrates ON {table} TO ijap_owner USING (true) WITH CHECK (true);
CREATE POLICY readers_only ON {table} TO ijap_app USING ({condition});
"""

# The bare function, not `(SELECT app_keys())`: the planner asks a stable function beforehand and so knows how
# many rows these keys open. Wrapped, it guesses one in a hundred, and a list of a million rows took 8 s
# instead of 6 ms. The query repeats the comparison with its own literal.
_LISTED = """readers && app_keys() AND (excluded = '{{}}' OR NOT excluded && app_keys())
  AND (valid_until IS NULL OR valid_until > statement_timestamp() OR access_reads_now({column}, app_keys()))"""
_THROUGH = "EXISTS (SELECT 1 FROM access_compartment door WHERE door.id = {column})"

# A listed table carries a copy of its compartment's readers and class. The copy is made by the database,
# on every write, so that the application can neither forget nor widen it.
_COPYING = """
CREATE OR REPLACE FUNCTION {table}_take_readers() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT c.readers, c.excluded, c.valid_until, c.data_class
    INTO NEW.readers, NEW.excluded, NEW.valid_until, NEW.data_class
    FROM access_compartment c WHERE c.id = NEW.compartment_id;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION {table}_follow_readers() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE {table} listed SET readers = c.readers
    FROM changed c
   WHERE listed.compartment_id = c.id
     AND (listed.readers, listed.excluded, listed.valid_until, listed.data_class)
         IS DISTINCT FROM (c.readers, c.excluded, c.valid_until, c.data_class);
  RETURN NULL;
END $$;
ALTER FUNCTION {table}_take_readers() OWNER TO ijap_readers;
ALTER FUNCTION {table}_follow_readers() OWNER TO ijap_readers;
"""
_COPIED = """
CREATE TRIGGER take_readers BEFORE INSERT OR UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_take_readers();
CREATE TRIGGER {table}_follow AFTER UPDATE ON access_compartment
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_follow_readers();
GRANT SELECT, UPDATE ON {table} TO ijap_readers;
"""


def protect(table: str, *, listed: bool = False, column: str = "compartment_id") -> list[RunSQL]:
    """Rows of this table are seen by the readers of their compartment only; nobody deletes them.

    `listed` tables are shown across cases: they carry a copy of the readers with an index on it.
    The others ask their compartment.
    """
    condition = (_LISTED if listed else _THROUGH).format(column=column)
    sql = _GRANTS.format(table=table, rights="SELECT, INSERT, UPDATE") + _LOCK.format(
        table=table, condition=condition
    )
    takes_copies = listed and column == "compartment_id"  # the compartments themselves hold the original
    copies = [RunSQL((_COPYING + _COPIED).format(table=table), RunSQL.noop)] if takes_copies else []
    return [RunSQL(sql, RunSQL.noop), *copies]


def copy_anew(*tables: str) -> list[RunSQL]:
    """What is copied to a listed table changed: its two functions as they are now."""
    return [RunSQL(_COPYING.format(table=table), RunSQL.noop) for table in tables]


def allow(table: str, rights: str = "SELECT, INSERT, UPDATE") -> RunSQL:
    """The application may use this table: no row of it says anything about a youth."""
    return RunSQL(_GRANTS.format(table=table, rights=rights), RunSQL.noop)


def sees_parent(table: str, column: str, parent: str) -> RunSQL:
    """A new row points only to a parent that its maker sees.

    Foreign keys look past row security: without this, a row that points to a hidden record is taken and one
    that points to none is refused, and so tells which numbers exist.
    """
    sql = f"""
CREATE POLICY sees_{column} ON {table} AS RESTRICTIVE FOR INSERT TO ijap_app
  WITH CHECK ({column} IS NULL OR EXISTS (SELECT FROM {parent} parent WHERE parent.id = {column}));
"""
    return RunSQL(sql, RunSQL.noop)
