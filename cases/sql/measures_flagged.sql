-- How many running measures of a kind would be warned of: outside these ages, beside a kind they do not go with, or
-- without a kind they need. For the beheerder who changes the catalogue. Whoever asks reads no case: the function
-- counts for them and tells a number, of the whole region only.
CREATE FUNCTION cases_measures_flagged(wanted bigint, youngest int, oldest int, apart bigint[], needed bigint[])
  RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH running AS (
    SELECT m.id, m.kind_id, k.excludes, c.youth_id,
           extract(year FROM age(CASE WHEN k.age_moment = 'fact' THEN coalesce(m.fact_on, current_date) ELSE current_date END,
                                 y.birth_on)) AS years
      FROM cases_measure m
      JOIN cases_measurekind k ON k.id = m.kind_id
      JOIN cases_case c ON c.id = m.case_id
      JOIN cases_youth y ON y.id = c.youth_id
     WHERE m.state IN ('proposed', 'requested', 'running')
  )
  SELECT count(*) FROM running mine
   WHERE mine.kind_id = wanted
     AND (mine.years < coalesce(youngest, 0) OR mine.years > coalesce(oldest, 999)
          OR EXISTS (SELECT FROM running o WHERE o.youth_id = mine.youth_id AND o.id <> mine.id
                      AND (o.kind_id = ANY (apart) OR wanted = ANY (o.excludes)))
          OR EXISTS (SELECT FROM unnest(needed) n JOIN cases_measurekind k ON k.id = n AND k.data_class = 0
                      WHERE NOT EXISTS (SELECT FROM running o WHERE o.youth_id = mine.youth_id AND o.kind_id = n)))
$$;

ALTER FUNCTION cases_measures_flagged(bigint, int, int, bigint[], bigint[]) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_measures_flagged(bigint, int, int, bigint[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_measures_flagged(bigint, int, int, bigint[], bigint[]) TO ijap_app;
DROP FUNCTION cases_measures_outside(bigint, int, int);
