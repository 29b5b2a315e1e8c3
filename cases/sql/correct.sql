-- The source takes back or corrects what it sent in. It need not read the tables at which that was told, so the
-- database says it there, at once (Wpg art. 4, fourth paragraph): for the sender of this accepted signal alone.
-- The words of the source go only where its own class is kept and the signal was told about one youth; elsewhere
-- regie finds the words. Every other organisation that takes part and can read the told signal now gets a task. Gives back
-- which, for the log.
CREATE OR REPLACE FUNCTION cases_correct(which bigint, as_kind text, words text, why text)
  RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  s cases_signal;
  me bigint := current_setting('ijap.user_id')::bigint;
  is_about_one boolean;
  asked bigint[];
BEGIN
  SELECT x.* INTO s FROM cases_signal x
   WHERE x.id = which AND x.sender_id = me AND x.state = 'accepted' AND x.taken_back_at IS NULL
     AND x.readers && app_keys() AND NOT x.excluded && app_keys();
  IF s.id IS NULL THEN
    RAISE EXCEPTION 'this signal cannot be corrected' USING ERRCODE = '42501';
  END IF;
  SELECT count(DISTINCT t.case_id) = 1 INTO is_about_one FROM cases_toldsignal t
   WHERE t.signal_id = s.id AND t.unlinked_at IS NULL;
  UPDATE cases_correction c SET replaced_at = clock_timestamp()
    FROM cases_toldsignal t WHERE t.id = c.told_id AND t.signal_id = s.id AND c.replaced_at IS NULL;
  INSERT INTO cases_correction (uuid, compartment_id, case_id, told_id, kind, reason, text, source_id, made_by_id)
  SELECT gen_random_uuid(), t.compartment_id, t.case_id, t.id, as_kind,
         CASE WHEN o.own_words THEN why ELSE '' END,
         CASE WHEN o.own_words AND as_kind = 'corrected' THEN words ELSE '' END, s.sender_partner_id, me
    FROM cases_toldsignal t
   CROSS JOIN LATERAL (SELECT is_about_one AND t.data_class = s.data_class AS own_words) o
   WHERE t.signal_id = s.id AND t.unlinked_at IS NULL;
  WITH made AS (
  INSERT INTO cases_correctiontask (uuid, compartment_id, case_id, correction_id, partner_id)
  SELECT gen_random_uuid(), c.compartment_id, c.case_id, c.id, p.partner_id
    FROM cases_correction c
    JOIN cases_toldsignal t ON t.id = c.told_id
    JOIN access_compartment k ON k.id = c.compartment_id
    JOIN access_participation p ON p.compartment_id = k.id AND p.ended_at IS NULL
     AND p.starts_at <= clock_timestamp() AND (p.until IS NULL OR p.until > clock_timestamp())
   WHERE t.signal_id = s.id AND t.unlinked_at IS NULL AND c.replaced_at IS NULL AND p.partner_id <> s.sender_partner_id
     AND access_partner_key(p.partner_id, k.level, k.data_class) = ANY (k.readers)
  RETURNING partner_id)
  SELECT coalesce(array_agg(DISTINCT m.partner_id), '{}') INTO asked FROM made m;
  RETURN asked;
END $$;

GRANT SELECT, INSERT, UPDATE (replaced_at) ON cases_correction TO ijap_readers;
GRANT SELECT, INSERT ON cases_correctiontask TO ijap_readers;
GRANT SELECT ON access_participation TO ijap_readers;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s, %s TO ijap_readers', pg_get_serial_sequence('cases_correction', 'id'),
                 pg_get_serial_sequence('cases_correctiontask', 'id'));
END $$;
ALTER FUNCTION cases_correct(bigint, text, text, text) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_correct(bigint, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_correct(bigint, text, text, text) TO ijap_app;
