-- Who follows a meeting hears that it changed: its number and the new version, on commit, and nothing else. Whoever
-- listens may know no table at all. May run again.
CREATE OR REPLACE FUNCTION meetings_ring() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('ijap_meeting', NEW.uuid || ' ' || NEW.version);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER rings AFTER UPDATE OF version ON meetings_meeting
  FOR EACH ROW EXECUTE FUNCTION meetings_ring();

-- Who reads a point changed: everybody looks anew (version 0). The meeting itself is not touched, so that who changes
-- readers never waits for who writes in the meeting.
CREATE OR REPLACE FUNCTION meetings_ring_readers() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('ijap_meeting', m.uuid || ' 0') FROM meetings_meeting m WHERE m.id = NEW.meeting_id;
  RETURN NULL;
END $$;
ALTER FUNCTION meetings_ring_readers() OWNER TO ijap_readers;
GRANT SELECT (id, uuid) ON meetings_meeting TO ijap_readers;
CREATE OR REPLACE TRIGGER rings AFTER UPDATE ON meetings_agendaitem FOR EACH ROW
  WHEN ((OLD.readers, OLD.excluded) IS DISTINCT FROM (NEW.readers, NEW.excluded))
  EXECUTE FUNCTION meetings_ring_readers();
