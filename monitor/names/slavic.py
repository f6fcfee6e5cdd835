"""Read what firms' names of Russia, Ukraine, Belarus and Kazakhstan say of their business. Pure.

Authorities print such a name transliterated, translated or shortened: Nauchno-proizvodstvennoe
obedinenie, Scientific Production Association and NPO are one. Stems, acronyms and adjectives of
places are read as the words in `words.toml`.
"""

import re
from functools import cache, lru_cache

# stems, as they begin after transliteration | the common words they mean
STEMS = """
nauchn naukov navukov issledovatel issledovan doslidn|research
proizvodstv vyrobnych vytvorch|production
predpriyat predpriiat predpryat pidpryiem pradpryem|enterprise
obedineni obyedineni obiedineni obyednann abyadnann|association
obedinenn obyedinenn obiedinenn|united
zavod sawod zawod fabrik|factory
konstruktorsk kanstruktarsk|design
byuro biuro bjuro|bureau
mashinostro mashynobud machinebuilding|machine construction
priborostro pryladobud instrumentmaking|instrument construction
motorostro dvigatelestro enginebuilding|engine construction
sudostro sudnobud|ship
sudoremont|ship repair
aviaremont aviarem|aircraft repair
stankostro|machinetool construction
stanki stankov|machinetool
remont|repair
traktor tyagach|tractor
kolesn|wheel
silovye silovyye|power
mashiny|machine
bronetank|armored
vertolet vertolyot|helicopter
aviatsi aviaci aviats|aviation
samolet samolyot|aircraft
pribor prylad|instrument
radioelektron|radio electronic
radiotekhn|radio technical
radiozavod|radio factory
elektromekhan elektromehan electromechan|electro mechanical
optomekhan optomechan optikomekhan|optics mechanical
tekhnologi tehnologi tekhnolohi|technology
tekhnichesk tekhnik tehnichesk technichesk tekhnichn|technical
elektronik elektronn|electronic
elektrich elektrotekhn|electric
optichesk optiko|optics
mekhanich mekhaniko mehanich mechanich|mechanical
tsentraln centraln|central
tsentr tzentr|center
kompani kampani|company
kontsern koncern|concern
korporatsi korporaci|corporation
kholding holdingov|holding
gosudarstv derzhavn dziarzhaun|state
oboron minoboron|defense
torgov torhov|trade
stroitel budivel|construction
strakhov|insurance
nefty neftya neftekhim|oil
gazov|gas
khimich himich khimik|chemical
metallurg metalurg|metallurgy
opytn eksperimental|experimental
spetsial spetsmash|special
federaln|federal
kosmich vozdushnokosmich|space
raketn|missile
bezopasnost bezpek|security
informats informacion|information
setev merezh|network
poluprovodn napivprovid|semiconductor
laborator|laboratory
universitet|university
institut instytut|institute
akademi|academy
kombinat|combine
kompleks|complex
agentstv|agency
departament|department
mezhdunarod mizhnarod|international
gruppa grupp|group
inzhinir inzhener inzheneri inzhyniryng|engineering
promyshlenn|industry
voenn voyenn|military
energetich energetik|energy
kompozitsion|composite
material|material
tochn|precision
logistich|logistics
transportn|transport
morsk|marine
yadern|nuclear
atomn|atomic
ministerstv|ministry
upravlen|administration
molodezh|youth
natsionaln|national
toplivn|fuel
podshipnik pidshypnyk|bearing
oruzhein oruzhey oruzhei|arms
patronn|ammunition
bronetankov bronetekhnik|armored
avtomobil|automotive
upravlyayush upravliaiush|management
osoboe osobogo osoboye|special
sborochn|assembly
avtomatizats avtomatik avtomatich|automation
prikladn|applied
fiziki fizichesk|physics
razviti|development
strategichesk|strategic
kommunikats|communication
svyazi sviazi|communication
radioapparatur|radio equipment
apparatur oborudovani|equipment
izmeritel izmeren vymiriuv|measurement
bespilotn|unmanned
dalnevostochn|far east
rossiysk rossijsk rossiisk|russian
vserossiysk vserossijsk vserossiisk|all russian
neftegaz|oil gas
gornorudn gornodobyv|mining
obogatitel|processing
ugoln|coal
zheleznodorozh|railway
lokomotiv|locomotive
vagonostro|railcar construction
korablestro|ship
aviastro samoletostro samolyotostro|aircraft construction
mikroelektron|microelectronics
navigats|navigation
gidravlik gidravlich|hydraulic
instrumentaln|tool
obshchestvenn|public
meditsin|medical
farmatsevt|pharmaceutical
tsifrov|digital
programmn|software
vychislitel|computer
lazern|laser
elektrostants elektrosets elektroset|electric power
teplov teploenerg|heat
keramich|ceramic
steklo|glass
pischev pishchev|food
ekspluatats|operation
diplomat|diplomacy
detsk|children
avtotransport|motor transport
razrez shakht|mine
finansov|finance
investits investic|investment
"""
# Acronyms of the same, as whole words beside others.
ACRONYMS = """
nii|research institute
tsnii cnii|central research institute
npo rpa|research production association
npp rpe spe|research production enterprise
npk|research production company
npf|research production company
fnpts|federal research production center
npts npc|research production center
ntts ntc stc|research technical center
kb|design bureau
okb|experimental design bureau
skb|special design bureau
tskb ckb|central design bureau
td|trade house
centr|center
khk gk|holding company
fk fc|financial corporation
uk|management company
sez oez|special economic zone
atp|motor transport enterprise
ik ic|investment company
im imeni|named after
dom|house
verf|shipyard
fond|fund
banka|bank
"""
# Two English words that are translated as others are, or are one.
PHRASES_TOLD = """
mechanical engineering|machine construction
radio engineering|radio technical
construction bureau|design bureau
import export|importexport
imp exp|importexport
machine tool|machinetool
machine tools|machinetool
rare earth|rareearth
rare earths|rareearth
optic electric|optoelectronics
marine equipment|ship equipment
micro electronics|microelectronics
micro electronic|microelectronics
opto electronics|optoelectronics
opto electronic|optoelectronics
electro optical|optoelectronics
electro optics|optoelectronics
electro mechanics|electromechanical
electro mechanical|electromechanical
fire control|firecontrol
unmanned aerial|drone
unmanned aircraft|drone
economic technological|zone
free trade|zone
development zone|zone
industrial park|zone
"""
PHRASES = {
    (one, other): tuple(meant.split())
    for row in PHRASES_TOLD.split("\n")
    if row
    for one, other, meant in (re.split(r"[ |]", row, maxsplit=2),)
}
ADJECTIVE = re.compile(r"(?:sk|ck|zk)(?:iy|yy|ij|ii|i|y|oy|oi|oe|oye|oie|aya|aia|oho|ogo|omu|om)?$")
ENDING = re.compile(r"[aeiouys]$")
LINKING = re.compile(r"(?:en|in|on|n|ov|ev|e|o|i|l)$")
INFLECTED = re.compile(r"(?<=[sc]k)(?:iy|yy|ij|ii|i|y|oy|oi|oe|oye|oie|aya|aia)$")  # Omskiy, Omsk
FLEETING = re.compile("[eo]n$")  # Kolomna, Kolomensky
SHORTEST_STEM, SHORTEST_WORD = 3, 4
LEAST = 5  # letters of a word that is looked up by its stem


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table = {stem: tuple(meant.split()) for stem, meant in _parse_table(STEMS)}
    level = {_level(stem): meant for stem, meant in table.items()}
    return re.compile("|".join(sorted(level, key=len, reverse=True))), level


@cache
def _acronyms() -> dict[str, tuple[str, ...]]:
    return {short: tuple(meant.split()) for short, meant in _parse_table(ACRONYMS)}


def _level(word: str) -> str:
    """Level the ways to put a word's letters into Latin ones: tekhnich, technich."""
    return word.replace("kh", "h").replace("ch", "h").replace("ck", "k").replace("c", "k")


def _parse_table(table: str) -> list[tuple[str, str]]:
    lines = (line.partition("|") for line in table.strip().splitlines())
    return [(spelt, meant) for many, _, meant in lines for spelt in many.split()]


@lru_cache(maxsize=16384)
def translate_word(word: str, *, alone: bool) -> tuple[str, ...]:
    """Translate a word or an acronym into common words; nothing if it is unknown.

    An acronym `alone` is a name.
    """
    if not alone and (meant := _acronyms().get(word)):
        return meant
    if len(word) < LEAST:
        return ()
    pattern, table = _stems()
    hit = pattern.match(_level(word))
    return table[hit[0]] if hit else ()


def is_adjective(word: str) -> bool:
    """Return whether a word ends like an adjective of a place: Kolomensky."""
    return "k" in word[-5:] and ADJECTIVE.search(word) is not None


@lru_cache(maxsize=16384)
def has_same_stem(one: str, other: str) -> bool:
    """Return whether two words are one place or name, as noun and adjective or in two cases: Dubna,
    Dubnensky.
    """
    if (
        one[:2] != other[:2]
        or min(len(one), len(other)) < SHORTEST_WORD
        or abs(len(one) - len(other)) > 6
    ):
        return False
    mine, theirs = ADJECTIVE.sub("", one), ADJECTIVE.sub("", other)
    if mine == one and theirs == other:
        shorter, longer = sorted((one, other), key=len)
        return ENDING.sub("", longer) == shorter and (
            len(shorter) > SHORTEST_WORD or longer.endswith("s")
        )
    return bool(_stems_of(one, mine) & _stems_of(other, theirs))


def _stems_of(word: str, bare: str) -> set[str]:
    stems = {bare, ENDING.sub("", bare), INFLECTED.sub("", word)}
    if bare != word:
        stems |= {LINKING.sub("", stem) for stem in tuple(stems)} | {FLEETING.sub("n", bare)}
        stems |= {ENDING.sub("", stem) for stem in tuple(stems)}
    return {stem for stem in stems if len(stem) >= SHORTEST_STEM}
