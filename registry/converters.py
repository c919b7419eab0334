"""How an address names a society or a row of the database."""

from django.urls.converters import IntConverter


class SocietyCode:
    """A unified social credit code, or an old registration number; small letters are taken too."""

    regex = "[0-9A-Za-z]{13,18}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class RowNumber(IntConverter):
    """The number of a row; more digits than any database can look up name nothing."""

    regex = "[0-9]{1,18}"


class ReportYear:
    """A report year of four digits."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)
