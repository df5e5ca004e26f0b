from odoo import api, models


class FsmLocation(models.Model):
    _inherit = "fsm.location"

    @api.model_create_multi
    def create(self, vals_list):
        # Typing a new site's name on a request gives its client by context: OCA looks at the
        # values only, and would make the site its own owner.
        owner = self.env.context.get("default_owner_id")
        if owner:
            for vals in vals_list:
                if not vals.get("parent_id"):
                    vals.setdefault("owner_id", owner)
        return super().create(vals_list)

    def _is_own_owner(self):
        """Whether nobody is known as this one site's owner: OCA then names the site itself."""
        self.ensure_one()
        return self.owner_id == self.partner_id
