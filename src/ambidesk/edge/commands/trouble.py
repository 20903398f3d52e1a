"""What went wrong outside the program, as one sentence that says what to do. Exit code 2."""

EXIT_CODE = 2


class Trouble(Exception):  # noqa: N818 - it is a finding about the machine, not an error of ours
    """A wrong configuration or a machine that cannot do what was asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
