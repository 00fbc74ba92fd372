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

GENERATIONS: Final = _words("jr snr jnr")
"""Of the letters behind a name those that tell two of one name apart, and so belong to it."""

NAMES_TOO: Final = _words(
    """
    imam rabbi sheikh sheik hajji haji nan nana gran granny grandma grandad grandpa
    aunt auntie uncle
    """
)
"""Of what stands before a name what somebody may be called, and be known by to all."""

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
    amber angel any april art ash august autumn baker ball banks barber bay bell berry bill birch
    bird bishop black blessing bloom blue bob bond book booth bowler brand bridge bridges bright
    brook brooks broom brown buck buckle bull bunch burden burns bush butcher butler can cannon
    carpenter carter case cash chalk chance chandler charity chase child christian church clay clerk
    cliff cole comfort con cook cooper corn cotton court crane crook cross crow crown cruise crystal
    curry daisy dale dare darling dawn day days dean deed deer destiny did don drake draper drew
    drink drum drummer duck duke dyer eagle earl east eddy end ever fair faith fall farmer fern
    fiddler field fields finch finger fish fisher fleet flint flood flora florence flower fold foot
    for force ford forest forward foster fox frank free freedom freeman french friend frost fry
    fuller gale game garden gardener gates gay gem gene gift ginger glass glory glover goat gold
    golden good goose grace grain grant grave graves gray green grey groom guy half hall hand hands
    hardy hare harmony harness harp harper hart has haste hatch haven hawk hay hazel head heard
    heart heath heather held her herd hide high hill hills him his hoard hobby holder hole hollow
    holly honey hood hook hope hopes horn horse hound house how hunt hunter ice inch ink iris iron
    isle its ivory ivy jade jasmine jay jewel joiner jolly joy judge june jury justice kettle key
    keys kind king kit knife knight knights lad lake lamb lance land lane lark lash law lawn laws
    lawyer leaf lean lee leek life light lily lime link lion lock loft long lord lot love low luck
    lump lunch lush main major mallet man manner marble march mark marks marsh marshal mason masters
    mat max may mead mean meek melody mercy merry mike mile miles mill miller mills mine mint miss
    moat money monk moody moon moor more morrow moss mould mount mountain mouse mule myrtle nail nap
    need nest new nice night noble noon nor norm north not now nun nurse nut oak off old olive one
    opal orange orchard organ our out over own pace pack paddock page pages pain painter pan park
    parks parson pass pat patience peace peach peak pear pearl pearls peck peel pen penny people
    pepper perch pet petty pie pike pill pilot pine pink pip piper pitch place plain plant player
    plum plume pocket poll pond pool poole poor pope porter post pot potter pound power powers
    precious price pride prime prince prior prize proud prudence pump purse push put quarry quick
    quill rabbit race rain ram ramp ran rank raven ray read reader reason red reed rest rice rich
    rider ridge ring rise river rivers road roads roast rob robin rock rod roman roof rook room root
    rope rose rosemary round row rowan royal ruby rule run rush saddler sage sail sailor saint sale
    salmon salt sand sands sat savage saw say scales school sea seal see seed self senior serenity
    sermon set setter shadow sharp she shell shepherd shield shine ship shoe shore short side silk
    silver sin singer skinner skip sky slack slate slater sleep sly small smart smoke snail snow
    sole son sonny south spark sparrow speaker spear speed spice spoon spray spring sprout square
    squire stable stack staff stalker stamp stand star steel stock stocks stone stones storm story
    stout straw stream street stride strong sue sugar summer summers sun swallow swan sweet swift
    tailor tall tanner taper teal tear temple term the thorn thorne tide tie tiger tiller timber
    time tin toll too torch tower towers travel tree trick trout true trump trust try tucker turn
    turner twist two use vale van vane veil vest victory vine violet virtue wade wagon wait walker
    wall walls want ward wards warm warren was wash watch water waters way weaver web weeks well
    wells west whale wheat wheel wheeler white who why wick wild wilder will willing wills win wine
    wing winter winters wise wish witch wolf won wood woods wool worm worth wren wright yard yarn
    yeoman yes yet you young
    """
)
"""Words of English that are people's names, too: in small letters they are the word."""

GRAMMAR: Final = _words(
    """
    any can did for had has held her him his how its may need nor not now off our out over own the
    was who why will yes yet you
    """
)
"""Of them what stands side by side in any sentence: `you may` is nobody."""

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
