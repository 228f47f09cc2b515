"""The closed lists of the law: what may be asked, refused, declared, and by which channel.

A code is an identifier on the wire and in the law files; it never changes
meaning. Words for people are in the law files and beside the errors.
"""

from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """What one State may ask another to do."""

    LOCATE_DATA = "locate_data"
    PRESERVE = "preserve"
    DISCLOSE_TRAFFIC_PATH = "disclose_traffic_path"
    SEARCH_SEIZE_DISCLOSE = "search_seize_disclose"
    PRODUCTION = "production"
    REALTIME_TRAFFIC = "realtime_traffic"
    INTERCEPT_CONTENT = "intercept_content"
    STATEMENT = "statement"
    SERVICE = "service"
    EXPERT = "expert"
    RECORDS = "records"
    TRACE_PROCEEDS = "trace_proceeds"
    FREEZE = "freeze"
    SEIZE = "seize"
    CONFISCATE = "confiscate"
    RETURN = "return"
    EXTRADITE = "extradite"
    PROVISIONAL_ARREST = "provisional_arrest"
    TRANSFER_DETAINEE = "transfer_detainee"
    JOINT_TEAM = "joint_team"
    SPONTANEOUS = "spontaneous"
    EMERGENCY_DATA = "emergency_data"
    TECHNICAL_ADVICE = "technical_advice"
    LEGAL_INFO = "legal_info"
    LOCATE_SUSPECT = "locate_suspect"


class GroundCode(StrEnum):
    """Why a State may say no. Which of them is open depends on the basis and the measure."""

    R21A_FORM = "R21A_form"
    R21B_ESSENTIAL_INTERESTS = "R21B_essential_interests"
    R21C_DOMESTIC_BAR = "R21C_domestic_bar"
    R21D_MLA_SYSTEM = "R21D_mla_system"
    R22_DISCRIMINATION = "R22_discrimination"
    R08_DUAL_CRIMINALITY = "R08_dual_criminality"
    R08_DE_MINIMIS = "R08_de_minimis"
    R08_OTHER_PROVISION = "R08_other_provision"
    R42_5_RESERVED_DC = "R42_5_reserved_dc"
    R36_DATA_PROTECTION = "R36_data_protection"
    R50_7_EVIDENCE = "R50_7_evidence"
    R50_7_VALUE = "R50_7_value"
    R37_1 = "R37_1"
    R37_8 = "R37_8"
    R37_15 = "R37_15"
    R45_46_DOMESTIC_LAW = "R45_46_domestic_law"
    B27_4A_POLITICAL = "B27_4A_political"
    B27_4B_ESSENTIAL = "B27_4B_essential"
    B29_4_RESERVED_DC = "B29_4_reserved_dc"
    B29_5A_POLITICAL = "B29_5A_political"
    B29_5B_ESSENTIAL = "B29_5B_essential"
    B30_2A_POLITICAL = "B30_2A_political"
    B30_2B_ESSENTIAL = "B30_2B_essential"
    D_DOMESTIC_LAW = "D_domestic_law"


class NotAGround(StrEnum):
    """What people write as a ground although the treaties say that it is none."""

    FISCAL = "fiscal"
    BANK_SECRECY = "bank_secrecy"


POSTPONE_ONGOING: Final = "P27_ongoing"
"""Postponement for an ongoing case (40(27)): never a refusal, and never open for preservation."""


class DeclarationCode(StrEnum):
    """What a State may have declared or notified; a card lists the codes that are true for it."""

    RESERVED_11_3 = "11_3"
    RESERVED_23_3A = "23_3a"
    RESERVED_23_3B = "23_3b"
    RESERVED_42_5 = "42_5"
    RESERVED_63_3 = "63_3"
    POC_41_2 = "41_2"
    BUDAPEST_14_3A = "14_3a"
    BUDAPEST_14_3B = "14_3b"
    BUDAPEST_27_2 = "27_2"
    BUDAPEST_27_9E = "27_9e"
    BUDAPEST_29_4 = "29_4"
    BUDAPEST_35_1 = "35_1"


class ChannelCode(StrEnum):
    """The road on which a request travels between two States."""

    POC_247 = "poc_247"
    CENTRAL_AUTHORITY = "central_authority"
    CENTRAL_AUTHORITY_ELECTRONIC = "central_authority_electronic"
    DIPLOMATIC = "diplomatic"
    INTERPOL = "interpol"
    LE_DIRECT = "le_direct"


class Urgency(StrEnum):
    """How fast the asking State needs an answer, by the words of the treaty."""

    ROUTINE = "routine"
    EXPEDITED_VULNERABLE = "expedited_vulnerable"
    URGENT_ORAL = "urgent_oral"
    URGENT_INTERPOL = "urgent_interpol"
    IMMEDIATE_247 = "immediate_247"
    EMERGENCY_LIFE_SAFETY = "emergency_life_safety"


class DataCategory(StrEnum):
    """Which kind of electronic data is meant (article 2(b) to (f))."""

    SUBSCRIBER = "subscriber"
    TRAFFIC = "traffic"
    CONTENT = "content"
    OTHER_ELECTRONIC = "other_electronic"


class ConditionCode(StrEnum):
    """What a State may tie to the data that it hands over."""

    CONFIDENTIALITY = "confidentiality"
    USE_LIMIT = "use_limit"
    NO_ONWARD = "no_onward"
    DATA_SAFEGUARD = "data_safeguard"
    COST_SHARE = "cost_share"
    RETENTION_END = "retention_end"


class ScopeClass(StrEnum):
    """Where an offence stands before the gate of the Convention (articles 3, 23(2), 35)."""

    A = "A"
    B = "B"
    C = "C"


class ClockType(StrEnum):
    """What kind of time limit a rule sets."""

    HARD_FLOOR = "hard_floor"
    HARD_CAP = "hard_cap"
    EVENT = "event"
    GUARD = "guard"
    NONE = "none"


class ClockName(StrEnum):
    """Which time limit it is, so that two instruments can be asked the same question."""

    FLOOR = "floor"
    DOMESTIC_CAP = "domestic_cap"
    RENEWAL = "renewal"
    HOLD = "hold"
    EXTENSION = "extension"
    ENTRY_INTO_FORCE = "entry_into_force"
    ENTRY_LATER_PARTY = "entry_later_party"
    REGISTER_CIRCULATION = "register_circulation"


class PowerKind(StrEnum):
    """Asking another State, ordering a custodian at home, or passing a request on."""

    ASK = "ask"
    ORDER = "order"
    ROUTE = "route"


class Requirement(StrEnum):
    """Whether a request must contain an item always, if it is known, or where it fits."""

    ALWAYS = "always"
    IF_KNOWN = "if_known"
    AS_APPROPRIATE = "as_appropriate"


class AnswerKind(StrEnum):
    """How an item of a form is answered: free words, an offence code, a statement, yes or no."""

    TEXT = "text"
    OFFENCE = "offence"
    STATEMENT = "statement"
    YES_NO = "yes_no"


class Extent(StrEnum):
    """How far an instrument's own offence covers an offence of the Convention."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Severity(StrEnum):
    """Whether a problem stops the step or only warns the person who takes it."""

    STOP = "stop"
    WARN = "warn"
