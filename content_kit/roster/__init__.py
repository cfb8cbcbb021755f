"""Daftar posting: every post of many posyandu in a period, and who has not sent anything yet."""
