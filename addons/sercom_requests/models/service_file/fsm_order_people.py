from odoo import api, fields, models


class FsmOrder(models.Model):
    """The people of the job, as users: what a technician sees and changes follows them.

    How to use: a rule for technicians asks ``[("fsm_order_id.user_ids", "in", user.id)]``.
    """

    _inherit = "fsm.order"

    user_ids = fields.Many2many(
        "res.users",
        relation="fsm_order_user_rel",
        string="People",
        compute="_compute_user_ids",
        store=True,
        precompute=True,
        context={"active_test": False},
        help="Users who come to this job. They see it, its file and its site.",
    )

    @api.depends("person_id.partner_id.user_ids", "person_ids.partner_id.user_ids")
    def _compute_user_ids(self):
        # Archived workers and users too: nobody writes the job when they come back.
        jobs = self.with_context(active_test=False)
        workers = {job: (job.person_id | job.person_ids).partner_id for job in jobs}
        for users, own in jobs.grouped(lambda job: workers[job].user_ids).items():
            own.user_ids = users
