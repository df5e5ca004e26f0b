from odoo import fields, models

LEVELS = [("ignore", "Ignore"), ("warn", "Warn"), ("block", "Block")]


class ResCompany(models.Model):
    """What planning does about each kind of conflict, and how long people travel."""

    _inherit = "res.company"

    sercom_conflict_time_off = fields.Selection(
        LEVELS, "Time Off", default="block", required=True, help="The person is off at that time."
    )
    sercom_conflict_hours = fields.Selection(
        LEVELS,
        "Outside Working Hours",
        default="warn",
        required=True,
        help="The person does not work at that time.",
    )
    sercom_conflict_capacity = fields.Selection(
        LEVELS,
        "Over Capacity",
        default="warn",
        required=True,
        help="More hours are planned on a day than the person works.",
    )
    sercom_conflict_skill = fields.Selection(
        LEVELS,
        "Missing Skill",
        default="warn",
        required=True,
        help="The person lacks a skill that the job asks for.",
    )
    sercom_conflict_travel = fields.Selection(
        LEVELS,
        "Travel Too Short",
        default="warn",
        required=True,
        help="Two visits follow each other faster than the person can drive.",
    )
    sercom_conflict_appointment = fields.Selection(
        LEVELS,
        "Other Appointment",
        default="warn",
        required=True,
        help="The person attends another appointment at that time.",
    )
    sercom_allow_overlap = fields.Boolean(
        "Allow Overlaps with a Reason",
        default=True,
        help="A dispatcher may plan a person in two places at once, and says why. Both "
        "assignments show it.",
    )
    sercom_travel_speed = fields.Float(
        "Travel Speed (km/h)",
        default=50.0,
        help="Average speed between two sites, to tell how long the road takes.",
    )
    sercom_travel_detour = fields.Float(
        "Detour Factor",
        default=1.3,
        help="Kilometres by road for one as the crow flies.",
    )
    sercom_travel_margin = fields.Float(
        "Travel Margin (minutes)",
        default=10.0,
        help="Minutes to pack, park and unpack, added to every change of site.",
    )

    _travel_positive = models.Constraint(
        "CHECK (sercom_travel_speed > 0 AND sercom_travel_detour >= 1 "
        "AND sercom_travel_margin >= 0)",
        "The travel speed is more than 0, the detour at least 1 and the margin not negative.",
    )
