"""Finding societies that stand twice in the register: always a question, never an answer."""
