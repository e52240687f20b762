"""Golden numbers of staggered exposure, by csdid 0.4.3 (the Python port of R's did) and wildboottest 0.3.2.

    python validation/register_areas.py tests/method/register/golden

in an environment of their own with both packages; Fotfeste needs neither.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from csdid.att_gt import ATTgt
from wildboottest.wildboottest import wildboottest

out = Path(sys.argv[1])
areas = pd.read_csv(out / "areas.csv")
areas["group"] = areas["first"].fillna(0).astype(int)
rows: list[tuple[str, float]] = []
for control in ("nevertreated", "notyettreated"):
    for weights in (None, "people"):
        tag = f"{control}_{'weighted' if weights else 'plain'}"
        fitted = ATTgt(
            yname="outcome",
            tname="period",
            idname="area",
            gname="group",
            data=areas.copy(),
            control_group=[control],
            weights_name=weights,
            cband=False,
        ).fit(est_method="reg", base_period="universal", bstrap=False)
        told = fitted.results
        for g, t, att, se in zip(told["group"], told["year"], told["att"], told["se"], strict=True):
            rows += [(f"{tag}_{int(g)}_{int(t)}", att), (f"{tag}_{int(g)}_{int(t)}_se", se)]
        for kind in ("simple", "dynamic"):
            agg = fitted.aggte(typec=kind, bstrap=False, cband=False).atte
            rows += [(f"{tag}_{kind}", agg["overall_att"]), (f"{tag}_{kind}_se", np.ravel(agg["overall_se"])[0])]
            if kind == "dynamic":
                for e, att, se in zip(agg["egt"], agg["att_egt"], np.ravel(agg["se_egt"]), strict=True):
                    rows += [(f"{tag}_event_{int(e)}", att), (f"{tag}_event_{int(e)}_se", se)]
for few in (10, 24):
    part = areas[areas["area"] <= few].copy()
    part["on"] = ((part["group"] > 0) & (part["period"] >= part["group"])).astype(float)
    model = smf.ols("outcome ~ on + C(area) + C(period)", data=part)
    told = wildboottest(model, cluster=part["area"], param="on", B=99_999, seed=1, bootstrap_type="11", show=False)
    rows += [(f"wild_t_{few}", float(told["statistic"].iloc[0])), (f"wild_p_{few}", float(told["p-value"].iloc[0]))]
pd.DataFrame(rows, columns=["name", "value"]).to_csv(out / "areas_python.csv", index=False, float_format="%.12g")
