"""What the people of the firm do, in words the story is told with.

Each verb is done by a user of the firm with Sercom's public methods, at the clock's moment, so
that what the demo shows is what the screens make.
"""

from odoo import Command

from odoo.addons.sercom.data.demo import pictures

CHANNELS = {
    "phone": "utm.utm_medium_phone",
    "web": "utm.utm_medium_website",
    "referral": "sercom_requests.utm_medium_referral",
}


class Firm:
    """The firm's people at work. ``who`` is the name of a user: ``"dispatcher"``, ``"marc"``."""

    def __init__(self, env, records, moments):
        self.env = env
        self.records = records
        self.moments = moments

    def as_user(self, record, who):
        """Give a record to a user of the firm, who works in their own language."""
        user = self.records[f"user_{who}"]
        return record.with_user(user).with_context(lang=user.lang)

    def opened(self, action, who):
        """Records that a button's window action shows, also after a word of warning."""
        action = action.get("params", {}).get("next", action)
        model = self.as_user(self.env[action["res_model"]], who)
        return (
            model.browse(action["res_id"])
            if action.get("res_id")
            else model.search(action["domain"])
        )

    # Requests

    def take_request(self, name, channel="phone", who="dispatcher", lines=(), **vals):
        """Note what a client asks for; ``lines`` are pairs of a product's name and a quantity."""
        client, site = vals.pop("client", None), vals.pop("site", None)
        worth = sum(self.records[product].list_price * quantity for product, quantity in lines)
        return self.as_user(self.env["crm.lead"], who).create(
            {
                "name": name,
                "type": "opportunity",
                "expected_revenue": worth,
                "user_id": self.records[f"user_{who}"].id,
                "medium_id": self.env.ref(CHANNELS[channel]).id,
                "partner_id": self.records[f"client_{client}"].id if client else False,
                "fsm_location_id": self.records[f"site_{site}"].id if site else False,
                "request_line_ids": [
                    Command.create(
                        {"product_id": self.records[product].id, "product_uom_qty": quantity}
                    )
                    for product, quantity in lines
                ],
                **vals,
            }
        )

    def qualify(self, request):
        request.stage_id = self.env.ref("crm.stage_lead2")

    def title(self, record, subject):
        """Say in a few words what the file of a record is about."""
        self.as_user(record.service_file_id, "dispatcher").subject = subject
        return record

    def log_call(self, record, text, who="dispatcher"):
        """Note a phone call in the chatter of a record's service file."""
        file = self.as_user(record.service_file_id, who)
        file.message_post(body=text, subtype_xmlid="mail.mt_note")

    def book_visit(self, record, people, start, hours=1.0, who="dispatcher", **vals):
        """Book an appointment from any record of a file."""
        record = self.as_user(record, who)
        Wizard = self.as_user(self.env["sercom.appointment.schedule"], who).with_context(
            active_model=record._name, active_id=record.id, active_ids=record.ids
        )
        users = self.env["res.users"].union(*[self.records[f"user_{one}"] for one in people])
        wizard = Wizard.create({"start": start, "duration": hours, "user_ids": users.ids, **vals})
        return wizard._create_appointment()

    # What was seen on site

    def take_photo(self, record, scene, caption, who, after=False, moment=None):
        moment = moment or ("after" if after else "before")
        return self.as_user(self.env["sercom.photo"], who).create(
            {
                "name": caption,
                "moment": moment,
                "image_1920": pictures.photo(scene, after),
                **self._seen_on(record, who),
            }
        )

    def _seen_on(self, record, who):
        """What a photo or measurement is taken of; a technician knows a request by its file."""
        if record._name == "fsm.order":
            return {"fsm_order_id": record.id}
        if not self.as_user(record, who).has_access("write"):
            return {"service_file_id": record.service_file_id.id}
        return {"opportunity_id": record.id}

    def measure(self, record, measures, who):
        """Note measurements: triples of what, value and unit."""
        self.as_user(self.env["sercom.measurement"], who).create(
            [
                {"name": name, "value": value, "unit": unit, **self._seen_on(record, who)}
                for name, value, unit in measures
            ]
        )

    # Quotes

    def quote(self, record, who="estimator", **vals):
        """Turn a request, or a job where something else was found, into its quote."""
        order = self.opened(self.as_user(record, who).action_convert_to_quote(), who)
        if vals:
            order.write(vals)
        return order

    def new_quote(self, client, site, lines, who="estimator", about=None, **vals):
        """Start a quote without a request."""
        order = self.as_user(self.env["sale.order"], who).create(
            {
                "partner_id": self.records[f"client_{client}"].id,
                "fsm_location_id": self.records[f"site_{site}"].id,
                "user_id": self.records[f"user_{who}"].id,
                "order_line": self.lines(lines),
                **vals,
            }
        )
        return self.title(order, about)

    def lines(self, lines):
        return [
            Command.create({"product_id": self.records[product].id, "product_uom_qty": quantity})
            for product, quantity in lines
        ]

    def send(self, order):
        """Mark a quote as sent; the demo writes to nobody."""
        order.action_quotation_sent()

    def sell(self, order, signed_by=None):
        """The client says yes: the quote makes its jobs."""
        if signed_by:
            order.sudo().write(
                {
                    "signed_by": signed_by,
                    "signed_on": self.env.cr.now(),
                    "signature": pictures.signature(signed_by),
                }
            )
        order.action_confirm()
        return self.jobs_of(order)

    def jobs_of(self, order):
        return self.as_user(order.sudo().fsm_order_ids, "dispatcher")

    def ask_deposit(self, order, percentage, who="accountant"):
        """Invoice a deposit of a sold quote, and post it."""
        wizard = self.as_user(self.env["sale.advance.payment.inv"], who).create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": percentage,
            }
        )
        invoice = wizard._create_invoices(wizard.sale_order_ids)
        invoice.action_post()
        return invoice

    # Jobs

    def job(self, record, who="dispatcher"):
        """Turn a request or a quote into its job."""
        return self.opened(self.as_user(record, who).action_convert_to_job(), who)

    def new_job(self, site, lines, about, who="dispatcher", **vals):
        """Make a job on the phone, with what it will take."""
        job = self.as_user(self.env["fsm.order"], who).create(
            {"location_id": self.records[f"site_{site}"].id, **vals}
        )
        self.as_user(self.env["sale.order.line"], who).create(
            [
                {
                    "order_id": job.sale_id.id,
                    "fsm_order_id": job.id,
                    "product_id": self.records[product].id,
                    "product_uom_qty": quantity,
                }
                for product, quantity in lines
            ]
        )
        return self.title(job, about)

    def plan(self, job, worker, start, hours=None):
        vals = {"person_id": self.records[f"worker_{worker}"].id, "scheduled_date_start": start}
        if hours:
            vals["scheduled_duration"] = hours
        job.write(vals)
        job.action_plan()

    def start(self, job, worker, moment):
        """The technician clocks in on the job; what they did until then ends."""
        self.moments.set(moment)
        self.as_user(job, worker).action_clock_in()

    def finish(self, job, worker, moment, signed_by=None, note=None):
        """The technician is done: their note, the client's signature, the parts handed over."""
        self.moments.set(moment)
        own = self.as_user(job, worker)
        if note:
            own.resolution = note
        self.answer_checklist(own, worker)
        if own.is_clocked_in:
            own.action_clock_out()
        if signed_by:
            self.env["fsm.order.sign.wizard"].with_env(own.env).with_context(
                active_id=job.id
            ).create(
                {"signed_by": signed_by, "signature": pictures.signature(signed_by)}
            ).action_sign()
        if own.is_over_sold:
            own.over_hours_reason = "Raccords rouillés : démontés un à un."
        own.action_complete()
        self.hand_over_parts(job)

    def answer_checklist(self, job, worker):
        """Answer what the job's checklist requires."""
        for item in job.check_ids.filtered(lambda item: item.is_required and not item.is_done):
            if item.kind == "photo":
                photo = self.take_photo(job, "pipe", item.name, worker, after=True)
                photo.sudo().check_id = item
            else:
                bounds = filter(None, (item.number_min, item.number_max))
                answers = {"check": True, "yes_no": "yes", "number": min(bounds, default=5)}
                item.action_answer(answers.get(item.kind, "RAS"))

    def hand_over_parts(self, job):
        pickings = self.as_user(job.sale_id.sudo().picking_ids, "dispatcher")
        for picking in pickings.filtered(lambda p: p.state not in ("done", "cancel")):
            picking.action_assign()
            picking.move_ids.picked = True
            picking._action_done()

    # Invoices

    def invoice(self, record, who="accountant", post=True):
        """Turn a request, a quote or a job into its invoice."""
        invoice = self.opened(self.as_user(record, who).action_convert_to_invoice(), who)
        if post:
            invoice.action_post()
        return invoice

    def pay(self, invoice, amount=None, who="accountant"):
        """Note a payment, all that is due or a part of it; it is reconciled at once."""
        Register = self.as_user(self.env["account.payment.register"], who).with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        vals = {"payment_date": self.env.cr.now().date()}
        if amount:
            vals.update(amount=amount, payment_difference_handling="open")
        Register.create(vals)._create_payments()

    def name(self, key, **named):
        """Name records of the story: ``name("heater", file=…, job=…)``."""
        for kind, record in named.items():
            self.records[f"{kind}_{key}"] = record
