"""Notices: who was told what, when; by mail where a mail server is set."""
