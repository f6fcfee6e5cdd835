"""The registers that our sources publish or change (`registers.toml`), and those of them that code
names.
"""

from monitor.vocabulary.authorities import NamedRegister, read_table

REGISTERS = tuple(NamedRegister(**row) for row in read_table("registers.toml")["register"])
_named = {register.code: register for register in REGISTERS}
UNRELIABLE = _named["cn-unreliable-entities"]
CONTROLLED = _named["cn-export-control-entities"]
COUNTERED = _named["cn-countermeasures"]
DUAL_USE = _named["cn-dual-use-items"]
CATALOGUE = _named["cn-licence-catalogue"]
TECHNOLOGIES = _named["cn-restricted-technologies"]
BLOCKED = _named["cn-blocking-orders"]
GENERAL_LICENCES = _named["cn-general-licences"]
STATE_TRADING = _named["cn-state-trading"]
PORT_MEASURES = _named["cn-port-measures"]
HONG_KONG = _named["hk-countermeasures"]
ENTITY_LIST = _named["us-bis-entity-list"]
DENIED_PERSONS = _named["us-bis-denied-persons"]
SDN = _named["us-ofac-sdn"]
TAIWAN = _named["tw-shtc"]
COMMERCE_CONTROL = _named["us-ccl"]
EU_DUAL_USE = _named["eu-dual-use"]
EU_SANCTIONS = _named["eu-financial-sanctions"]
EU_SECTORAL = _named["eu-sectoral"]
