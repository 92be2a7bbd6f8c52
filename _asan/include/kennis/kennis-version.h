#pragma once

/**
 * KENNIS_MAJOR_VERSION:
 *
 * The first number of the version that a program is compiled against.
 *
 * Since: 1.0
 */
#define KENNIS_MAJOR_VERSION (1)
/**
 * KENNIS_MINOR_VERSION:
 *
 * The second number of the version that a program is compiled against.
 *
 * Since: 1.0
 */
#define KENNIS_MINOR_VERSION (0)
/**
 * KENNIS_MICRO_VERSION:
 *
 * The third number of the version that a program is compiled against.
 *
 * Since: 1.0
 */
#define KENNIS_MICRO_VERSION (0)
