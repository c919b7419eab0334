"""Documents that leave the house: Word in the official layout, PDF, and the codes to check them by."""
