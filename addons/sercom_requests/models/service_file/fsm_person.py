from odoo import api, models

from ...tools.field_access import leave_parents_defaults


class FsmPerson(models.Model):
    _inherit = "fsm.person"

    @api.model
    def default_get(self, fields):
        return leave_parents_defaults(self, super().default_get(fields))

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        # OVERRIDE fieldservice, which passes neither on: jobs of archived workers were closed.
        people = self if active_test else self.with_context(active_test=False)
        # sudo: Odoo's own word for it, which fieldservice leaves out
        people = people.sudo() if bypass_access else people
        return super(FsmPerson, people)._search(domain, offset, limit, order)
