"""In which columns of somebody else's file the names and countries of zones stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.errors import UsageError, show
from geo.files.fields import SHORT, describe_unknown

_NAMES = (
    r"name",
    r"zone",
    r"(zone|shape|full|area|place|region|district|nuts|feature|unit|geo)[ _-]?name",
    r"name[ _:-]?(en|eng|english|latn?)",
    r"title",
    r"label",
    r"назва|назва[ _](укр|en)|найменування|название|наименование|nazva",
    *(rf"name_?{level}|adm(in)?_?{level}_?(name_?)?(en)?" for level in (4, 3, 2, 1)),
    *(rf"adm(in)?_?{level}_?(name_?)?(uk|ua|ru)" for level in (4, 3, 2, 1)),
    r"name[ _:-]?(uk|ua|ukr|ru|local|long)",
    r"hromada|raion|rayon|oblast|громада|район|область",
    r"name_?0|adm(in)?_?0_?(name_?)?(en)?|admin",
)
"""What columns of names are called, in any case; the deepest level of a country's division goes first."""

_COUNTRIES = re.compile(
    r"country|iso_?a?2|iso_?3166_?1(_?alpha_?2)?|country_?code|cc|cntr_code|iso_?a?3|iso|gid_?0|shapegroup|adm0_?(pcode|a3)",
    re.IGNORECASE,
)

_CODES = """
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
    BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
    BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
    CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
    FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
    GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
    ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
    LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
    MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
    NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
    PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
    SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
    TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY
    UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
"""ISO 3166-1: alpha-2 and alpha-3 of each country, as one word."""

_ALPHA_2 = {code[:2]: code[:2] for code in _CODES.split()}
_ALPHA_3 = {code[2:]: code[:2] for code in _CODES.split()}


def list_name_columns(tables: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the columns of features that may hold their names, the likeliest first."""
    columns = dict.fromkeys(str(key) for table in tables for key in table)
    ranked = [
        (rank, column)
        for column in columns
        for rank, pattern in enumerate(_NAMES)
        if re.fullmatch(pattern, column.strip(), re.IGNORECASE)
    ]
    return list(dict.fromkeys(column for _, column in sorted(ranked, key=lambda each: each[0])))


def find_column(file: str, tables: Sequence[Mapping[str, Any]], wanted: str) -> str:
    """Return the column that a user names, in any case.

    Raises
    ------
    UsageError
        No feature has it; suggests the nearest.
    """
    columns = list(dict.fromkeys(str(key) for table in tables for key in table))
    folded = {column.strip().casefold(): column for column in reversed(columns)}
    if (column := wanted if wanted in columns else folded.get(wanted.strip().casefold())) is None:
        what, hint = describe_unknown("column", wanted, columns)
        raise UsageError(show(f"{file}: {what}. {hint}"))
    return column


def read_name(value: Any) -> str | None:
    """Return a cell as the name of a zone; None where it cannot be one.

    Whole numbers beside empty cells come from tables as 1.0.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:SHORT]
    if not isinstance(value, str):
        return None
    text = " ".join("".join(each if each.isprintable() else " " for each in value).split())
    return (text if len(text) <= SHORT else text[: SHORT - 1] + "…") or None


def read_country(properties: Mapping[str, Any]) -> str | None:
    """Return the alpha-2 code of a country that properties give in a column about that, if it is one of ISO's."""
    for key, value in properties.items():
        if isinstance(value, str) and _COUNTRIES.fullmatch(str(key).strip()):
            code = value.strip().upper()
            if found := _ALPHA_2.get(code) or _ALPHA_3.get(code):
                return found
    return None
