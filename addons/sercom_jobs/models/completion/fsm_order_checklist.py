from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

from ..job.fsm_order import CLOSED_STATES

CHECKLIST_FIELDS = {"checklist_ids", "template_id"}
NAMED_ITEMS = 10  # items that a message names, at most


class FsmOrder(models.Model):
    """The job's checklists: what is asked on site, and how much of it is done.

    How it works: ``checklist_ids`` says which checklists the job has; its services, its template
    and the office add to it. Whatever adds one has its items made, and whatever takes one off
    has those removed that nobody touched. The relation's own key lets a checklist on a job
    once only, however many people add it at once.
    """

    _inherit = "fsm.order"

    checklist_ids = fields.Many2many(
        "sercom.checklist",
        "sercom_checklist_fsm_order_rel",
        "fsm_order_id",
        "checklist_id",
        string="Checklists",
        check_company=True,
        help="Checklists of this job: of its services, its template, and added by the office.",
    )
    check_ids = fields.One2many("sercom.job.check", "fsm_order_id", string="Checklist")
    check_count = fields.Integer("Checklist Items", compute="_compute_check_counts")
    check_done_count = fields.Integer("Checklist Done", compute="_compute_check_counts")
    check_missing_count = fields.Integer(
        "Checklist Missing",
        compute="_compute_check_counts",
        help="Required items that keep the job from being completed.",
    )
    check_progress = fields.Float(
        "Checklist Progress", compute="_compute_check_counts", help="Items done, in percent."
    )

    @api.depends("check_ids.state", "check_ids.is_required")
    def _compute_check_counts(self):
        totals = {}
        groups = self.env["sercom.job.check"]._read_group(
            [("fsm_order_id", "in", self._origin.ids), ("display_type", "=", False)],
            ["fsm_order_id", "state", "is_required"],
            ["__count"],
        )
        for job, state, is_required, count in groups:
            total = totals.setdefault(job.id, [0, 0, 0])
            total[0] += count
            total[1] += count if state == "done" else 0
            total[2] += count if state == "waiting" and is_required else 0
        for job in self:
            count, done, missing = totals.get(job._origin.id, (0, 0, 0))
            job.check_count = count
            job.check_done_count = done
            job.check_missing_count = missing
            job.check_progress = 100.0 * done / count if count else 0.0

    # Changes

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        jobs = self.sudo()  # sudo: checklists follow the services, whoever makes the job
        jobs._make_checks({job: job.checklist_ids for job in jobs})
        jobs._add_checklists({job: job.template_id.checklist_ids for job in jobs})

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if CHECKLIST_FIELDS.isdisjoint(vals) and not vals.get("company_id"):
            return before
        # sudo: checklists follow the services, whoever changes the job
        jobs = self.sudo().with_context(active_test=False)
        if vals.get("company_id"):
            jobs._leave_checklists(vals["company_id"])
        before["checklists"] = {job: (job.checklist_ids, job.template_id) for job in jobs}
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        olds = before.get("checklists", {})
        # sudo: checklists follow the services, whoever changes the job
        jobs = self.sudo().with_context(active_test=False)
        jobs._make_checks({job: job.checklist_ids - old for job, (old, _tmpl) in olds.items()})
        jobs._drop_checks({job: old - job.checklist_ids for job, (old, _tmpl) in olds.items()})
        retemplated = {job: old for job, (_ids, old) in olds.items() if job.template_id != old}
        if retemplated:
            jobs._add_checklists({job: job.template_id.checklist_ids for job in retemplated})
            jobs._take_off_checklists({job: old.checklist_ids for job, old in retemplated.items()})

    def _leave_checklists(self, company_id):
        """Take the checklists of other companies off jobs that go to this company."""
        for job in self:
            foreign = job.checklist_ids.filtered(
                lambda checklist: checklist.company_id.id not in (False, company_id)
            )
            if foreign:
                job.checklist_ids -= foreign

    # Checklists that come and go

    def _change_checklists(self, by_product, arrived, left):
        """Give the jobs of the set the checklists of services that came, take those that went.

        :param dict by_product: ``{product: checklists}``
        :param set arrived: ``(job, product)`` now on the job
        :param set left: ``(job, product)`` no longer on it
        """
        self._add_checklists(self._sum_checklists(by_product, arrived))
        self._take_off_checklists(self._sum_checklists(by_product, left))

    def _sum_checklists(self, by_product, pairs):
        totals = {}
        for job, product in pairs:
            totals[job] = totals.get(job, by_product[product]) | by_product[product]
        return totals

    def _add_checklists(self, wanted):
        """Add checklists to open jobs that do not have them: those for the job's company.

        :param dict wanted: ``{job: checklists}``, in sudo
        """
        batches = {}
        for job, checklists in wanted.items():
            fresh = checklists.filtered(
                lambda checklist, job=job: (
                    checklist.active and checklist.company_id.id in (False, job.company_id.id)
                )
            )
            fresh -= job.checklist_ids
            if fresh and job.state not in CLOSED_STATES:
                batches[fresh] = batches.get(fresh, job) | job
        for fresh, jobs in batches.items():
            jobs.write({"checklist_ids": [Command.link(number) for number in fresh.ids]})

    def _take_off_checklists(self, unwanted):
        """Take checklists off jobs, unless another of their services, or their template, has them.

        :param dict unwanted: ``{job: checklists}``, in sudo
        """
        everything = self.with_context(active_test=False)
        unwanted = {
            job: everything.browse(job.id).checklist_ids & lists for job, lists in unwanted.items()
        }
        jobs = everything.browse().concat(*(job for job, lists in unwanted.items() if lists))
        if not jobs:
            return
        lines = jobs.sale_line_ids
        by_product = lines.product_id._get_checklists()
        kept = self._sum_checklists(by_product, lines._get_job_services())
        batches = {}
        for job in jobs:
            gone = unwanted[job] - kept.get(job, job.checklist_ids.browse())
            gone -= job.template_id.checklist_ids
            if gone:
                batches[gone] = batches.get(gone, jobs.browse()) | job
        for gone, losing in batches.items():
            losing.write({"checklist_ids": [Command.unlink(number) for number in gone.ids]})

    def _make_checks(self, added):
        """Make the items of checklists that jobs got; items they have already stay as they are.

        Called in sudo, as the others here: nobody makes or deletes the items of a job by hand.

        :param dict added: ``{job: checklists}``, in sudo
        """
        added = {job: lists for job, lists in added.items() if lists}
        if not added:
            return
        Check = self.env["sercom.job.check"]
        lists = Check.checklist_id.concat(*added.values())
        found = Check.search_fetch(
            [
                ("fsm_order_id", "in", [job.id for job in added]),
                ("checklist_id", "in", lists.ids),
            ],
            ["fsm_order_id", "checklist_line_id"],
        )
        present = {(check.fsm_order_id.id, check.checklist_line_id.id) for check in found}
        checks = Check.create(
            [
                {**line._prepare_check_vals(), "fsm_order_id": job.id}
                for job, lists in added.items()
                for line in lists.line_ids
                if (job.id, line.id) not in present
            ]
        )
        checks._copy_translations()

    def _drop_checks(self, removed):
        """Remove the items of checklists that jobs lost, but those that somebody touched.

        :param dict removed: ``{job: checklists}``, in sudo
        """
        removed = {job: lists for job, lists in removed.items() if lists}
        if not removed:
            return
        Check = self.env["sercom.job.check"]
        checks = Check.search([("fsm_order_id", "in", [job.id for job in removed])]).filtered(
            lambda check: check.checklist_id in removed[check.fsm_order_id]
        )
        kept = checks.filtered(lambda check: not check._is_waiting())
        # A section stays with the items of its checklist.
        titled = {(check.fsm_order_id, check.checklist_id) for check in kept}
        (checks - kept).filtered(
            lambda check: (
                not check.display_type or (check.fsm_order_id, check.checklist_id) not in titled
            )
        ).unlink()

    # Completion

    def _get_missing_checks(self):
        """Required items of the jobs of the set that are neither done nor left out."""
        return (
            self.env["sercom.job.check"]
            .sudo()  # sudo: what is missing is missing, whoever completes the job
            .search(
                [
                    ("fsm_order_id", "in", self.ids),
                    ("state", "=", "waiting"),
                    ("is_required", "=", True),
                    ("display_type", "=", False),
                ]
            )
        )

    def _leave_out_checks(self, reason):
        """Let these jobs be completed without what is missing, and tell why in their chatter.

        :param str reason: kept on each item
        :raises AccessError: when the user is no dispatcher
        """
        if not (self.env.su or self.env.user.has_group("fieldservice.group_fsm_dispatcher")):
            raise AccessError(
                self.env._(
                    "Only a dispatcher completes %s without its checklist. Call the office.",
                    self[:1].name,
                )
            )
        self.check_access("write")
        missing = self._get_missing_checks()
        missing.skip_reason = reason
        for job, checks in missing.grouped("fsm_order_id").items():
            job.sudo(False).message_post(
                body=self.env._(
                    "Completed without: %(items)s. Reason: %(reason)s",
                    items=", ".join(checks.mapped("name")),
                    reason=reason,
                )
            )
