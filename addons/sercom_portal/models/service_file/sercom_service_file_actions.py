from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, OFFICE, SALES

MAX_LENGTH = 4000  # letters of a message
MAX_PER_HOUR = 20  # messages of a person
TODO = "mail.mail_activity_data_todo"
LINK_TEMPLATE = "sercom_portal.mail_template_link"
MAIL_PAUSE = timedelta(seconds=20)  # before the queue is emptied
LINK_PAUSE = timedelta(minutes=10)


class SercomServiceFile(models.Model):
    """What a client does on their page: write, ask for changes of a quote, ask again."""

    _inherit = "sercom.service.file"

    portal_link_sent_on = fields.Datetime(
        readonly=True, copy=False, help="When a client last asked for a new link to their page."
    )

    # Messages

    def _post_from_portal(self, partner, text, order_id=None):
        """Post what ``partner`` wrote on the page of this one file, in sudo; tell the office.

        :param str text: plain text
        :param int order_id: quote of the page that they ask to have changed
        :raises UserError: when there is nothing to post, too much, or too often
        """
        self.ensure_one()
        text = self._clean_portal_text(text)
        record = self._find_portal_quote(partner, order_id) if order_id else self
        if self._is_posted_twice(record, partner, text):
            return
        # Nobody follows the file by it: a tenant would read what the client writes, and the client
        # what the tenant does. The office answers to who wrote.
        record.with_user(SUPERUSER_ID).message_post(
            body=plaintext2html(text),
            author_id=partner.id,
            email_from=partner.email_formatted,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        if order_id:
            self._tell_office(record, self._get_changes_summary, partner, is_posted=True)
        else:
            self._tell_office(record, self._get_message_summary, partner, is_posted=True)

    @api.model
    def _get_changes_summary(self, record, partner):
        return self.env._(
            "%(client)s asks for changes to %(quote)s", client=partner.name, quote=record.name
        )

    @api.model
    def _get_message_summary(self, record, partner):
        return self.env._("%(client)s wrote about %(file)s", client=partner.name, file=record.name)

    @api.model
    def _get_web_request_summary(self, record, partner):
        return self.env._("%(client)s asked on the web", client=partner.name or record.name)

    def _tell_office(self, record, get_summary, partner, group=OFFICE, is_posted=False):
        """Give somebody of the office something to do about what a client did.

        :param record: what it is about, in sudo
        :param get_summary: method of files that says it, of the record and the client; in the
            language of who reads it
        :param partner: the client
        :param str group: group that whoever is told is in
        :param bool is_posted: whether a message of the record says the same; who follows it has
            that e-mail, and needs no second one
        """
        own = record.user_id if "user_id" in record._fields else ()
        users = [*own, *self.user_id]
        user = self.env["res.users"]._get_recipients({record: users}, group, DISPATCHER)[record]
        told = self.with_context(lang=user.lang or self.env.lang)
        is_mailed = is_posted and user.partner_id in record.message_partner_ids
        record = record.with_user(SUPERUSER_ID).with_context(mail_activity_quick_update=is_mailed)
        record.activity_schedule(
            TODO,
            summary=getattr(told, get_summary.__name__)(record, partner),
            user_id=user.id or SUPERUSER_ID,
        )

    @api.model
    def _clean_portal_text(self, text):
        text = (text or "").replace("\x00", "").strip()
        if not text:
            raise UserError(self.env._("Your message is empty. Type it first."))
        if len(text) > MAX_LENGTH:
            raise UserError(
                self.env._(
                    "Your message has %(length)s letters, and %(max)s is the most. Shorten it, or "
                    "send it in parts.",
                    length=len(text),
                    max=MAX_LENGTH,
                )
            )
        return text

    def _find_portal_quote(self, partner, order_id):
        known = {row["id"] for row in self._get_portal_quotes(partner) if row["is_open"]}
        if order_id not in known:
            raise UserError(
                self.env._("This quote is no longer open. Write to us below, or call us.")
            )
        return self.env["sale.order"].browse(order_id)

    def _is_posted_twice(self, record, partner, text):
        """Whether this was just posted; a page that is sent twice posts once.

        :raises UserError: when the person writes too often
        """
        recent = self.env["mail.message"].search(
            [
                ("author_id", "=", partner.id),
                ("model", "in", ("sercom.service.file", "sale.order")),
                ("message_type", "=", "comment"),
                ("date", ">", fields.Datetime.now() - timedelta(hours=1)),
            ],
            limit=MAX_PER_HOUR,
        )
        if any(
            (message.model, message.res_id) == (record._name, record.id)
            and message.body == plaintext2html(text)
            for message in recent
        ):
            return True
        if len(recent) == MAX_PER_HOUR:
            raise UserError(
                self.env._("You wrote many messages in an hour. Wait a little, or call us.")
            )
        return False

    # Ask again

    def _ask_again(self, partner, job_id, text):
        """Have the work of a past job done again: a request of the client, at the same site.

        :param partner: who asks, a client of this one file, in sudo
        :param int job_id: job of the file that is done
        :return: the new request, ``crm.lead``; the one that was just made when it is sent twice
        :raises UserError: when there is no such job
        """
        self.ensure_one()
        jobs = self._get_portal_jobs(partner) if self._is_portal_client(partner) else None
        job = jobs and jobs.filtered(lambda job: job.id == job_id and job.state == "done")
        if not job:
            raise UserError(self.env._("This job cannot be asked for again. Write to us instead."))
        job._lock_for_conversion()
        text = (text or "").strip()[:MAX_LENGTH]
        subject = job.subject or job.name
        known = self.env["crm.lead"].search(
            [
                ("partner_id", "=", partner.id),
                ("fsm_location_id", "=", job.location_id.id),
                ("name", "=", subject),
                ("create_date", ">", fields.Datetime.now() - timedelta(hours=1)),
            ],
            limit=1,
        )
        if known:
            return known
        need = self.env._("Again, as %s.", job.name)
        lead = self._make_web_request(
            partner_id=partner.id,
            fsm_location_id=job.location_id.id,
            name=subject,
            need=f"{need}\n{text}" if text else need,
            lang=partner.lang or self.env.company.partner_id.lang or self.env.lang,
        )
        self._after_asked_again(lead, partner)
        return lead

    @api.model
    def _after_asked_again(self, lead, partner):
        """Hook: thank ``partner``, who asked for something on their page; ``lead`` in sudo."""

    @api.model
    def _make_web_request(self, **vals):
        """Make a request as the office does of a call, of what a client typed; tell the office.

        :param vals: values of ``sercom.call``
        :return: ``crm.lead``, in sudo
        """
        # A visitor takes nothing on: what they ask for belongs to nobody yet.
        company = self.company_id or self.env.company
        calls = self.env["sercom.call"].with_user(SUPERUSER_ID).with_company(company)
        lead = calls.create({**vals, "is_web": True})._make_request()
        self._tell_office(lead, self._get_web_request_summary, lead.partner_id, group=SALES)
        return lead

    # Links

    def _send_portal_link(self, partner):
        """E-mail ``partner`` a new link to the page of this one file, in sudo; not too often."""
        self.ensure_one()
        last = self.portal_link_sent_on
        if not partner.email or (last and last > fields.Datetime.now() - LINK_PAUSE):
            return
        self.portal_link_sent_on = fields.Datetime.now()
        self._mail_to_client(LINK_TEMPLATE, partner)

    def _mail_to_client(self, template, partner, attachments=(), **words):
        """E-mail ``partner`` about this one file, with a link to its page; now, not with Odoo's
        hourly queue.

        :param str template: external id of a template of files
        :param attachments: list of ``(name, content in base64)``
        :param words: context that the template reads
        """
        self.ensure_one()
        lang = partner.lang or self.env.lang
        template = self.env.ref(template).with_user(SUPERUSER_ID)
        template.with_context(
            **words, lang=lang, portal_link=self._get_portal_link(partner)
        ).send_mail(
            self.id,
            email_values={
                "recipient_ids": [fields.Command.link(partner.id)],
                "attachments": list(attachments),
            },
            email_layout_xmlid="mail.mail_notification_light",
        )
        # A moment later: what Odoo mails at once, when this is committed, is in the same queue, and
        # two who send it stop each other.
        soon = fields.Datetime.now() + MAIL_PAUSE
        # sudo: a job of Odoo's
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger(soon)

    def action_open_portal(self):
        """Show this one file's page as its client sees it; nothing is done by it.

        :raises UserError: when the file has no client
        :raises AccessError: for who reads no prices
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_groups(f"{SALES},account.group_account_invoice"):
            raise AccessError(self.env._("The page shows prices. Ask the office to open it."))
        if not self.partner_id:
            raise UserError(self.env._("%s has no client. Choose one first.", self.name))
        return {
            "type": "ir.actions.act_url",
            "url": self._get_portal_link(self.partner_id, is_look=True),
            "target": "new",
        }
