"""UIS and CoMagic: notifications whose text an administrator writes there."""
