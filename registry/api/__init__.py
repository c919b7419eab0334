"""The register for programs: the same reach, masking and conditions as the pages."""
