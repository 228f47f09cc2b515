"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Templates, tags and languages of the desk; it has no tables."""

    name = "comity.desk"
    label = "comity_desk"
