from odoo import api, fields, models
from odoo.tools import SQL


class ComputedMany2many(fields.Many2many):
    """A stored computed many2many that a search finds as it is now.

    Odoo computes a pending field before it is searched, but for many2many: their table is read
    as it is, and a rule would show a technician the job that was just taken off them.
    """

    def _condition_to_sql_relational(self, *args, **kwargs):
        return SQL("%s", super()._condition_to_sql_relational(*args, **kwargs), to_flush=self)


class FsmOrder(models.Model):
    """The people of the job, as users: what a technician sees and changes follows them.

    How to use: a rule for technicians asks ``[("fsm_order_id.user_ids", "in", user.id)]``.
    """

    _inherit = "fsm.order"

    user_ids = ComputedMany2many(
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
        everybody = (jobs.person_id | jobs.person_ids).partner_id
        workers = {
            job: (job.person_id | job.person_ids).partner_id.with_prefetch(everybody.ids)
            for job in jobs
        }
        for users, own in jobs.grouped(lambda job: workers[job].user_ids).items():
            own.user_ids = users
