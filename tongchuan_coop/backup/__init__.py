"""Back-up and restore: one archive that does not depend on the kind of database.

An archive holds every table as lines of JSON, every private file, and a manifest with their
SHA-256, the migrations that had run and the fingerprint. A back-up counts as made only after it
was restored into an empty place and compared.
"""
