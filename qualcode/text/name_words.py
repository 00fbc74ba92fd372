"""Words that stand beside names, in names, or look like names: plain lists of our own.

They are small letters without accents, as `plain_spelling` of `text/plain.py` makes them.
"""

from __future__ import annotations

from typing import Final


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


TITLES: Final = _words(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister brother
    imam rabbi canon archdeacon sheikh sheik hajji haji madam mme mlle monsieur herr frau sra
    cllr councillor alderman mayor ald pc sgt insp inspector capt captain col colonel maj lt
    aunt auntie uncle nan nana gran granny grandma grandad grandpa
    """
)
"""What stands before a name and is none: it stays where the name behind it is shown otherwise."""

LETTERS_BEHIND: Final = _words(
    """
    obe mbe cbe kbe jp mp mep ma ba bsc msc phd mphil llb frsa jr snr jnr esq qc kc dl
    """
)
"""What stands behind a name and is none."""

PARTICLES: Final = _words(
    """
    o ni nic mac mc ap ab van von der den de da di del della des du dos das le la el al bin
    ibn ben bint ter ten te zu zur y e abu umm st
    """
)
"""What belongs to the word behind it, in the languages that interviews here are held in."""

NOBODY: Final = _words(
    """
    participant interviewee interviewer respondent speaker informant person anonymous anon
    unknown unnamed nobody none name man woman male female na nn tbc
    """
)
"""What stands in the place of a name where there is none."""

EVERYDAY: Final = _words(
    """
    amber angel any april art august autumn baker ball banks barber bay bell berry bill bird
    bishop black blessing bloom blue bob bond book booth bowler bridge bridges brook brooks
    brown buck burns bush butcher butler can carpenter carter case cash chance chandler
    charity chase christian church clay clerk cliff cole comfort con cook cooper crane cross
    crystal daisy dale dawn day days dean destiny did don drake earl east faith farmer fern
    field fields fish fisher flint flora florence flower for ford forest foster fox frank
    freedom freeman frost garden gardener gay gene gift glory golden grace grant grave graves
    gray green grey guy hall harmony harper hart has hay hazel head heath heather her hill
    hills him his hobby holly honey hood hook hope hopes house how hunt hunter iris its ivory
    ivy jade jasmine jewel joy june justice key keys kind king kit knight knights lake lamb
    lance land lane lawyer leaf lee life light lily lock long lot love low luck major man
    march mark marks marsh marshal mason masters mat max may mead melody mercy mike mile miles
    mill miller mills mint miss moon moor moss mount myrtle noble nor norm north not now off
    old olive one opal our out own page pages park parks parson pat patience peace peak pearl
    peel penny pepper pet petty pike pip piper place poll pond pool poole poor porter post
    potter pound power precious price pride prince prior prudence put quick ram ran raven read
    red reed rice rich river rivers rob robin rock rod roman rose rosemary rowan royal ruby
    run rush sage sailor salmon sands sat saw say sea see self serenity set sharp she shepherd
    shield short silver sin skip sky small smart snow son sonny south spring square staff star
    steel stone stones storm street strong sue summer summers sun swan sweet swift tailor
    temple the thorn thorne tin too tree true trust try tucker turner two use vale van victory
    violet virtue walker wall walls ward wards warren was water waters way weaver weeks wells
    west wheeler white who why wild will willing wills win winter winters wise wish wolf won
    wood woods worth wright yard yes yet you young
    """
)
"""Words of English that are people's names, too: in small letters they are the word."""

MONTHS: Final = _words(
    """
    january february march april may june july august september october november december
    """
)
"""What beside a number is a date, whoever is called so."""

CALENDAR: Final = MONTHS | _words(
    """
    monday tuesday wednesday thursday friday saturday sunday easter christmas ramadan eid diwali
    english british england britain scotland scottish wales welsh ireland irish london
    """
)
"""Words that are always written with a capital and are nobody's name misspelt."""

INSTITUTIONS: Final = _words(
    """
    academy action advice agency alliance and arts assembly association authority bank board
    borough bureau business cafe care carers central centre center chamber charity children church
    churches citizens city civic clinic club college committee commission community company
    congregation council county department development district east education estate faith family
    farm federation fire first food force forum foundation fund garden government green group groups
    hall health help home hospital house housing hub initiative institute junior kitchen ladies
    learning leisure library local market mens mosque mothers national neighbourhood network north
    nursery office older organisation over parents parish park partnership people peoples
    police pool primary project public residents river school scheme sector senior service services
    shop social society south sports station street support team temple tenants the theatre town
    trade traders training transport trust union unit university village voluntary volunteer
    volunteers watch welfare west women womens work workers young youth
    """
)
"""Words of which names of institutions are made: in small letters they mean any of the kind."""
