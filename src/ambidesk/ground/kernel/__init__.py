"""Kernel: journal, outbox, pumps, signals, refusals, routes: what every package stands on."""
