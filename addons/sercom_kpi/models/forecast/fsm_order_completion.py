from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_duration

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES
from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS
from odoo.addons.sercom_requests.tools.field_access import readers_only

from ...tools.forecast import completion

OPEN = [("state", "not in", CLOSED_STATES)]


class FsmOrder(models.Model):
    """Margin at completion of open jobs, as a range, with what would save it.

    The rules are in ``tools/forecast/completion.py``; what they need is read for all jobs of the
    set at once.
    """

    _inherit = "fsm.order"

    completion_hours_low = fields.Float(
        "Hours to Come, at Least",
        compute="_compute_completion",
        compute_sudo=True,
        groups=MARGIN_GROUPS,
        help="Hours still to work: what is left of the planned or of the sold ones, if less.",
    )
    completion_hours_high = fields.Float(
        "Hours to Come, at Most",
        compute="_compute_completion",
        compute_sudo=True,
        groups=MARGIN_GROUPS,
        help="Hours still to work if the job goes over what was sold as others of the firm do.",
    )
    completion_margin_low = fields.Monetary(
        "Margin at Completion, at Least",
        compute="_compute_completion",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=MARGIN_GROUPS,
        help="What the job sells less its costs so far, the hours to come and the parts to come.",
    )
    completion_margin_high = fields.Monetary(
        "Margin at Completion, at Most",
        compute="_compute_completion",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=MARGIN_GROUPS,
        help="What the job sells less its costs so far, the hours to come and the parts to come.",
    )
    completion_action = fields.Selection(
        [
            (completion.CHANGE_ORDER, "Ask for a change order"),
            (completion.OTHER_PERSON, "Send somebody who costs less"),
            (completion.CAP_HOURS, "Stop at the sold hours"),
        ],
        "What Would Save It",
        compute="_compute_completion",
        compute_sudo=True,
        groups=MARGIN_GROUPS,
        help="What helps most while the margin may end below its target.",
    )
    completion_note = fields.Char(
        "Why",
        compute="_compute_completion",
        compute_sudo=True,
        groups=MARGIN_GROUPS,
    )
    is_margin_at_risk = fields.Boolean(
        "Margin at Risk",
        compute="_compute_completion",
        search="_search_is_margin_at_risk",
        compute_sudo=True,
        groups=MARGIN_GROUPS,
        help="The margin at completion may end below its target, and something can be done.",
    )

    # Read anew each time: it depends on other jobs, costs of people and targets as well.
    @api.depends("sold_hours", "worked_hours", "planned_hours", "state")
    @api.depends_context("lang")
    def _compute_completion(self):
        opened = self.filtered(lambda job: job.state not in CLOSED_STATES)
        overruns = opened.company_id._get_overruns()
        floors = opened.company_id._get_margin_floors()
        cheaper = opened.company_id._get_worker_costs()
        known = opened._get_completion_jobs(cheaper)
        for job in self:
            vals = dict.fromkeys(self._get_completion_names(), False)
            if own := known.get(job):
                company = job.company_id
                outlook = completion.get_outlook(own, overruns.get(company, completion.AS_SOLD))
                action = completion.choose_action(
                    own, outlook, floors.get(company, 0.0), cheaper.get(company)
                )
                vals = job._prepare_completion_vals(own, outlook, action)
            for name, value in vals.items():
                job[name] = value

    @api.model
    def _get_completion_names(self):
        return [name for name, own in self._fields.items() if own.compute == "_compute_completion"]

    def _prepare_completion_vals(self, known, outlook, action):
        """Values of this one job, of what the rules say."""
        return {
            "completion_hours_low": outlook.hours.low,
            "completion_hours_high": outlook.hours.high,
            "completion_margin_low": outlook.margin.low,
            "completion_margin_high": outlook.margin.high,
            "completion_action": action and action.key,
            "completion_note": self._get_completion_note(known, action),
            "is_margin_at_risk": bool(action),
        }

    def _get_completion_note(self, known, action):
        if not (known.revenue or known.sold or known.planned or known.worked):
            return self.env._("Nothing is sold or planned yet.")
        if not action:
            return False
        return self.env._(
            "%(worked)s h worked of %(sold)s h sold; it would bring %(gain)s.",
            worked=format_duration(known.worked),
            sold=format_duration(known.sold),
            gain=format_amount(self.env, action.gain, self.company_id.currency_id),
        )

    @api.model
    @readers_only
    def _search_is_margin_at_risk(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        # sudo: costs behind the figure; the rules of jobs are added to what is found
        jobs = self.sudo().search([*OPEN, ("company_id", "in", self.env.companies.ids)])
        return Domain("id", "in", jobs.filtered("is_margin_at_risk").ids)

    # What the rules need

    def _get_completion_jobs(self, worker_costs):
        """What the rules need to know of these open jobs.

        :param dict worker_costs: what an hour of a company's workers costs: ``{company: amount}``
        :return: ``{job: tools.forecast.completion.Job}``
        """
        costs = self._get_margin_costs()
        revenues = self._get_margin_revenues()
        parts = self._get_parts_to_come()
        people = self._get_planned_costs()
        hours = self.sale_line_ids.filtered("effective_billing_policy")._get_sold_hours()
        known = {}
        for job in self:
            policy, rate = job._get_hour_terms(hours)
            known[job] = completion.Job(
                job.sold_hours,
                job.worked_hours,
                job.planned_hours,
                policy,
                revenues[job],
                rate,
                sum(costs.get(job._origin, {}).values()),
                people.get(job._origin, worker_costs.get(job.company_id, 0.0)),
                parts.get(job._origin, 0.0),
            )
        return known

    def _get_hour_terms(self, hours):
        """How the hours of this one job are billed, and the price of one before taxes.

        :param dict hours: those that lines with a billing policy sell: ``{line: hours}``
        """
        lines = self.sale_line_ids.filtered(lambda line: hours.get(line, 0.0) > 0)
        total = sum(hours[line] for line in lines)
        if not total:
            return completion.SOLD, 0.0
        first = max(lines, key=lambda line: hours[line])
        company = self.company_id
        amount = sum(
            line.currency_id._convert(
                line.price_subtotal,
                company.currency_id,
                company,
                line.order_id.date_order or fields.Date.context_today(self),
            )
            for line in lines
        )
        return first.effective_billing_policy, amount / total

    def _get_planned_costs(self):
        """What an hour of the people planned on each job costs: ``{job: amount}``."""
        groups = self.env["sercom.assignment"]._read_group(
            [
                ("fsm_order_id", "in", self._origin.ids),
                ("state", "not in", ("done", "cancelled")),
                ("planned_hours", ">", 0),
            ],
            ["fsm_order_id", "employee_id"],
            ["planned_hours:sum"],
        )
        totals = {}
        for job, employee, hours in groups:
            cost, all_hours = totals.get(job, (0.0, 0.0))
            totals[job] = (cost + employee.hourly_cost * hours, all_hours + hours)
        return {job: cost / hours for job, (cost, hours) in totals.items()}

    def _get_parts_to_come(self):
        """Cost of the parts that are sold on each job and not there yet: ``{job: amount}``."""
        there = self._get_parts_there()
        sold = {}
        for line in self.sale_line_ids:
            product = line.product_id
            if line.display_type or not product or product.type == "service":
                continue
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, product.uom_id, round=False
            )
            key = (line.fsm_order_id._origin, product)
            sold[key] = sold.get(key, 0.0) + quantity
        costs = {}
        for (job, product), quantity in sold.items():
            missing = max(0.0, quantity - there.get((job, product), 0.0))
            cost = product.with_company(job.company_id).standard_price
            costs[job] = costs.get(job, 0.0) + missing * cost
        return costs

    def _get_parts_there(self):
        """Hook: quantities whose cost is in the job's already: ``{(job, product): quantity}``."""
        there = {}
        for line in self.sale_line_ids:
            product = line.product_id
            if product and product.type != "service":
                quantity = line.product_uom_id._compute_quantity(
                    line.qty_delivered, product.uom_id, round=False
                )
                key = (line.fsm_order_id._origin, product)
                there[key] = there.get(key, 0.0) + quantity
        return there
