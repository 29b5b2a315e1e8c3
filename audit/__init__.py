"""The log: who saw or changed what. Below everybody, so that everybody can write in it."""
