"""Pieces: whatever is said leaves whole, in order, and within the messenger's limits."""

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.contract.outbound import Button, OutFile
from ambidesk.support.channels.contract.pieces import Said, divide, length, pieces
from ambidesk.support.channels.telegram.manifest import MANIFEST

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(" \n.!?"), st.characters(codec="utf-8", exclude_characters="\0")
    ),
    max_size=400,
)


@given(text=TEXTS, longest=st.integers(2, 60))
def test_a_divided_text_has_all_its_letters_in_order_and_no_part_too_long(
    text: str, longest: int
) -> None:
    parts = list(divide(text, longest))
    assert all(0 < length(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(text=TEXTS, longest=st.integers(2, 60))
def test_dividing_again_gives_the_same(text: str, longest: int) -> None:
    assert list(divide(text, longest)) == list(divide(text, longest))


@given(text=TEXTS, files=st.integers(0, 4), has_buttons=st.booleans())
def test_files_come_once_after_the_words_and_buttons_stand_once(
    text: str, files: int, *, has_buttons: bool
) -> None:
    papers = tuple(
        OutFile(name=f"{number}.pdf", content_type="application/pdf", content=b"x")
        for number in range(files)
    )
    buttons = (Button(label="Yes", value="yes"),) if has_buttons else ()
    said = Said(text=text, files=papers, buttons=buttons)
    cut = pieces(said, MANIFEST, key="7", to="telegram:1", talk="telegram:1")
    assert [piece.file for piece in cut if piece.file] == list(papers)
    assert "".join("".join(piece.text for piece in cut).split()) == "".join(text.split())
    assert sum(bool(piece.buttons) for piece in cut) == (1 if has_buttons and cut else 0)
    assert len({piece.key for piece in cut}) == len(cut)


def test_a_text_is_cut_between_paragraphs_rather_than_in_them() -> None:
    parts = list(divide("One two three.\n\nFour five six.", 20))
    assert parts == ["One two three.", "Four five six."]
