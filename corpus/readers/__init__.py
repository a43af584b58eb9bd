"""Readers for originals: plain text and PDF files of official documents, cut into sections."""
