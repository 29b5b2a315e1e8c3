"""What an attacker, a broken browser and a tired person send us."""
