"""People, organisation units, rights and the record of what was done."""
