"""Readers for originals: a publisher's own file in, sections with heading path, page and locator out."""
