"""Ground: what every floor stands on and none of them is named in."""
