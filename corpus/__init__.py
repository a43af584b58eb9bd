"""The guidance library: catalogue of sources, notes in our own words, glossary, and readers for originals."""
