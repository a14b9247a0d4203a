"""Runs rules over documents: settings, suppression, findings, score."""
