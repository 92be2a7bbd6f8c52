# The same work by R's psych and multilevel: "name seconds sum" lines.  Median of three (psych) and one (multilevel) runs.
folder <- commandArgs(TRUE)[1]
scales <- lapply(0:7, function(s) {
  x <- readBin(file.path(folder, paste0("scale-", s)), "double", 1e8)
  as.data.frame(matrix(x, ncol = 5, byrow = TRUE))
})
groups <- readBin(file.path(folder, "groups"), "integer", 1e8)
if (requireNamespace("psych", quietly = TRUE)) {
  seconds <- numeric(3)
  for (i in 1:3) {
    seconds[i] <- system.time(all <- lapply(scales, function(x) suppressWarnings(psych::alpha(x))))["elapsed"]
  }
  cat("alpha", median(seconds), format(sum(sapply(all, function(a) a$total$raw_alpha)), digits = 15), "\n")
}
if (requireNamespace("multilevel", quietly = TRUE)) {
  seconds <- system.time(all <- multilevel::rwg.j(scales[[1]], groups, ranvar = 2))["elapsed"]
  cat("rwg.j", seconds, format(sum(all$rwg.j), digits = 15), "\n")
}
