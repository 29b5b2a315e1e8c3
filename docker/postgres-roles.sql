-- The roles of the database, once per cluster. Run by a superuser; may run again.
--
--   ijap_owner    owns the tables and migrates; row security binds it too
--   ijap_app      what web and worker log in as
--   ijap_live     hears that a meeting changed (NOTIFY), and may read nothing
--   ijap_bulk     writes test data with COPY, which does not work under row security
--   ijap_readers  nobody logs in; owns the trigger that works out who reads a compartment
--   ijap_count    nobody logs in; owns the function that counts without names
--   ijap_seal     nobody logs in; owns the function that seals the log; row security binds it
--   ijap_watch    nobody logs in; owns the functions that answer the privacy officer
--   ijap_destroyer  nobody logs in; owns the function that destroys what two people approved
--
-- Readers, count, watch and destroyer look past row security, so that what they own can: their functions have a fixed
-- search_path.

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('ijap_owner',   'LOGIN NOBYPASSRLS'),
            ('ijap_app',     'LOGIN NOBYPASSRLS'),
            ('ijap_live',    'LOGIN NOBYPASSRLS'),
            ('ijap_bulk',    'LOGIN BYPASSRLS'),
            ('ijap_readers', 'NOLOGIN BYPASSRLS'),
            ('ijap_count',   'NOLOGIN BYPASSRLS'),
            ('ijap_seal',    'NOLOGIN NOBYPASSRLS'),
            ('ijap_watch',   'NOLOGIN BYPASSRLS'),
            ('ijap_destroyer', 'NOLOGIN BYPASSRLS')
        ) AS roles (name, rights)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I', wanted.name);
        END IF;
        EXECUTE format(
            'ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION %s', wanted.name, wanted.rights
        );
    END LOOP;
END
$$;

GRANT ijap_readers, ijap_count, ijap_seal, ijap_watch, ijap_destroyer TO ijap_owner;
