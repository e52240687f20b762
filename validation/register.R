# Golden numbers for the effect estimators: R 4.2.2, sandwich 3.0-2 (Debian r-base-core, r-cran-sandwich).
# Rscript validation/register.R tests/method/register/golden
library(sandwich)
out <- commandArgs(trailingOnly = TRUE)[1]
put <- function(name, value) cat(sprintf("%s,%.12g\n", name, value), file = file.path(out, "r.csv"), append = TRUE)
cat("name,value\n", file = file.path(out, "r.csv"))

# A trial: 12 sites of 20 people, a yes or no, people in a site alike.
set.seed(20261)
site <- rep(1:12, each = 20)
arm <- rep(c(1, 0), 120)
old <- rbinom(240, 1, 0.5)
y <- rbinom(240, 1, plogis(-0.9 + 0.6 * arm + 0.3 * arm * old + rnorm(12, sd = 0.7)[site]))
hours <- ifelse(y == 1, round(rexp(240, 1 / 400)), 0)
trial <- data.frame(person_id = 1:240, site, arm = ifelse(arm == 1, "ips", "control"), month = 18, outcome = y, hours, old)
write.csv(trial, file.path(out, "trial.csv"), row.names = FALSE, quote = FALSE)
person <- 1:240
for (cluster in c("person", "site")) {
  id <- if (cluster == "person") person else site
  for (outcome in c("outcome", "hours")) {
    trial$value <- trial[[outcome]]
    rd <- lm(value ~ arm, data = transform(trial, arm = as.numeric(arm == "ips")))
    put(paste(cluster, outcome, "difference", sep = "_"), coef(rd)["arm"])
    put(paste(cluster, outcome, "difference_se", sep = "_"), sqrt(vcovCL(rd, cluster = id, type = "HC1")["arm", "arm"]))
    rr <- glm(value ~ arm, family = quasipoisson, data = transform(trial, arm = as.numeric(arm == "ips")),
              control = glm.control(epsilon = 1e-14, maxit = 100))
    put(paste(cluster, outcome, "log_ratio", sep = "_"), coef(rr)["arm"])
    put(paste(cluster, outcome, "log_ratio_se", sep = "_"), sqrt(vcovCL(rr, cluster = id, type = "HC1")["arm", "arm"]))
  }
  ix <- lm(outcome ~ arm * old, data = transform(trial, arm = as.numeric(arm == "ips")))
  put(paste(cluster, "interaction", sep = "_"), coef(ix)["arm:old"])
  put(paste(cluster, "interaction_se", sep = "_"), sqrt(vcovCL(ix, cluster = id, type = "HC1")["arm:old", "arm:old"]))
}

# Areas: 24 over 8 years; exposed from year 4 (6 areas), 6 (6) or never (12); the effect grows by the year.
set.seed(20262)
areas <- expand.grid(period = 2001:2008, area = 1:24)
areas$first <- c(2004, 2006, NA, NA)[(areas$area - 1) %% 4 + 1]
since <- ifelse(is.na(areas$first), -1, areas$period - areas$first)
level <- rnorm(24, 40, 6)[areas$area] + (areas$period - 2001) * 0.8
areas$outcome <- round(level + ifelse(since >= 0, 2 + 1.5 * since, 0) + rnorm(nrow(areas), sd = 1.5), 4)
areas$people <- round(runif(24, 60, 400))[areas$area]
write.csv(areas, file.path(out, "areas.csv"), row.names = FALSE, quote = FALSE, na = "")
areas$on <- as.numeric(since >= 0)
twfe <- function(d, tag, ...) {
  fit <- lm(outcome ~ on + factor(area) + factor(period), data = d, ...)
  put(paste(tag, "twfe", sep = "_"), coef(fit)["on"])
  put(paste(tag, "twfe_se", sep = "_"), sqrt(vcovCL(fit, cluster = d$area, type = "HC1")["on", "on"]))
}
twfe(areas, "plain")
twfe(areas, "weighted", weights = areas$people)

# The two-way event study among areas exposed in 2004 and the never exposed, with the year before as reference.
one <- subset(areas, is.na(first) | first == 2004)
for (year in setdiff(2001:2008, 2003)) one[[paste0("e", year)]] <- as.numeric(!is.na(one$first) & one$period == year)
names <- paste0("e", setdiff(2001:2008, 2003))
fit <- lm(reformulate(c(names, "factor(area)", "factor(period)"), "outcome"), data = one)
v <- vcovCL(fit, cluster = one$area, type = "HC1")
for (name in names) {
  put(paste0("one_cohort_", name), coef(fit)[name])
  put(paste0("one_cohort_", name, "_se"), sqrt(v[name, name]))
}
