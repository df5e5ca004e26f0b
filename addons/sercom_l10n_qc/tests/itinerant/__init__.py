from . import test_itinerant_sale, test_sale
