"""The annual report as a form: one table of fields, what is read from them, what must hold.

`fields` is the table; form, checks, print, workbook and the sheet in the order of the national
publicity system all follow it.
"""
