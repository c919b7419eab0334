"""The pilot programme: phases, work plan, targets, indicators, dashboard."""
