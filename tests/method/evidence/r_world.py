"""What the reference analyses call, answered by Fotfeste. Only names and shapes are translated here; nothing is
computed."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from tests.method.evidence.r_language import Formula, Machine, Scope

from fotfeste.evidence import bias, prediction, tables
from fotfeste.evidence.effects import INPUTS, effect_sizes
from fotfeste.evidence.effects.single_numbers import freeman_tukey_back
from fotfeste.evidence.influence import cumulate, influence, leave_one_out
from fotfeste.evidence.model import Fit, fit
from fotfeste.evidence.moderators import parse_terms
from fotfeste.evidence.regression import likelihood_ratio, meta_regression, variance_inflation
from fotfeste.evidence.tau2 import METHODS
from fotfeste.evidence.tau2_intervals import profile_likelihood, q_profile

TESTS = {"z": "z", "knha": "hk", "adhoc": "hk_adhoc", "t": "t", "hksj": "hk"}
ESCALC = {
    "m1i": "mean1",
    "sd1i": "sd1",
    "m2i": "mean2",
    "sd2i": "sd2",
    "ri": "r",
    "x1i": "events1",
    "t1i": "time1",
    "x2i": "events2",
    "t2i": "time2",
    "ti": "time",
    "mi": "items",
    "n1i": "n1",
    "n2i": "n2",
    "ni": "n",
    "xi": "events",
}


def frame(machine: Machine, scope: Scope, given: list[Any]) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """The arguments, read in the data frame that one of them names."""
    table = next((machine.value(tree, scope) for name, tree in given if name == "data"), {}) or {}
    inner = Scope({n: np.asarray(c) if isinstance(c, list) else c for n, c in table.items()}, scope)
    args, named = [], {}
    for name, tree in given:
        if name == "data":
            continue
        value = machine.value(tree, inner)
        if name is None:
            args.append(value)
        else:
            named[name] = value
    return table, named, args


def numbers(values: Any) -> np.ndarray:
    return np.atleast_1d(
        np.asarray([math.nan if v is None else v for v in np.atleast_1d(np.asarray(values, dtype=object))], dtype=float)
    )


def sizes(measure: str, named: dict[str, Any]) -> Any:
    wanted = INPUTS.get(measure)
    if wanted is None:
        raise KeyError(measure)
    if wanted == ("events1", "n1", "events2", "n2"):
        a, c = numbers(named["ai"]), numbers(named["ci"])
        n1 = numbers(named["n1i"]) if "n1i" in named else a + numbers(named["bi"])
        n2 = numbers(named["n2i"]) if "n2i" in named else c + numbers(named["di"])
        inputs = {"events1": a, "n1": n1, "events2": c, "n2": n2}
    else:
        translated = {ESCALC.get(n, n): numbers(v) for n, v in named.items() if n in ESCALC}
        if "ai" in named:
            translated["alpha"] = numbers(named["ai"])
        if "sd2" in wanted and "n" in wanted and "n1i" in named:
            translated["n"] = numbers(named["n1i"])
        inputs = {name: translated[name] for name in wanted}
    complete = ~np.any(
        [np.isnan(np.broadcast_to(c, max(np.size(c) for c in inputs.values()))) for c in inputs.values()], axis=0
    )
    if not complete.all():
        own, _ = sizes(
            measure, {n: numbers(v)[complete] if np.size(v) == complete.size else v for n, v in named.items()}
        )
        y, v = np.full(complete.size, np.nan), np.full(complete.size, np.nan)
        y[complete], v[complete] = own.effects, own.variances
        return replace(own, effects=y, variances=v), inputs
    rules = {k: named[k] for k in ("to", "add") if k in named}
    if "drop00" in named:
        rules["drop_empty"] = bool(named["drop00"])
    return effect_sizes(measure, **inputs, **rules, smd_variance=named.get("vtype", "LS")), inputs


def escalc(machine: Machine, scope: Scope, given: list[Any]) -> dict[str, Any]:
    table, named, _ = frame(machine, scope, given)
    own, inputs = sizes(named["measure"], named)
    total = inputs["n1"] + inputs["n2"] if "n1" in inputs else inputs.get("n")
    return {**table, "yi": own.effects, "vi": own.variances, "_ni": total}


def terms_text(tree: Any) -> str:
    if tree[0] == "value":
        return f"{tree[1]:g}"
    if tree[0] == "name":
        return tree[1]
    name = tree[1][1]
    sides = [terms_text(t) for _, t in tree[2]]
    if name == "factor":
        return f"factor({sides[0]})"
    if name == "I":
        return "I_" + "".join(c if c.isalnum() else "_" for c in sides[0])
    return f" {name} ".join(sides) if len(sides) == 2 else f"{name}{sides[0]}"


def computed(tree: Any, machine: Machine, scope: Scope, columns: dict[str, Any]) -> None:
    """Columns that the formula makes itself, such as I(year - 1983)."""
    if tree[0] == "call":
        if tree[1] == ("name", "I"):
            columns[terms_text(tree)] = machine.value(tree[2][0][1], scope)
        for _, inner in tree[2]:
            computed(inner, machine, scope, columns)


def rma(machine: Machine, scope: Scope, given: list[Any]) -> dict[str, Any]:
    table, named, args = frame(machine, scope, given)
    if "scale" in named:
        from tests.method.evidence import r_models

        return r_models.location_scale(machine, table, named, args)
    if "measure" in named and not args:
        own, inputs = sizes(named["measure"], named)
        y, v = own.effects, own.variances
        total = inputs["n1"] + inputs["n2"] if "n1" in inputs else None
    else:
        y = numbers(args[0] if args else named["yi"])
        v = numbers(named["sei"]) ** 2 if "sei" in named else numbers(args[1] if len(args) > 1 else named["vi"])
        total = table.get("_ni")
    columns = {n: np.asarray(c) for n, c in table.items() if np.ndim(c) == 1}
    keep = ~(np.isnan(y) | np.isnan(v))
    if named.get("subset") is not None:
        keep &= np.asarray(named["subset"], dtype=bool)
    y, v = y[keep], v[keep]
    columns = {n: c[keep] for n, c in columns.items() if c.size == keep.size}
    choices: dict[str, Any] = {
        "method": named.get("method", "REML"),
        "test": TESTS[named.get("test", "z")],
        "level": named.get("level", 95) / 100,
    }
    if choices["method"] in ("FE", "CE"):
        choices["method"] = "EE"
    regression = None
    mods = named.get("mods")
    if mods is not None and not isinstance(mods, Formula):
        columns["_mods"], text, tree = numbers(mods)[keep], "_mods", ("name", "_mods")
    elif mods is not None:
        tree = mods.sides[0]
        text = terms_text(tree)
        inner = Scope(columns, mods.where)
        computed(tree, machine, inner, columns)
        for name in parse_terms(text).moderators:
            if name not in columns:
                columns[name] = np.asarray(inner.find(name))
    if mods is not None:
        regression = meta_regression(
            y, v, columns, text, method=choices["method"], ci=choices["test"], level=choices["level"]
        )
        model = regression.model
    else:
        extra = {}
        if named.get("weights") is not None:
            extra["genq_weights" if choices["method"] == "GENQ" else "weights"] = numbers(named["weights"])
        if named.get("weighted") is False:
            extra["weights"] = np.ones(y.size)
        if np.isnan(y).any() or (v <= 0).any() or not np.isfinite(v).all():
            raise ValueError("not finite")
        if y.size == 0:
            raise ValueError("no studies")
        model = fit(y, v, **choices, tau2=named.get("tau2"), **extra)
    return as_r(model, regression, None if total is None else np.asarray(total)[keep])


def as_r(model: Fit, regression: Any = None, total: Any = None) -> dict[str, Any]:
    joint = regression.joint if regression else None
    lik = model.likelihood
    return {
        "_fit": model,
        "_regression": regression,
        "_ni": total,
        "k": model.k,
        "p": model.p,
        "beta": model.coefficients,
        "b": model.coefficients,
        "se": model.se,
        "zval": model.statistic,
        "pval": model.p_values,
        "ci.lb": model.ci_low,
        "ci.ub": model.ci_high,
        "QE": model.q,
        "QEp": model.q_p,
        "tau2": model.tau2,
        "se.tau2": model.tau2_se,
        "I2": model.i2,
        "H2": model.h2,
        "ddf": model.df,
        "vb": model.covariance,
        "R2": regression.r2 if regression else None,
        "QM": joint.statistic if joint else None,
        "QMdf": [joint.df, joint.df2] if joint else None,
        "QMp": joint.p if joint else None,
        "yi": model.y,
        "vi": model.v,
        "fit.stats": {"ll": lik.ll, "dev": lik.deviance, "AIC": lik.aic, "BIC": lik.bic, "AICc": lik.aicc},
    }


def summary(r: dict[str, Any]) -> dict[str, Any]:
    names = {
        "beta": "estimate",
        "zval": "stat",
        "ci.lb": "ci_lb",
        "ci.ub": "ci_ub",
        "se.tau2": "se_tau2",
        "vb": "vcov",
        "fit.stats": "fit",
    }
    return {names.get(n, n): v for n, v in r.items()}


def predicted(
    r: dict[str, Any], newmods: Any = None, transf: Any = None, targs: Any = None, level: Any = None, **_: Any
) -> dict[str, Any]:
    if "_predict" in r:
        return r["_predict"]()
    model = r["_fit"]
    rows = None
    if newmods is not None:
        rows = np.column_stack((np.ones(np.size(newmods)), np.atleast_1d(newmods)))
    told = prediction.predict(model, rows)
    out = dict(
        zip(
            ("pred", "se", "ci_lb", "ci_ub", "pi_lb", "pi_ub"),
            (told.estimate, told.se, told.ci_low, told.ci_high, told.pi_low, told.pi_high),
            strict=True,
        )
    )
    if transf is not None:
        out = {n: None if n == "se" else (transf(v) if targs is None else transf(v, **targs)) for n, v in out.items()}
    return out


def heterogeneity(r: dict[str, Any], level: float = 95.0, **_: Any) -> dict[str, Any]:
    model = r["_fit"]
    low, high, *signs = q_profile(model, level / 100)
    return {
        "tau2": [low, high],
        "I2": [model.i2_at(low), model.i2_at(high)],
        "H2": [model.h2_at(low), model.h2_at(high)],
        "lb_sign": signs[0],
        "ub_sign": signs[1],
    }


def shrunk(r: dict[str, Any]) -> dict[str, Any]:
    told = prediction.study_effects(r["_fit"])
    return {"pred": told.estimate, "se": told.se, "pi_lb": told.pi_low, "pi_ub": told.pi_high}


def refitted(told: Any) -> dict[str, Any]:
    half = told.half_width
    return {
        "estimate": told.estimate,
        "se": told.se,
        "pval": told.p,
        "ci_lb": told.estimate - half,
        "ci_ub": told.estimate + half,
        "Q": told.q,
        "tau2": told.tau2,
        "I2": told.i2,
        "H2": told.h2,
    }


def without_each(r: dict[str, Any]) -> dict[str, Any]:
    if "_tables" not in r:
        return refitted(leave_one_out(r["_fit"]))
    pool, columns = r["_tables"]
    each = [pool(*(np.delete(c, i) for c in columns)) for i in range(columns[0].size)]
    return stacked(each)


def stacked(each: list[Any]) -> dict[str, Any]:
    names = {
        "estimate": "estimate",
        "se": "se",
        "p": "pval",
        "ci_low": "ci_lb",
        "ci_high": "ci_ub",
        "q": "Q",
        "i2": "I2",
        "h2": "H2",
    }
    return {told: [getattr(e, ours) for e in each] for ours, told in names.items()} | {"tau2": None}


def growing(r: dict[str, Any], order: Any) -> dict[str, Any]:
    sequence = np.argsort(np.asarray(order), kind="stable")
    if "_tables" in r:
        pool, columns = r["_tables"]
        return stacked([pool(*(c[sequence[: i + 1]] for c in columns)) for i in range(sequence.size)])
    told, sequence = cumulate(r["_fit"], order)
    return refitted(told) | {"order": order}


def influenced(r: dict[str, Any]) -> dict[str, Any]:
    told = influence(r["_fit"])
    return {
        "rstudent": told.rstudent,
        "dffits": told.dffits,
        "cook_d": told.cook_d,
        "cov_r": told.cov_r,
        "tau2_del": told.tau2_deleted,
        "QE_del": told.q_deleted,
        "hat": told.hat,
        "weight": told.weight,
    }


def estimators(y: Any, v: Any, methods: Any = METHODS, test: str = "z", **_: Any) -> dict[str, Any]:
    y, v = numbers(y), numbers(v)
    out = {}
    for method in np.atleast_1d(np.asarray(methods)).tolist():
        weights = 1 / np.sqrt(v) if method == "GENQ" else None
        told = summary(as_r(fit(y, v, method=method, test=TESTS[test], genq_weights=weights)))
        out[method] = told
    return out


def pooled_tables(method: str):  # type: ignore[no-untyped-def]
    def call(machine: Machine, scope: Scope, given: list[Any]) -> dict[str, Any]:
        _, named, _ = frame(machine, scope, given)
        if "x1i" in named:
            columns = [numbers(named[n]) for n in ("x1i", "t1i", "x2i", "t2i")]
        else:
            a, c = numbers(named["ai"]), numbers(named["ci"])
            n1 = numbers(named["n1i"]) if "n1i" in named else a + numbers(named["bi"])
            n2 = numbers(named["n2i"]) if "n2i" in named else c + numbers(named["di"])
            columns = [a, n1, c, n2]
        complete = ~np.isnan(np.sum(columns, axis=0))
        columns = [c[complete] for c in columns]
        level = named.get("level", 95) / 100

        def pool(*cells: Any) -> Any:
            if method == "PETO":
                return tables.peto(*cells, level=level)
            return tables.mantel_haenszel(
                *cells, measure=named.get("measure", "OR"), level=level, correct=named.get("correct", True)
            )

        return {"_tables": (pool, columns), "_pooled": pool(*columns)}

    return call


def tables_summary(r: dict[str, Any]) -> dict[str, Any]:
    told = r["_pooled"]
    out = {
        "k": told.k,
        "k_yi": told.k_effects,
        "estimate": told.estimate,
        "se": told.se,
        "stat": told.z,
        "pval": told.p,
        "ci_lb": told.ci_low,
        "ci_ub": told.ci_high,
        "QE": told.q,
        "QEp": told.q_p,
        "I2": told.i2,
        "H2": told.h2,
        "k.pos": told.k_informative,
    }
    for name, test in (
        ("CO", told.cochran),
        ("MH", told.cochran_mantel_haenszel),
        ("BD", told.breslow_day),
        ("TA", told.tarone),
    ):
        out[name], out[name + "p"] = (None, None) if test is None else (test.statistic, test.p)
    # metafor calls the Cochran-Mantel-Haenszel test MH and Cochran's own CO.
    return out


def regression_test(r: dict[str, Any], model: str = "rma", predictor: str = "sei", ni: Any = None) -> dict[str, Any]:
    m = r["_fit"]
    ours = {"sei": "se", "vi": "variance", "ninv": "1/n", "sqrtninv": "1/sqrt(n)"}[predictor]
    size = numbers(ni if ni is not None else r["_ni"]) if ours.startswith("1") else None
    if model == "lm":
        told = bias.egger(m.y, m.v, predictor=ours, n=size)
    else:
        told = bias.regression_test(m.y, m.v, predictor=ours, n=size, method=m.method, test=m.test)
    return {
        "stat": told.statistic,
        "df": told.df,
        "pval": told.p,
        "limit_est": told.limit,
        "limit_ci": [told.limit_ci_low, told.limit_ci_high],
    }


def rank_test(r: dict[str, Any]) -> dict[str, Any]:
    told = bias.begg(r["_fit"].y, r["_fit"].v)
    return {"kendall_tau": told.kendall_tau, "pval": told.p}


def trimmed(r: dict[str, Any], estimator: str = "L0", side: Any = None) -> dict[str, Any]:
    m = r["_fit"]
    told = bias.trim_and_fill(m.y, m.v, estimator=estimator, method=m.method, test=m.test, side=side)
    s = summary(as_r(told.model))
    return {
        "k0": told.k0,
        "se_k0": told.k0_se,
        "side": told.side,
        "estimate": s["estimate"],
        "se": s["se"],
        "ci": [s["ci_lb"][0], s["ci_ub"][0]],
        "tau2": s["tau2"],
        "QE": s["QE"],
        "I2": s["I2"],
    }


def excess(y: Any, v: Any, **_: Any) -> dict[str, Any]:
    told = bias.excess_significance(numbers(y), numbers(v))
    return {"O": told.observed, "E": told.expected, "X2": told.chi2, "pval": told.p, "theta": told.effect}


def fail_safe(y: Any, v: Any = None, type: str = "Rosenthal", target: Any = None) -> int:
    y = numbers(y)
    return bias.fail_safe_n(y, y if v is None else numbers(v), kind=type, target=target)


def compared(r: dict[str, Any], other: Any = None, btt: Any = None) -> dict[str, Any]:
    if other is not None:
        told = likelihood_ratio(r["_fit"], other["_fit"])
        return {"LRT": told.lrt, "pval": told.p, "R2": told.r2}
    joint = r["_fit"].joint_test([int(i) - 1 for i in np.atleast_1d(btt)])
    return {"QM": joint.statistic, "QMdf": [joint.df, joint.df2], "QMp": joint.p}


def standardised(r: dict[str, Any]) -> dict[str, Any]:
    m = r["_fit"]
    x = np.ones((m.k, 1)) if m.x is None else m.x
    hat = influence(m).hat
    # Internally standardised residuals: the residual's own variance is (1 - hat) of the total.
    return {"z": (m.y - x @ m.coefficients) / np.sqrt((m.v + m.tau2) * (1 - hat))}


def interval(r: dict[str, Any], level: float = 95.0, **_: Any) -> dict[str, Any]:
    if "_variance" in r:
        low, high = profile_likelihood(r["_variance"], level / 100)
        return {"random": np.array([[0.0, low, high], [0, 0, 0]])}
    return {"random": None}


def refuse_nothing(machine: Machine, scope: Scope, given: list[Any]) -> Any:
    body = next(tree for name, tree in given if name is None or name == "expr")
    try:
        return machine.value(body, scope)
    except (ValueError, ArithmeticError, KeyError, np.linalg.LinAlgError) as error:
        handler = next((tree for name, tree in given if name == "error"), None)
        return machine.value(handler, scope)(str(error)) if handler else None


def within(machine: Machine, scope: Scope, given: list[Any]) -> Any:
    table = machine.value(given[0][1], scope)
    return machine.value(given[1][1], Scope(dict(table), scope))


def combine(*values: Any, **named: Any) -> Any:
    items = [*values, *named.values()]
    if any(isinstance(v, dict) for v in items):
        out: dict[str, Any] = {}
        for i, v in enumerate(items):
            out |= v if isinstance(v, dict) else {str(i): v}
        return out
    flat = [x for v in items if v is not None for x in np.atleast_1d(np.asarray(v, dtype=object)).ravel()]
    return (
        np.array(flat)
        if all(isinstance(x, int | float | np.number | bool) for x in flat)
        else np.array(flat, dtype=object)
    )


def listed(*values: Any, **named: Any) -> dict[str, Any]:
    return {str(i + 1): v for i, v in enumerate(values)} | named


def mapped(items: Any, call: Any) -> dict[str, Any]:
    return (
        {n: call(v) for n, v in items.items()}
        if isinstance(items, dict)
        else {str(i): call(v) for i, v in enumerate(items)}
    )


def mapped_flat(items: Any, call: Any) -> np.ndarray:
    return np.array([np.ravel(v)[0] if np.ndim(v) else v for v in mapped(items, call).values()])


def between(a: Any, b: Any) -> np.ndarray:
    return np.arange(a, b + 1) if b >= a else np.arange(a, b - 1, -1)


def grouped(table: Any, by: Any) -> dict[str, Any]:
    by = np.asarray(by)

    def cut(which: Any) -> Any:
        return (
            {n: np.asarray(c)[which] for n, c in table.items()} if isinstance(table, dict) else np.asarray(table)[which]
        )

    return {str(g): cut(by == g) for g in sorted(set(by.tolist()))}


def beside(*values: Any, **named: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for v in values:
        out |= v
    return out | named


def world() -> Machine:
    plain: dict[str, Any] = {
        "+": lambda a, b=None: a if b is None else np.add(a, b),
        "-": lambda a, b=None: np.negative(a) if b is None else np.subtract(a, b),
        "*": np.multiply,
        "/": np.divide,
        "^": np.power,
        "==": lambda a, b: np.asarray(a) == b,
        "!=": lambda a, b: np.asarray(a) != b,
        "<": np.less,
        ">": np.greater,
        "<=": np.less_equal,
        ">=": np.greater_equal,
        "&": np.logical_and,
        "|": np.logical_or,
        "&&": lambda a, b: bool(a) and bool(b),
        "||": lambda a, b: bool(a) or bool(b),
        "!": np.logical_not,
        ":": between,
        "c": combine,
        "list": listed,
        "nn": lambda x: x,
        "unname": lambda x: x,
        "as.numeric": lambda x: x,
        "as.matrix": lambda t: (
            np.column_stack([np.asarray(c, dtype=float) for c in t.values()]) if isinstance(t, dict) else np.asarray(t)
        ),
        "paste0": lambda *a: "".join(map(str, a)),
        "paste": lambda *a, **_: " ".join(map(str, a)),
        "conditionMessage": str,
        "is.null": lambda x: x is None,
        "sort": lambda x, **_: np.array(sorted(np.asarray(x).tolist())),
        "unique": lambda x: np.array(list(dict.fromkeys(np.asarray(x).tolist()))),
        "mean": np.mean,
        "exp": np.exp,
        "log": np.log,
        "sqrt": np.sqrt,
        "sum": np.sum,
        "abs": np.abs,
        "length": np.size,
        "nrow": lambda t: len(next(iter(t.values()))),
        "rep": lambda x, n: np.repeat(x, int(n)),
        "max": lambda *a: max(np.max(x) for x in a),
        "min": lambda *a: min(np.min(x) for x in a),
        "var": lambda x: np.var(x, ddof=1),
        "suppressWarnings": lambda x: x,
        "sapply": mapped_flat,
        "lapply": mapped,
        "split": grouped,
        "cbind": beside,
        "unlist": lambda x: x,
        "logLik": lambda r: r["fit.stats"]["ll"] if "fit.stats" in r else r["ll"],
        "resid": lambda r: (
            r["_fit"].y - (np.ones((r["k"], 1)) if r["_fit"].x is None else r["_fit"].x) @ r["_fit"].coefficients
        ),
        "rstandard": standardised,
        "rstudent": lambda r: {"z": influence(r["_fit"]).rstudent},
        "hatvalues": lambda r: influence(r["_fit"]).hat,
        "cooks.distance": lambda r: influence(r["_fit"]).cook_d,
        "weights": lambda r: influence(r["_fit"]).weight,
        "anova": compared,
        "vif": lambda r: {"vif": variance_inflation(r["_fit"])},
        "confint": interval,
        "bldiag": lambda parts: list(parts.values()),
        "transf.ztor": np.tanh,
        "transf.ipft.hm": lambda y, ni: freeman_tukey_back(y, np.asarray(ni, dtype=float)),
        "S": summary,
        "MVS": summary,
        "P": predicted,
        "HC": heterogeneity,
        "BL": shrunk,
        "L1": without_each,
        "CU": growing,
        "IN": influenced,
        "EST": estimators,
        "MHS": tables_summary,
        "RG": regression_test,
        "RK": rank_test,
        "TF": trimmed,
        "FS": fail_safe,
        "tes": excess,
        "DIRECT": direct,
        "RR": lambda d: {**d, **dict(zip(("yi", "vi"), _bcg(d), strict=True))},
        "seq_len": lambda n: np.arange(1, int(n) + 1),
        "identity": lambda x: x,
        "CT": None,
        "MV": None,
    }
    lazy: dict[str, Any] = {
        "escalc": escalc,
        "rma": rma,
        "rma.uni": rma,
        "tryCatch": refuse_nothing,
        "with": within,
        "rma.mh": pooled_tables("MH"),
        "rma.peto": pooled_tables("PETO"),
        "try": refuse_nothing,
    }
    try:
        from tests.method.evidence import r_models

        plain |= r_models.PLAIN
        lazy |= r_models.LAZY
    except ImportError:
        pass
    return Machine(plain, lazy)


def direct(y: Any, v: Any) -> dict[str, Any]:
    out: dict[str, Any] = {m: estimators(y, v, [m])[m] for m in ("DL", "HE", "ML", "REML", "PM")}
    reml = fit(numbers(y), numbers(v), test="hk")
    return out | {"QP_tau2": heterogeneity({"_fit": reml})["tau2"], "QE": reml.q, "knha_se_REML": reml.se[0]}


def _bcg(d: dict[str, Any]) -> tuple[Any, Any]:
    own, _ = sizes("RR", {"ai": d["tpos"], "bi": d["tneg"], "ci": d["cpos"], "di": d["cneg"]})
    return own.effects, own.variances
