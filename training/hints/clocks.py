"""A phone whose clock is off."""

from training.models import Visit

MOST_MINUTES = 10


def wrong_clock(visit: Visit) -> str:
    """Say that the phone's clock was off, so that the day of the visit is looked at again."""
    minutes = abs(visit.skew_minutes)
    if minutes <= MOST_MINUTES:
        return ""
    far = f"{minutes} 分钟" if minutes < 120 else f"{minutes // 60} 小时"
    return f"手机时间与平台相差约 {far}，请核对走访日期。"
