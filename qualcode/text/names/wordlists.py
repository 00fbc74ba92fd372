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

COMMON: Final = _words(
    """
    able about above across act add after again against age ago agree aid air allow almost alone
    along already also although always among amount animal another answer apart appear apply
    area arm around arrive as ask at attend away baby back bad bag balance band bar base basic
    basis bath be bear beat beautiful because become bed been before began begin behind being
    believe below benefit best better between big bit blind block blood boat body born borrow
    both bottom box boy brain branch brave bread break breakfast breath brief bring broad
    brother brought budget build building built bus busy but buy by call came camp campaign
    capital car card carry catch cause cell certain chair challenge change charge cheap check
    choice choose circle claim class clean clear climb clock close closed cloth cloud coach coal
    coast coat coffee cold collect colour column comes coming common complete computer concern
    condition contact continue contract control copy core corner correct cost count country
    couple course cover craft create credit crime crowd cup current custom customer cut damage
    dance danger dark data daughter dead deal death debt decide deep degree demand depend
    describe design desk detail develop different difficult dinner direct director dirt discuss
    distance divide do doctor does dog done door double doubt down draw dream dress drive driver
    drop dry due during dust duty each early earn earth easy eat edge effect effort eight either
    else empty energy engine enjoy enough enter equal even evening event every evidence exact
    example except exercise exist expect expert explain eye face fact factory fail famous far
    fast father fear feed feel feet felt few fight figure fill film final find fine finish firm
    fit five fix flat flight floor flow fly follow foreign forget form former fortune found four
    fresh from front fruit full fun future gave general gentle get girl give given glad go gone
    got grand grass great ground grow grown growth guard guess guest guide gun habit had hair
    happen happy harbour hat hate have he hear heavy height hello here hero hers history hit
    hold holiday honest host hot hotel hour huge human hundred hungry hurt husband idea if ill
    image important in include income increase indeed industry inside instead interest into
    invite island issue it item job join joint journey jump just keep kept kick kid kill knee
    knew know known labour lack lady landing language large last late later laugh lay lazy lead
    leader learn least leather leave left leg less lesson let letter level lie lift like limit
    line list listen little live living load loan lone look loose lose loss lost lots loud lower
    machine made mail make many map marriage married match matter maybe me meal meaning measure
    meat medical meet meeting member memory men mention mess message met metal method middle
    might mind minute mirror mistake mix model modern moment month mood moral most mother mouth
    move much music must my narrow nation natural nature near neat neck neighbour neither nerve
    never news next nine noise nose note nothing notice number object of offer officer often oil
    okay once only open operate opinion opposite or order other others ought outside oven owner
    paid pair pale paper parent part partner party past path pay peer perfect perhaps period
    phone photo pick picture piece pig pipe plan plane plate play plenty point policy polite pop
    popular position possible practice pray prepare present press pretty prevent private problem
    process produce product profit promise proper protect prove provide pull pupil purpose
    quality quarter queen question quiet quite radio rail raise rare rate rather reach ready
    real realise really record reduce refuse regular relax remain remember remove rent repair
    repeat reply report rescue research resource respect responsible result return review rights
    risk roll rough rubbish rude rural sad safe safety said sake salary same sample save scale
    scene science score screen search season seat second secret section secure seem seen sell
    send sense sensible separate series serious serve seven several shake shall shape share
    sheet shift shock shoot shot should shoulder shout show shower shut sick sign silence
    similar simple since single sister sit site six size skill skin slip slow smell smile smooth
    so soft soil sold soldier solid some somebody soon sorry sort soul sound source space spare
    speak special spend spent spirit spoke sport spot spread stage stair standard start state
    stay step stick still stood stop store straight strange strategy strength stress strike
    structure student study stuff style subject succeed success such sudden suffer suggest suit
    supper supply suppose sure surface surprise survey system table take talk tank tap target
    task taste tax tea teach teacher tell ten tenant tend terrible test text than thank that
    their them then there these they thick thin thing think third thirty this those though
    thought thousand thread three through throw thus ticket tidy till tiny tip tired title to
    today together told tomorrow tone tonight tool tooth top topic total touch tour toward toy
    track tradition traffic train treat trial tribe trip trouble truck truth twelve twenty twice
    type under understand until up upon upset urban us useful usual value various very video
    view visit voice vote wage wake walk war wave weak wealth wear weather wedding week weight
    welcome were wet what when where whether which while whole whom whose wide wife wind window
    with within without wonder wonderful wooden word words worker works workshop world worried
    worry worse worst would wound wrap write writer written wrong year yellow yesterday zone
    """
)
"""The words of English that are said most, and that few are called by."""

IN_SMALL_LETTERS: Final = EVERYDAY | COMMON | INSTITUTIONS
"""What in small letters is the word, whoever is called so."""
