"""Employment registers turned into outcomes, and outcomes into effects."""

import os

# Memory is kept for the next bucket of people for some seconds, large pieces too, and in one place for all threads: to
# give it back and ask again takes a fifth of the time. Read when Polars is first imported.
KEPT = "dirty_decay_ms:5000,muzzy_decay_ms:5000,oversize_threshold:0,narenas:1"
os.environ.setdefault("_RJEM_MALLOC_CONF", KEPT)
