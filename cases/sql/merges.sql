-- What the database itself knows of youths who are one. May run again, like access/sql/readers.sql.

-- Whether a youth is absorbed by another, keeps another, or neither, also when the asker may not know of the other:
-- no case is opened for who is absorbed, whoever does it. Only of a youth whom the asker knows, and not who the other is.
CREATE OR REPLACE FUNCTION cases_merge_role(of_youth bigint) RETURNS text LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys(); found text;
BEGIN
  SELECT CASE WHEN m.absorbed_id = y.id THEN 'absorbed' ELSE 'kept' END INTO found
    FROM cases_youth y JOIN cases_youthmerge m ON y.id IN (m.absorbed_id, m.kept_id) AND m.undone_at IS NULL
   WHERE y.id = of_youth AND y.readers && mine AND NOT y.excluded && mine
   LIMIT 1;
  RETURN coalesce(found, '');
END $$;

GRANT SELECT ON cases_youthmerge TO ijap_readers;
ALTER FUNCTION cases_merge_role(bigint) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_merge_role(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_merge_role(bigint) TO ijap_app;
