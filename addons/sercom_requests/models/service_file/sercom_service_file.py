from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.actions import window_action
from ...tools.client import CLIENT_DOMAIN
from ...tools.field_access import BILLING, OFFICE, SALES, merge_fields
from ...tools.service_file.file_state import FileFacts, file_state

OFFICE_GROUPS = "sales_team.group_sale_salesman,account.group_account_invoice"


class SercomServiceFile(models.Model):
    """Folder of everything one client need produced.

    How it works: the first record of a flow opens the file, conversions carry it along
    (``sercom.service.file.mixin``), and its state follows its records.
    """

    _name = "sercom.service.file"
    _description = "Service File"
    _inherit = ["mail.thread", "mail.activity.mixin", "sercom.field.access.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _is_posted_together = True
    _is_history_kept = True
    _told_links = frozenset({"fsm_location_id", "partner_id"})

    name = fields.Char(
        "Number", required=True, readonly=True, copy=False, default="/", index="trigram"
    )
    active = fields.Boolean(default=True)
    subject = fields.Char(help="What the client needs, in a few words.", tracking=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", domain=CLIENT_DOMAIN, index=True, tracking=True
    )
    fsm_location_id = fields.Many2one(
        "fsm.location", string="Site", index="btree_not_null", tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Responsible", index="btree_not_null")
    merged_into_id = fields.Many2one(
        "sercom.service.file", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        [
            ("request", "Request"),
            ("quoted", "Quoted"),
            ("sold", "In Progress"),
            ("to_invoice", "To Invoice"),
            ("invoiced", "Invoiced"),
            ("paid", "Paid"),
            ("lost", "Lost"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        help="Follows the requests, quotes, jobs and invoices of the file.",
    )

    opportunity_ids = fields.One2many(
        "crm.lead", "service_file_id", string="Requests", context={"active_test": False}
    )
    appointment_ids = fields.One2many("calendar.event", "service_file_id", string="Appointments")
    sale_order_ids = fields.One2many("sale.order", "service_file_id", string="Quotes and Orders")
    fsm_order_ids = fields.One2many("fsm.order", "service_file_id", string="Jobs")
    invoice_ids = fields.One2many("account.move", "service_file_id", string="Invoices")

    opportunity_count = fields.Integer(
        "Request Count", compute="_compute_counts", compute_sudo=True
    )
    appointment_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    sale_order_count = fields.Integer("Quote Count", compute="_compute_counts", compute_sudo=True)
    fsm_order_count = fields.Integer("Job Count", compute="_compute_counts", compute_sudo=True)
    invoice_count = fields.Integer(compute="_compute_counts", compute_sudo=True)

    amount_quoted = fields.Monetary(
        compute="_compute_amounts",
        compute_sudo=True,
        groups=OFFICE_GROUPS,
        help="Open and sold quotes, taxes included. Replaced and lost versions are left out.",
    )
    amount_sold = fields.Monetary(
        compute="_compute_amounts",
        compute_sudo=True,
        groups=OFFICE_GROUPS,
        help="Sold quotes, taxes included.",
    )
    amount_invoiced = fields.Monetary(
        compute="_compute_amounts",
        compute_sudo=True,
        groups=OFFICE_GROUPS,
        help="Posted invoices less credit notes, taxes included.",
    )
    amount_paid = fields.Monetary(
        compute="_compute_amounts", compute_sudo=True, groups=OFFICE_GROUPS
    )
    amount_due = fields.Monetary(
        compute="_compute_amounts", compute_sudo=True, groups=OFFICE_GROUPS
    )

    _name_company_uniq = models.UniqueIndex(
        "(name, company_id)", "Two service files of a company cannot have the same number."
    )

    @api.depends("name", "partner_id.name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        told = self._filter_readable_by_user()
        for file in self:
            # sudo: the name of the client is the file's
            client = file.sudo().partner_id.name if file in told else None
            file.display_name = f"{file.name} – {client}" if client else file.name

    @api.depends(
        "opportunity_ids.won_status",
        "sale_order_ids.state",
        "sale_order_ids.invoice_status",
        "fsm_order_ids.stage_id",
        "invoice_ids.state",
        "invoice_ids.amount_residual",
    )
    def _compute_state(self):
        closed = self.env["fsm.stage"]._get_closed_ids()
        ended = self.filtered(lambda file: closed.issuperset(file.fsm_order_ids.stage_id.ids))
        ended.sale_order_ids.mapped("fsm_order_ids")  # read for all files at once, as these
        ended.sale_order_ids.filtered(lambda order: order.state == "sale").mapped("invoice_ids")
        for file in self:
            file.state = file_state(file._get_state_facts())

    def _get_state_facts(self):
        """Facts that tell the state of this one file."""
        self.ensure_one()
        ends = self.env["fsm.stage"]._get_closed_ids()
        closed = self.fsm_order_ids.filtered(lambda job: job.stage_id.id in ends)
        if open_jobs := self.fsm_order_ids - closed:
            return FileFacts(open_jobs=len(open_jobs))  # the rest does not count then
        requests = self.opportunity_ids
        orders = self.sale_order_ids
        sold = orders.filtered(lambda order: order.state == "sale")
        quotes = orders.filtered(lambda order: order.state in ("draft", "sent"))
        bills = self._get_bills()
        posted = bills.filtered(lambda move: move.is_sale_document() and move.state == "posted")
        drafts = bills.filtered(lambda move: move.state == "draft")
        lost_requests = requests.filtered(lambda request: request.won_status == "lost")
        cancelled = self.env["ir.model.data"]._xmlid_to_res_id("fieldservice.fsm_stage_cancelled")
        # An order whose jobs are all cancelled has ended, where nothing is billed or to be billed.
        dropped = sold.filtered(
            lambda order: (
                order.fsm_order_ids.stage_id.ids == [cancelled]
                and order.invoice_status != "to invoice"
                and not order.invoice_ids.filtered(lambda move: move.state != "cancel")
            )
        )
        sold -= dropped
        return FileFacts(
            open_requests=len(requests - lost_requests),
            open_quotes=len(quotes),
            sold_orders=len(sold),
            done_jobs=len(closed.filtered(lambda job: job.stage_id.id != cancelled)),
            to_invoice=bool(drafts) or "to invoice" in orders.mapped("invoice_status"),
            invoiced=len(posted),
            due=sum(move.amount_residual_signed * self._get_bill_share(move) for move in posted),
            ended=len(lost_requests) + len(orders - sold - quotes),
        )

    def _get_bills(self):
        """Hook: invoices and credit notes with something of this one file on them."""
        self.ensure_one()
        return self.invoice_ids

    def _get_bill_share(self, move):
        """Hook: how much of one of its bills is this one file's, from 0 to 1."""
        return 1.0

    @api.depends(
        "opportunity_ids",
        "appointment_ids",
        "sale_order_ids",
        "fsm_order_ids",
        "invoice_ids",
    )
    def _compute_counts(self):
        domains = self._get_counter_domains()
        for field, comodel in self._get_counted_records().items():
            domain = Domain("service_file_id", "in", self.ids) & domains.get(field, Domain.TRUE)
            Model = self.env[comodel].with_context(active_test=False)
            counts = dict(Model._read_group(domain, ["service_file_id"], ["__count"]))
            for file in self:
                file[field] = counts.get(file._origin, 0)

    def _get_counted_records(self):
        """Models counted on a file's smart buttons, by the name of the counter."""
        return {
            "opportunity_count": "crm.lead",
            "appointment_count": "calendar.event",
            "sale_order_count": "sale.order",
            "fsm_order_count": "fsm.order",
            "invoice_count": "account.move",
        }

    def _get_counter_domains(self):
        """Hook: which of the records count, by the name of the counter; all of them else."""
        return {}

    @api.depends(
        "sale_order_ids.amount_total",
        "sale_order_ids.state",
        "invoice_ids.state",
        "invoice_ids.amount_total_signed",
        "invoice_ids.amount_residual_signed",
    )
    def _compute_amounts(self):
        for file in self:
            sold = file.sale_order_ids.filtered(lambda order: order.state == "sale")
            quotes = file.sale_order_ids.filtered(lambda order: order.state in ("draft", "sent"))
            posted = file._get_bills().filtered(
                lambda move: move.state == "posted" and move.is_sale_document()
            )
            shares = {move: file._get_bill_share(move) for move in posted}
            file.amount_sold = sum(order._get_company_amount() for order in sold)
            file.amount_quoted = file.amount_sold + sum(
                order._get_company_amount() for order in quotes
            )
            file.amount_invoiced = sum(
                move.amount_total_signed * share for move, share in shares.items()
            )
            file.amount_due = sum(
                move.amount_residual_signed * share for move, share in shares.items()
            )
            file.amount_paid = file.amount_invoiced - file.amount_due

    @api.model
    def _get_writable_fields(self):
        told = {"active", "fsm_location_id", "partner_id", "subject", "user_id"}
        return merge_fields(
            super()._get_writable_fields(),
            dict.fromkeys((OFFICE, SALES, BILLING), told),
        )

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(
            super()._get_creatable_fields(),
            dict.fromkeys((OFFICE, SALES, BILLING), {"company_id"}),
        )

    @api.model
    def _prepare_create_values(self, vals_list):
        # Once it is known that the user may write the rest: the number is never theirs to choose.
        vals_list = super()._prepare_create_values(vals_list)
        unnamed = {}
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company_id = vals.get("company_id") or self.env.company.id
                unnamed.setdefault(company_id, []).append(vals)
        for company_id, group in unnamed.items():
            numbers = self._get_number_sequence(company_id)._next_numbers(len(group))
            for vals, number in zip(group, numbers, strict=True):
                vals["name"] = number
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_records(self):
        for file in self:
            if any(file[counter] for counter in self._get_counted_records()) or (
                # A cancelled visit is not counted, and is lost all the same.
                file.sudo().with_context(active_test=False).appointment_ids  # sudo: private too
            ):
                raise UserError(
                    self.env._(
                        "%s still holds records. Archive it, or merge it with another file.",
                        file.display_name,
                    )
                )

    @api.model
    def _get_number_sequence(self, company_id):
        """Sequence that numbers the files of a company: its own, or else the common one."""
        return (
            self.env["ir.sequence"]
            .sudo()  # sudo: files are numbered, whoever opens them
            .search(
                [
                    ("code", "=", "sercom.service.file"),
                    ("company_id", "in", (company_id, False)),
                ],
                order="company_id",
                limit=1,
            )
        )

    def action_view_records(self):
        """Open the records that the smart button's context key ``records_field`` names."""
        self.ensure_one()
        self.check_access("read")
        field = self._fields[self._get_shown_field()]
        records = self._get_bills() if field.name == "invoice_ids" else self[field.name]
        action = window_action(records, name=field._description_string(self.env))
        action["context"] = {
            "active_test": False,
            "default_service_file_id": self.id,
            "default_partner_id": self.partner_id.id,
            "default_fsm_location_id": self.fsm_location_id.id,
            "default_location_id": self.fsm_location_id.id,
            **({"default_move_type": "out_invoice"} if field.name == "invoice_ids" else {}),
            **({"search_default_appointments_live": 1} if field.name == "appointment_ids" else {}),
        }
        return action

    def _get_shown_field(self):
        """Name of the records to open: those of one of the counters, whatever the context says."""
        name = self.env.context.get("records_field")
        known = {counter.replace("_count", "_ids") for counter in self._get_counted_records()}
        if name not in known:
            raise UserError(self.env._("%s has no such records to open.", self.display_name))
        return name

    def _is_of(self, client):
        """Whether a record of ``client`` may be in this one file: another contact is one client."""
        own = self.partner_id
        return not own or not client or own.commercial_partner_id == client.commercial_partner_id
