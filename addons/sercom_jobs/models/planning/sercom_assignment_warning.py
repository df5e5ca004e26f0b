import json
from types import SimpleNamespace

from odoo import api, fields, models

from ...tools.planning.conflicts import pack_detail
from ...tools.work_time.work_time import get_zone
from .sercom_assignment import LIVE_STATES
from .sercom_assignment_conflict import OFFICE_AND_SALES


class SercomAssignment(models.Model):
    """What is told of a block stays with it, and is said in the language of who reads it.

    It is looked at again when the block, one next to it or the person's time off changes.
    """

    _inherit = "sercom.assignment"

    conflicts = fields.Json(
        "Kept Conflicts",
        readonly=True,
        copy=False,
        groups=OFFICE_AND_SALES,
        help="What speaks against this block, as kinds and figures.",
    )
    warning = fields.Text(
        compute="_compute_warning",
        compute_sudo=True,
        groups=OFFICE_AND_SALES,
        help="What speaks against this block.",
    )
    has_warning = fields.Boolean(
        "Warned", readonly=True, copy=False, help="Something speaks against this block."
    )

    _has_warning_idx = models.Index("(date_start) WHERE has_warning")

    @api.depends("conflicts", "employee_id.name", "fsm_order_id.name")
    @api.depends_context("lang")
    def _compute_warning(self):
        Scheduler = self.env["sercom.scheduler"]
        for block in self:
            kept, person = block.conflicts, block.employee_id
            if not kept:
                block.warning = False
                continue
            named = SimpleNamespace(name=person.name, zone=get_zone(person._get_planning_tz()))
            block.warning = Scheduler._describe_kept(kept, named, block.fsm_order_id.name or "")

    def _store_warnings(self, facts):
        """Keep what speaks against each block with it, where that has changed.

        :param dict facts: ``_find_facts``
        """
        batches, own = {}, self.sudo()  # sudo: warnings are written by the server alone
        for block in own:
            kept = [[fact.kind, pack_detail(fact.kind, fact.detail)] for fact in facts[block]]
            if (block.conflicts or []) != kept:
                alike, _kept = batches.get(json.dumps(kept), (block.browse(), kept))
                batches[json.dumps(kept)] = (alike | block, kept)
        relieved = own.browse()
        for blocks, kept in batches.values():
            relieved |= blocks.filtered("has_warning")
            blocks.write({"conflicts": kept or False, "has_warning": bool(kept)})
        relieved._clean_time_off_activities()

    def _refresh_warnings(self):
        """Look again at blocks, in sudo, that did not change, because something around them did.

        Nothing is refused: what now speaks against a block is told.
        """
        live = self.filtered(lambda block: block.state in LIVE_STATES)
        self._store_warnings(dict.fromkeys(self, ()) | live._find_facts())
