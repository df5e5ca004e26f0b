from odoo import models

ORDER_FOLLOWED = {"opportunity_id", "state"}
QUALIFYING_FIELDS = {"fsm_location_id", "need", "request_early", "request_late"}


class CrmLead(models.Model):
    """The stage of a service request follows what becomes of it.

    How it works: what qualifies, assesses or quotes a request moves it forward, never back, to the
    stage that stands for this (``crm.stage._get_step_stages``). Its orders then decide: one sold
    wins it, all of them lost lose it, one open again brings it back. Whoever moves a request by
    hand keeps what they chose until the next of these events. Plain sales leads are Odoo's.
    """

    _inherit = "crm.lead"

    def _reach_qualified(self):
        """Qualify those of these requests that lack nothing for it."""
        self.filtered(
            lambda lead: lead.is_service_request and not lead._get_missing_to_qualify()
        )._reach_step("qualified")

    def _reach_step(self, step):
        """Move these requests forward to the stage of ``step``, those that are not past it.

        :param str step: ``qualified``, ``assessed`` or ``quoted``
        """
        # sudo: the stage follows, whoever did what moves it
        requests = self.sudo().filtered(
            lambda lead: (
                lead.is_service_request
                and lead.type == "opportunity"
                and lead.active
                and lead.won_status == "pending"
            )
        )
        if requests:
            requests._move_to_stage(self.env["crm.stage"]._get_step_stages(step), "forward")

    def _move_to_stage(self, stages, direction=None, **vals):
        """Move each of these requests to the one of ``stages`` that its team has.

        :param str direction: ``forward`` leaves those that stand there or past it
        :param vals: written with the stage
        """
        by_stage = {}
        for lead in self:
            stage = stages._filter_of_team(lead.team_id)[:1]
            is_ahead = stage and stage.sequence > lead.stage_id.sequence
            if stage and stage != lead.stage_id and (is_ahead or direction != "forward"):
                by_stage[stage] = by_stage.get(stage, self.browse()) | lead
        for stage, leads in by_stage.items():
            leads.write({"stage_id": stage.id, **vals})

    def _follow_orders(self):
        """Win, lose or quote these requests, in sudo, as their quotes and orders stand now.

        The stage follows, whoever sold or lost the quote.
        """
        requests = self.filtered("is_service_request")
        if not requests:
            return
        orders = self.env["sale.order"].search([("opportunity_id", "in", requests.ids)], order="id")
        by_request = orders.grouped("opportunity_id")
        asked = requests.filtered(lambda lead: lead in by_request)
        for outcome, leads in asked.grouped(lambda lead: _get_outcome(by_request[lead])).items():
            getattr(leads, f"_become_{outcome}")(orders)

    def _become_sold(self, orders):
        self._restore_lost()
        won = self.env["crm.stage"].search([("is_won", "=", True)])
        self.filtered(lambda lead: lead.won_status != "won")._move_to_stage(won, probability=100)

    def _become_open(self, orders):
        self._restore_lost()
        self._leave_won()
        self._reach_step("quoted")

    def _become_lost(self, orders):
        pending = self.filtered(lambda lead: lead.won_status != "lost")
        pending._leave_won()
        for reason, leads in pending.grouped(
            lambda lead: (
                orders.filtered(
                    lambda order: order.opportunity_id == lead and order.lost_reason_id
                )[-1:].lost_reason_id
            )
        ).items():
            leads.action_set_lost(lost_reason_id=reason.id)

    def _is_lost_with_quotes(self):
        """Whether this one request was lost as its quotes were: a new quote brings it back."""
        self.ensure_one()
        # sudo: whoever may read its quotes
        orders = self.sudo().order_ids if self.won_status == "lost" else ()
        return bool(orders) and _get_outcome(orders) == "lost"

    def _restore_lost(self):
        if lost := self.filtered(lambda lead: lead.won_status == "lost"):
            lost.action_restore()

    def _leave_won(self):
        """Take these requests out of the stage they were won in: what won them is open again."""
        if won := self.filtered(lambda lead: lead.stage_id.is_won):
            Stage = self.env["crm.stage"]
            # A company without a stage for its quotes has another that is not won.
            others = Stage.search([("is_won", "=", False)])
            won._move_to_stage(Stage._get_step_stages("quoted") + others)
            for lead in won:
                lead.probability = lead.automated_probability


def _get_outcome(orders):
    """What these orders of one request make of it: ``sold``, ``open`` or ``lost``."""
    states = set(orders.mapped("state"))
    if "sale" in states:
        return "sold"
    return "open" if states & {"draft", "sent"} else "lost"
