from odoo import models


class FsmOrder(models.Model):
    """“On my way” by text message, where the company chooses so; by e-mail otherwise."""

    _inherit = "fsm.order"

    def _get_on_my_way_channel(self, partner):
        # sudo: a setting
        if self.sudo().company_id.is_on_my_way_sms and partner.phone:
            return "sms"
        return super()._get_on_my_way_channel(partner)

    def _send_on_my_way(self, block, partner):
        channel = super()._send_on_my_way(block, partner)
        if channel == "sms":
            local = self.with_context(lang=partner.lang or self.env.lang)
            local._message_sms(local._get_on_my_way_text(block), partner_ids=partner.ids)
        return channel

    def _get_on_my_way_text(self, block):
        """What the client of this one job reads, in the language of the environment."""
        text = self.env._(
            "%(company)s: %(person)s is on the way and will arrive between %(early)s and %(late)s.",
            company=self.company_id.name,
            person=block.employee_id.name,
            early=self._format_visit_time(self.arrival_early, block),
            late=self._format_visit_time(self.arrival_late, block),
        )
        phone = self.company_id.phone
        return f"{text} {self.env._('Questions? Call %s.', phone)}" if phone else text

    def _get_on_my_way_message(self, block, partner, channel):
        if channel != "sms":
            return super()._get_on_my_way_message(block, partner, channel)
        return self.env._(
            "%(client)s was told by text message: between %(early)s and %(late)s.",
            client=partner.name or self.name,
            early=self._format_visit_time(self.arrival_early, block),
            late=self._format_visit_time(self.arrival_late, block),
        )
