-- Finding words in what meetings wrote down: decisions, and the notes of minutes that are final. Like
-- cases/sql/find_text.sql. May run again.
CREATE INDEX IF NOT EXISTS meetings_note_words ON meetings_note
  USING gin (to_tsvector('public.ijap_dutch', text));
CREATE INDEX IF NOT EXISTS meetings_decision_words ON meetings_decision
  USING gin (to_tsvector('public.ijap_dutch', text)) WHERE withdrawn_at IS NULL;

CREATE OR REPLACE FUNCTION meetings_find_text(asked text, most int)
  RETURNS TABLE (source text, number bigint, of_case bigint, at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine int[] := app_keys();
  words tsquery := to_tsquery('public.ijap_dutch', asked);
  readable text := ' JOIN meetings_agendaitem i ON i.id = x.item_id
      JOIN meetings_slot s ON s.id = i.slot_id AND s.withdrawn_at IS NULL
      JOIN meetings_meeting m ON m.id = i.meeting_id
     WHERE to_tsvector(''public.ijap_dutch'', x.text) @@ $1 AND x.id > $3 AND x.id <= $4
       AND i.data_class = 0 AND i.readers && $2 AND NOT i.excluded && $2
       AND (i.valid_until IS NULL OR i.valid_until > statement_timestamp() OR access_reads_now(i.compartment_id, $2))';
BEGIN
  RETURN QUERY SELECT * FROM cases_find_newest('note', 'meetings_note',
    'SELECT x.id, i.case_id, coalesce(i.discussed_at, m.starts_at) AS moment FROM meetings_note x' || readable ||
    ' AND i.note_version = x.version AND m.state = ''confirmed''', words, mine, most);
  RETURN QUERY SELECT * FROM cases_find_newest('decision', 'meetings_decision',
    'SELECT x.id, i.case_id, coalesce(i.discussed_at, m.starts_at) AS moment FROM meetings_decision x' || readable ||
    ' AND x.withdrawn_at IS NULL AND (i.discussed_at IS NOT NULL OR m.state IN (''closed'', ''confirmed''))',
    words, mine, most);
END $$;

GRANT SELECT ON meetings_note, meetings_decision, meetings_agendaitem, meetings_slot, meetings_meeting TO ijap_readers;
ALTER FUNCTION meetings_find_text(text, int) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION meetings_find_text(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meetings_find_text(text, int) TO ijap_app;
