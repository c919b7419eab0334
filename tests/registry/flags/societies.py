"""Societies for the rules: healthy ones that share nothing, so that one change is one fault."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from registry.choices import CooperativeKind, RegistrationStatus
from registry.models import Cooperative
from tests.factories.registry import valid_uscc

TODAY = dt.date(2021, 7, 20)
_FIRST_DAY, _DAYS = dt.date(2015, 1, 1), 1_000  # long before today, however many were made before
_numbers = count(1)


def society(**facts: Any) -> Cooperative:
    """Make a society that no rule suspects, but for what `facts` says."""
    number = next(_numbers)
    name = facts.pop("name", f"达州市通川区无瑕{number}号养殖专业合作社")
    healthy: dict[str, Any] = {
        "uscc": valid_uscc(5_000_000 + number),
        "kind": CooperativeKind.COOPERATIVE,
        "legal_representative": f"赵{number}",
        "contact_phone": f"139{number:08d}",
        "domicile": f"四川省达州市通川区罗江镇新桥村{number}号",
        "total_contribution": Decimal("1000000.00"),
        "member_count": 30,
        "farmer_member_count": 28,
        "unit_member_count": 1,
        "established_on": _FIRST_DAY + dt.timedelta(days=number % _DAYS),
        "approved_on": dt.date(2019, 8, 1),
        "status": RegistrationStatus.ACTIVE,
    }
    return Cooperative.objects.create(name=name, name_key=name, **(healthy | facts))
