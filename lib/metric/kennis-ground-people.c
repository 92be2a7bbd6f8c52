#include "config.h"

#include "metric/kennis-ground-types-private.h"
#include "summary/kennis-summary-people-private.h"

void
kennis_ground_build_people (KennisGround *self)
{
  KennisSummaryPeople people;

  kennis_summary_people_find (&people, self->facts);
  self->canonical = people.canonical;
  self->on_roster = people.on_roster;
  self->before = people.before;
  self->has_alias_conflict = people.has_alias_conflict;
  self->has_roster = self->facts->tables[KENNIS_RECORD_TYPE_PERSON].n_rows > 0;
}
