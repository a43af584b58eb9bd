"""Checking a claim: what it says, what the guidance says on the same matter, and the verdict."""
