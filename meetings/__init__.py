"""Meetings: rhythm, agenda, the meeting itself, minutes."""
