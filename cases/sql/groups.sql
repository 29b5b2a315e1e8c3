-- What the database itself guards of a group. May run again, like access/sql/readers.sql.

-- Named before stage 2B, or after the group was closed: refused, whoever writes. It keeps the group still meanwhile,
-- so that it does not go back at the same moment. Afterwards, so that row
-- security speaks first: what is hidden and what is not there get one answer. Stages are numbers in order (cases/models/groups.py).
CREATE OR REPLACE FUNCTION cases_groupmember_named() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE at_stage int;
BEGIN
  SELECT g.stage INTO at_stage FROM cases_group g
   WHERE g.id = NEW.group_id AND g.compartment_id = NEW.compartment_id FOR SHARE;
  IF at_stage IS NULL OR at_stage < 25 OR at_stage >= 90 THEN
    RAISE EXCEPTION 'no names before stage 2B' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER named AFTER INSERT OR UPDATE OF group_id, youth_id, compartment_id ON cases_groupmember
  FOR EACH ROW EXECUTE FUNCTION cases_groupmember_named();

-- A group with names does not go back to before them, and no name stays behind when it closes.
CREATE OR REPLACE FUNCTION cases_group_keeps_no_names() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.stage < 25 OR NEW.stage >= 90)
     AND EXISTS (SELECT 1 FROM cases_groupmember m WHERE m.group_id = NEW.id AND m.ended_at IS NULL
                    AND (m.ends_on IS NULL OR m.ends_on >= current_date)) THEN
    RAISE EXCEPTION 'this group still has names' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keeps_no_names BEFORE UPDATE OF stage ON cases_group
  FOR EACH ROW EXECUTE FUNCTION cases_group_keeps_no_names();

-- Who is no party of the convenant reads no group: not by any way in which organisations take part.
CREATE OR REPLACE FUNCTION cases_group_parties_only() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.ended_at IS NULL
     AND EXISTS (SELECT 1 FROM access_compartment c WHERE c.id = NEW.compartment_id AND c.kind = 'group')
     AND NOT EXISTS (SELECT 1 FROM accounts_partner p JOIN cases_convenantkind k ON k.kind = p.kind
                      WHERE p.id = NEW.partner_id AND k.is_party) THEN
    RAISE EXCEPTION 'this organisation is no party of the convenant' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER group_parties_only AFTER INSERT OR UPDATE ON access_participation
  FOR EACH ROW EXECUTE FUNCTION cases_group_parties_only();

-- How many are in the group whom the asker does not see. For its regie only: to others a number tells too much. Of
-- whom the asker is kept out, not even the number.
CREATE OR REPLACE FUNCTION cases_group_hidden(of_group bigint) RETURNS int LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys(); found int;
BEGIN
  SELECT count(*) INTO found
    FROM cases_group g
    JOIN access_compartment c ON c.id = g.compartment_id
    JOIN cases_groupmember m ON m.group_id = g.id AND m.ended_at IS NULL
                            AND (m.ends_on IS NULL OR m.ends_on >= current_date)
    JOIN cases_youth y ON y.id = m.youth_id
   WHERE g.id = of_group AND access_regie_key(c.municipality_id, c.level, c.data_class) = ANY (mine)
     AND NOT c.excluded && mine AND NOT y.readers && mine AND NOT y.excluded && mine;
  RETURN found;
END $$;

-- Whether there are names at all, for its regie: who goes back a step must know, also of whom they do not see.
CREATE OR REPLACE FUNCTION cases_group_has_names(of_group bigint) RETURNS boolean LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys();
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM cases_group g
      JOIN access_compartment c ON c.id = g.compartment_id
      JOIN cases_groupmember m ON m.group_id = g.id AND m.ended_at IS NULL
                              AND (m.ends_on IS NULL OR m.ends_on >= current_date)
     WHERE g.id = of_group AND access_regie_key(c.municipality_id, c.level, c.data_class) = ANY (mine)
       AND NOT c.excluded && mine);
END $$;

-- The other end: who has regie ends every name of a group, also of whom they do not see. Returns how many.
CREATE OR REPLACE FUNCTION cases_group_end_names(of_group bigint, who bigint) RETURNS int LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys(); ended int;
BEGIN
  UPDATE cases_groupmember m SET ended_at = statement_timestamp(), ended_by_id = who
    FROM cases_group g JOIN access_compartment c ON c.id = g.compartment_id
   WHERE m.group_id = g.id AND m.ended_at IS NULL AND g.id = of_group
     AND access_regie_key(c.municipality_id, c.level, c.data_class) = ANY (mine) AND NOT c.excluded && mine;
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END $$;

GRANT SELECT ON cases_group, cases_youth, cases_convenantkind, accounts_partner TO ijap_readers;
GRANT UPDATE ON cases_group TO ijap_readers;  -- to lock it
GRANT SELECT, UPDATE ON cases_groupmember TO ijap_readers;
ALTER FUNCTION cases_groupmember_named() OWNER TO ijap_readers;
ALTER FUNCTION cases_group_keeps_no_names() OWNER TO ijap_readers;
ALTER FUNCTION cases_group_parties_only() OWNER TO ijap_readers;
ALTER FUNCTION cases_group_hidden(bigint) OWNER TO ijap_readers;
ALTER FUNCTION cases_group_has_names(bigint) OWNER TO ijap_readers;
ALTER FUNCTION cases_group_end_names(bigint, bigint) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_group_hidden(bigint), cases_group_has_names(bigint), cases_group_end_names(bigint, bigint)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_group_hidden(bigint), cases_group_has_names(bigint), cases_group_end_names(bigint, bigint)
  TO ijap_app;
