"""The command line, for `python -m`."""

from ambidesk.edge.commands.line import main

main()
