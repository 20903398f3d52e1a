"""Novofon: signed calls of its exchange, as Zadarma has them."""
