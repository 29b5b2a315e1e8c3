-- Finding words in what stands in cases. May run again, like access/sql/readers.sql.

-- Dutch, with and without accents.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_config c WHERE c.cfgname = 'ijap_dutch' AND c.cfgnamespace = 'public'::regnamespace) THEN
    CREATE TEXT SEARCH CONFIGURATION public.ijap_dutch (COPY = pg_catalog.dutch);
    ALTER TEXT SEARCH CONFIGURATION public.ijap_dutch
      ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.dutch_stem;
  END IF;
END $$;

-- What is kept more strictly shows itself only to who asks for it, and asking is logged. So its words are in no index
-- and nobody finds it by them.
CREATE INDEX IF NOT EXISTS cases_toldsignal_words ON cases_toldsignal
  USING gin (to_tsvector('public.ijap_dutch', text || ' ' || location)) WHERE data_class = 0;
CREATE INDEX IF NOT EXISTS cases_remark_words ON cases_remark
  USING gin (to_tsvector('public.ijap_dutch', text)) WHERE data_class = 0 AND withdrawn_at IS NULL;
CREATE INDEX IF NOT EXISTS cases_action_words ON cases_action
  USING gin (to_tsvector('public.ijap_dutch', text || ' ' || result)) WHERE data_class = 0;
CREATE INDEX IF NOT EXISTS cases_plangoal_words ON cases_plangoal
  USING gin (to_tsvector('public.ijap_dutch', text || ' ' || evaluation)) WHERE data_class = 0;

-- Under row security PostgreSQL uses no index for words: that operator is not known to keep secrets. So this function
-- looks past it and asks for the readers itself, like cases_find_youths. Numbers come back, no words. Found first and
-- put in order afterwards: else the planner may read the newest million one by one.
CREATE OR REPLACE FUNCTION cases_find_text(asked text, most int)
  RETURNS TABLE (source text, number bigint, of_case bigint, at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  mine int[] := app_keys();  -- first of all: without a scope this is an error, also where nothing is found
  words tsquery := to_tsquery('public.ijap_dutch', asked);
BEGIN
  RETURN QUERY
  WITH told AS MATERIALIZED (
    SELECT t.id, t.case_id, t.told_at AS moment FROM cases_toldsignal t
     WHERE to_tsvector('public.ijap_dutch', t.text || ' ' || t.location) @@ words AND t.data_class = 0
       AND t.unlinked_at IS NULL  -- stood with the wrong youth
       AND NOT EXISTS (SELECT FROM cases_correction o WHERE o.told_id = t.id)  -- not everybody may read what was wrong
       AND t.readers && mine AND NOT t.excluded && mine
       AND (t.valid_until IS NULL OR t.valid_until > statement_timestamp() OR access_reads_now(t.compartment_id, mine))
  ), seen AS MATERIALIZED (
    SELECT r.id, r.case_id, r.made_at AS moment FROM cases_remark r
     WHERE to_tsvector('public.ijap_dutch', r.text) @@ words AND r.data_class = 0 AND r.withdrawn_at IS NULL
       AND r.readers && mine AND NOT r.excluded && mine
       AND (r.valid_until IS NULL OR r.valid_until > statement_timestamp() OR access_reads_now(r.compartment_id, mine))
  ), agreed AS MATERIALIZED (
    SELECT a.id, a.case_id, coalesce(a.ended_at, a.agreed_at) AS moment FROM cases_action a
     WHERE to_tsvector('public.ijap_dutch', a.text || ' ' || a.result) @@ words AND a.data_class = 0
       AND a.readers && mine AND NOT a.excluded && mine
       AND (a.valid_until IS NULL OR a.valid_until > statement_timestamp() OR access_reads_now(a.compartment_id, mine))
  ), planned AS MATERIALIZED (
    SELECT g.id, g.case_id, coalesce(g.evaluated_at, g.set_at) AS moment FROM cases_plangoal g
     WHERE to_tsvector('public.ijap_dutch', g.text || ' ' || g.evaluation) @@ words AND g.data_class = 0
       AND g.readers && mine AND NOT g.excluded && mine
       AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp() OR access_reads_now(g.compartment_id, mine))
  )
  (SELECT 'told', f.id, f.case_id, f.moment FROM told f ORDER BY f.moment DESC, f.id DESC LIMIT most)
  UNION ALL (SELECT 'remark', f.id, f.case_id, f.moment FROM seen f ORDER BY f.moment DESC, f.id DESC LIMIT most)
  UNION ALL (SELECT 'action', f.id, f.case_id, f.moment FROM agreed f ORDER BY f.moment DESC, f.id DESC LIMIT most)
  UNION ALL (SELECT 'goal', f.id, f.case_id, f.moment FROM planned f ORDER BY f.moment DESC, f.id DESC LIMIT most);
END $$;

GRANT SELECT ON cases_toldsignal, cases_remark, cases_action, cases_plangoal TO ijap_readers;
ALTER FUNCTION cases_find_text(text, int) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_find_text(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_find_text(text, int) TO ijap_app;
