"""What needs several floors at once: erasure of a person."""
