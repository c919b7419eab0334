"""The demo district: a believable 通川区, the same every time, made through the real intake."""
