from typing import NamedTuple

from markupsafe import Markup


class LeftBehind(NamedTuple):
    """One thing that cancelling a job leaves behind, for people to settle."""

    job: object  # fsm.order
    key: str  # names the thing, once per job
    words: str  # what it is, as people read it
    records: object  # what is opened to settle it

    def get_links(self):
        """Links to a few of the records, those that have a chatter."""
        if "message_ids" not in self.records._fields:
            return Markup("")
        return Markup(", ").join(record._get_html_link() for record in self.records[:5])
