"""
Starting a whole desk: what is checked before, what is started in which order, what is said.

Everything that can be wrong with the configuration is found before anything is started.
"""
