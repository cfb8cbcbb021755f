"""How a picture and its text go out from a phone, step by step, for each place to post."""

from __future__ import annotations

from typing import Final

_COPY: Final = "Pindahkan gambar dan teksnya ke ponsel, misalnya kirim ke nomor WhatsApp sendiri."
_STEPS: Final = {
    "wa-grup": (
        "Buka grup warga di WhatsApp, tekan gambar klip atau +, lalu Galeri.",
        "Pilih gambarnya, tempel teksnya di bawah gambar, lalu kirim.",
    ),
    "wa-status": (
        "Buka WhatsApp, pilih Pembaruan (Status), lalu tekan Status saya.",
        "Pilih gambar yang tegak (WA-Status), tempel teksnya, lalu kirim.",
        "Status hilang sesudah 24 jam: pasang saat warga biasa melihat ponsel.",
    ),
    "wa-saluran": (
        "Buka WhatsApp, pilih Pembaruan, lalu saluran posyandu Anda.",
        "Tekan gambar klip, pilih gambarnya, tempel teksnya, lalu kirim.",
    ),
    "fb": (
        "Buka halaman posyandu di Facebook, tekan Foto.",
        "Pilih gambarnya, tempel teksnya, lalu tekan Posting.",
        "Tekan gambarnya, Edit teks alternatif: tempel teks untuk tunanetra.",
    ),
    "fb-story": (
        "Buka Facebook, tekan Buat cerita.",
        "Pilih gambar yang tegak, lalu Bagikan ke cerita.",
    ),
    "ig": (
        "Buka Instagram, tekan +, pilih Postingan.",
        "Pilih gambarnya, tempel teksnya sebagai keterangan.",
        "Di Pengaturan lanjutan, Teks alternatif: tempel teks untuk tunanetra.",
    ),
    "ig-story": (
        "Buka Instagram, tekan +, pilih Cerita.",
        "Pilih gambar yang tegak, lalu Bagikan.",
    ),
    "telegram": (
        "Buka grup atau saluran di Telegram, tekan gambar klip.",
        "Pilih gambarnya, tempel teksnya, lalu kirim.",
    ),
}
_ELSE: Final = (
    "Buka aplikasinya, buat postingan baru.",
    "Pilih gambarnya, tempel teksnya, lalu kirim.",
)


def steps(channel: str) -> tuple[str, ...]:
    """What to do on the phone, one step after the other."""
    return (_COPY, *_STEPS.get(channel, _ELSE))
