"""How the firm plans: crews, skills asked, service levels, checklists and the closed days."""

from datetime import UTC, datetime

from odoo import Command

from odoo.addons.sercom.data.demo import catalog
from odoo.addons.sercom.data.demo.moments import HOLIDAYS, MONTREAL
from odoo.addons.sercom.data.demo.records import html_in_both_languages, in_both_languages

# name of the record, name, French name, leader, other members
CREWS = [
    ("plumbing", "Plumbing crew", "Équipe de plomberie", "marc", ("kevin", "amelie")),
    ("air", "Air and heat crew", "Équipe air et chauffage", "sofia", ("jf",)),
]
# worker, parts that are always in the truck
TRUCKS = {
    "marc": {"valve": 6, "copper": 2, "toilet_kit": 2},
    "kevin": {"toilet_kit": 3, "valve": 2},
    "sofia": {"capacitor": 3, "filter": 12},
}
# product, trades that whoever does it must have
SKILLS = [
    ("plumber", ["Plumbing"]),
    ("hvac", ["Refrigeration"]),
    ("ventilation", ["Ventilation"]),
    ("heat_pump_care", ["Refrigeration"]),
    ("ducts", ["Ventilation"]),
    ("drain", ["Drains and camera"]),
    ("camera", ["Drains and camera"]),
]
# name, French name, first visit and completion in working hours, what it is for,
# promise, French promise
LEVELS = [
    (
        "Emergency",
        "Urgence",
        4.0,
        16.0,
        {"priority": "3"},
        "Technician on site within 4 working hours, repaired within two working days.",
        "Technicien sur place en 4 heures ouvrables, réparé en deux jours ouvrables.",
    ),
    (
        "Maintenance",
        "Entretien",
        0.0,
        80.0,
        {"products": ["heat_pump_care", "ducts"]},
        "Maintenance done within ten working days.",
        "Entretien terminé dans les dix jours ouvrables.",
    ),
    (
        "Standard",
        "Standard",
        24.0,
        64.0,
        {},
        "First visit within three working days.",
        "Première visite en trois jours ouvrables.",
    ),
]
# name, French name, product, items: name, French name, kind, required, more values
CHECKLISTS = [
    (
        "Heat pump maintenance",
        "Entretien de thermopompe",
        "heat_pump_care",
        [
            ("Filter cleaned or replaced", "Filtre nettoyé ou remplacé", "check", True, {}),
            (
                "Refrigerant pressure, suction",
                "Pression du réfrigérant, aspiration",
                "number",
                True,
                {"limit_kind": "between", "number_min": 110, "number_max": 145, "unit": "psi"},
            ),
            ("Drain pan clear", "Bac de condensat dégagé", "yes_no", True, {}),
            ("Nameplate", "Plaque signalétique", "photo", False, {}),
            ("Advice for the client", "Conseils au client", "text", False, {}),
        ],
    ),
    (
        "Drain inspection",
        "Inspection de drain",
        "camera",
        [
            ("Access point found", "Point d'accès trouvé", "check", True, {}),
            ("Roots seen", "Racines visibles", "yes_no", True, {}),
            (
                "Length inspected",
                "Longueur inspectée",
                "number",
                True,
                {"limit_kind": "min", "number_min": 1, "unit": "m"},
            ),
            ("Picture of the defect", "Photo du défaut", "photo", False, {}),
        ],
    ),
    (
        "Water heater installed",
        "Chauffe-eau installé",
        "heater_work",
        [
            ("Water shut off, old unit drained", "Eau fermée, ancien vidé", "check", True, {}),
            ("Relief valve tested", "Soupape de sûreté vérifiée", "yes_no", True, {}),
            (
                "Water temperature at the tap",
                "Température de l'eau au robinet",
                "number",
                True,
                {"limit_kind": "max", "number_max": 60, "unit": "°C"},
            ),
            ("The new unit, and its plate", "Le nouvel appareil et sa plaque", "photo", True, {}),
        ],
    ),
]


def load(env, records, moments):
    """Make what planning looks at; people, products and sites are there already."""
    _make_crews(env, records)
    skills = {skill.name: skill for skill in records["skill_type_trade"].skill_ids}
    for product, trades in SKILLS:
        template = records[product].product_tmpl_id
        template.skill_ids = [Command.set([skills[trade].id for trade in trades])]
    _fill_trucks(env, records)
    _make_levels(env, records)
    _make_checklists(env, records)
    _close_on_holidays(env, moments)


def _make_crews(env, records):
    for sequence, (key, name, french, leader, members) in enumerate(CREWS, start=5):
        team = env["fsm.team"].create({"name": name, "sequence": sequence})
        records[f"crew_{key}"] = in_both_languages(team, "name", french)
        for member in (leader, *members):
            records[f"worker_{member}"].team_id = team
        team.leader_id = records[f"worker_{leader}"]


def _fill_trucks(env, records):
    for worker, parts in TRUCKS.items():
        person = records[f"worker_{worker}"]
        person.action_create_truck()
        for part, quantity in parts.items():
            catalog.put_in_stock(records[part], quantity, person.truck_location_id)


def _make_levels(env, records):
    for sequence, (name, french, visit, done, match, *promise) in enumerate(LEVELS):
        products = [records[product].product_tmpl_id.id for product in match.get("products", ())]
        policy = env["sercom.sla.policy"].create(
            {
                "name": name,
                "sequence": sequence,
                "first_visit_hours": visit,
                "completion_hours": done,
                "priority": match.get("priority"),
                "product_tmpl_ids": [Command.set(products)],
            }
        )
        in_both_languages(policy, "name", french)
        html_in_both_languages(policy, "description", *promise)


def _make_checklists(env, records):
    for name, french, product, items in CHECKLISTS:
        checklist = env["sercom.checklist"].create(
            {
                "name": name,
                "product_tmpl_ids": [Command.set(records[product].product_tmpl_id.ids)],
                "line_ids": [
                    Command.create({"name": item, "kind": kind, "is_required": required, **more})
                    for item, _french, kind, required, more in items
                ],
            }
        )
        in_both_languages(checklist, "name", french)
        for line, item in zip(checklist.line_ids, items, strict=True):
            in_both_languages(line, "name", item[1])


def _close_on_holidays(env, moments):
    """The firm is closed on Québec's holidays, this year and the next."""
    days = []
    for year in (moments.today.year, moments.today.year + 1):
        for month, day, name in HOLIDAYS:
            start = datetime(year, month, day, tzinfo=MONTREAL)
            # Odoo takes a holiday that begins as another ends for the same one.
            end = datetime(year, month, day, 23, 59, 59, tzinfo=MONTREAL)
            days.append((name, start, end))
    env["resource.calendar.leaves"].create(
        [
            {
                "name": name,
                "date_from": start.astimezone(UTC).replace(tzinfo=None),
                "date_to": end.astimezone(UTC).replace(tzinfo=None),
                "company_id": env.company.id,
                "calendar_id": False,
            }
            for name, start, end in days
        ]
    )
