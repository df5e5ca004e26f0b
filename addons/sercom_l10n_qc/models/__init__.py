from . import res_partner
from . import appliance, document, itinerant
