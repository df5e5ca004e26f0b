from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER

from ...tools.policy.bands import Band
from ...tools.policy.policies import ACTUAL

# What says which hours are in a band: not changed once hours are.
HOURS_FIELDS = frozenset({"days", "hour_from", "hour_to", "date_from", "is_urgent", "company_id"})


class SercomBillingBand(models.Model):
    """A rate by time of day: evenings, weekends, emergencies.

    How it works: the hours of a clock entry are shared by the clocks of the site; those of a band
    are a timesheet line of their own, on an order line of the job that is made for the band: of
    its service, or at the price of the job's line and a surcharge. Only hours that are billed as
    worked have rates; those of a fixed price are sold.
    """

    _name = "sercom.billing.band"
    _description = "Rate by time of day"
    _inherit = ["sercom.field.access.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="Read by the client on the invoice.")
    sequence = fields.Integer(default=10, help="An hour that is in several has the first of them.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    days = fields.Selection(
        [
            ("all", "Every Day"),
            ("weekdays", "Monday to Friday"),
            ("weekend", "Saturday and Sunday"),
            ("sat", "Saturday"),
            ("sun", "Sunday"),
        ],
        required=True,
        default="all",
    )
    hour_from = fields.Float(
        "From",
        help="By the clocks of the site. From 17:00 to 8:00 is before 8:00 and after 17:00 of each "
        "day; from 0:00 to 0:00 is the whole day.",
    )
    hour_to = fields.Float("To")
    is_urgent = fields.Boolean("Urgent Jobs Only", help="Jobs whose priority is the highest.")
    date_from = fields.Date(
        "Work Since",
        required=True,
        default=fields.Date.context_today,
        help="Work before that day keeps the rate it has.",
    )
    date_to = fields.Date("Work Until", help="Empty: until further notice.")
    product_id = fields.Many2one(
        "product.product",
        "Service",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("type", "=", "service")],
        help="Its price bills the hours. One that is the rate of positions bills theirs alone.",
    )
    surcharge = fields.Float(
        "Surcharge (%)", help="Without a service: over the price of the job's own line."
    )

    _hour_bounds = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < 24 AND hour_to >= 0 AND hour_to <= 24)",
        "The hours of a rate are between 0:00 and 24:00.",
    )
    _surcharge_positive = models.Constraint(
        "CHECK (COALESCE(surcharge, 0) >= 0)", "A surcharge cannot be below zero."
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A rate cannot end before it begins.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"company_id", "name", "sequence", *HOURS_FIELDS, "date_to", "product_id"}
        return {
            **super()._get_writable_fields(),
            **dict.fromkeys((BILLING, MANAGER), own | {"surcharge"}),
        }

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_used(vals)
        self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_clear_cache(self):
        self.env.registry.clear_cache()

    def _check_not_used(self, vals):
        """Refuse to change which hours are in a band that has some: they would move to another.

        :raises UserError: naming the rate and the way out
        """
        if HOURS_FIELDS.isdisjoint(vals):
            return
        # sudo: whoever's hours they are
        Timesheet = self.env["account.analytic.line"].sudo()
        used = Timesheet.search([("billing_band_id", "in", self.ids)], limit=1).billing_band_id
        if used:
            raise UserError(
                self.env._(
                    "Hours are billed at the rate “%s”. End it with its last day, and make another "
                    "one from the next day on.",
                    used.name,
                )
            )

    @api.model
    @tools.ormcache("company_id")
    def _get_bands(self, company_id):
        """Bands of a company as the rule has them, the first that fits first: a tuple."""
        # sudo: rates decide, whoever writes hours
        bands = self.sudo().search([("company_id", "=", company_id)])
        return tuple(
            Band(
                band.id,
                band.days,
                band.hour_from,
                band.hour_to,
                band.date_from,
                band.date_to or None,
                frozenset(band.product_id.rate_position_ids.ids),
                band.is_urgent,
            )
            for band in bands
        )

    # Lines that bill the hours

    def _find_line(self, base):
        """Line of this one rate beside the line of the job's own rate, in sudo; may be empty."""
        return base.sudo().band_line_ids.filtered(  # sudo: whoever writes hours
            lambda line: line.billing_band_id == self and line.state != "cancel"
        )[:1]

    def _get_line(self, base):
        """The same, made where it is missing."""
        # sudo: whoever writes hours
        return self._find_line(base) or base.sudo().create(self._prepare_line_vals(base))

    def _prepare_line_vals(self, base):
        """Values of the line of this one rate: nothing of it is sold, it bills what is worked.

        :param base: line of the job's own rate, in sudo
        """
        client = base.order_id.partner_id
        by_job = base.fsm_order_id.billing_policy
        policy = base.effective_billing_policy or ACTUAL
        vals = {
            "order_id": base.order_id.id,
            "fsm_order_id": base.fsm_order_id.id,
            "product_id": (self.product_id or base.product_id).id,
            "product_uom_qty": 0.0,
            "sequence": base.sequence,
            "billing_policy": base.billing_policy or (not by_job and policy),
            "billing_band_id": self.id,
            "band_base_line_id": base.id,
        }
        if not self.product_id:
            own = self.with_context(lang=client.lang or self.env.lang)
            vals["name"] = f"{base.name} · {own.name}"
            vals["product_uom_id"] = base.product_uom_id.id
            vals["price_unit"] = base.price_unit * (1 + self.surcharge / 100)
            vals["discount"] = base.discount
            vals["tax_ids"] = [fields.Command.set(base.tax_ids.ids)]
        return vals
