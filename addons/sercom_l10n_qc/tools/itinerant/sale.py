"""Sales at the client's home, as the Consumer Protection Act of Québec has them.

CQLR c. P-40.1: s. 55 (who is an itinerant merchant), s. 57 (a contract made at the consumer's
home at their express request, not solicited elsewhere, is none), s. 59 (ten days to cancel),
s. 244.7 (since 7 November 2024, no itinerant contract on heating, air conditioning,
decontamination or insulation). Regulation c. P-40.1, r. 3: s. 7 (doors, windows, insulation, roofs
and siding are itinerant sales at the consumer's home whoever asked), s. 7.1 (a request that
follows the merchant's first contact is none), s. 91.19 (what essential heating or hot water that
cannot be repaired is replaced with).
"""

from datetime import timedelta

CANCELLATION_DAYS = 10

# Where the contract is made.
HOME = "home"
ELSEWHERE = "elsewhere"

# Who asked first.
CLIENT = "client"
REPAIR = "repair"  # the client asked for a repair, and then for a replacement
CONTACTED = "contacted"  # the client asked after the firm had approached them
FIRM = "firm"  # at the client's home, or elsewhere than at its own address

# Kinds of work that the Act names.
HEATING = "heating"
DECONTAMINATION = "decontamination"
INSULATION = "insulation"
ENVELOPE = "envelope"

BANNED = frozenset({HEATING, DECONTAMINATION, INSULATION})
ALWAYS_ITINERANT = frozenset({ENVELOPE, INSULATION})


def is_itinerant(place, asked_by, kinds=()):
    """Whether a contract is an itinerant merchant's.

    :param str place: where it is made
    :param str asked_by: who asked first
    :param kinds: kinds of work in it that the Act names
    """
    if asked_by == FIRM:
        return True  # s. 55 (a): wherever it is signed afterwards
    if place != HOME:
        return False
    if not ALWAYS_ITINERANT.isdisjoint(kinds):
        return True
    return asked_by in (CONTACTED, REPAIR)


def is_banned(place, asked_by, kinds, is_essential_replacement=False):
    """Whether s. 244.7 bans the contract.

    :param bool is_essential_replacement: it only replaces essential heating or hot water that
        cannot be repaired, at the client's express request (r. 3, s. 91.19)
    """
    banned = BANNED.intersection(kinds)
    if not banned or not is_itinerant(place, asked_by, kinds):
        return False
    if asked_by == CLIENT:
        return banned != {INSULATION}  # exempt where the client asked for it themselves
    return not (asked_by == REPAIR and is_essential_replacement and banned == {HEATING})


def get_last_day_to_cancel(signed_on):
    """Last day on which the client may cancel a contract that both have since ``signed_on``."""
    return signed_on + timedelta(days=CANCELLATION_DAYS)
