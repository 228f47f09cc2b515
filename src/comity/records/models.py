"""The tables. Acts and log only grow; what a list shows holds no personal data.

Times are microseconds since 1970 (``times``), digests and States are text as in the
specification. Rows are written and read by the files beside this one, which map
them to the frozen values of ``comity.actions.ports``.
"""

from django.db import models
from django.db.models import CASCADE, PROTECT, Q

DIGEST = 71
STATE = 3
CODE = 40


class Act(models.Model):
    """An act as it was signed, ours or a peer's; never changed, never deleted."""

    act_id = models.CharField(max_length=DIGEST)
    matter = models.CharField(max_length=DIGEST)
    author = models.CharField(max_length=STATE)
    seq = models.BigIntegerField()
    ours = models.BooleanField()
    part_count = models.PositiveSmallIntegerField()
    header = models.BinaryField()
    envelope = models.BinaryField()
    stored_at = models.BigIntegerField()

    class Meta:
        """A peer may fork its lane, and both acts are kept as the proof; we may not."""

        db_table = "records_act"
        indexes = [models.Index(fields=["matter", "id"], name="act_matter")]
        constraints = [
            models.UniqueConstraint(fields=["act_id"], name="act_id"),
            models.UniqueConstraint(
                fields=["matter", "seq"], condition=Q(ours=True), name="act_own_lane"
            ),
        ]


class MatterKey(models.Model):
    """The key of a matter's parts, wrapped under the node's storage key."""

    matter = models.CharField(max_length=DIGEST)
    wrapped = models.BinaryField()

    class Meta:
        """Deleting the row makes every part of the matter unreadable."""

        db_table = "records_matter_key"
        constraints = [models.UniqueConstraint(fields=["matter"], name="matter_key")]


class Part(models.Model):
    """A part's salt and bytes, sealed under its matter's key. ``place`` counts from 0."""

    act = models.ForeignKey(Act, CASCADE, to_field="act_id", db_index=False, related_name="parts")
    place = models.PositiveSmallIntegerField()
    role = models.TextField()
    sealed = models.BinaryField()

    class Meta:
        """One row for each part held; none for a part that was withheld or erased."""

        db_table = "records_part"
        constraints = [models.UniqueConstraint(fields=["act", "place"], name="part_place")]


class Leaf(models.Model):
    """An act's leaf in the log; ``number`` is empty until the sequencer gives one, from 0."""

    act = models.ForeignKey(Act, PROTECT, to_field="act_id", db_index=False, related_name="leaves")
    number = models.BigIntegerField(null=True, unique=True)
    hash = models.BinaryField()

    class Meta:
        """The partial index finds what waits for a number."""

        db_table = "records_leaf"
        indexes = [models.Index(fields=["id"], condition=Q(number=None), name="leaf_unnumbered")]
        constraints = [models.UniqueConstraint(fields=["act"], name="leaf_act")]


class LogHead(models.Model):
    """One row: the log's size, root and compact range (hashes one after the other)."""

    size = models.BigIntegerField()
    root = models.BinaryField()
    frontier = models.BinaryField()

    class Meta:
        """The row has id 1."""

        db_table = "records_log_head"


class Checkpoint(models.Model):
    """A signed checkpoint of the log."""

    size = models.BigIntegerField()
    envelope = models.BinaryField()

    class Meta:
        """The newest is the one with the largest size."""

        db_table = "records_checkpoint"
        indexes = [models.Index(fields=["-size", "-id"], name="checkpoint_newest")]


class Delivery(models.Model):
    """One act for one peer: its pair number and how far it has come."""

    peer = models.CharField(max_length=STATE)
    n = models.BigIntegerField()
    act = models.ForeignKey(
        Act, PROTECT, to_field="act_id", db_index=False, related_name="deliveries"
    )
    urgent = models.BooleanField()
    created = models.BigIntegerField()
    attempts = models.IntegerField()
    next_at = models.BigIntegerField()
    leased_until = models.BigIntegerField(null=True)
    tried_at = models.BigIntegerField(null=True)
    error = models.TextField()
    delivered_at = models.BigIntegerField(null=True)
    code = models.CharField(max_length=CODE)

    class Meta:
        """Numbers of a pair are contiguous; an act has one number for a peer."""

        db_table = "records_delivery"
        indexes = [
            models.Index(
                fields=["peer", "next_at"], condition=Q(delivered_at=None), name="delivery_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["peer", "n"], name="delivery_number"),
            models.UniqueConstraint(fields=["act", "peer"], name="delivery_act"),
        ]


class ReceivedNumber(models.Model):
    """The number under which a peer sent an act."""

    peer = models.CharField(max_length=STATE)
    n = models.BigIntegerField()
    act = models.ForeignKey(Act, PROTECT, to_field="act_id", db_index=False, related_name="numbers")

    class Meta:
        """One act under one number."""

        db_table = "records_received_number"
        constraints = [models.UniqueConstraint(fields=["peer", "n"], name="received_number")]


class ProofOfReceipt(models.Model):
    """A peer's receipt of an act with the head and signature of the reply that held it."""

    act = models.ForeignKey(Act, PROTECT, to_field="act_id", db_index=False, related_name="proofs")
    peer = models.CharField(max_length=STATE)
    n = models.BigIntegerField()
    code = models.CharField(max_length=CODE)
    at = models.BigIntegerField()
    head = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        """The first receipt is the one that counts as proof."""

        db_table = "records_proof"
        indexes = [models.Index(fields=["peer", "n"], name="proof_number")]
        constraints = [models.UniqueConstraint(fields=["act", "peer"], name="proof_act")]


class GivenReceipt(models.Model):
    """The receipt that this node gave for an act; a repeated act gets the same bytes."""

    act = models.ForeignKey(
        Act, PROTECT, to_field="act_id", db_index=False, related_name="given_receipts"
    )
    peer = models.CharField(max_length=STATE)
    n = models.BigIntegerField()
    receipt = models.BinaryField()

    class Meta:
        """One receipt for an act."""

        db_table = "records_given_receipt"
        constraints = [models.UniqueConstraint(fields=["act"], name="given_receipt_act")]


class Mark(models.Model):
    """Per peer, numbers up to which nothing is missing; a start for counting, never too high."""

    peer = models.CharField(max_length=STATE)
    held = models.BigIntegerField()
    receipted = models.BigIntegerField()

    class Meta:
        """Saves reading a peer's whole history at each sync."""

        db_table = "records_mark"
        constraints = [models.UniqueConstraint(fields=["peer"], name="mark_peer")]


class Card(models.Model):
    """A card that was accepted; ``newest`` marks the one in use, the others are history."""

    state = models.CharField(max_length=STATE)
    version = models.BigIntegerField()
    newest = models.BooleanField()
    envelope = models.BinaryField()
    root = models.BinaryField()
    anchor = models.BinaryField()
    accepted_at = models.BigIntegerField()

    class Meta:
        """Rows are added, never rewritten, but for the mark."""

        db_table = "records_card"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(newest=True), name="card_newest")
        ]


class HomeNote(models.Model):
    """What this State thinks for itself. No key leads here from any other table, or away.

    ``matter`` is plain text on purpose: a draft may have none yet, and nothing that
    travels can be joined to a note by the database's own rules.
    """

    note_id = models.CharField(max_length=DIGEST)
    matter = models.CharField(max_length=DIGEST, null=True)  # noqa: DJ001
    kind = models.CharField(max_length=CODE)
    author = models.CharField(max_length=128)
    at = models.BigIntegerField()
    body = models.BinaryField()

    class Meta:
        """The body is sealed under the storage key."""

        db_table = "records_home_note"
        indexes = [models.Index(fields=["matter", "at", "id"], name="note_matter")]
        constraints = [models.UniqueConstraint(fields=["note_id"], name="note_id")]


class Row(models.Model):
    """A matter as lists show it: made from its acts, and made again at each change."""

    matter = models.CharField(max_length=DIGEST)
    peer = models.CharField(max_length=STATE)
    role = models.CharField(max_length=CODE)
    instrument = models.TextField()
    urgency = models.TextField()
    opened_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    until = models.BigIntegerField(null=True)
    code = models.CharField(max_length=CODE)
    tag = models.CharField(max_length=CODE)
    closed = models.BooleanField()
    ours = models.TextField()
    theirs = models.TextField()

    class Meta:
        """Codes and times only."""

        db_table = "records_row"
        indexes = [models.Index(fields=["closed", "-changed_at", "matter"], name="row_newest")]
        constraints = [models.UniqueConstraint(fields=["matter"], name="row_matter")]


class Alarm(models.Model):
    """Something that people and operators must see; ``key`` keeps the same one from repeating."""

    key = models.CharField(max_length=DIGEST)
    code = models.CharField(max_length=CODE)
    peer = models.CharField(max_length=STATE)
    at = models.BigIntegerField()
    detail = models.TextField()

    class Meta:
        """``key`` is the digest of code, peer and detail."""

        db_table = "records_alarm"
        indexes = [models.Index(fields=["-at", "-id"], name="alarm_newest")]
        constraints = [models.UniqueConstraint(fields=["key"], name="alarm_key")]


class UnsyncedPeer(models.Model):
    """A peer with which a restored node must sync before it signs."""

    peer = models.CharField(max_length=STATE)

    class Meta:
        """Empty on a node that was never restored."""

        db_table = "records_unsynced_peer"
        constraints = [models.UniqueConstraint(fields=["peer"], name="unsynced_peer")]


class Changed(models.Model):
    """How often something changed that a list could show: the sum over the slots.

    Writers use different slots, so that one does not wait for another's commit.
    """

    slot = models.PositiveSmallIntegerField(unique=True)
    times = models.BigIntegerField()

    class Meta:
        """At most sixteen rows."""

        db_table = "records_changed"
