"""What Sercom says by the context.

A client sends any key of the context that JSON can carry: none of them may grant or skip anything.
Server code that has to speak through Odoo's own methods, which take no argument for it, sends a
``Sentinel``, which no client can make.
"""

# Keys that a client may send: what they do, and nothing else.
HARMLESS_KEYS = {
    "job_with_subject": "a job's name tells its client and subject too",
    "records_field": "which counted records of a service file are opened",
}


class Sentinel:
    """A word that only server code can say; it may carry a value."""

    def __init__(self, key):
        self.key = key

    def __call__(self, record, value=True):
        """Answer ``record`` with the word in its context."""
        return record.with_context(**{self.key: _Said(self, value)})

    def get(self, record, default=None):
        """Answer the value that server code said with the word."""
        said = record.env.context.get(self.key)
        is_ours = isinstance(said, _Said) and said.sentinel is self
        return said.value if is_ours else default


class _Said:
    def __init__(self, sentinel, value):
        self.sentinel = sentinel
        self.value = value


SKIP_JOB_GENERATION = Sentinel("skip_job_generation")
