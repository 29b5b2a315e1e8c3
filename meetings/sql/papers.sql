-- Papers that prove themselves. A finished document does not change, whoever asks; a stranger hears of it what
-- stands below and no more. May run again.
CREATE OR REPLACE FUNCTION meetings_document_stays() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Emptied when a youth in it is destroyed (retention/sql/destroy.sql), and marked once as told: nothing else.
  IF (NEW.uuid, NEW.compartment_id, NEW.meeting_id, NEW.partner_id, NEW.sha256, NEW.code, NEW.previous_sha256, NEW.pages, NEW.made_by_id)
       IS DISTINCT FROM
     (OLD.uuid, OLD.compartment_id, OLD.meeting_id, OLD.partner_id, OLD.sha256, OLD.code, OLD.previous_sha256, OLD.pages, OLD.made_by_id)
     OR NEW.content <> '' AND NEW.content <> OLD.content
     OR NOT NEW.youth_ids <@ OLD.youth_ids
     OR OLD.told_at IS NOT NULL AND NEW.told_at IS DISTINCT FROM OLD.told_at
     -- The fictitious data moves its papers to their day; that role exists for nothing else.
     OR NEW.made_at <> OLD.made_at AND current_user <> 'ijap_bulk' THEN
    RAISE EXCEPTION 'a document does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- The fingerprint of the last whole minutes of this series from before this meeting; a fingerprint tells nobody anything.
CREATE OR REPLACE FUNCTION meetings_previous_print(of_meeting bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.sha256 FROM meetings_meeting here
    JOIN meetings_meeting m ON m.series_id = here.series_id AND m.starts_at < here.starts_at
    JOIN meetings_document d ON d.meeting_id = m.id AND d.partner_id IS NULL
   WHERE here.id = of_meeting ORDER BY m.starts_at DESC, d.id DESC LIMIT 1
$$;

-- What anybody may hear who holds a paper: that there is one with this code, of which meeting and day, and whether this
-- fingerprint is that of the original or of a copy we gave. Of what was destroyed only that it was.
CREATE OR REPLACE FUNCTION meetings_check_paper(asked text, fingerprint text)
  RETURNS TABLE (number bigint, level int, starts_at timestamptz, made_at timestamptz, is_gone boolean, is_same boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.id, m.level::int, m.starts_at, d.made_at, octet_length(d.content) = 0,
         octet_length(d.content) > 0 AND (d.sha256 = fingerprint OR EXISTS (
           SELECT FROM meetings_documentcopy c WHERE c.document_id = d.id AND c.sha256 = fingerprint))
    FROM meetings_document d JOIN meetings_meeting m ON m.id = d.meeting_id
   WHERE asked <> '' AND d.code = asked
$$;

GRANT SELECT ON meetings_document, meetings_documentcopy, meetings_meeting TO ijap_readers;
ALTER FUNCTION meetings_previous_print(bigint) OWNER TO ijap_readers;
ALTER FUNCTION meetings_check_paper(text, text) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION meetings_previous_print(bigint), meetings_check_paper(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meetings_previous_print(bigint), meetings_check_paper(text, text) TO ijap_app;
