# The same fits by metafor in this run, in milliseconds: {"y16", "v16", "y13", "v13"} in, one figure a line out.
suppressPackageStartupMessages({library(metafor); library(jsonlite)})
d <- fromJSON(commandArgs(TRUE)[1])
ms <- function(times, run) { run(); 1000 * system.time(for (i in seq_len(times)) run())[["elapsed"]] / times }
cat("metafor, REML, k = 16\t", ms(100, function() rma(d$y16, d$v16)), "\n", sep="")
fit <- rma(d$y13, d$v13)
cat("metafor, influence, k = 13\t", ms(5, function() influence(fit)), "\n", sep="")
set.seed(1)
permuted <- system.time(permutest(fit, exact=FALSE, iter=1000, progbar=FALSE))[["elapsed"]]
cat("metafor, 1 000 REML permutations, k = 13\t", 1000 * permuted, "\n", sep="")
refits <- system.time(for (i in 1:1000) { s <- sample(13, replace=TRUE); try(rma(d$y13[s], d$v13[s]), silent=TRUE) })[["elapsed"]]
cat("metafor, 1 000 bootstrap refits, k = 13\t", 1000 * refits, "\n", sep="")
