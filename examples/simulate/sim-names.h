#pragma once

#include <glib.h>

#define SIM_N_DISCIPLINES 8
#define SIM_TOPICS_PER_DISCIPLINE 5
#define SIM_N_TOPICS (SIM_N_DISCIPLINES * SIM_TOPICS_PER_DISCIPLINE)
#define SIM_COMPLIANCE_TOPIC (SIM_N_TOPICS - 1)

typedef enum
{
  SIM_LANGUAGE_NL,
  SIM_LANGUAGE_EN,
  SIM_LANGUAGE_FR,
  SIM_N_LANGUAGES
} SimLanguage;

/* A name in the data, in every language that the data can be written in. */
typedef struct
{
  const char *in[SIM_N_LANGUAGES];
} SimName;

typedef enum
{
  SIM_ROLE_DIRECTOR,
  SIM_ROLE_HEAD,
  SIM_ROLE_LEADER,
  SIM_ROLE_FIRST_MEMBER    /* then two per discipline */
} SimRole;

#define SIM_N_ROLES (SIM_ROLE_FIRST_MEMBER + 2 * SIM_N_DISCIPLINES)
#define SIM_N_LEVELS 3
#define SIM_N_GENDERS 3

extern const SimName sim_disciplines[SIM_N_DISCIPLINES];
extern const SimName sim_topics[SIM_N_TOPICS];
extern const SimName sim_roles[SIM_N_ROLES];
extern const SimName sim_genders[SIM_N_GENDERS];
extern const char *const sim_levels[SIM_N_LEVELS];
extern const char *const sim_first_names[];
extern const char *const sim_last_names[];

const char *sim_name         (const SimName *name, SimLanguage language);
const char *sim_first_name   (guint index);
const char *sim_last_name    (guint index);
/* The name of team number `index` of a discipline, without the number that makes it unique. */
const char *sim_team_name    (guint discipline, guint index, SimLanguage language);
/* Lower case ASCII letters, digits and hyphens of a text; free with g_free(). */
char       *sim_slug         (const char *text);
