"""The four windows in which the portal is looked at."""

from typing import Any

SIZES: dict[str, Any] = {
    "phone": {"width": 360, "height": 740},
    "tablet": {"width": 768, "height": 1024},
    "desk": {"width": 1440, "height": 900},
    "wall": {"width": 3840, "height": 2160},
}
PHONE, DESK = SIZES["phone"], SIZES["desk"]
ZOOMED = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}  # a desk at 200 % zoom
