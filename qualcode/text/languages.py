"""The languages that a transcript can be in: ISO 639 codes, and what people write instead."""

from __future__ import annotations

import re

from qualcode.text.folding import fold
from qualcode.text.nearest import nearest

_ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh xx yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_ISO_639_1.split())
"""With `xx`, for several languages in one interview."""

_ISO_639_2 = """
    aar abk afr aka alb amh ara arg arm asm ava ave aym aze bak bam baq bel ben bis bod bos bre bul
    bur cat ces cha che chi chu chv cor cos cre cym cze dan deu div dut dzo ell eng epo est eus ewe
    fao fas fij fin fra fre fry ful geo ger gla gle glg glv gre grn guj hat hau heb her hin hmo hrv
    hun hye ibo ice ido iii iku ile ina ind ipk isl ita jav jpn kal kan kas kat kau kaz khm kik kin
    kir kom kon kor kua kur lao lat lav lim lin lit ltz lub lug mac mah mal mao mar may mkd mlg mlt
    mon mri msa mya nau nav nbl nde ndo nep nld nno nob nor nya oci oji ori orm oss pan per pli pol
    por pus que roh ron rum run rus sag san sin slk slo slv sme smo sna snd som sot spa sqi srd srp
    ssw sun swa swe tah tam tat tel tgk tgl tha tib tir ton tso tsn tuk tur twi uig ukr urd uzb ven
    vie vol wel wln wol xho yid yor yue zha zho zul
"""
_THREE_LETTERS = frozenset(_ISO_639_2.split())
"""Of the languages that have two letters as well, and Cantonese."""

_NAMED = {
    "albanian": "sq",
    "amharic": "am",
    "arabic": "ar",
    "basque": "eu",
    "bengali": "bn",
    "bulgarian": "bg",
    "cantonese": "yue",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "cymraeg": "cy",
    "czech": "cs",
    "danish": "da",
    "deutsch": "de",
    "dutch": "nl",
    "english": "en",
    "espanol": "es",
    "estonian": "et",
    "farsi": "fa",
    "finnish": "fi",
    "francais": "fr",
    "french": "fr",
    "gaelic": "gd",
    "gaeilge": "ga",
    "georgian": "ka",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "igbo": "ig",
    "indonesian": "id",
    "irish": "ga",
    "italian": "it",
    "italiano": "it",
    "japanese": "ja",
    "korean": "ko",
    "latvian": "lv",
    "lithuanian": "lt",
    "malay": "ms",
    "mandarin": "zh",
    "nederlands": "nl",
    "nepali": "ne",
    "norwegian": "no",
    "persian": "fa",
    "polish": "pl",
    "polski": "pl",
    "portuguese": "pt",
    "portugues": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "slovak": "sk",
    "slovenian": "sl",
    "somali": "so",
    "spanish": "es",
    "swahili": "sw",
    "swedish": "sv",
    "tamil": "ta",
    "telugu": "te",
    "thai": "th",
    "turkish": "tr",
    "twi": "tw",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
    "welsh": "cy",
    "yoruba": "yo",
    "zulu": "zu",
}
_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")


def is_language(text: str) -> bool:
    """True for a code such as `en`, `cy` or `en-GB`; of three letters any, for they are many."""
    tag = _TAG.fullmatch(text)
    return tag is not None and (len(tag[1]) == 3 or tag[1].lower() in _TWO_LETTERS)


def is_usual_language(text: str) -> bool:
    """The same, but of three letters only those of languages that are often met.

    Of a line such as `Language: TBC` nobody said that it holds a code; `tbc` is one, somewhere.
    """
    return is_language(text) and (text.partition("-")[0].lower() in _TWO_LETTERS | _THREE_LETTERS)


def language_named(text: str) -> str | None:
    """The code of a language that is called by its name: `en` of `English`; None of another."""
    return _NAMED.get(fold(text).strip())


def language_meant(text: str) -> str | None:
    """The code that somebody meant who wrote something else: `en` of `English`, `en-GB` of `en_GB`.

    None where that is not clear.
    """
    tag = "-".join(part for part in re.split(r"[-_\s]+", text.strip()) if part)
    if is_language(tag):
        return tag
    plain = fold(text).strip()
    return _NAMED.get(plain) or _NAMED.get(nearest(plain, _NAMED) or "")
