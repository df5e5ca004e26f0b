"""The demo's fortnight, oldest first: what is paid, billed, done, planned, quoted and asked."""

from odoo.addons.sercom.data.demo import (
    story_bank,
    story_billed,
    story_hours,
    story_jobs,
    story_pay,
    story_planning,
    story_portal,
    story_quotes,
    story_requests,
    story_together,
)
from odoo.addons.sercom.data.demo.firm import Firm


def tell(env, records, moments):
    """Tell the whole story."""
    firm = Firm(env, records, moments)
    for chapter in (
        story_billed,
        story_together,  # before Kevin is at work today
        story_quotes,
        story_jobs,
        story_planning,
        story_requests,
        story_hours,
        story_pay,
        story_portal,
        story_bank,
    ):
        chapter.tell(firm, moments)
