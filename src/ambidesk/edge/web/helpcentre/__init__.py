"""Help centre: what a brand's articles tell everybody, on its own host or at the desk's."""
