"""General English word lists behind story identity: words without news in them, and words that name a stance.

They hold the words of the language and of the trade, none of particular stories. Words of other languages need
no list: `Rarity` learns from the articles at hand which of them are common.
"""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON = _listed(
    """
    a about above after again against all almost along already also although always am among an and another any
    anyone are around as ask asked at away back be became because become been before began begin behind being
    below best better between big both but by call called came can cannot come comes could day days de did do
    does doing done down due during each early either else end enough even ever every everyone far few find
    first five for former found four from full further gave get gets getting give given go goes going gone good
    got great had has have having he help her here high him his how however i if in including inside instead
    into is it its itself just keep key know known large last late later least less let like likely little long
    look looking lot made major make makes making many may me means might more most much must my near need needs
    never new next no nor not nothing now of off often old on once one only onto or other others our out over
    own part people per place plan plans put rather read really recent recently right said same saw say saying
    says second see seem seen set several shall she should show shows side since six small so some something
    soon still such sure take taken takes taking ten than that the their them then there these they thing things
    think third this those though three through throughout thus time times to today together told too took top
    toward try turn two under until up upon us use used uses using very via want wants was way ways we week
    weeks well went were what when where whether which while who whole why will with within without work working
    works world would year years yes yet you your jan feb mar apr jun jul aug sep sept oct nov dec january
    february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday mon tue wed thu fri sat sun
    """
)

BOILERPLATE = _listed(
    """
    market markets marketing forecast forecasts analysis report reports research size share growth trend trends
    outlook global industry industries cagr revenue opportunity opportunities segment segments segmentation
    player players vendor vendors demand insight insights estimated expected projected period valued value
    billion million trillion usd driver drivers competitive landscape regional region swot study announce
    announces announced announcement announcing launch launches launched introduce introduces introduced unveil
    unveils unveiled release releases released company companies firm firms maker startup technology
    technologies tech system systems software solution solutions platform product products services service
    feature features latest story stories news press newswire prnewswire globenewswire businesswire reuters
    associated ap afp pti ians tns image photo getty video watch click facebook twitter linkedin email subscribe
    newsletter window continue reading continued coverage update updated exclusive breaking live according
    statement ces mwc ifa computex sxsw wwdc gtc conference summit expo fair event events showcase showcases
    booth keynote
    """
)
"""Market reports, press releases, news agencies, web page furniture, trade fairs: shared by unrelated news."""

FREQUENT = _listed(
    """
    access account accused across action activist add address adult advanced africa agency agent agree ahead aim
    air algorithm allow america american analyst app application approve area army art article artificial asia
    attack attempt attorney audience australia author authority automatic autonomous available average award ban
    bank based battle behaviour bias big biggest bill biometric black board body boost boss brain brand bring
    britain british brother budget build building business buy california camera campaign campus capital car
    card care career case cash cause center central centre century challenge champion change charge chat chief
    child children china chinese chip choice citizen city civil claim class clean clear client climate cloud
    coach code collect college color comment commission committee common community compare competition complete
    computer computing concern confirm congress connect consider consumer contact content contract control
    controversial conversation cost council country county couple course cover create crime criminal crisis
    critical culture current customer cut cyber daily damage danger data database deal death debate decide
    decision deep defense delivery department deploy design detail detect detection develop developer
    development device digital direct director discover discuss disease district doctor document dollar door
    double drive driver driving drug earn earth east economic economy edge education effect effort election
    electric electronic emergency employee energy enforcement engine engineer engineering english enterprise
    entire environment equipment error europe european evidence example executive exist expand expect expert
    explore express extend face facial fact factory faculty fail fall family fan fast father fear federal field
    fight figure file film final finance financial fire fix flight focus follow food force foreign form
    foundation founder free freedom friend front fuel function fund funding future game gender general
    generation global goal google government governor graphics green ground group grow guard guest half hand
    hardware head health healthcare hear heart hire history hit hold holiday home hope hospital host hour house
    huge human idea identify identity image impact improve increase independent india indian individual
    infrastructure initiative innovation install institute intelligence intelligent interest international
    internet investigation investment investor invite issue item job join journal kid kill kind king lab labor
    lack land language law lawmaker lawyer lead leader leading league learn learning leave left legal
    legislation letter level liberty license light limit line link list local location london lose loss love low
    machine mail main man manage management manager map mass massive match material matter measure media medical
    meet member memory men message method mile military mind minister minute mission mobile model modern moment
    money month morning mother motion motor move movement movie music name nation national natural network night
    north nuclear number object offer office officer official oil online open operate operation operator
    opponent order organization owner page parent park party pass past patient pattern pay percent perform
    performance person personal phone photo physical pick picture pilot plant play point police policy political
    politician poor popular population position positive possible potential power practice president press
    pressure prevent price prime privacy private problem process produce production professional professor
    profile profit program programme progress project promise protect protection prove provide provider public
    publish purchase push quality question race racial radio rail railway raise rally range rate reach ready
    real reality reason receive recognition recognize record recover red reduce regulation regulator relation
    remain remote remove replace represent request require researcher resident resource response result retail
    return reveal review rich right rights rise risk road robot role room rule run safe safety sale sample save
    scale scan scene school science scientist score screen sea search season sector secure security self sell
    send senate senior sense sensor serious server session set share ship shop short sign simple site situation
    skill smart social society sort source south space speak special specific speech speed spend spokesman
    spokesperson sport staff stage standard star start state station stay step stock street strong student study
    style subject success suggest summer support surface surveillance suspect target task teach team television
    term test text theme threat title tool total track trade traditional traffic train training travel treatment
    trial trip truck trust type union unit university update upgrade urban user value vehicle version victim
    view virtual virus vision visit voice vote vulnerable wait walk wall war warning washington water wear
    weather web website weekend weight west white win window winter wireless woman women word worker world worry
    write wrong young
    """
)
"""Everyday words of newspapers and technology pages. They count, but little, before an installation has read
enough to know how often they really come."""

STANCES = {
    "protest": _listed(
        """
        protest protests protested protesting demonstrate demonstrates demonstration demonstrations walkout
        walkouts boycott boycotts petition petitions picket pickets
        """
    ),
    "criticism": _listed(
        """
        criticise criticises criticised criticize criticizes criticized criticism critics slam slams slammed
        blast blasts blasted condemn condemns condemned denounce denounces denounced decry decries oppose
        opposes opposed opposition objection objections outcry backlash outrage anger accuse accuses accused
        fury rebuke rebukes lambasts
        """
    ),
    "denial": _listed(
        """
        deny denies denied denial refute refutes refuted reject rejects rejected dismiss dismisses dismissed
        defend defends defended rebut rebuts rebuttal reassure reassures clarify clarifies apologise apologises
        apologize apologizes apology
        """
    ),
    "reversal": _listed(
        """
        reverse reverses reversed reversal withdraw withdraws withdrawn withdrawal cancel cancels cancelled
        canceled scrap scraps scrapped halt halts halted stop stops stopped suspend suspends suspended pause
        pauses paused delay delays delayed postpone postpones postponed drop drops dropped abandon abandons
        abandoned overturn overturns overturned block blocks blocked revoke revokes revoked recall recalls
        recalled rescind rescinds repeal repeals repealed shelve shelves shelved retract retracts retracted
        ditch ditches ditched loosen loosens resume resumes
        """
    ),
    "court": _listed(
        """
        sue sues sued lawsuit lawsuits court courts judge judges ruling verdict
        """
    ),
    "statement": _listed(
        """
        say says said claim claims tells warns warn insists argues believes thinks
        """
    ),
    "analysis": _listed(
        """
        opinion explained explainer editorial column guide review should lessons takeaways roundup podcast
        interview predictions commentary perspective
        """
    ),
}
"""What a headline does with an event. Story and protest against it share every name, so the stance decides."""

REPORT = _listed(
    """
    analysis cagr competitive demand forecast forecasts growth insights opportunities opportunity outlook
    overview report research segments share size study survey trend trends value vendors
    """
)
"""Beside "market", they make a headline one of a market report."""

QUESTION_WORDS = _listed("why how what who when where is are can could will does do should")
"""A headline that opens with one of these explains or asks; it seldom reports."""

CONTEXT_WORDS = (
    "amidst? despite sparks? sparked raises? draws? drew over after following before ahead prompts? triggers?"
)
"""What follows them in a headline is the setting, not the event: "goes live despite protests"."""
