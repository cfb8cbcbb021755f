"""The 256 short words that a key's fingerprint is read out with, one for each byte."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """
    abu air akar alam anak angin api apel arah asam asap atap awan ayah ayam badak
    bahu baju bakau bakul balai balon bambu bangku bantal basah batik batu bawang bayam bebek becak
    belut benang beras besi betis biji bintang biru bola botol buah buaya bubur buku bulan bulu
    bumi bunga buntut burung busa cabai cacing cahaya cangkir cantik cat catur celana cemara cerita cermin
    cicak cincin coklat cuaca cuka cumi dada dagu dahan dahi damar dapur daun delima denah desa
    dinding domba dua duku durian ekor emas ember empat enam enau engsel es fajar foto gajah
    galah garam garis garpu gelas gelang gelombang gendang gerobak getah gigi gitar gula gulai gunung guru
    hari harimau hati hidung hijau hitam hujan hutan ibu ikan imbau intan itik jagung jahe jala
    jalan jambu jamur jangkrik jari jarum jati jembatan jendela jeruk jingga kaca kain kaki kakak kali
    kambing kamar kancil kapal kapas kapur karet kasur katak kayu kebun kecap kelapa keladi kemiri kenari
    kepala keris kertas kijang kipas kita kopi kota kotak kuda kucing kue kulit kunci kuning kupu
    kursi labu ladang lagu laut lemari lengan lidah lilin lima lonceng madu makan malam mangga mata
    meja melati merah merpati minum musik muara nama nanas nasi nenek nila nyiur obor ombak orang
    otak padi pagar pagi paku paman panci pandan pantai panah papan pasar pasir payung pena perahu
    perak petani pintu pipi piring pisang pita pohon pulau putih rakit rambut rantai rawa rimba roda
    roti ruang rumah rumput rusa sabun sagu salak sapi sarung sawah sayur sendok sepatu siput sungai
"""
WORDS: Final = tuple(_TEXT.split())
