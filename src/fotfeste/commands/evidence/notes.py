"""What must be known with a result, as sentences."""

from typing import Literal

BOKMAL = {
    "columns_guessed": "Kolonnene er gjettet ut fra navnene: {}.",
    "recalled_rows_out": "{} studier er ikke lest på nytt i kilden og er ikke med. --recalled tar dem med.",
    "recalled_rows_in": "{} av studiene er gjengitt etter hukommelsen og ikke lest på nytt i kilden.",
    "mixed_outcome_definitions": "Utfallet er definert på {} måter. Se også resultatet uten de avvikende.",
    "control_group_counted_twice": "Kontrollgruppen ser ut til å være talt to ganger: {}.",
    "zero_cells": "Tomme celler ({}).",
    "studies_without_effect": "Uten egen effekt, og ikke med: {}.",
    "effect_off_centre": "Effekten ligger ikke midt i intervallet sitt. Se etter trykkfeil: {}.",
    "one_study": "Bare én studie: variasjonen mellom studier kan ikke vurderes.",
    "two_studies": "Bare to studier: intervallet har én frihetsgrad og variasjonen mellom studier er nesten ukjent.",
    "tau2_at_zero": "Variasjonen mellom studier er anslått til null. Det betyr ikke at den er det: se intervallet.",
    "hk_narrower_than_normal": "Hartung-Knapp er her smalere enn det vanlige intervallet. --ci hk_adhoc hindrer det.",
    "hk_without_spread": "Effektene er like, og Hartung-Knapp faller sammen. Bruk --ci hk_adhoc.",
    "collinear_dropped": "Utelatt fordi de sier det samme som andre: {}.",
    "moderator_missing": "Mangler verdi, og ikke med: {}.",
    "few_studies_per_moderator": "Færre enn ti studier per forklaringsvariabel: tolk med varsomhet.",
    "subgroup_of_one_study": "En undergruppe har bare én studie.",
    "not_estimable": "Antallet som mangler, kan ikke regnes ut med denne metoden for disse studiene.",
    "no_fixed_point": "Antallet som mangler, falt ikke til ro.",
    "few_studies_for_asymmetry": "Færre enn ti studier: testene for skjevhet har liten styrke.",
    "drawn_permutations": "Ikke alle omstokkinger er prøvd, men de samme hver gang og på alle maskiner.",
    "drawn_subsets": "Ikke alle delmengder er regnet, men de samme hver gang.",
    "quantiles_from_counts": "Kvantilene er lest av en fin inndeling, ikke av hver delmengde.",
    "no_information": "Ingen av studiene sier noe om effekten.",
    "no_events_left_out": "Studier uten hendelser er ikke med.",
    "gosh_per_subset_limit": "For mange delmengder for denne metoden: {} er trukket.",
}
ENGLISH = {
    "columns_guessed": "The columns were guessed from their names: {}.",
    "recalled_rows_out": "{} studies have not been read again in their source and are left out.",
    "recalled_rows_in": "{} of the studies are recalled and have not been read again in their source.",
    "mixed_outcome_definitions": "The outcome is defined in {} ways. See also the result without those that differ.",
    "control_group_counted_twice": "The control group seems to be counted twice: {}.",
    "zero_cells": "Empty cells ({}).",
    "studies_without_effect": "Without an effect of their own, and left out: {}.",
    "effect_off_centre": "The effect is not in the middle of its interval. Look for a misprint: {}.",
    "one_study": "One study only: the variation between studies cannot be judged.",
    "two_studies": "Two studies only: the interval has one degree of freedom and the variation is almost unknown.",
    "tau2_at_zero": "The variation between studies is estimated as zero. That does not mean it is: see its interval.",
    "hk_narrower_than_normal": "Hartung-Knapp is narrower than the usual interval here. hk_adhoc prevents that.",
    "hk_without_spread": "The effects are the same, and Hartung-Knapp collapses. Use hk_adhoc.",
    "collinear_dropped": "Left out because they say the same as others: {}.",
    "moderator_missing": "Without a value, and left out: {}.",
    "few_studies_per_moderator": "Fewer than ten studies for each moderator: interpret with care.",
    "subgroup_of_one_study": "A subgroup has one study only.",
    "not_estimable": "The number missing cannot be computed by this method for these studies.",
    "no_fixed_point": "The number missing did not settle.",
    "few_studies_for_asymmetry": "Fewer than ten studies: the tests of asymmetry have little power.",
    "drawn_permutations": "Not all permutations were tried, but the same ones each time and on every machine.",
    "drawn_subsets": "Not all subsets were computed, but the same ones each time.",
    "quantiles_from_counts": "The quantiles are read from fine bins, not from each subset.",
    "no_information": "None of the studies tells anything about the effect.",
    "no_events_left_out": "Studies without events are left out.",
    "gosh_per_subset_limit": "Too many subsets for this method: {} were drawn.",
}


def note(code: str, detail: str = "", lang: Literal["nb", "en"] = "nb") -> str:
    return {"nb": BOKMAL, "en": ENGLISH}[lang][code].format(detail)
