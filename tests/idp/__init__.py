"""An identity provider as a partner has one: allauth's own, in a process and with a database of its own."""
