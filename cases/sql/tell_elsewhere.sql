-- May run again, like access/sql/readers.sql.
DROP FUNCTION IF EXISTS cases_tell_elsewhere(uuid, bigint, bigint, text, text, text, text, bigint);

-- A signal about a youth whose case is at another level: triage tells it in a room there and cannot look
-- inside. Only who reads both the signal and the head of the case may do so.
CREATE OR REPLACE FUNCTION cases_tell_elsewhere(
    new_uuid uuid, onto bigint, room bigint, from_signal bigint, words text, as_role text, why text,
    exceptionally text, who bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO cases_toldsignal (uuid, case_id, compartment_id, signal_id, source_id, text, observed_on, location,
                                nature, role, themes, need, exception, told_by_id)
  SELECT new_uuid, c.id, r.id, s.id, s.sender_partner_id, words, s.observed_on, s.location,
         s.nature, as_role, s.themes, why, exceptionally, who
    FROM cases_case c, cases_signal s, access_compartment r
   WHERE c.id = onto AND c.closed_at IS NULL AND s.id = from_signal
     AND r.id = room AND r.within_id = c.compartment_id AND r.kind = 'case' AND r.closed_at IS NULL
     AND r.level = c.level
     AND c.readers && app_keys() AND NOT c.excluded && app_keys()
     AND s.readers && app_keys() AND NOT s.excluded && app_keys();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this case or this signal cannot be read' USING ERRCODE = '42501';
  END IF;
END $$;

GRANT SELECT ON cases_youth, cases_case, cases_signal TO ijap_readers;
GRANT INSERT ON cases_toldsignal TO ijap_readers;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s TO ijap_readers', pg_get_serial_sequence('cases_toldsignal', 'id'));
END $$;
ALTER FUNCTION cases_tell_elsewhere(uuid, bigint, bigint, bigint, text, text, text, text, bigint) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_tell_elsewhere(uuid, bigint, bigint, bigint, text, text, text, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_tell_elsewhere(uuid, bigint, bigint, bigint, text, text, text, text, bigint) TO ijap_app;
