# 10,000 trials of 410 people, 37 against 27 per cent, pooled z, vectorised: milliseconds, the best of 20.
once <- function() {
  n <- 205
  x1 <- rbinom(10000, n, 0.37)
  x2 <- rbinom(10000, n, 0.27)
  p <- (x1 + x2) / (2 * n)
  mean(abs(x1 - x2) / n / sqrt(p * (1 - p) * 2 / n) >= qnorm(0.975))
}
set.seed(1)
share <- NA
times <- replicate(20, system.time(for (i in 1:10) share <<- once())[["elapsed"]] * 100)
cat(sprintf('{"ms": %.3f, "power": %.4f}', min(times), share))
