-- Whether a text names a youth of this agenda whom the asker does not read: yes or no, and not who. The text comes in
-- its searched form, words between single spaces. A name counts when all its words but those between first and last
-- name stand in one text; not when they are the words of a youth whom the asker does read. May run again.
CREATE OR REPLACE FUNCTION meetings_names_a_stranger(of_meeting bigint, texts text[]) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH on_agenda AS (
    SELECT y.id, array_remove(regexp_split_to_array(y.search_name, '\W+'), '') AS all_words,
           array_remove(regexp_split_to_array(lower(y.prefix), '\W+'), '') AS between,
           i.readers && app_keys() AND NOT i.excluded && app_keys()
             AND (i.valid_until IS NULL OR i.valid_until > statement_timestamp() OR access_reads_now(i.compartment_id, app_keys())) AS is_own
      FROM meetings_agendaitem i
      JOIN meetings_slot s ON s.id = i.slot_id AND s.withdrawn_at IS NULL
      JOIN cases_case c ON c.id = i.case_id
      JOIN cases_youth y ON y.id = c.youth_id
     WHERE i.meeting_id = of_meeting
  ), stranger AS (
    SELECT o.all_words, ARRAY(SELECT w FROM unnest(o.all_words) w WHERE w <> ALL (o.between)) AS words
      FROM on_agenda o WHERE NOT o.is_own AND NOT EXISTS (SELECT FROM on_agenda mine WHERE mine.is_own AND mine.id = o.id)
  )
  SELECT EXISTS (
    SELECT FROM stranger s, unnest(texts) said
     WHERE cardinality(s.words) > 1 AND s.words <@ string_to_array(said, ' ')
       AND NOT EXISTS (SELECT FROM on_agenda mine WHERE mine.is_own AND s.words <@ mine.all_words))
$$;

GRANT SELECT ON meetings_agendaitem, meetings_slot, cases_case, cases_youth TO ijap_readers;
ALTER FUNCTION meetings_names_a_stranger(bigint, text[]) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION meetings_names_a_stranger(bigint, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meetings_names_a_stranger(bigint, text[]) TO ijap_app;
