-- A signal that stood with the wrong youth. May run again, like access/sql/readers.sql.

-- Takes a signal away from this case: everything that was told of it there, of whatever class, because who leads the
-- case need not be cleared for all of it. Told nowhere else, it waits for triage again. Only for regie of the case. The
-- signal is locked first, as triage does. Gives back which signal, since when it stood there and of which classes;
-- no moment when it was taken away already.
CREATE OR REPLACE FUNCTION cases_unlink_signal(of_told bigint, OUT from_signal bigint, OUT since timestamptz,
                                               OUT kept_as smallint[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys(); told cases_toldsignal; elsewhere bigint;
BEGIN
  SELECT t.* INTO told
    FROM cases_toldsignal t JOIN cases_case c ON c.id = t.case_id JOIN access_compartment r ON r.id = c.room_id
   WHERE t.id = of_told AND access_regie_key(r.municipality_id, r.level, r.data_class) = ANY (mine)
     AND r.readers && mine AND NOT r.excluded && mine;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no regie of this case' USING ERRCODE = '42501';
  END IF;
  from_signal := told.signal_id;
  PERFORM FROM cases_signal s WHERE s.id = told.signal_id FOR NO KEY UPDATE;
  WITH gone AS (
    UPDATE cases_toldsignal t SET unlinked_at = clock_timestamp()
     WHERE t.signal_id = told.signal_id AND t.case_id = told.case_id AND t.unlinked_at IS NULL
    RETURNING t.told_at, t.data_class
  )
  SELECT min(g.told_at), array_agg(DISTINCT g.data_class) INTO since, kept_as FROM gone g;
  IF since IS NULL THEN RETURN; END IF;
  SELECT c.youth_id INTO elsewhere
    FROM cases_toldsignal t JOIN cases_case c ON c.id = t.case_id
   WHERE t.signal_id = told.signal_id AND t.unlinked_at IS NULL ORDER BY t.id LIMIT 1;
  IF elsewhere IS NULL THEN
    UPDATE cases_signal s SET state = 'submitted', youth_id = NULL, decided_at = NULL, decided_by_id = NULL
     WHERE s.id = told.signal_id AND s.state = 'accepted';
  ELSE
    UPDATE cases_signal s SET youth_id = elsewhere WHERE s.id = told.signal_id;
  END IF;
END $$;

-- Who read it while it stood there, from the log: pages of this case (`pages`), lists and papers with this youth in it
-- (`lists`), and the text of the signal itself. Only for regie of the row that was just made; robots read nothing.
CREATE OR REPLACE FUNCTION cases_wrong_youth_readers(which bigint, pages text[], lists text[])
  RETURNS TABLE (partner_id bigint, person_id bigint, roles text, times int, first_at timestamptz, last_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys(); w cases_wrongyouth;
BEGIN
  SELECT x.* INTO w FROM cases_wrongyouth x JOIN access_compartment k ON k.id = x.compartment_id
   WHERE x.id = which AND access_regie_key(k.municipality_id, k.level, k.data_class) = ANY (mine)
     AND NOT k.excluded && mine;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no regie of this' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  SELECT e.actor_partner_id, e.actor_id, max(e.actor_role)::text, count(*)::int, min(e.at), max(e.at)
    FROM audit_event e
   WHERE e.youth_ids @> ARRAY[w.youth_number] AND e.at BETWEEN w.told_at AND w.unlinked_at AND e.outcome = 'done'
     AND e.actor_id IS NOT NULL AND e.actor_partner_id IS NOT NULL AND e.actor_role <> 'robot'
     AND (e.case_id = w.case_id AND e.kind = ANY (pages) OR e.kind = ANY (lists)
          OR e.subject_type = 'cases.toldsignal' AND e.subject_id IN (
               SELECT t.id FROM cases_toldsignal t WHERE t.case_id = w.case_id AND t.signal_id = w.signal_number))
   GROUP BY 1, 2 ORDER BY 5;
END $$;

GRANT SELECT ON cases_wrongyouth TO ijap_watch;
GRANT SELECT (id, case_id, signal_id) ON cases_toldsignal TO ijap_watch;
GRANT SELECT (id, municipality_id, level, data_class, excluded) ON access_compartment TO ijap_watch;
ALTER FUNCTION cases_unlink_signal(bigint) OWNER TO ijap_readers;
ALTER FUNCTION cases_wrong_youth_readers(bigint, text[], text[]) OWNER TO ijap_watch;
REVOKE ALL ON FUNCTION cases_unlink_signal(bigint), cases_wrong_youth_readers(bigint, text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_unlink_signal(bigint), cases_wrong_youth_readers(bigint, text[], text[]) TO ijap_app;
