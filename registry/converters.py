"""How an address names a society."""


class SocietyCode:
    """A unified social credit code, or an old registration number; small letters are taken too."""

    regex = "[0-9A-Za-z]{13,18}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
