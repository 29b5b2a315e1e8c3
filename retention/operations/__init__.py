"""Everything that changes terms and proposals, and the destroying itself."""

from retention.operations import certificates, destroying, proposals, terms

__all__ = ["certificates", "destroying", "proposals", "terms"]
