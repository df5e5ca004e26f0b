"""What installing Sercom changes in records of OCA's field service, and how it is undone."""

from datetime import timedelta

from .models.planning.sercom_assignment import MAX_DAYS
from .models.planning.sercom_assignment_conflict import KEEP_PLAN

STATES = {
    "fieldservice.fsm_stage_new": "to_plan",
    "fieldservice.fsm_stage_completed": "done",
    "fieldservice.fsm_stage_cancelled": "cancelled",
}
# OCA's stages in the words of Sercom: (name replaced, English, French).
NAMES = {
    "fieldservice.fsm_stage_new": ("New", "To Plan", "À planifier"),
    "fieldservice.fsm_stage_completed": ("Completed", "Done", "Terminée"),
    "fieldservice.fsm_stage_cancelled": ("Cancelled", "Cancelled", "Annulée"),
}


def post_init_hook(env):
    """Give every existing stage its job state, and OCA's stages to all companies."""
    Stage = env["fsm.stage"].with_context(active_test=False, lang="en_US")
    Stage.search([("stage_type", "=", "order"), ("is_closed", "=", True)]).job_state = "done"
    plan_existing_jobs(env)
    for xmlid, state in STATES.items():
        if stage := env.ref(xmlid, raise_if_not_found=False):
            stage.write({"job_state": state, "company_id": False})
    installed = {code for code, _name in env["res.lang"].get_installed()}
    for xmlid, (old, english, french) in NAMES.items():
        stage = env.ref(xmlid, raise_if_not_found=False)
        if stage and stage.with_context(lang="en_US").name == old:
            names = dict.fromkeys(installed & {"fr_CA", "fr_FR"}, french)
            stage.update_field_translations("name", {**names, "en_US": english})


def plan_existing_jobs(env):
    """Give jobs that were planned before Sercom had assignments theirs.

    What overlaps already stays, as an overlap that is allowed and says why. Nobody is told. What
    no assignment can be, of people who left or of more than a month, stays on the job alone.
    """
    jobs = env["fsm.order"].search(
        [
            ("state", "not in", ("done", "cancelled")),
            ("scheduled_date_start", "!=", False),
            ("assignment_ids", "=", False),
        ],
        order="scheduled_date_start, id",
    )
    reason = env._("Planned before overlaps were checked")
    busy_until, vals_list = {}, []
    for job in jobs.filtered("scheduled_date_end"):
        people = job._get_typed_people().filtered(
            lambda person, job=job: person.active and person.company_id == job.company_id
        )
        if job.scheduled_date_end - job.scheduled_date_start > timedelta(days=MAX_DAYS):
            continue
        for vals in job._prepare_assignment_vals(people):
            person, start, end = vals["employee_id"], vals["date_start"], vals["date_end"]
            if start >= end:
                continue
            if start < busy_until.get(person, start):
                vals.update(conflict_override=True, override_reason=reason)
            busy_until[person] = max(end, busy_until.get(person, end))
            vals_list.append(vals)
    quiet = env["sercom.assignment"].with_context(tracking_disable=True, no_mail_to_attendees=True)
    KEEP_PLAN(quiet).create(vals_list)


def uninstall_hook(env):
    """Move the jobs out of Sercom's stages, and give OCA's the company and name they had."""
    env["fsm.order"].search([("sla_alert", "!=", False)])._drop_sla_alerts()
    ours = env.ref("sercom_jobs.fsm_stage_planned") | env.ref("sercom_jobs.fsm_stage_in_progress")
    first = env.ref("fieldservice.fsm_stage_new")
    env["fsm.order"].search([("stage_id", "in", ours.ids)]).stage_id = first
    for xmlid, (old, english, _french) in NAMES.items():
        stage = env.ref(xmlid, raise_if_not_found=False)
        if stage and stage.with_context(lang="en_US").name == english:
            stage.update_field_translations("name", {"en_US": old})
    for xmlid in STATES:
        if stage := env.ref(xmlid, raise_if_not_found=False):
            stage.company_id = env.ref("base.main_company", raise_if_not_found=False)
