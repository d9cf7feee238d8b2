"""What a sitting shows on the terminal and asks there: a case with its deciding words marked, short lists, the count at the end.

Here: showing and reading one line. Not here: what an answer does (review_sitting.py). Works in 80 columns, without colour, and with
lines that come through a pipe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from nistaran.cli.output import safe, say_error
from nistaran.domain.correction import FOR_NONE, NONE, CorrectionReason
from nistaran.domain.wording import ASK_HI, CORRECTION_HI, OVERDUE_HI
from nistaran.steps.review import LEAST_SHOWN

if TYPE_CHECKING:
    from rich.text import Text

    from nistaran.cli.review_sitting import Tally
    from nistaran.steps.house import House
    from nistaran.steps.review import ToReview

Chosen = TypeVar("Chosen", bound=str)
_WIDEST = 100
_FIRST_CHARS = 1200  # so that the choices stay on a screen of 24 lines; the rest with `t`
_LETTER = "[\\w\u0900-\u0963]"
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
KEYS = "1 2 3 · /bijli खोजें · n शिकायत नहीं · t पूरा पाठ · s छोड़ें · u वापस · q समाप्त · ?"
HELP = (
    "1 2 3   take that department / वह विभाग        s  skip: stays waiting / छोड़ें: प्रतीक्षा में रहे",
    "/letters  search a department: code, Hindi, or Hindi in Latin letters / विभाग खोजें",
    "n   no grievance, then say why / शिकायत नहीं, फिर कारण      t  the whole text / पूरा पाठ",
    "u   take the last answer back: it is written only with your next key / अन्तिम उत्तर वापस लें",
    "q   end; the last answer is written / समाप्त; अन्तिम उत्तर लिखा जाएगा        Ctrl-C  end without it",
)


class Screen:
    """Everything that is written to or read from the terminal in a sitting. Nothing of it is kept."""

    def __init__(self, house: House) -> None:
        from rich.console import Console

        self._house = house
        self._out = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
        self._width = min(self._out.width, _WIDEST) - 1

    def read(self, prompt: str = "> ") -> str | None:
        """One line without spaces around, its digits as 0–9; None when there is no more. Raises KeyboardInterrupt on Ctrl-C."""
        try:
            return " ".join(input(prompt).split()).translate(_DIGITS)
        except EOFError:
            return None
        except UnicodeDecodeError:
            return ""  # half a letter from the keyboard: ask again

    def tell(self, *sentences: str) -> None:
        """Sentences, each on lines of its own."""
        for sentence in sentences:
            self._out.print(wrapped(safe(sentence), self._width))

    def refuse(self, sentence: str) -> None:
        """Something that was not taken."""
        say_error(sentence)

    def name(self, department: str) -> str:
        """A department as the table names it."""
        row = self._house.pack.departments.get(department)
        return row.name_hi if row else department

    def case(self, case: ToReview, *, at: int, of: int, whole: bool = False) -> None:
        """A case: when it is due, why it is asked, the text, the likeliest departments, the keys."""
        self.tell("", f"── {at}/{of} · {case.number} ".ljust(self._width, "─"))
        late = OVERDUE_HI if case.days_left < 0 else f"{case.days_left} दिन शेष"
        self.tell(
            f"नियत {case.due_on:%d.%m.%Y} ({late}) · {case.lane} · {case.channel}",
            f"क्यों पूछा: {ASK_HI.get(case.reason, '-')} · स्थान: {case.place or '-'}",
            "",
        )
        cut = len(case.text) > _FIRST_CHARS and not whole
        self._out.print(self._marked(case, cut=cut))
        self.tell(*(["… (t: पूरा पाठ / the whole text)"] if cut else []), "")
        self.choices(case)

    def choices(self, case: ToReview) -> None:
        """The likeliest departments with their keys."""
        for key, guess in enumerate(case.guesses, start=1):
            weak = key > 1 and guess.confidence < LEAST_SHOWN
            share = "" if weak else f"  {guess.confidence:.0%}"
            none = "  (शिकायत नहीं: कारण पूछा जाएगा)" if guess.department == NONE else ""
            self.tell(f" {key}  {self.name(guess.department)}{share}{none}")
        if not case.guesses:
            self.tell(" मशीन का कोई अनुमान नहीं: /… से खोजें / the machine has no guess: search with /…")
        self.tell(KEYS)

    def _marked(self, case: ToReview, *, cut: bool) -> Text:
        """The text with the words that decided in reverse; where there is no colour, between « and »."""
        from rich.text import Text

        text = wrapped(safe(case.text[:_FIRST_CHARS] if cut else case.text), self._width)
        words = [re.escape(word) for word in map(safe, case.words) if word.strip()]
        found = re.compile(f"(?<!{_LETTER})(?:{'|'.join(words)})(?!{_LETTER})") if words else None
        if found is None or self._out.is_terminal:
            shown = Text(text)
            if found is not None:
                shown.highlight_regex(found, "reverse")
            return shown
        return Text(found.sub(lambda one: f"«{one[0]}»", text))

    def pick(self, departments: Sequence[str]) -> str | None:
        """One of these departments by its number; None for anything else."""
        for key, department in enumerate(departments, start=1):
            self.tell(f" {key}  {self.name(department)}")
        return _numbered(self.read("संख्या / number (Enter: वापस) > "), departments)

    def why_none(self) -> CorrectionReason | None:
        """Why this is no grievance, from the short list; None for anything else."""
        for key, reason in enumerate(FOR_NONE, start=1):
            self.tell(f" {key}  {CORRECTION_HI[reason]}")
        return _numbered(self.read("शिकायत क्यों नहीं / why not (Enter: वापस) > "), FOR_NONE)

    def summary(self, tally: Tally, *, left: int) -> None:
        """What the sitting came to."""
        seen = tally.answered + tally.same + tally.skipped
        pace = f"{tally.seconds / seen:.0f}" if seen else "-"
        self.tell(
            "",
            f"उत्तर लिखे / answered: {tally.answered}   छोड़े / skipped: {tally.skipped}   अस्वीकृत / refused: {tally.refused}",
            f"किसी और ने पहले किये / done before by others: {len(tally.gone) + tally.same}",
            f"प्रति प्रकरण सेकण्ड / seconds a case: {pace}   शेष प्रतीक्षा में / still waiting: {left}",
        )
        if tally.held_back:
            self.tell(
                f"{tally.held_back} संशोधन सीखने से पहले दूसरे व्यक्ति की जाँच हेतु रोके गये; प्रकरण कार्यालय को गये / {tally.held_back} corrections "
                "wait for a second person before they teach; the cases went to their offices: nistaran corrections --quarantined"
            )


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most `width` columns, broken between words, as terminals count Devanagari: every letter and every
    vowel sign beside it a column (rich counts a syllable as one, and its lines would be broken once more)."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, *words = paragraph.split(" ")
        used = columns(line)
        for word in words:
            room = columns(word)
            if used + 1 + room > width:
                lines.append(line)
                line, used = word, room
            else:
                line, used = f"{line} {word}", used + 1 + room
        lines.append(line)
    return "\n".join(lines)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(unicodedata.category(letter) not in {"Mn", "Me", "Cf"} for letter in text)


def _numbered(typed: str | None, among: Sequence[Chosen]) -> Chosen | None:
    at = int(typed) if typed and typed.isdecimal() and len(typed) < 3 else 0
    return among[at - 1] if 1 <= at <= len(among) else None
