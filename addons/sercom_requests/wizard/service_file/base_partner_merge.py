from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # Users and workers move by SQL, which computes nothing.
        super()._update_foreign_keys(src_partners, dst_partner)
        # sudo: jobs of workers whom who merges contacts may not see
        jobs = self.env["fsm.order"].sudo().with_context(active_test=False)
        jobs = jobs.search(
            [
                "|",
                ("person_id.partner_id", "=", dst_partner.id),
                ("person_ids.partner_id", "=", dst_partner.id),
            ]
        )
        self.env.add_to_compute(jobs._fields["user_ids"], jobs)
