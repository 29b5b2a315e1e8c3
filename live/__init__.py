"""A small process beside the web: tells browsers that a meeting changed, and nothing else.

It knows no table, no session and no person. The database rings (NOTIFY); the web says whether a browser may hear it.
"""
