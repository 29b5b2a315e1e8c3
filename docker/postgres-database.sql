-- The rights on one database, once per database. Run by a superuser; may run again.
-- What may be done with a table is said in the migration that makes the table.

ALTER SCHEMA public OWNER TO ijap_owner;
-- Who is not named here (ijap_live) finds no table and no function.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ijap_app, ijap_bulk, ijap_readers, ijap_count, ijap_seal, ijap_watch, ijap_destroyer;
-- These five own functions, so they must be able to have them made in their name.
GRANT CREATE ON SCHEMA public TO ijap_readers, ijap_count, ijap_seal, ijap_watch, ijap_destroyer;
