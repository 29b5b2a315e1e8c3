"""Everything that changes flags, thresholds, papers and reviews."""

from oversight.operations import flags, papers, reviews, subjects

__all__ = ["flags", "papers", "reviews", "subjects"]
