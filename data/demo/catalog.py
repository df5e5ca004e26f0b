"""What the firm sells: work by the hour, work at a fixed price, travel, and parts in stock."""

from odoo import Command

from odoo.addons.sercom.data.demo.records import in_both_languages

# name of the record, name, French name, price of an hour
HOURLY = [
    ("plumber", "Plumber, hour", "Plombier, heure", 125.0),
    ("hvac", "HVAC technician, hour", "Frigoriste, heure", 139.0),
    ("ventilation", "Ventilation technician, hour", "Technicien en ventilation, heure", 119.0),
    ("apprentice", "Apprentice, hour", "Apprenti, heure", 68.0),
    ("emergency", "Emergency outside hours, hour", "Urgence hors horaire, heure", 189.0),
]
# name of the record, name, French name, price, job template
FIXED = [
    (
        "drain",
        "Drain unblocking, fixed price",
        "Débouchage de drain, prix fixe",
        289.0,
        "template_drain",
    ),
    (
        "camera",
        "Camera inspection of a drain",
        "Inspection de drain par caméra",
        225.0,
        "template_camera",
    ),
    (
        "ducts",
        "Ventilation duct cleaning",
        "Nettoyage de conduits de ventilation",
        449.0,
        "template_ducts",
    ),
    (
        "heat_pump_care",
        "Heat pump maintenance",
        "Entretien de thermopompe",
        189.0,
        "template_heat_pump",
    ),
    (
        "heater_work",
        "Water heater installation, labour",
        "Installation de chauffe-eau, main-d'œuvre",
        395.0,
        "template_heater",
    ),
]
FLAT = [
    ("travel", "Travel, Greater Montréal", "Déplacement, Grand Montréal", 65.0),
    ("disposal", "Disposal of the old unit", "Disposition de l'ancien appareil", 45.0),
]
# name of the record, name, French name, price, cost, quantity in stock, supplier
PARTS = [
    (
        "heater_60",
        "Electric water heater, 60 gal",
        "Chauffe-eau électrique, 60 gal",
        749.0,
        468.0,
        4,
        "vendor_plumbing",
    ),
    (
        "heater_40",
        "Electric water heater, 40 gal",
        "Chauffe-eau électrique, 40 gal",
        619.0,
        389.0,
        3,
        "vendor_plumbing",
    ),
    (
        "valve",
        "Ball valve, ½ in.",
        "Robinet à bille, ½ po",
        24.0,
        9.5,
        40,
        "vendor_plumbing",
    ),
    (
        "copper",
        "Copper pipe, ½ in., 12 ft",
        "Tuyau de cuivre, ½ po, 12 pi",
        46.0,
        27.0,
        25,
        "vendor_plumbing",
    ),
    ("faucet", "Kitchen faucet", "Robinet de cuisine", 219.0, 121.0, 6, "vendor_plumbing"),
    (
        "toilet_kit",
        "Toilet repair kit",
        "Ensemble de réparation de toilette",
        38.0,
        16.0,
        18,
        "vendor_plumbing",
    ),
    (
        "sump_pump",
        "Sump pump, ⅓ HP",
        "Pompe de puisard, ⅓ HP",
        329.0,
        188.0,
        3,
        "vendor_plumbing",
    ),
    (
        "backwater",
        "Backwater valve, 4 in.",
        "Clapet antiretour, 4 po",
        189.0,
        104.0,
        5,
        "vendor_plumbing",
    ),
    (
        "circulator",
        "Circulation pump",
        "Pompe de circulation",
        412.0,
        255.0,
        2,
        "vendor_hvac",
    ),
    ("filter", "Filter, 16 × 25 in.", "Filtre, 16 × 25 po", 32.0, 11.0, 60, "vendor_hvac"),
    (
        "capacitor",
        "Capacitor, 45 µF",
        "Condensateur, 45 µF",
        64.0,
        21.0,
        12,
        "vendor_hvac",
    ),
    (
        "blower",
        "Furnace blower motor",
        "Moteur de soufflerie de fournaise",
        389.0,
        231.0,
        2,
        "vendor_hvac",
    ),
    (
        "heat_pump",
        "Heat pump, 18,000 BTU",
        "Thermopompe murale, 18 000 BTU",
        3150.0,
        2140.0,
        1,
        "vendor_hvac",
    ),
]

# Options of the price book: level, name, French name, what sets it apart, in French, lines
HEATERS = [
    (
        "good",
        "40 gallons",
        "40 gallons",
        "6 years of warranty",
        "Garantie de 6 ans",
        [("heater_40", 1), ("heater_work", 1)],
    ),
    (
        "better",
        "60 gallons",
        "60 gallons",
        "For a family of four",
        "Pour une famille de quatre",
        [("heater_60", 1), ("heater_work", 1)],
    ),
    (
        "best",
        "60 gallons, all included",
        "60 gallons, tout inclus",
        "New valves, old unit taken away",
        "Robinets neufs, ancien appareil emporté",
        [("heater_60", 1), ("heater_work", 1), ("valve", 2), ("disposal", 1)],
    ),
]


def load(env, records):
    """Make the catalog, and put the parts in stock."""
    services = _create_category(env, "Services", "Services")
    parts = _create_category(env, "Parts", "Pièces")
    hour = env.ref("uom.product_uom_hour")
    for key, name, french, price in HOURLY:
        vals = {"field_service_tracking": "sale", "uom_id": hour.id}
        records[key] = _create_service(env, services, name, french, price, **vals)
    for key, name, french, price, template in FIXED:
        vals = {
            "field_service_tracking": "line",
            "fsm_order_template_id": records[template].id,
        }
        records[key] = _create_service(env, services, name, french, price, **vals)
    for key, name, french, price in FLAT:
        records[key] = _create_service(env, services, name, french, price)
    for key, name, french, price, cost, quantity, vendor in PARTS:
        part = _create_part(env, parts, name, french, price, cost, records[vendor])
        put_in_stock(part, quantity)
        records[key] = part
    _fill_price_book(env, records)


def _fill_price_book(env, records):
    """An entry with three options, for technicians to quote on site."""
    entry = env["sercom.price.entry"].create(
        {
            "name": "Replace the water heater",
            "description": "Supplied, installed and tested.",
            "categ_id": records["heater_work"].categ_id.id,
        }
    )
    in_both_languages(entry, "name", "Remplacer le chauffe-eau")
    in_both_languages(entry, "description", "Fourni, installé et vérifié.")
    for level, name, french, note, french_note, lines in HEATERS:
        option = env["sale.order.template"].create(
            {
                "name": f"Water heater: {name}",
                "price_entry_id": entry.id,
                "option_level": level,
                "option_name": name,
                "option_note": note,
                "sale_order_template_line_ids": [
                    Command.create({"product_id": records[key].id, "product_uom_qty": quantity})
                    for key, quantity in lines
                ],
            }
        )
        in_both_languages(option, "option_name", french)
        in_both_languages(option, "option_note", french_note)
    records["price_heater"] = entry


def _create_category(env, name, french):
    category = env["product.category"].create({"name": name})
    if "name" in category._fields and category._fields["name"].translate:
        in_both_languages(category, "name", french)
    return category


def _create_service(env, category, name, french, price, **vals):
    product = env["product.product"].create(
        {
            "name": name,
            "type": "service",
            "categ_id": category.id,
            "list_price": price,
            # Billed when its job is done; what has no job, when it is sold.
            "service_policy": (
                "delivered_manual" if vals.get("field_service_tracking") else "ordered_prepaid"
            ),
            "purchase_ok": False,
            **vals,
        }
    )
    return in_both_languages(product, "name", french)


def _create_part(env, category, name, french, price, cost, vendor):
    product = env["product.product"].create(
        {
            "name": name,
            "type": "consu",
            "is_storable": True,
            "categ_id": category.id,
            "list_price": price,
            "standard_price": cost,
            "invoice_policy": "order",
            "seller_ids": [Command.create({"partner_id": vendor.id, "price": cost, "delay": 2})],
        }
    )
    return in_both_languages(product, "name", french)


def put_in_stock(product, quantity, location=None):
    """Have a quantity of a part in stock, by default in the warehouse."""
    env = product.env
    if not location:
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        location = warehouse.lot_stock_id
    env["stock.quant"].with_context(inventory_mode=True).create(
        {
            "product_id": product.id,
            "location_id": location.id,
            "inventory_quantity": quantity,
        }
    ).action_apply_inventory()
