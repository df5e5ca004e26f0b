from odoo import api, models
from odoo.fields import Domain


class SercomKpiMonday(models.AbstractModel):
    """Utilisation of people and teams on the Monday page, against their targets."""

    _inherit = "sercom.kpi.monday"

    @api.model
    def _get_people_sections(self, domain, last, before, targets):
        """Utilisation of each team and person who had any capacity, the lowest first.

        :param last: figures of the week by field and record, as ``_read_week`` answers them
        :param before: the same, of the week before
        :param targets: as ``sercom.kpi.target`` answers them
        """
        titles = {
            "person_team_id": ("teams", self.env._("Utilisation by team")),
            "employee_id": ("people", self.env._("Utilisation by person")),
        }
        teams = {person: team for person, team in last["team_of"].items() if team}
        return [
            {
                "key": key,
                "title": title,
                "has_before": True,
                "rows": [
                    self._prepare_row(
                        "utilisation",
                        value,
                        domain & Domain(name, "=", record.id),
                        label=record.sudo().display_name,  # sudo: the name of a colleague
                        before=before[name].get(record),
                        target=self._get_target_of(record, teams, targets),
                    )
                    for record, value in sorted(
                        self._get_known(last[name]).items(), key=lambda own: own[1]
                    )
                ],
            }
            for name, (key, title) in titles.items()
        ]

    @api.model
    def _get_known(self, values):
        return {
            record: value
            for record, value in values.items()
            if value is not None and value is not False
        }

    @api.model
    def _get_target_of(self, record, teams, targets):
        """A person's own target, else their team's, else the company's."""
        is_person = record._name == "hr.employee"
        team = teams.get(record, record.browse()) if is_person else record
        keys = [
            ("utilisation", team.id or None, None),
            ("utilisation", None, None),
        ]
        if is_person:
            keys.insert(0, ("utilisation", None, record.id))
        return next((targets[key] for key in keys if key in targets), None)
