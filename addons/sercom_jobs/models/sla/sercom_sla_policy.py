from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext, is_html_empty
from odoo.tools.misc import formatLang

from odoo.addons.fieldservice.models.fsm_stage import AVAILABLE_PRIORITIES
from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields

from ...tools.sla.sla_match import Rule, find_best

# What the deadlines of jobs come from.
CLOCK_FIELDS = {"first_visit_hours", "completion_hours", "at_risk_share", "calendar_id"}


class SercomSlaPolicy(models.Model):
    """A promise on the first visit and the completion of a job, in working hours.

    How it works: a quote or a job gets the most specific policy whose criteria all fit
    (``tools/sla_match.py`` has the order); of equally specific ones, the first by sequence. A
    criterion left empty fits everything, a target of 0 hours promises nothing. Jobs keep the
    policy they have when a new one is made.
    """

    _name = "sercom.sla.policy"
    _description = "Service Level"
    _inherit = "sercom.field.access.mixin"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10, help="Of two service levels that fit equally well, the first one is taken."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty for all companies.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        index="btree_not_null",
        check_company=True,
        help="Hours and public holidays that the clock follows. Empty: those of the company.",
    )
    first_visit_hours = fields.Float(
        "First Visit Within",
        help="Working hours from the client's call to the start of the first visit. "
        "0 promises nothing.",
    )
    completion_hours = fields.Float(
        "Completed Within",
        help="Working hours from the client's call to the end of the work. 0 promises nothing.",
    )
    at_risk_share = fields.Float(
        "At Risk From",
        default=0.75,
        help="Share of a target after which a job is at risk and its dispatcher is told.",
    )
    description = fields.Html(
        "Promise",
        translate=True,
        help="What the client reads on the quote. Empty: a sentence made from the two targets.",
    )
    priority = fields.Selection(
        AVAILABLE_PRIORITIES, help="Only for jobs of this priority. Empty for all."
    )
    product_tmpl_ids = fields.Many2many(
        "product.template",
        "sercom_sla_policy_product_rel",
        string="Services",
        check_company=True,
        help="Only for quotes and jobs with one of these services, or one of the categories.",
    )
    category_ids = fields.Many2many(
        "product.category",
        "sercom_sla_policy_category_rel",
        string="Service Categories",
        help="Only for quotes and jobs with a service of these categories or their children.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "sercom_sla_policy_partner_rel",
        string="Clients",
        check_company=True,
        help="Only for these clients, with all the contacts and sites of their firms: clients "
        "under contract.",
    )
    job_count = fields.Integer(compute="_compute_job_count")

    _hours_positive = models.Constraint(
        "CHECK(first_visit_hours >= 0 AND completion_hours >= 0)",
        "A service level cannot promise negative hours. Use 0 to promise nothing.",
    )
    _share_in_range = models.Constraint(
        "CHECK(at_risk_share > 0 AND at_risk_share <= 1)",
        "A job is at risk from a share above 0 % up to 100 % of its target.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                MANAGER: {
                    "active",
                    "at_risk_share",
                    "calendar_id",
                    "category_ids",
                    "company_id",
                    "completion_hours",
                    "description",
                    "first_visit_hours",
                    "name",
                    "partner_ids",
                    "priority",
                    "product_tmpl_ids",
                    "sequence",
                },
            },
        )

    # Of the jobs that the user reads; a policy lists none of them, and none is waited for.
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_job_count(self):
        counts = dict(
            self.env["fsm.order"]._read_group(
                [("sla_policy_id", "in", self.ids)], ["sla_policy_id"], ["__count"]
            )
        )
        for policy in self:
            policy.job_count = counts.get(policy._origin, 0)

    @api.constrains("first_visit_hours", "completion_hours")
    def _check_order_of_targets(self):
        for policy in self:
            if 0 < policy.completion_hours < policy.first_visit_hours:
                raise ValidationError(
                    self.env._(
                        "%s would be completed before its first visit. Swap the two targets.",
                        policy.name,
                    )
                )

    def write(self, vals):
        res = super().write(vals)
        if not CLOCK_FIELDS.isdisjoint(vals):
            self.env["fsm.order"]._recompute_sla(fields.Domain("sla_policy_id", "in", self.ids))
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promised(self):
        for model in ("fsm.order", "sale.order"):
            # sudo: promised by another company too
            used = self.env[model].sudo().search([("sla_policy_id", "in", self.ids)], limit=1)
            if used:
                raise UserError(
                    self.env._(
                        "%(policy)s is promised on %(record)s. Archive it instead.",
                        policy=used.sla_policy_id.name,
                        record=used.display_name,
                    )
                )

    def action_view_jobs(self):
        """Open the jobs that have this service level."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sercom_jobs.sercom_job_action")
        return {**action, "domain": [("sla_policy_id", "=", self.id)], "context": {}}

    # Best match

    @api.model
    def _find_best(self, needs, company):
        """Policy that fits best.

        :param dict needs: ``{record: tools.sla_match.Need}``
        :param company: ``res.company`` of all of them
        :return: ``{record: policy}``, an empty policy where none fits
        """
        # sudo: technicians read no service levels
        policies = self.sudo().search([("company_id", "in", (company.id, False))])
        rules = [policy._get_rule() for policy in policies]
        none = policies.browse()
        return {record: find_best(rules, need) or none for record, need in needs.items()}

    def _get_rule(self):
        self.ensure_one()
        return Rule(
            policy=self,
            clients=frozenset(self.partner_ids.commercial_partner_id.ids),
            products=frozenset(self.product_tmpl_ids.ids),
            categories=frozenset(self.category_ids.ids),
            priority=self.priority or None,
            kinds=frozenset(self._get_kinds()),
        )

    def _get_kinds(self):
        """Hook: kinds of work that this one policy is only for.

        :return: set of what ``_get_sla_kinds`` of quotes and jobs answers
        """
        return set()

    # Promise

    def _get_promise(self):
        """What this one policy promises the client, as HTML in the language of the context."""
        self.ensure_one()
        if not is_html_empty(self.description):
            return self.description
        sentences = []
        if self.first_visit_hours:
            sentences.append(
                self.env._(
                    "First visit within %s working hours.",
                    self._format_hours(self.first_visit_hours),
                )
            )
        if self.completion_hours:
            sentences.append(
                self.env._(
                    "Work completed within %s working hours.",
                    self._format_hours(self.completion_hours),
                )
            )
        if not sentences:
            return False
        return Markup("<p>%s</p>") % Markup("<br/>").join(sentences)

    def _format_hours(self, hours):
        return formatLang(self.env, hours, digits=0 if hours == int(hours) else 2)

    @api.model
    def _get_known_promises(self, companies):
        """Plain text of the promises of ``companies`` in every language: not typed by hand."""
        policies = (
            self.sudo()  # sudo: of archived and other companies' levels too
            .with_context(active_test=False)
            .search([("company_id", "in", (False, *companies.ids))])
        )
        return {
            html2plaintext(promise)
            for code, _name in (self.env["res.lang"].get_installed() if policies else ())
            for policy in policies.with_context(lang=code)
            if (promise := policy._get_promise())
        }
