from . import test_place_of_supply
