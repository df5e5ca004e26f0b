import json
from datetime import timedelta

from odoo import fields, models

from odoo.addons.sercom_jobs.models.planning.sercom_assignment import LIVE_STATES
from odoo.addons.sercom_jobs.models.planning.sercom_assignment_change import BLOCK_FIELDS
from odoo.addons.sercom_requests.tools.wording import format_moment

HORIZON = timedelta(days=8)  # what the phone shows: of what is later it tells when it is opened


class SercomAssignment(models.Model):
    """A phone tells its owner of a visit that is new, moved or cancelled by somebody else.

    How it works: Odoo's own web push. Where the database has no key for it, or the person allowed
    none of their phones to ring, nothing happens, and nothing is read.
    """

    _inherit = "sercom.assignment"

    def _after_change(self, before):
        super()._after_change(before)
        if self._get_push_key():
            news = [one for block in self for one in block._get_news(before["values"].get(block))]
            self._push_news(news)

    def _get_unlink_snapshot(self):
        news = []
        if self._get_push_key():
            blocks = self.filtered(lambda block: block.state in LIVE_STATES)
            news = [block._make_news("cancelled", block._to_news_values()) for block in blocks]
        return {**super()._get_unlink_snapshot(), "news": news}

    def _after_unlink(self, before):
        super()._after_unlink(before)
        self._push_news(before["news"])

    def _get_push_key(self):
        """Public key of the database's web push; nothing where it has none."""
        # sudo: a key that browsers get
        return self.env["ir.config_parameter"].sudo().get_param("mail.web_push_vapid_public_key")

    def _to_news_values(self):
        block = self.sudo()  # sudo: compared with ``_get_values``, which are of superuser
        names = (*BLOCK_FIELDS, "state", "fsm_order_id")
        return {name: self._to_plain(block[name]) for name in names}

    def _get_news(self, old):
        """What became of this one block for whom it is, and was.

        :param dict old: values before the change; ``None`` for a new block
        """
        new = self._to_news_values()
        was, is_now = (vals if vals and vals["state"] in LIVE_STATES else {} for vals in (old, new))
        if was and (not is_now or was["employee_id"] != new["employee_id"]):
            yield self._make_news("cancelled", was)
        if not is_now or was and all(was[name] == new[name] for name in BLOCK_FIELDS):
            return
        is_moved = was and was["employee_id"] == new["employee_id"]
        yield self._make_news("moved" if is_moved else "new", new)

    def _make_news(self, kind, vals):
        return {"kind": kind, "block_id": self.id, **vals}

    def _push_news(self, news):
        """Let phones tell of changes of the coming days, each person's in one notice.

        :param list news: dictionaries of ``_make_news``
        """
        now = fields.Datetime.now()
        told = {}
        for one in news:
            if one["date_end"] > now and one["date_start"] < now + HORIZON:
                told.setdefault(one["employee_id"], []).append(one)
        # sudo: whoever plans, the people planned are told on their phones
        people = self.env["hr.employee"].sudo().browse(told)
        users = {
            person.user_id: told[person.id]
            for person in people
            if person.user_id and person.user_id != self.env.user
        }
        devices = self._get_phones([user.partner_id.id for user in users])
        vals_list = [
            {
                "mail_push_device_id": device.id,
                "payload": json.dumps(self._make_notice(user, mine)),
            }
            for user, mine in users.items()
            for device in devices.filtered(lambda one, user=user: one.partner_id == user.partner_id)
        ]
        if vals_list:
            # sudo: notices are written by the server alone, and sent after this transaction
            self.env["mail.push"].sudo().create(vals_list)
            # sudo: who plans may not see scheduled actions
            self.env.ref("mail.ir_cron_web_push_notification").sudo()._trigger()

    def _get_phones(self, partner_ids):
        """Devices that these people allowed to ring."""
        devices = self.env["mail.push.device"].sudo()  # sudo: keys of other people's browsers
        return devices.search([("partner_id", "in", partner_ids)]) if partner_ids else devices

    def _make_notice(self, user, news):
        """What the phone of a user shows, in their language: one change, or how many."""
        env = self.with_context(lang=user.lang).env
        data = {"model": "fsm.order", "res_id": False, "page": "my-day"}
        if len(news) > 1:
            title, body = env._("My Day"), env._("%s of your visits changed.", len(news))
        else:
            one = news[0]
            title = {
                "new": env._("New visit"),
                "moved": env._("Visit moved"),
                "cancelled": env._("Visit cancelled"),
            }[one["kind"]]
            job = self.env["fsm.order"].sudo().browse(one["fsm_order_id"])  # sudo: see above
            person = user.sudo().employee_ids[:1]  # sudo: whatever the company of who changes it
            zone = person._get_planning_tz() if person else user.tz
            body = " · ".join(
                [format_moment(env, one["date_start"], zone), job.partner_id.name or job.name]
            )
            if one["kind"] != "cancelled":
                data["res_id"] = job.id
        options = {"body": body, "icon": "/sercom_my_day/static/img/icon-192.png", "data": data}
        return {"title": title, "options": options}
