"""The one table of the annual report: sections and fields (domain §4.2, §4.3).

Form, checks, readable page, print, workbook, and the sheet in the order of the national publicity
system are all made from it. A field's key is stored in drafts and versions for ever.
"""

from registry.reporting.fields import Section
from registry.reporting.parts.basic import BASIC
from registry.reporting.parts.business import BUSINESS
from registry.reporting.parts.governance import GOVERNANCE
from registry.reporting.parts.insurance import INSURANCE
from registry.reporting.parts.members import MEMBERS
from registry.reporting.parts.others import OTHERS
from registry.reporting.parts.surplus import SURPLUS

SECTIONS: tuple[Section, ...] = (
    BASIC,
    MEMBERS,
    GOVERNANCE,
    BUSINESS,
    SURPLUS,
    INSURANCE,
    OTHERS,
)
SECTIONS_BY_KEY = {section.key: section for section in SECTIONS}
FIELDS = {each.key: each for section in SECTIONS for each in section.fields}
SECTION_OF = {each.key: section.key for section in SECTIONS for each in section.fields}
STATUTORY = sorted((f for f in FIELDS.values() if f.statutory), key=lambda f: f.statutory)
