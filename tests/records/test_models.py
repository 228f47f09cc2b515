"""The tables: one chain of migrations, and no way from what travels to what stays home."""

import inspect
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, models
from pytest_django.plugin import DjangoDbBlocker

from comity.records import acts, cards, deliveries, lists, log, notes, parts, receipts
from comity.records.models import HomeNote
from tests.stores import Database

NOTES = "records_home_note"
FREE_TEXT = {"detail", "error", "role", "instrument", "urgency", "ours", "theirs"}


def tables() -> list[type[models.Model]]:
    return list(apps.get_app_config("records").get_models())


def test_the_migrations_make_the_tables_that_the_models_say(
    django_db_blocker: DjangoDbBlocker,
) -> None:
    said = StringIO()
    with django_db_blocker.unblock():
        call_command("makemigrations", "records", check=True, dry_run=True, stdout=said)
        connections["default"].close()
    assert "No changes detected" in said.getvalue()


def test_no_key_leads_to_a_home_note_or_away_from_one() -> None:
    assert not [field for field in HomeNote._meta.get_fields() if field.is_relation]
    for model in tables():
        for field in model._meta.get_fields():
            assert field.related_model is not HomeNote


def test_no_statement_that_names_home_notes_names_another_table() -> None:
    for module in (acts, cards, deliveries, lists, log, parts, receipts):
        assert NOTES not in inspect.getsource(module), module.__name__
    named = set(re.findall(r"\brecords_\w+", inspect.getsource(notes)))
    assert named == {NOTES}


def test_the_database_itself_has_no_key_to_home_notes(both_databases: Database) -> None:
    from_notes = _foreign_keys(both_databases, NOTES)
    assert from_notes == set()
    for model in tables():
        assert NOTES not in _foreign_keys(both_databases, model._meta.db_table)
    assert "records_act" in _foreign_keys(both_databases, "records_delivery")


def _foreign_keys(database: Database, table: str) -> set[str]:
    connection = connections[database.alias]
    with connection.cursor() as cursor:
        relations = connection.introspection.get_relations(cursor, table)
    return {target for _, target, *_ in relations.values()}


@pytest.mark.parametrize("model", tables(), ids=lambda model: model.__name__)
def test_what_can_hold_personal_data_is_bytes_and_sealed(model: type[models.Model]) -> None:
    """Text columns are ids, codes, States and the two reference numbers; nothing else."""
    texts = {
        field.name for field in model._meta.get_fields() if isinstance(field, models.TextField)
    }
    assert texts <= FREE_TEXT


def test_no_unique_column_has_a_second_index_for_patterns(both_databases: Database) -> None:
    connection = connections[both_databases.alias]
    with connection.cursor() as cursor:
        for model in tables():
            constraints = connection.introspection.get_constraints(cursor, model._meta.db_table)
            assert not [name for name in constraints if name.endswith("_like")]
