"""Read what firms' names of Russia, Ukraine, Belarus and Kazakhstan say of their business. Pure.

Authorities print such a name transliterated, translated or shortened: Nauchno-proizvodstvennoe
obedinenie, Scientific Production Association and NPO are one. Stems, acronyms and adjectives of
places are read as the words in `words.toml`.
"""

import re
from functools import cache, lru_cache

# stems, as they begin after transliteration | the common words they mean
STEMS = """
nauchn naukov navukov issledovatel issledovan doslidn dasledch|research
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
vertolet vertolyot vertolit helikopter|helicopter
aviatsi aviaci aviats|aviation
samolet samolyot|aircraft
pribor prylad|instrument
radioelektron|radio electronic
radiotekhn|radio technical
radiozavod|radio factory
elektromekhan elektromehan elektromechan|electromechanical
optomekhan optomechan optikomekhan|optics mechanical
tekhnologi tehnologi tekhnolohi|technology
tekhnichesk tekhnik tehnichesk technichesk tekhnichn|technical
elektronik elektronn|electronic
elektrich elektrotekhn|electric
optich optiko optychn|optics
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
kombinat|factory
elektrokhim elektrohim elektrochim|electrochemical
elektrometallurg elektrometalurg|electrometallurgical
gornometallurg|mining metallurgy
teoretich teoretychn|theoretical
eksperimentaln eksperymentaln|experimental
reaktor|reactor
sistem system|system
vooruzhen uzbroenn|arms
oruzhi|arms
taktichesk taktychn|tactical
podvodn|underwater
kabeln kabel|cable
trubn|pipe
truboprokat|pipe rolling
prokatn|rolling
kuznechn|forge
pressov|press
liteyn liteyni litya|casting
porokhov porohov|gunpowder
tsellyuloz cellyuloz tselliuloz|cellulose
bumazhn|paper
neftepererabat neftepererabot|oil refining
neftekhimich neftehimich|petrochemical
agregat|aggregate
priborn pryladn|instrument
aviastroit aviatsionnostro|aircraft construction
avtomobilestro avtomobilebud|automotive construction
traktorostro traktorobud|tractor construction
turbostro|turbine construction
energomashinostro|power machine construction
khimmash|chemical machine
radiolokats|radar
radiofiz|radio physics
giroskop|gyroscope
optoelektron|optoelectronics
silikat|silicate
polimer|polymer
vzryvchat|explosive
ekonomich|economic
vneshneekonom zovnishnoekonom|foreign economic
vneshnetorgov zovnishnotorgov|foreign trade
vneshn zovnishn|foreign
tamozhenn mytnic mytna mytny|customs
perevoz|transport
aviaperevoz|air transport
ekspeditsi|forwarding
sudokhod sudohod|shipping
parokhod parohod|shipping
verfi verfey verfyam|shipyard
parokhodstv parohodstv|shipping company
sibirsk sybirsk|siberian
moskovsk|moscow
nizhnetagilsk|nizhny tagil
nizhegorodsk|nizhny novgorod
odesk odessk|odesa
zaporizk zaporozhsk zaporozhye|zaporizhzhia
lvivsk lvovsk|lviv
peterburgsk peterburzk|petersburg
kyyivsk kyivsk kievsk kiivsk kiyevsk|kyiv
baltiysk baltiisk baltijsk baltysk|baltic
kaspiysk kaspiisk kaspijsk|caspian
uralsk|ural
volzhsk|volga
chernomorsk chornomorsk|black sea
tikhookeansk tihookeansk|pacific
admiralteysk admiralteisk admiralteyk|admiralty
severna severno severny severni pivnichn|northern
yuzhn iuzhn pivdenn|southern
vostochn|eastern
zapadn|western
arktich|arctic
evraziysk evraziisk yevraziysk|eurasian
vsesoyuzn vsesoiuzn|union
edinen yedinen|united
pervy|first
professionaln|professional
otdeleni|branch
filial|branch
sovremenn|modern
universaln|universal
mezhregional|interregional
glavn holovn|main
obshchestv tovarystv tavarystv|company
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
avtomobil autamabil avtamabil|automotive
upravlyayush upravliaiush|management
osoboe osobogo osoboye|special
politekhn politehn|polytechnic
teplotekhn teplotehn|heat technical
vysokotochn|high precision
telemekhan telemehan|telemechanical
ustroystv ustroistv prystro|device
pretsizion|precision
lizing|leasing
belorussk bilorusk belarusk|belarusian
ukrainsk ukrayinsk|ukrainian
kazakhsk|kazakh
rossii rossiyi|russian
ufimsk|ufa
uchrezhden ustanov|institution
puskov|launch
torped|torpedo
aerodinam aerohidrodinam|aerodynamics
gidrometeo|hydrometeorological
radiotelevi|radio television
okean|ocean
kriogen|cryogenic
vakuumn|vacuum
titanov|titanium
alyumini aliumini|aluminium
magniev magniy|magnesium
medeplavil|copper smelting
nikelev nikelyev|nickel
almazn|diamond
zolotodobyv|gold mining
tsinkov|zinc
lakokras|paint
shinn|tyre
rezin|rubber
tekstil|textile
mebel|furniture
tsement|cement
kirpich|brick
derevoobra|wood processing
lesoprom|timber industry
rybn|fish
moloch|dairy
meteo|meteorological
radiopribor|radio instrument
radioizmerit|radio measurement
mekhaniki mehaniki|mechanical
turbinn turbin|turbine
industrialn|industry
chasovo chasovy chasovi hodinnik|watch
plastmass plastyk|plastics
izdeli vyrob virob|product
tsiviln grazhdansk tsyviln|civil
gidroelektr|hydro electric
svetotekhn svetotehn|lighting technical
liftostro liftov|elevator
kranovi kranovy kranostro|crane
ekskavator|excavator
avtobus|bus
dizeln|diesel
elektrodvigatel|electric engine
akkumulyator|battery
svarochn svarka|welding
abraziv|abrasive
tverdosplav|carbide
tugoplav ogneupor|refractory
redkozem|rareearth
uglerod|carbon
grafitov|graphite
elektrodn|electrode
monokristal|crystal
mikroskhem mikroshem|chip
rezistorn|resistor
kondensatorn|capacitor
tranzistorn|transistor
kvantov|quantum
antenn|antenna
sputnikov|satellite
telemetri|telemetry
televizion|television
radioveshchat|broadcasting
pochtov|post
bankovsk|bank
kommerchesk kommertsi komertsi|trade
birzhev|exchange
obrazovat|education
uchebn|training
bolnits likarn|hospital
biotekhnolog biotehnolog|biotechnology
biologich biolohich|biology
genetich henetich|genetics
virusolog|virology
selskokhoz selskohoz silskohospodar|agriculture
udobren dobriv|fertilizer
kaliyn kaliin|potash
geofizich|geophysics
geologi geologo|geology
burovaya burovoy burovoe burovikh|drilling
truboprovod|pipe
nefteservis|oil service
szhizhenn|liquefied
sudovo sudovy sudovi|ship
portovo portova portovy portovi|port
rechn|river
ledokol|icebreaker
spasateln|rescue
pozharn|fire
okhrann ohrann|security
boepripas boyepripas|ammunition
snaryazhen|ammunition
zashchit|protection
izotop|isotope
metrolog|metrology
ispytat ispytan|test
proektn proyektn|design
proektirovan|design
kartograf|cartography
gidrograf|hydrography
okeanolog|oceanology
polyarn|polar
mikrobiolog|microbiology
organich|organic
neorganich|inorganic
akustich|acoustics
elektroenerg|electric energy
teploelektr|heat electric
gidrotekhn gidrotehn|hydro technical
elektroapparat|electric equipment
elektroizolyat|electric insulation
elektrovakuum|electric vacuum
elektrosvyaz|electric communication
radiosvyaz|radio communication
radiodetal radiokomponent|radio component
kuznechno|forge
inzheneriyi|engineering
tekhnikum tehnikum|college
vysshaya vysshego|higher
kosmonavt|cosmonaut
faktoring|factoring
pokryti|coating
lyotn|flight
aerokosmich|aerospace
aeroport|airport
aeronavigats|air navigation
sborochn sbork|assembly
avtomatizats avtomatik avtomatich|automation
prikladn|applied
fizik fizichn fizychn fizichesk|physics
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
vserossiysk vserossijsk vserossiisk|russian
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
stekl|glass
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
nii ndi niii|research institute
vnii vniii|russian research institute
vniia|russian research institute automation
vniief|russian research institute experimental physics
vniitf|russian research institute technical physics
viam|russian research institute aviation material
gosnii gosniii|state research institute
mai|moscow aviation institute
mfti mipt|moscow physics technical institute
itef itep|institute theoretical experimental physics
kbp|instrument design bureau
odk|uec
vo|foreign trade association
gnts|state research center
nits|research center
mkb|machine design bureau
rkts|rocket space center
rkk|rocket space corporation
pkb|design bureau
po|production association
ntk|research technical complex
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
ADJECTIVE = re.compile(r"(?:sk|ck|zk)(?:iy|yy|ij|ii|i|y|oy|oi|oe|oye|oie|aya|aia|oho|ogo|omu|om)?$")
ENDING = re.compile(r"[aeiouys]$")
LINKING = re.compile(r"(?:en|in|on|n|ov|ev|e|o|i|l)$")
INFLECTED = re.compile(r"(?<=[sc]k)(?:iy|yy|ij|ii|i|y|oy|oi|oe|oye|oie|aya|aia)$")  # Omskiy, Omsk
SOFTENED = re.compile("zh$")  # Kaluga, Kaluzhsky
FLEETING = re.compile("[eo]n$")  # Kolomna, Kolomensky
OF_PLACE = re.compile(
    "(.{3,})s[kc](?:iy|yy|ij|ii|yi|i|y|oy|oi|oe|oye|oie|aya|aia|oho|ogo|omu|om|a|e|ae|aye)"
)
SHORTEST_STEM, SHORTEST_WORD = 3, 4
# parts of which a firm's name is made up: of two names of other parts, neither is the other misspelt
PARTS = """
prom tekh tekhn tech techn mash snab energo montazh elektro elektron electro electron komplekt stroy stroi servis service
spets spec spetz neft gaz khim metall metal trans eksport export import torg avto avia selkhoz agro radio pribor lit stal
kabel svyaz sviaz svet teplo vod les dor most invest opt sib ural volga don sev yug vostok zapad ros bel ukr kaz mos len
gor lab med farm bio eko inform soft sistem system kontakt resurs proekt remont nalad vent apparat detal mekh gidro hydro
pnevmo termo termin trakt tyazh legk top plast stan instrument konsult marin flot sud ship alyans group grupp
""".split()  # noqa: SIM905 -- in a row
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
    level = word.replace("kh", "h").replace("ch", "h").replace("ck", "k").replace("c", "k")
    return level.replace("y", "i").replace("ii", "i")


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


@cache
def _compounds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = "|".join(sorted(map(_level, PARTS), key=len, reverse=True))
    return re.compile(f"(?:(?:{parts})[oe]?)+"), re.compile(f"({parts})[oe]?")


def are_other_compounds(one: str, other: str) -> bool:
    """Return whether two words are made up of other parts: Promtekhsnab, Prommashsnab."""
    whole, part = _compounds()
    levelled = [_level(word).replace("x", "ks") for word in (one, other)]
    mine, theirs = (part.findall(word) if whole.fullmatch(word) else [] for word in levelled)
    return min(len(mine), len(theirs)) > 1 and mine != theirs


def is_adjective(word: str) -> bool:
    """Return whether a word ends like an adjective of a place: Kolomensky."""
    return "k" in word[-5:] and ADJECTIVE.search(word) is not None


def list_nouns(word: str) -> tuple[str, ...]:
    """List the names of places of which a word may be the adjective: Tulskiy is of Tula."""
    adjective = OF_PLACE.fullmatch(word)
    if not adjective:
        return ()
    stem = adjective[1]
    return f"{stem}sk", stem, f"{stem}a", stem.removesuffix("ov")


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
        stems |= {SOFTENED.sub("g", stem) for stem in tuple(stems)}
    return {stem for stem in stems if len(stem) >= SHORTEST_STEM}
