from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class SercomChecklist(models.Model):
    """A checklist as it is set up: its items, and the services whose jobs get them.

    How it works: a job that gets a service with a checklist, or a job template with one, takes
    over the items as ``sercom.job.check`` records. Editing the checklist afterwards changes the
    jobs to come, never those that have it already.
    """

    _name = "sercom.checklist"
    _description = "Checklist"
    _inherit = "sercom.field.access.mixin"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="Order of the checklists on a job.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Company it is for; empty for all of them."
    )
    description = fields.Text(translate=True, help="What it is for, for those who set jobs up.")
    product_tmpl_ids = fields.Many2many(
        "product.template",
        "sercom_checklist_product_rel",
        "checklist_id",
        "product_tmpl_id",
        string="Services",
        check_company=True,
        domain=[("sale_ok", "=", True)],
        help="A job that gets one of these services or products gets this checklist.",
    )
    categ_ids = fields.Many2many(
        "product.category",
        "sercom_checklist_categ_rel",
        "checklist_id",
        "categ_id",
        string="Product Categories",
        help="The same for all products of these categories and of those below them.",
    )
    fsm_template_ids = fields.Many2many(
        "fsm.template",
        "sercom_checklist_fsm_template_rel",
        "checklist_id",
        "fsm_template_id",
        string="Job Templates",
        check_company=True,
        help="The same for jobs made with one of these templates.",
    )
    line_ids = fields.One2many("sercom.checklist.line", "checklist_id", string="Items", copy=True)
    item_count = fields.Integer("Items", compute="_compute_item_count")

    @api.depends("line_ids.display_type")
    def _compute_item_count(self):
        counts = dict(
            self.env["sercom.checklist.line"]._read_group(
                [("checklist_id", "in", self.ids), ("display_type", "=", False)],
                ["checklist_id"],
                ["__count"],
            )
        )
        for checklist in self:
            checklist.item_count = counts.get(checklist._origin, 0)

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                MANAGER: {
                    *("active", "categ_ids", "company_id", "description", "fsm_template_ids"),
                    *("line_ids", "name", "product_tmpl_ids", "sequence"),
                },
            },
        )

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", checklist.name)}
            if "name" not in (default or {})
            else vals
            for checklist, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = (
            # sudo: used on a job of another company too
            self.env["sercom.job.check"].sudo().search([("checklist_id", "in", self.ids)], limit=1)
        )
        if used:
            raise UserError(
                self.env._(
                    "%(checklist)s is on the job %(job)s. Archive it instead of deleting it.",
                    checklist=used.checklist_id.name,
                    job=used.fsm_order_id.name,
                )
            )

    def action_view_answers(self):
        """Open what this one checklist asked on jobs, with the answers."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_jobs.sercom_job_check_action"
        )
        return {**action, "domain": [("checklist_id", "=", self.id), ("display_type", "=", False)]}
