#pragma once

/* Elementary functions that come to the same bits on every processor: nothing but additions, multiplications, divisions and square
 * roots of doubles (IEEE 754), none fused, where a C library's own choose by what the processor has (FMA).  Within 1 unit in the last
 * place (log_gamma: 4, or 4e-16 about its zeros; erfc: 2^-51 of its value).  As those of C for what is no number or has none. */
double kennis_exp   (double x);
double kennis_exp2  (double x);
double kennis_expm1 (double x);
double kennis_log   (double x);
double kennis_log1p (double x);
double kennis_pow   (double x, double y);    /* x ≥ 0, or y whole */
double kennis_erfc  (double x);
double kennis_gamma_log (double x);          /* log Γ (x), x > 0 */
double kennis_sine  (double x);              /* of −π/4 … π/4 */
