from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER, SALES, merge_fields

from ...tools.itinerant import sale as rules

# What the client's right to cancel follows from.
SALE_FACTS = ("contract_place", "asked_by", "is_essential_replacement")


class SaleOrder(models.Model):
    """A sale to a consumer: who asked first, where, and what the law says of it."""

    _inherit = "sale.order"

    contract_place = fields.Selection(
        [
            (rules.HOME, "At the Client's Home"),
            (rules.ELSEWHERE, "At the Firm, by Telephone or by E-mail"),
        ],
        "Contract Made",
        copy=False,
        tracking=True,
        help="Source: Consumer Protection Act (CQLR, c. P-40.1), ss. 55 and 57.",
    )
    asked_by = fields.Selection(
        [
            (rules.CLIENT, "The Client, for This Work"),
            (rules.REPAIR, "The Client, for a Repair"),
            (rules.CONTACTED, "The Client, after We Had Contacted Them"),
            (rules.FIRM, "We Did"),
        ],
        "Who Asked First",
        copy=False,
        tracking=True,
        help="Source: Consumer Protection Act (CQLR, c. P-40.1), s. 57; c. P-40.1, r. 3, s. 7.1.",
    )
    is_essential_replacement = fields.Boolean(
        "Only Replaces What Cannot Be Repaired",
        copy=False,
        tracking=True,
        help="Essential heating or hot water that cannot be repaired, replaced because the client "
        "asks for it. Source: c. P-40.1, r. 3, s. 91.19.",
    )
    is_home_sale_checked = fields.Boolean(compute="_compute_is_home_sale_checked")
    is_itinerant_sale = fields.Boolean(compute="_compute_is_itinerant_sale")
    is_itinerant_banned = fields.Boolean(compute="_compute_is_itinerant_sale")
    date_cancellation_end = fields.Date(
        "Client May Cancel Until",
        compute="_compute_date_cancellation_end",
        help="Ten days from the contract. Source: Consumer Protection Act (c. P-40.1), s. 59.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"contract_place", "asked_by", "is_essential_replacement"}
        return merge_fields(super()._get_writable_fields(), {SALES: own})

    def _before_change(self, vals):
        self._check_sale_facts(vals)
        super()._before_change(vals)

    def _check_sale_facts(self, vals):
        """Refuse that who sells changes what the client's right to cancel follows from.

        :param dict vals: values about to be written
        :raises UserError: naming the order, once it is agreed to
        """
        facts = [name for name in SALE_FACTS if name in vals]
        if not facts or self.env.su or self.env.user.has_groups(f"{BILLING},{MANAGER}"):
            return
        for order in self:
            is_agreed = order.state == "sale" or order.signed_on or order.consent_on
            changed = [name for name in facts if (order[name] or False) != (vals[name] or False)]
            if is_agreed and changed and order.company_id.is_itinerant_sale_checked:
                raise UserError(
                    self.env._(
                        "“%(field)s” of %(order)s is what the client agreed under. Ask an "
                        "accountant or a manager to correct it.",
                        field=order._fields[changed[0]]._description_string(self.env),
                        order=order.name,
                    )
                )

    def _prepare_revision_vals(self):
        return {
            **super()._prepare_revision_vals(),
            "contract_place": self.contract_place,
            "asked_by": self.asked_by,
            "is_essential_replacement": self.is_essential_replacement,
        }

    @api.depends("company_id.is_itinerant_sale_checked", "partner_id.commercial_partner_id")
    def _compute_is_home_sale_checked(self):
        for order in self:
            order.is_home_sale_checked = (
                order.company_id.is_itinerant_sale_checked and order.partner_id._is_consumer()
            )

    @api.depends(
        "asked_by",
        "contract_place",
        "is_essential_replacement",
        "is_home_sale_checked",
        "order_line.product_id.categ_id.home_sale_kind",
    )
    def _compute_is_itinerant_sale(self):
        self.is_itinerant_sale = self.is_itinerant_banned = False
        for order in self.filtered("is_home_sale_checked"):
            kinds = order.order_line.product_id.categ_id._get_home_sale_kinds()
            facts = (order.contract_place, order.asked_by, kinds)
            order.is_itinerant_sale = rules.is_itinerant(*facts)
            order.is_itinerant_banned = rules.is_banned(*facts, order.is_essential_replacement)

    @api.depends("date_order", "is_itinerant_sale", "signed_on", "state")
    def _compute_date_cancellation_end(self):
        self.date_cancellation_end = False
        for order in self:
            moment = order.signed_on or order.date_order
            if order.is_itinerant_sale and order.state == "sale" and moment:
                zone = order.company_id.partner_id.tz or self.env.user.tz
                made = fields.Datetime.context_timestamp(order.with_context(tz=zone), moment)
                order.date_cancellation_end = rules.get_last_day_to_cancel(made.date())
