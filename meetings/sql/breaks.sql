-- In a break nothing is discussed: no youth stands in it, whoever writes. May run again.
CREATE OR REPLACE FUNCTION meetings_not_in_a_break() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM meetings_slot s WHERE s.id = NEW.slot_id AND s.is_break) THEN
    RAISE EXCEPTION 'in a break nothing is discussed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER not_in_a_break BEFORE INSERT OR UPDATE OF slot_id ON meetings_agendaitem
  FOR EACH ROW EXECUTE FUNCTION meetings_not_in_a_break();
