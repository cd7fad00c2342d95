"""Sayso's own corpus: reports of invented crises and passages of other news, annotated whole."""
