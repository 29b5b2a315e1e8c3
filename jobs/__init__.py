"""Work that waits: rows with a state, a lease, tries and progress. The queue is only a doorbell."""
