"""The roster as a file and as a list: which column is which, what a row says, what must hold."""
