"""Columns of a sheet by the headings that people, and other programs, give them."""

import re
import unicodedata

# Field: the heading of the template in English and in French, and other words for it, as they are
# read (``normalize``). Those of Jobber, Housecall Pro and ServiceM8 are among them.
CLIENTS = {
    "name": ("Client", "Client", "name customer customername clientname displayname nom nomclient"),
    "first_name": ("First Name", "Prénom", "firstname givenname"),
    "last_name": ("Last Name", "Nom de famille", "lastname surname familyname"),
    "company_name": (
        "Company Name",
        "Nom de l'entreprise",
        "company business businessname entreprise compagnie organisation societe raisonsociale",
    ),
    "phone": (
        "Phone",
        "Téléphone",
        "tel telephone phonenumber mainphone mainphones mobile mobilenumber mobilephone cell "
        "cellulaire homenumber homephone worknumber workphone",
    ),
    "email": ("Email", "Courriel", "emails emailaddress mail courrielprincipal adressecourriel"),
    "street": (
        "Street",
        "Rue",
        "address adresse address1 adresse1 addressline1 street1 billingstreet billingstreet1 "
        "billingaddress adressedefacturation",
    ),
    "street2": (
        "Street 2",
        "Rue 2",
        "address2 adresse2 addressline2 billingstreet2 unit apartment appartement app bureau suite",
    ),
    "city": ("City", "Ville", "billingcity town municipalite"),
    "province": (
        "Province",
        "Province",
        "state prov billingprovince billingstate provinceterritory",
    ),
    "zip": (
        "Postal Code",
        "Code postal",
        "zip zipcode postcode postalcode billingpostalcode billingzip billingzipcode cp",
    ),
    "site_name": ("Site", "Site", "property propertyname servicelocation lieu nomdusite chantier"),
    "site_street": (
        "Site Street",
        "Rue du site",
        "servicestreet servicestreet1 serviceaddress propertyaddress propertystreet siteaddress "
        "adressedusite adressedeservice",
    ),
    "site_city": ("Site City", "Ville du site", "servicecity propertycity"),
    "site_province": (
        "Site Province",
        "Province du site",
        "serviceprovince servicestate propertyprovince propertystate",
    ),
    "site_zip": (
        "Site Postal Code",
        "Code postal du site",
        "servicepostalcode servicezip servicezipcode propertypostalcode propertyzip",
    ),
    "language": (
        "Language",
        "Langue",
        "lang preferredlanguage languepreferee languedecommunication",
    ),
    "reference": ("Reference", "Référence", "ref clientid customerid jid accountnumber noclient"),
}
PRICES = {
    "reference": ("Reference", "Référence", "ref code sku itemcode partnumber nopiece numero item"),
    "name": ("Name", "Nom", "itemname product productservice service produit article designation"),
    "description": ("Description", "Description", "details salesdescription notes"),
    "price": (
        "Price",
        "Prix",
        "unitprice salesprice salespricerate rate saleprice prixunitaire prixdevente tarif taux",
    ),
    "cost": ("Cost", "Coût", "unitcost coutunitaire prixcoutant purchaseprice"),
    "unit": ("Unit", "Unité", "uom unitofmeasure unitedemesure um per"),
    "kind": ("Kind", "Type", "category itemtype categorie"),
}
KINDS = {"client": CLIENTS, "price": PRICES}


def strip_accents(text):
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def normalize(text):
    """A heading, or a word to compare: without accents, case, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", strip_accents(text or "").casefold())


def get_template(kind, language):
    """Headings of the template of a kind of rows.

    :param str language: ``fr`` for French; English otherwise
    """
    column = 1 if language.startswith("fr") else 0
    return [words[column] for words in KINDS[kind].values()]


def match_headings(kind, headings):
    """Say which column is which field.

    :param list headings: texts of the first row
    :return: ``({position: field}, [headings that are nobody's])``; of two columns for one field
        (a mobile and a home number) the first is taken, and the other named
    """
    known = {}
    for field, (english, french, others) in KINDS[kind].items():
        for word in (english, french, *others.split()):
            known.setdefault(normalize(word), field)
    # The template's own words come before another field's synonyms.
    for field, (english, french, _others) in KINDS[kind].items():
        known[normalize(english)] = known[normalize(french)] = field
    columns, unknown = {}, []
    for position, heading in enumerate(headings):
        field = known.get(normalize(heading))
        if field and field not in columns.values():
            columns[position] = field
        elif normalize(heading):
            unknown.append(heading.strip())
    return columns, unknown
