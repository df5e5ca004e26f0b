"""Who works at the firm: technicians with their trades and hours, and the office."""

from odoo import Command

from odoo.addons.sercom.data.demo import pictures
from odoo.addons.sercom.data.demo.records import in_both_languages

# name of the record, login, name, language, role
OFFICE = [
    ("dispatcher", "dispatch", "Nathalie Côté", "en_US", "dispatcher"),
    ("estimator", "estimator", "David Chen", "en_US", "estimator"),
    ("accountant", "accountant", "Louise Bergeron", "fr_CA", "accountant"),
    ("manager", "manager", "Philippe Lavoie", "fr_CA", "manager"),
]
# name of the record, login, name, language, working hours, cost of an hour, trades
TECHNICIANS = [
    (
        "marc",
        "tech",
        "Marc-André Gagnon",
        "en_US",
        "full",
        46.0,
        {"Plumbing": "Licensed", "Gas fitting (TAG-1)": "Licensed"},
    ),
    (
        "sofia",
        "tech2",
        "Sofia Nguyen",
        "fr_CA",
        "full",
        49.5,
        {"Refrigeration": "Licensed", "Ventilation": "Journeyman"},
    ),
    (
        "kevin",
        "tech3",
        "Kevin O'Brien",
        "en_US",
        "full",
        41.0,
        {"Drains and camera": "Licensed", "Plumbing": "Journeyman"},
    ),
    (
        "amelie",
        "tech4",
        "Amélie Roy",
        "fr_CA",
        "part",
        28.0,
        {"Plumbing": "Apprentice", "Backflow prevention": "Apprentice"},
    ),
    (
        "jf",
        "tech5",
        "Jean-François Bouchard",
        "fr_CA",
        "full",
        43.5,
        {"Ventilation": "Licensed", "Refrigeration": "Journeyman"},
    ),
]
TRADES = {
    "Plumbing": "Plomberie",
    "Gas fitting (TAG-1)": "Gaz (TAG-1)",
    "Refrigeration": "Réfrigération",
    "Drains and camera": "Drains et caméra",
    "Backflow prevention": "Dispositifs antirefoulement",
}
JOB_TITLES = {
    "dispatcher": "Dispatcher",
    "estimator": "Estimator",
    "accountant": "Accountant",
    "manager": "General manager",
}


def load(env, records):
    """Make the users (login = password), the employees and the field service workers."""
    env.ref("base.user_admin").write({"lang": "en_US", "tz": "America/Toronto"})
    env.ref("base.user_root").write({"lang": "en_US", "tz": "America/Toronto"})
    keep_time_zone(env.ref("base.user_admin"))
    env.company.resource_calendar_id = records["calendar_full"]
    for key, login, name, lang, role in OFFICE:
        user = _create_user(env, login, name, lang, role)
        records[f"user_{key}"] = user
        _create_employee(env, user, JOB_TITLES[key], records["calendar_full"], 38.0)
    employees = env["hr.employee"]
    for key, login, name, lang, hours, cost, trades in TECHNICIANS:
        user = _create_user(env, login, name, lang, "technician")
        records[f"user_{key}"] = user
        employee = _create_employee(env, user, "Technician", records[f"calendar_{hours}"], cost)
        _add_trades(records["skill_type_trade"], employee, trades)
        records[f"employee_{key}"] = employee
        employees |= employee
    for skill in records["skill_type_trade"].skill_ids:
        in_both_languages(skill, "name", TRADES.get(skill.name, skill.name))
    in_both_languages(records["skill_type_trade"], "name", "Métiers et licences")
    for key, *_rest in TECHNICIANS:
        employee = records[f"employee_{key}"]
        records[f"worker_{key}"] = employees._get_fsm_persons()[employee]


def _create_user(env, login, name, lang, role):
    user = env["res.users"].create(
        {
            "name": name,
            "login": login,
            "password": login,
            "email": f"{login}@boreale.example.com",
            "lang": lang,
            "tz": "America/Toronto",
            "odoobot_state": "disabled",  # no tour over the first screen
            "group_ids": [
                Command.set(
                    [
                        env.ref("base.group_user").id,
                        env.ref(f"sercom.sercom_group_{role}").id,
                    ]
                )
            ],
            "image_1920": pictures.portrait(name),
        }
    )
    keep_time_zone(user)
    return user


def keep_time_zone(user):
    """Let this user's first login pass for the second.

    At the first one Odoo takes over the browser's time zone, also where the user has one: the firm
    would work by the clock of whoever tries the demo.
    """
    user.with_user(user)._update_last_login()


def _create_employee(env, user, title, calendar, cost):
    return env["hr.employee"].create(
        {
            "name": user.name,
            "user_id": user.id,
            "job_title": title,
            "work_email": user.email,
            "work_phone": "514-555-0180",
            "resource_calendar_id": calendar.id,
            "tz": "America/Toronto",
            "hourly_cost": cost,
            "image_1920": user.image_1920,
        }
    )


def _add_trades(skill_type, employee, trades):
    skills = {skill.name: skill for skill in skill_type.skill_ids}
    levels = {level.name: level for level in skill_type.skill_level_ids}
    employee.env["hr.employee.skill"].create(
        [
            {
                "employee_id": employee.id,
                "skill_type_id": skill_type.id,
                "skill_id": skills[trade].id,
                "skill_level_id": levels[level].id,
            }
            for trade, level in trades.items()
        ]
    )
