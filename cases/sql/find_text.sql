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

-- The newest first, in windows that grow: a word that stands in a million texts costs as much as one that stands in a
-- thousand, and a rare one is found by the index all the same. A query gets the words, the keys, between which numbers,
-- and how many. Newest is by number: as it was written. Only for the functions that find.
CREATE OR REPLACE FUNCTION cases_find_newest(source text, tbl text, query text, words tsquery, mine int[], most int)
  RETURNS TABLE (kind text, number bigint, of_case bigint, at timestamptz)
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE high bigint; span bigint := 20000; n int;
BEGIN
  EXECUTE format('SELECT max(id) FROM public.%I', tbl) INTO high;
  WHILE high > 0 AND most > 0 LOOP
    RETURN QUERY EXECUTE format(
      'WITH found AS MATERIALIZED (%s) SELECT %L, f.* FROM found f ORDER BY f.moment DESC, f.id DESC LIMIT $5', query, source)
      USING words, mine, high - span, high, most;
    GET DIAGNOSTICS n = ROW_COUNT;
    most := most - n;
    high := high - span;
    span := span * 10;
  END LOOP;
END $$;

-- Under row security PostgreSQL uses no index for words: that operator is not known to keep secrets. So this function
-- looks past it and asks for the readers itself, like cases_find_youths. Numbers come back, no words.
CREATE OR REPLACE FUNCTION cases_find_text(asked text, most int)
  RETURNS TABLE (source text, number bigint, of_case bigint, at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine int[] := app_keys();  -- first of all: without a scope this is an error, also where nothing is found
  words tsquery := to_tsquery('public.ijap_dutch', asked);
  readable text := ' AND x.data_class = 0 AND x.id > $3 AND x.id <= $4 AND x.readers && $2 AND NOT x.excluded && $2'
    ' AND (x.valid_until IS NULL OR x.valid_until > statement_timestamp() OR access_reads_now(x.compartment_id, $2))';
BEGIN
  -- What stood with the wrong youth is not found, and what was corrected neither: not everybody may read what was wrong.
  RETURN QUERY SELECT * FROM cases_find_newest('told', 'cases_toldsignal',
    'SELECT x.id, x.case_id, x.told_at AS moment FROM cases_toldsignal x
      WHERE to_tsvector(''public.ijap_dutch'', x.text || '' '' || x.location) @@ $1 AND x.unlinked_at IS NULL
        AND NOT EXISTS (SELECT FROM cases_correction o WHERE o.told_id = x.id)' || readable, words, mine, most);
  RETURN QUERY SELECT * FROM cases_find_newest('remark', 'cases_remark',
    'SELECT x.id, x.case_id, x.made_at AS moment FROM cases_remark x
      WHERE to_tsvector(''public.ijap_dutch'', x.text) @@ $1 AND x.withdrawn_at IS NULL' || readable, words, mine, most);
  RETURN QUERY SELECT * FROM cases_find_newest('action', 'cases_action',
    'SELECT x.id, x.case_id, coalesce(x.ended_at, x.agreed_at) AS moment FROM cases_action x
      WHERE to_tsvector(''public.ijap_dutch'', x.text || '' '' || x.result) @@ $1' || readable, words, mine, most);
  RETURN QUERY SELECT * FROM cases_find_newest('goal', 'cases_plangoal',
    'SELECT x.id, x.case_id, coalesce(x.evaluated_at, x.set_at) AS moment FROM cases_plangoal x
      WHERE to_tsvector(''public.ijap_dutch'', x.text || '' '' || x.evaluation) @@ $1' || readable, words, mine, most);
END $$;

GRANT SELECT ON cases_toldsignal, cases_remark, cases_action, cases_plangoal TO ijap_readers;
REVOKE ALL ON FUNCTION cases_find_newest(text, text, text, tsquery, int[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_find_newest(text, text, text, tsquery, int[], int) TO ijap_readers;
ALTER FUNCTION cases_find_text(text, int) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_find_text(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_find_text(text, int) TO ijap_app;
