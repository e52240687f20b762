"""The words in the figures."""

from collections.abc import Sequence
from typing import Literal

Language = Literal["nb", "en"]

LONGEST = 44  # letters of a name that are drawn; the table beside has the whole of it

RATIOS = frozenset({"RR", "OR", "IRR", "PETO", "HR", "ROM", "VR", "CVR", "ROMC"})
MEASURES = {
    "nb": {
        "RR": "Relativ risiko",
        "OR": "Oddsratio",
        "RD": "Risikodifferanse",
        "SMD": "Standardisert forskjell",
        "MD": "Forskjell",
        "IRR": "Rateratio",
        "PETO": "Oddsratio (Peto)",
        "GEN": "Effekt",
    },
    "en": {
        "RR": "Risk ratio",
        "OR": "Odds ratio",
        "RD": "Risk difference",
        "SMD": "Standardised difference",
        "MD": "Difference",
        "IRR": "Rate ratio",
        "PETO": "Odds ratio (Peto)",
        "GEN": "Effect",
    },
}
WORDS = {
    "nb": {
        "study": "Studie",
        "weight": "Vekt",
        "ci": "{level} % KI",
        "pooled": "Samlet",
        "one": "IPS",
        "two": "kontroll",
        "favours": "taler for {group}",
        "prediction": "Lys strek: prediksjonsintervall, {interval} for alle.",
        "se": "Standardfeil",
        "filled": "tenkt studie",
        "contours": "Lyst felt: p 0,10 til 0,05. Mørkt felt: p 0,05 til 0,01. Åpne ringer: tenkte studier.",
        "baujat_x": "Bidrag til heterogenitet",
        "baujat_y": "Betydning for resultatet",
        "subsets": "Delmengder",
        "precision": "Presisjon (1/SE)",
        "z": "Effekt i standardfeil (z)",
        "posterior_mean": "Gjennomsnittet",
        "posterior_new": "En ny studie",
        "risk1": "Andel med utfallet, tiltak",
        "risk2": "Andel med utfallet, kontroll",
    },
    "en": {
        "study": "Study",
        "weight": "Weight",
        "ci": "{level}% CI",
        "pooled": "Overall",
        "one": "IPS",
        "two": "control",
        "favours": "favours {group}",
        "prediction": "Light bar: prediction interval, {interval} for all.",
        "se": "Standard error",
        "filled": "imputed study",
        "contours": "Light band: p 0.10 to 0.05. Dark band: p 0.05 to 0.01. Open rings: imputed studies.",
        "baujat_x": "Contribution to heterogeneity",
        "baujat_y": "Influence on the result",
        "subsets": "Subsets",
        "precision": "Precision (1/SE)",
        "z": "Effect in standard errors (z)",
        "posterior_mean": "The mean",
        "posterior_new": "A new study",
        "risk1": "Share with the outcome, treatment",
        "risk2": "Share with the outcome, control",
    },
}


def word(name: str, lang: Language, /, **facts: str) -> str:
    return WORDS[lang][name].format(**facts)


def measure_name(measure: str, lang: Language) -> str:
    return MEASURES[lang].get(measure, measure)


def decimal(value: float, lang: Language, digits: int = 2) -> str:
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "nb" else text


def percent(value: float, lang: Language, digits: int = 0) -> str:
    return decimal(value, lang, digits) + (" %" if lang == "nb" else "%")


def short(name: str, longest: int) -> str:
    """A name with its middle left out where it is too long: what tells two long names apart is often at the end."""
    end = longest // 3
    return name if len(name) <= longest else f"{name[: longest - end - 1].rstrip()}…{name[-end:]}"


def told_apart(names: Sequence[str], longest: int) -> list[str]:
    """The names, short; with their number in the table where two would look the same."""
    made = [short(name, longest) for name in names]
    if len(set(made)) == len(set(names)):
        return made
    return [f"{i}. {name}" for i, name in enumerate(made, 1)]


def short_labels(longest: int) -> str:
    """``short`` as a Vega expression: the axis keeps the whole names apart."""
    end = longest // 3
    cut = f"slice(datum.label, 0, {longest - end - 1}) + '…' + slice(datum.label, -{end})"
    return f"length(datum.label) <= {longest} ? datum.label : {cut}"


def axis_labels(lang: Language) -> str:
    """A Vega expression: the axis's numbers as they are written in the language."""
    return "replace(replace(datum.label, '.', ','), '%', ' %')" if lang == "nb" else "datum.label"
