# Instruments, scores, reliability and agreement.
