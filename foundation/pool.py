"""What happens to a database connection before its next user gets it."""

from typing import Any

from psycopg import Connection, Cursor, OperationalError
from psycopg_pool import ConnectionPool


def forget_scope(connection: Connection) -> None:
    """Clear the scope of a connection that goes back to the pool.

    Scopes are local to their transaction and vanish with it. This is the second lock: should anyone
    ever write a plain SET, the next request on this connection still starts with nothing.
    """
    connection.execute("SELECT set_config('ijap.keys', '', false), set_config('ijap.user_id', '', false)")
    connection.commit()


class PooledConnection(Connection[Any]):
    """A connection that, found dead, tells the pool to make all of them anew.

    The pool tries a connection before it gives it away, but waits ever longer after each dead one: when
    the database had restarted, somebody met them all and got none. Our queries go through cursors; only
    the pool's own try and `forget_scope` come by here.
    """

    def execute(self, *args: Any, **kwargs: Any) -> Cursor[Any]:
        try:
            return super().execute(*args, **kwargs)
        except OperationalError:
            if self.closed and isinstance(self._pool, ConnectionPool):
                self._pool.drain()
            raise
