"""Names of people, as a column of cells holds them.

Knows the form of a full name and the names most common in Wales. Refuses those that are words too (Mark, Grace, Head,
Mai for May): a label must never be taken for a person.
"""

from __future__ import annotations

import re
from typing import Final

_GIVEN: Final = frozenset(
    """
    aaron abdul abigail adam aisha alan aled alex alexander alice alison alun alys amanda amelia amina amy andrea andrew
    angela angharad anita ann anna anne annie anthony anwen ashley barbara ben benjamin bethan beverley bethany brian
    bronwen cadi callum cara caroline carwyn carys catherine catrin ceri cerys charles charlie charlotte
    chloe chris christina christine christopher claire clare colin dafydd daniel darren david deborah denise
    derek dewi diane dilys dylan edward efa eirlys eleri elin elis elizabeth ella ellie elliot emily emma emyr
    eric erin eryl ethan evie ffion fiona freya gareth gary gavin geoffrey george geraint gerallt gethin gillian glenys
    graham gwen gwenllian gwyn gwyneth hannah harry hayley helen henry heulwen huw hywel ian ieuan
    ifan ioan iolo irene isaac isabella isla iwan jack jacob jacqueline jade jake james jamie jane janet janice
    jason jean jennifer jenny jessica joan joanna joanne john jonathan joseph joshua joyce judith julia julie karen
    kate katherine kathleen katie keith kelly kenneth kevin kieran kirsty laura lauren lee leighton leon liam
    linda lisa llinos lloyd logan louise lowri lucas lucy luke luned mair maldwyn malcolm mali manon marc margaret
    maria marian marie martin martyn mary matthew maureen megan meinir meirion menna mererid meurig mia michael
    michelle mohammed molly muhammad myfanwy natalie nathan neil nerys nia nicholas nicola nigel norman oliver
    olivia osian owain owen pamela patricia patrick paul paula peredur peter philip phoebe rachel rebecca rhian
    rhiannon rhodri rhydian rhys richard robert roger ronald rory rosie ross ruth ryan samantha samuel sandra
    sara sarah scott sean sharon shaun sheila shirley simon sian sioned sion siwan sophia sophie stephanie stephen
    steven stuart susan teresa thomas timothy tina tomos tracey tracy trefor trevor valerie vanessa victoria vivienne
    wendy wesley william yasmin yvonne zoe
    """.split()  # noqa: SIM905 - as words, they can be read
)
_FAMILY: Final = frozenset(
    """
    ahmed ali bevan bowen clarke davies edwards ellis evans griffith griffiths gwilym harries harris hopkins howells
    hughes hussain humphreys jenkins johnson jones khan lewis llewellyn llewelyn lloyd matthews meredith morgan morris
    owen owens parry patel phillips powell pritchard probert pugh rees richards roberts robinson rowlands smith taylor
    thomas vaughan walker watkins williams wilson
    """.split()  # noqa: SIM905 - as words, they can be read
)
_JOINS: Final = ("ap", "ab", "ferch", "van", "de", "der", "al", "el", "bin", "von")
_LEAST_WORDS: Final = 2
_MOST_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_PARTS: Final = re.compile(r"[\s,]+")
_PLAIN_ASCII: Final = str.maketrans("âêîôûŵŷàèìòùáéíóúäëïöü", "aeiouwyaeiouaeiouaeiou")


def is_shaped(text: str) -> bool:
    """Whether a text is two to four words that begin with capitals, as "Gwenno Prys", "Prys, Gwenno", "G. ap Prys"."""
    words = _words(text)
    return _LEAST_WORDS <= len(words) <= _MOST_WORDS and all(
        word in _JOINS or (word[0].isupper() and (len(word.rstrip(".")) == 1 or not word.isupper())) for word in words
    )


def is_full_name(text: str) -> bool:
    """Whether a text is two to four words and nothing else, one of them a common name: "SIAN JONES", "jones, s"."""
    plain = _plain(text)
    return _LEAST_WORDS <= len(plain) <= _MOST_WORDS and any(word in _GIVEN or word in _FAMILY for word in plain)


def is_one_name(text: str) -> bool:
    """Whether a text is a common name alone. One such cell says little; a column of them is a column of names."""
    plain = _plain(text)
    return len(plain) == 1 and (plain[0] in _GIVEN or plain[0] in _FAMILY)


def _plain(text: str) -> list[str]:
    return [word.rstrip(".").casefold().translate(_PLAIN_ASCII) for word in _words(text)]


def _words(text: str) -> list[str]:
    """The words of a text that is nothing but words; none otherwise."""
    words = [word for word in _PARTS.split(text) if word]
    return words if all(_WORD.fullmatch(word) for word in words) else []
