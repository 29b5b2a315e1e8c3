-- Finding words in what meetings wrote down: decisions, and the notes of minutes that are final. Like
-- cases/sql/find_text.sql. May run again.
CREATE INDEX IF NOT EXISTS meetings_note_words ON meetings_note
  USING gin (to_tsvector('public.ijap_dutch', text));
CREATE INDEX IF NOT EXISTS meetings_decision_words ON meetings_decision
  USING gin (to_tsvector('public.ijap_dutch', text)) WHERE withdrawn_at IS NULL;

CREATE OR REPLACE FUNCTION meetings_find_text(asked text, most int)
  RETURNS TABLE (source text, number bigint, of_case bigint, at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  mine int[] := app_keys();
  words tsquery := to_tsquery('public.ijap_dutch', asked);
BEGIN
  RETURN QUERY
  WITH noted AS MATERIALIZED (
    SELECT n.id, n.item_id, n.version FROM meetings_note n WHERE to_tsvector('public.ijap_dutch', n.text) @@ words
  ), decided AS MATERIALIZED (
    SELECT d.id, d.item_id FROM meetings_decision d
     WHERE to_tsvector('public.ijap_dutch', d.text) @@ words AND d.withdrawn_at IS NULL
  ), readable AS (
    SELECT i.id, i.case_id, i.note_version, i.discussed_at, m.state, coalesce(i.discussed_at, m.starts_at) AS moment
      FROM meetings_agendaitem i
      JOIN meetings_slot s ON s.id = i.slot_id AND s.withdrawn_at IS NULL
      JOIN meetings_meeting m ON m.id = i.meeting_id
     WHERE i.data_class = 0 AND i.readers && mine AND NOT i.excluded && mine
       AND (i.valid_until IS NULL OR i.valid_until > statement_timestamp() OR access_reads_now(i.compartment_id, mine))
  )
  (SELECT 'note', n.id, i.case_id, i.moment
     FROM noted n JOIN readable i ON i.id = n.item_id AND i.note_version = n.version AND i.state = 'confirmed'
    ORDER BY i.moment DESC, n.id DESC LIMIT most)
  UNION ALL
  (SELECT 'decision', d.id, i.case_id, i.moment
     FROM decided d JOIN readable i ON i.id = d.item_id
      AND (i.discussed_at IS NOT NULL OR i.state IN ('closed', 'confirmed'))
    ORDER BY i.moment DESC, d.id DESC LIMIT most);
END $$;

GRANT SELECT ON meetings_note, meetings_decision, meetings_agendaitem, meetings_slot, meetings_meeting TO ijap_readers;
ALTER FUNCTION meetings_find_text(text, int) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION meetings_find_text(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meetings_find_text(text, int) TO ijap_app;
