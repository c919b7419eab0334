"""Bedrock: plain building blocks that know nothing of cooperatives, people or pages."""
