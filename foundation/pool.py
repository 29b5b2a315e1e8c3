"""What happens to a database connection before its next user gets it."""

from psycopg import Connection


def forget_scope(connection: Connection) -> None:
    """Clear the scope of a connection that goes back to the pool.

    Scopes are local to their transaction and vanish with it. This is the second lock: should anyone
    ever write a plain SET, the next request on this connection still starts with nothing.
    """
    connection.execute("SELECT set_config('ijap.keys', '', false), set_config('ijap.user_id', '', false)")
    connection.commit()
