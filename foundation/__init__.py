"""The few tools all rooms stand on. No models, no words of the field."""
