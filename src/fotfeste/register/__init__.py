"""Employment registers turned into outcomes, and outcomes into effects."""

import os

# Memory is kept for the next bucket of people for some seconds: to give it back and ask again takes a fifth of the
# time. Read when Polars is first imported.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:5000,muzzy_decay_ms:5000")
