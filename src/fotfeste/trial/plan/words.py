"""The words a plan may use, and which go together."""

from typing import Literal

Kind = Literal["binary", "continuous", "count", "time"]
Better = Literal["higher", "lower"]
Scheme = Literal["simple", "permuted_blocks", "minimisation"]
MissingRule = Literal["complete_case", "not_in_work", "best_case", "worst_case", "multiple_imputation"]
Multiplicity = Literal["none", "holm", "fixed_sequence"]
CovariateKind = Literal["continuous", "category"]

METHODS: dict[str, dict[str, tuple[str, ...]]] = {
    "binary": {
        "risk_difference": ("newcombe", "miettinen_nurminen", "standardised", "standardised_bootstrap"),
        "risk_ratio": ("katz", "koopman", "standardised", "standardised_bootstrap", "log_binomial", "poisson"),
        "odds_ratio": ("woolf", "exact", "logistic"),
    },
    "continuous": {"mean_difference": ("welch", "ancova", "mixed_model")},
    "count": {
        "mean_difference": ("robust", "bootstrap"),
        "mean_ratio": ("robust", "bootstrap"),
        "two_part": ("two_part",),
    },
    "time": {"hazard_ratio": ("cox",), "restricted_mean_difference": ("restricted_mean",)},
}
"""Kind of outcome, then measure, then the methods that give it. The first method is the default."""

ADJUSTING = frozenset(
    (
        "standardised",
        "standardised_bootstrap",
        "log_binomial",
        "poisson",
        "logistic",
        "ancova",
        "mixed_model",
        "robust",
        "cox",
    )
)
"""The methods that can take ``adjust_for``."""
