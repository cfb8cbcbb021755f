"""Names of packed files: short, plain, and in the order in which they are sent."""

from __future__ import annotations

from datetime import date, time

import pytest

from content_kit.model import Channel, Insets, Pillar, Post, Posyandu, Zone
from content_kit.pack.flat import file_name

STATUS = Channel("wa-status", "Status WhatsApp", "WA-Status", "story", Insets(), "short", True, {})


def posyandu(slug: str) -> Posyandu:
    return Posyandu("x", slug, "Posyandu", "Desa", "Kecamatan", "Kabupaten", Zone.WITA)


def post(day: date, pillar: Pillar) -> Post:
    return Post("m4x7q2", "melati", day, time(16), pillar, "jadwal-kartu", ("wa-status",))


@pytest.mark.parametrize(
    ("slug", "day", "pillar", "name"),
    [
        ("melati", date(2026, 12, 7), Pillar.JADWAL, "1_Sen-07Des_WA-Status_jadwal-melati.jpg"),
        (
            "mawar merah",
            date(2027, 1, 1),
            Pillar.TANYA_JAWAB,
            "1_Jum-01Jan_WA-Status_tanya-jawab-mawar-merah.jpg",
        ),
    ],
)
def test_a_name_says_number_day_channel_and_subject(
    slug: str, day: date, pillar: Pillar, name: str
) -> None:
    assert file_name("1", post(day, pillar), posyandu(slug), STATUS) == name
