"""The Django application that owns the tables."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from comity.records.connections import prepare


class RecordsConfig(AppConfig):
    """Tables of acts, deliveries, log, cards and home notes."""

    name = "comity.records"
    label = "records"
    verbose_name = "Records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Prepare every database connection of this process as it opens."""
        connection_created.connect(prepare, dispatch_uid="comity.records.prepare")
