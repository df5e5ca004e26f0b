"""Households and businesses, and the sites where the firm works for them."""

from odoo import Command

from odoo.addons.sercom.data.demo import people

# name of the record, name, is a company, language, e-mail, phone
CLIENTS = [
    ("tremblay", "Marie Tremblay", False, "fr_CA", "marie.tremblay", "514-555-0101"),
    ("mcallister", "Helen McAllister", False, "en_US", "helen.mcallister", "514-555-0102"),
    ("nguyen", "Famille Nguyen-Roy", False, "fr_CA", "nguyen.roy", "450-555-0103"),
    ("sharma", "Priya Sharma", False, "en_US", "priya.sharma", "514-555-0104"),
    ("lapointe", "Robert Lapointe", False, "fr_CA", "robert.lapointe", "450-555-0105"),
    ("johnson", "Emily Johnson", False, "en_US", "emily.johnson", "514-555-0106"),
    ("montroyal", "Gestion Mont-Royal inc.", True, "fr_CA", "gestion", "514-555-0110"),
    ("bistro", "Le Petit Bistro du Nord", True, "fr_CA", "bistro", "514-555-0111"),
    ("olympia", "Olympia Diner", True, "en_US", "olympia.diner", "514-555-0112"),
    ("dental", "Clinique dentaire Rosemont", True, "fr_CA", "clinique", "514-555-0113"),
    ("bakery", "Boulangerie du Marché", True, "fr_CA", "boulangerie", "514-555-0114"),
    ("daycare", "Maple Grove Daycare", True, "en_US", "maple.grove", "514-555-0115"),
    ("lachine", "Lachine Machine Works Ltd.", True, "en_US", "machine.works", "514-555-0116"),
    ("erables", "Coopérative Les Érables", True, "fr_CA", "coop.erables", "450-555-0117"),
]
# name of the record, client, name, street, city, postal code, what to know there
SITES = [
    (
        "tremblay",
        "tremblay",
        "Duplex Saint-Denis",
        "4321 rue Saint-Denis",
        "Montréal",
        "H2J 2K9",
        "Entrée par la ruelle. Chauffe-eau au sous-sol.",
    ),
    (
        "mcallister",
        "mcallister",
        "McAllister house",
        "48 Roslyn Avenue",
        "Westmount",
        "H3Y 2T5",
        "Side door, ring twice. Friendly dog.",
    ),
    (
        "nguyen",
        "nguyen",
        "Maison Nguyen-Roy",
        "215 rue des Lilas",
        "Laval",
        "H7N 3B2",
        "Thermopompe dans la cour arrière.",
    ),
    (
        "sharma",
        "sharma",
        "Sharma house",
        "5120 avenue Notre-Dame-de-Grâce",
        "Montréal",
        "H4A 1K4",
        "Park on the street, even side.",
    ),
    (
        "lapointe",
        "lapointe",
        "Bungalow Lapointe",
        "890 rue Cartier",
        "Longueuil",
        "J4K 4E1",
        "Clé chez la voisine du 892.",
    ),
    (
        "johnson",
        "johnson",
        "Johnson house",
        "17 Lakeshore Road",
        "Pointe-Claire",
        "H9S 4H3",
        "Sump pit behind the furnace.",
    ),
    (
        "sherbrooke",
        "montroyal",
        "Immeuble Sherbrooke",
        "5440 rue Sherbrooke Ouest",
        "Montréal",
        "H4A 1V7",
        "24 logements. Concierge : 514-555-0120.",
    ),
    (
        "cremazie",
        "montroyal",
        "Tour Crémazie",
        "50 boulevard Crémazie Ouest",
        "Montréal",
        "H2P 1A2",
        "S'annoncer à la sécurité. Salle mécanique au 12e.",
    ),
    (
        "griffintown",
        "montroyal",
        "Condos Griffintown",
        "1400 rue Ottawa",
        "Montréal",
        "H3C 1S6",
        "Stationnement visiteurs P2.",
    ),
    (
        "bistro",
        "bistro",
        "Cuisine du Petit Bistro",
        "2075 rue Beaubien Est",
        "Montréal",
        "H2G 1M5",
        "Pas d'intervention entre 11 h 30 et 14 h.",
    ),
    (
        "olympia",
        "olympia",
        "Olympia Diner",
        "1010 Décarie Boulevard",
        "Saint-Laurent",
        "H4L 3M8",
        "Grease trap in the back lane.",
    ),
    (
        "dental",
        "dental",
        "Clinique dentaire Rosemont",
        "3300 boulevard Rosemont",
        "Montréal",
        "H1X 1K2",
        "Avant 8 h ou après 17 h.",
    ),
    (
        "bakery",
        "bakery",
        "Boulangerie du Marché",
        "7070 avenue Henri-Julien",
        "Montréal",
        "H2S 3S3",
        "Hotte au-dessus des fours.",
    ),
    (
        "daycare",
        "daycare",
        "Maple Grove Daycare",
        "310 Beaconsfield Boulevard",
        "Beaconsfield",
        "H9W 4A6",
        "Children nap from 13:00 to 14:30: no noise.",
    ),
    (
        "lachine",
        "lachine",
        "Lachine plant",
        "2200 rue Victoria",
        "Lachine",
        "H8S 1Y9",
        "Safety boots and glasses. Ask for the foreman.",
    ),
    (
        "erables",
        "erables",
        "Coopérative Les Érables",
        "75 rue des Érables",
        "Longueuil",
        "J4H 2L4",
        "Chaufferie au sous-sol, clé à la réception.",
    ),
]
# Person to call at a business: client, name, function, phone
CONTACTS = [
    ("montroyal", "Isabelle Fortin", "Gestionnaire d'immeubles", "514-555-0121"),
    ("bistro", "Antoine Morel", "Chef propriétaire", "514-555-0122"),
    ("lachine", "Steve Kowalski", "Foreman", "514-555-0123"),
    ("daycare", "Linda Marsh", "Director", "514-555-0124"),
]
PORTAL_CLIENT = ("sharma", "client")


def load(env, records):
    """Make the clients, those to call, the sites, and a client with access to the portal."""
    immediate = env.ref("account.account_payment_term_immediate")
    month = env.ref("account.account_payment_term_30days")
    homes = {site[1]: site for site in reversed(SITES)}
    for key, name, is_company, lang, mailbox, phone in CLIENTS:
        records[f"client_{key}"] = env["res.partner"].create(
            {
                "name": name,
                "is_company": is_company,
                "lang": lang,
                "email": f"{mailbox}@example.com",
                "phone": phone,
                "tz": "America/Toronto",
                "partner_latitude": PLACES[homes[key][0]][0],
                "partner_longitude": PLACES[homes[key][0]][1],
                "property_payment_term_id": (month if is_company else immediate).id,
                **_prepare_address(env, homes[key]),
            }
        )
    for client, name, function, phone in CONTACTS:
        parent = records[f"client_{client}"]
        records[f"contact_{client}"] = env["res.partner"].create(
            {
                "name": name,
                "function": function,
                "phone": phone,
                "parent_id": parent.id,
                "lang": parent.lang,
                "email": f"{name.split()[0].lower()}.{client}@example.com",
            }
        )
    with_contact = {client for client, *_rest in CONTACTS}
    for site in SITES:
        key, client, name, *_address, notes = site
        owner = records[f"client_{client}"]
        contact = records[f"contact_{client}"] if client in with_contact else None
        records[f"site_{key}"] = env["fsm.location"].create(
            {
                "name": name,
                "owner_id": owner.id,
                "contact_id": contact.id if contact else False,
                "phone": contact.phone if contact else owner.phone,
                "direction": f"<p>{notes}</p>",
                "tz": "America/Toronto",
                "partner_latitude": PLACES[key][0],
                "partner_longitude": PLACES[key][1],
                **_prepare_address(env, site),
            }
        )
    _give_portal(env, records)


# Where the sites are: latitude and longitude, for the travel between two of them.
PLACES = {
    "tremblay": (45.5236, -73.5817),
    "mcallister": (45.4849, -73.5987),
    "nguyen": (45.5689, -73.7095),
    "sharma": (45.4722, -73.6166),
    "lapointe": (45.5295, -73.5036),
    "johnson": (45.4315, -73.8210),
    "sherbrooke": (45.4728, -73.6139),
    "cremazie": (45.5416, -73.6457),
    "griffintown": (45.4903, -73.5592),
    "bistro": (45.5423, -73.5985),
    "olympia": (45.5158, -73.6731),
    "dental": (45.5566, -73.5805),
    "bakery": (45.5361, -73.6151),
    "daycare": (45.4296, -73.8625),
    "lachine": (45.4382, -73.6912),
    "erables": (45.5410, -73.5042),
}


def _prepare_address(env, site):
    _key, _client, _name, street, city, postal_code, _notes = site
    return {
        "street": street,
        "city": city,
        "zip": postal_code,
        "state_id": env.ref("base.state_ca_qc").id,
        "country_id": env.ref("base.ca").id,
    }


def _give_portal(env, records):
    key, login = PORTAL_CLIENT
    partner = records[f"client_{key}"]
    user = records["user_client"] = env["res.users"].create(
        {
            "login": login,
            "password": login,
            "partner_id": partner.id,
            "lang": partner.lang,
            "tz": "America/Toronto",
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )
    people.keep_time_zone(user)
