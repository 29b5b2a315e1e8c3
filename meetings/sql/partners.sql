-- In a partneroverleg no youth is discussed: no slot, no point, no group and no case stands at it, whoever writes.
-- And topics stand nowhere else. May run again.
CREATE OR REPLACE FUNCTION meetings_is_with_partners(meeting bigint) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM meetings_meeting m JOIN meetings_series s ON s.id = m.series_id
                  WHERE m.id = meeting AND s.kind = 'partners')
$$;

CREATE OR REPLACE FUNCTION meetings_fits_the_meeting() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF public.meetings_is_with_partners(NEW.meeting_id) <> (TG_TABLE_NAME = 'meetings_topic') THEN
    RAISE EXCEPTION 'no youth at a partneroverleg, and no topic elsewhere' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fits_the_meeting BEFORE INSERT OR UPDATE OF meeting_id ON meetings_slot
  FOR EACH ROW EXECUTE FUNCTION meetings_fits_the_meeting();
CREATE OR REPLACE TRIGGER fits_the_meeting BEFORE INSERT OR UPDATE OF meeting_id ON meetings_agendaitem
  FOR EACH ROW EXECUTE FUNCTION meetings_fits_the_meeting();
CREATE OR REPLACE TRIGGER fits_the_meeting BEFORE INSERT OR UPDATE OF meeting_id ON meetings_grouppoint
  FOR EACH ROW EXECUTE FUNCTION meetings_fits_the_meeting();
CREATE OR REPLACE TRIGGER fits_the_meeting BEFORE INSERT OR UPDATE OF meeting_id ON meetings_omission
  FOR EACH ROW EXECUTE FUNCTION meetings_fits_the_meeting();
CREATE OR REPLACE TRIGGER fits_the_meeting BEFORE INSERT OR UPDATE OF meeting_id ON meetings_topic
  FOR EACH ROW EXECUTE FUNCTION meetings_fits_the_meeting();

-- What a meeting is about does not change afterwards.
CREATE OR REPLACE FUNCTION meetings_kind_stays() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the kind of a meeting does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER kind_stays BEFORE UPDATE OF kind ON meetings_series
  FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION meetings_kind_stays();
CREATE OR REPLACE TRIGGER kind_stays BEFORE UPDATE OF series_id ON meetings_meeting
  FOR EACH ROW WHEN (OLD.series_id IS DISTINCT FROM NEW.series_id) EXECUTE FUNCTION meetings_kind_stays();
