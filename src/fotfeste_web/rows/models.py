"""No table of its own: Django tells an app that a migrate has ended only if it has this file."""
