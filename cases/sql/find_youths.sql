-- Names are searched here, because similarity operators are not leakproof: under row security PostgreSQL
-- will not use their index. So the function sees every row and applies the readers itself, with the keys
-- of the open scope and no others. It returns ids; the rows are then read through both locks as always.

-- Loads pg_trgm in this session: else PostgreSQL does not know its settings and lets no owner name them.
SELECT show_limit();

-- May run again, like access/sql/readers.sql.
DROP FUNCTION IF EXISTS cases_find_youths(text, date[]);

-- By letters, by day of birth, and by how a name sounds: what sounds the same comes first, because its letters may
-- be far apart.
CREATE OR REPLACE FUNCTION cases_find_youths(asked text, births date[], sounds text[]) RETURNS TABLE (youth bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp
  SET pg_trgm.similarity_threshold = 0.3
  SET pg_trgm.word_similarity_threshold = 0.6 AS $$
DECLARE mine int[] := app_keys();  -- first of all: without a scope this is an error, also where nothing is found
BEGIN
  RETURN QUERY
  SELECT y.id FROM cases_youth y
   WHERE (y.search_name % asked OR asked <% y.search_name OR y.birth_on = ANY (births) OR y.sound_keys && sounds)
     AND y.readers && mine AND NOT y.excluded && mine
     AND (y.valid_until IS NULL OR y.valid_until > statement_timestamp() OR access_reads_now(y.compartment_id, mine))
   ORDER BY similarity(y.search_name, asked) + CASE WHEN y.birth_on = ANY (births) THEN 0.5 ELSE 0 END
              + CASE WHEN y.sound_keys && sounds THEN 0.5 ELSE 0 END DESC, y.id
   LIMIT 40;
END $$;

GRANT SELECT ON cases_youth TO ijap_readers;
ALTER FUNCTION cases_find_youths(text, date[], text[]) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_find_youths(text, date[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_find_youths(text, date[], text[]) TO ijap_app;
