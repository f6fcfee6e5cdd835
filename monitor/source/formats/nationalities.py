"""Nationalities as registers print them, demonyms and names of countries alike → ISO codes."""

import re

from monitor.extract.en import places

# Official English where CLDR, by which countries are known, names nobody.
DEMONYMS = """
AE Emirati; AF Afghan, Afghani; AL Albanian; AM Armenian; AO Angolan; AR Argentine, Argentinian; AT Austrian
AU Australian; AZ Azerbaijani, Azeri; BA Bosnian, Bosnian-Herzegovinian; BB Barbadian; BD Bangladeshi; BE Belgian
BF Burkinabe; BG Bulgarian; BH Bahraini; BI Burundian; BJ Beninese; BN Bruneian; BO Bolivian; BR Brazilian
BS Bahamian; BT Bhutanese; BW Botswanan; BY Belarusian, Belarussian; BZ Belizean; CA Canadian
CD Democratic Republic of the Congo, Democratic Republic of Congo; CF Central African; CH Swiss; CI Ivorian
CL Chilean; CM Cameroonian; CN Chinese; CO Colombian; CR Costa Rican; CU Cuban; CV Cape Verdean; CY Cypriot
CZ Czech; DE German; DJ Djiboutian; DK Danish; DM Dominica citizen; DO Dominican; DZ Algerian; EC Ecuadorian
EE Estonian; EG Egyptian; ER Eritrean; ES Spanish; ET Ethiopian; FI Finnish; FJ Fijian; FR French; GA Gabonese
GB British, Briton, United Kingdom of Great Britain, United Kingdom of Great Britain and Northern Ireland
GD Grenadian; GE Georgian; GH Ghanaian; GM Gambian; GN Guinean; GQ Equatorial Guinean; GR Greek; GT Guatemalan
GW Bissau-Guinean; GY Guyanese; HN Honduran; HR Croatian, Croat; HT Haitian; HU Hungarian; ID Indonesian; IE Irish
IL Israeli; IN Indian; IQ Iraqi; IR Iranian; IS Icelandic; IT Italian; JM Jamaican; JO Jordanian; JP Japanese
KE Kenyan; KG Kyrgyz, Kyrgyzstani; KH Cambodian; KM Comorian; KN Kittitian, Nevisian
KP North Korean, DPRK, Democratic People's Republic of Korea; KR South Korean; KW Kuwaiti; KZ Kazakh, Kazakhstani
LA Lao, Laotian; LB Lebanese; LC Saint Lucian; LI Liechtenstein citizen; LK Sri Lankan; LR Liberian; LT Lithuanian
LU Luxembourger; LV Latvian; LY Libyan; MA Moroccan; MC Monegasque; MD Moldovan; ME Montenegrin; MG Malagasy
MH Marshallese; MK Macedonian; ML Malian; MM Burmese, Myanma; MN Mongolian; MR Mauritanian; MT Maltese
MU Mauritian; MV Maldivian; MW Malawian; MX Mexican; MY Malaysian; MZ Mozambican; NA Namibian; NE Nigerien
NG Nigerian; NI Nicaraguan; NL Dutch; NO Norwegian; NP Nepalese, Nepali; NZ New Zealander; OM Omani; PA Panamanian
PE Peruvian; PG Papua New Guinean; PH Filipino, Philippine; PK Pakistani; PL Polish
PS Palestinian, Palestine, State of Palestine; PT Portuguese; PY Paraguayan; QA Qatari; RO Romanian; RS Serbian
RU Russian; RW Rwandan; SA Saudi, Saudi Arabian; SC Seychellois; SD Sudanese; SE Swedish; SG Singaporean
SI Slovenian; SK Slovak, Slovak Republic; SL Sierra Leonean; SN Senegalese; SO Somali, Somalian; SR Surinamese
SS South Sudanese; SY Syrian, Syrian Arab Republic; TD Chadian; TG Togolese; TH Thai; TJ Tajik, Tajikistani
TL Timorese; TM Turkmen; TN Tunisian; TO Tongan; TR Turkish; TT Trinidadian; TW Taiwanese
TZ Tanzanian, United Republic of Tanzania; UA Ukrainian; UG Ugandan; US American, United States of America
UY Uruguayan; UZ Uzbek, Uzbekistani; VE Venezuelan; VN Vietnamese; VU Vanuatuan; WS Samoan; YE Yemeni
ZA South African; ZM Zambian; ZW Zimbabwean
"""
KNOWN = {
    name.strip().casefold(): code
    for code, names in (line.split(maxsplit=1) for line in re.split(r"[;\n]\s*", DEMONYMS.strip()))
    for name in names.split(",")
}
APART = re.compile(r"[,;:/|\n]|(?:^|(?<=\s))[a-z]\)", re.IGNORECASE)
AND = re.compile(r"(?<!\s)\s++(?:and|&)\s", re.IGNORECASE)
NONE_TOLD = {"", "NA", "N/A", "UNKNOWN", "NOT KNOWN", "-"}


def country(words: str) -> str | None:
    """The country of one nationality: `Russian`, `DPRK`, `Syrian Arab Republic`; None where it is none, or several."""
    told = " ".join(words.replace("’", "'").split())
    return None if told.upper() in NONE_TOLD else KNOWN.get(told.casefold()) or places.coded(told)


def countries(words: str) -> tuple[str, ...] | None:
    """The countries of `Russian and Ukrainian`, `Russia, Georgia`, in alphabetical order; None where one is not understood."""
    if one := country(words):
        return (one,)
    told = [part for piece in APART.split(words) for part in ([piece] if country(piece) else AND.split(piece))]
    codes = [country(name) for name in told if name.strip().upper() not in NONE_TOLD]
    known = [code for code in codes if code is not None]
    return tuple(sorted(set(known))) if len(known) == len(codes) else None
