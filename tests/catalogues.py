"""The catalogues of Russian as the programs read them, compiled where they are older than their source."""

import os
import subprocess
from pathlib import Path

from ambidesk.edge.commands.speech import LOCALE


def compile_russian() -> None:
    """Compile what changed; whoever reads at this moment in another process finds a whole file."""
    for source in (LOCALE / "ru" / "LC_MESSAGES").glob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            made = Path(f"{compiled}.{os.getpid()}")
            subprocess.run(["msgfmt", "-o", made, source], check=True)
            made.replace(compiled)
