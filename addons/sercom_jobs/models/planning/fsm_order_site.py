from odoo import fields, models


class FsmOrder(models.Model):
    """A job of another client or site: its people, their calendars and their warnings follow."""

    _inherit = "fsm.order"

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if "location_id" in vals:
            before["sites"] = {job: job.location_id for job in self}
        if "partner_id" in vals:
            before["visit_names"] = {job: job._get_visit_name() for job in self}
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if sites := before.get("sites"):
            moved = self.filtered(lambda job: job.location_id != sites[job])
            moved._update_site_of_assignments()
            moved._notify_site_change(sites)
        if names := before.get("visit_names"):
            self._rename_visits(names)

    def _get_visit_name(self):
        """Name of the visits of this one job in calendars."""
        return " · ".join(filter(None, (self.name, self.partner_id.name, self.subject)))

    def _rename_visits(self, before):
        """Call the coming visits of these jobs by their client; those named by somebody stay so.

        :param dict before: ``{job: name of its visits}`` before the change
        """
        # sudo: calendars of others follow the job, whoever changes it
        renamed = self.sudo().filtered(lambda job: before[job] != job._get_visit_name())
        for job, blocks in renamed._get_live_assignments().items():
            events = blocks.calendar_event_id.grouped("name").get(before[job])
            if events:
                events.name = job._get_visit_name()

    def _update_site_of_assignments(self):
        """The people of these jobs go to their new site: their calendars and warnings say so."""
        # sudo: blocks follow their job's site, whoever changes it
        blocks = self.env["sercom.assignment"].sudo().concat(*self._get_live_assignments().values())
        blocks._move_events()
        blocks._refresh_warnings()

    def _notify_site_change(self, before):
        """Tell the people who were told to go to these jobs that they are elsewhere now.

        :param dict before: ``{job: site}`` before the change
        """
        now = fields.Datetime.now()
        for job, blocks in self._get_live_assignments(("confirmed",)).items():
            coming = blocks.filtered(lambda block: block.date_end >= now)
            guests = self.env["res.partner"].union(*(block._get_guest() for block in coming))
            guests -= self.env.user.partner_id
            for lang, partners in guests.grouped("lang").items():
                told = job.sudo().with_context(lang=lang)  # sudo: whoever changed the order tells
                told.message_notify(
                    partner_ids=partners.ids,
                    subject=told.env._("%s: another site", job.name),
                    body=told.env._(
                        "%(visit)s is at %(site)s, %(address)s, and no longer at %(old)s.",
                        visit=job.name,
                        site=told.location_id.name,
                        address=told.location_id._get_address_line(),
                        # sudo: the people who go there are told, whoever moves it
                        old=before[job].sudo().name or "–",
                    ),
                )
