"""Measurements of the portal (script/bench); nothing here is served to anybody."""
