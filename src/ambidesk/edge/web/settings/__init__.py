"""Settings: everything an administrator sets up, in a browser; the Problems screen."""
