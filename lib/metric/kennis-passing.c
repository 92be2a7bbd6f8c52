#include "config.h"

#include "metric/kennis-passing-private.h"

#include "metric/kennis-ground-types-private.h"

gint32
kennis_ground_passed_on_after (const KennisGround *self,
                               guint32             person,
                               guint32             topic,
                               gint32              day)
{
  gint32 first = -1;

  if (topic == KENNIS_INTERN_NONE)
    return -1;

  for (guint32 i = self->given.first[person]; i < self->given.first[person + 1]; i++)
    {
      const KennisSharingFact *fact = &self->sharings[self->given.items[i]];

      if (fact->day < day || (first >= 0 && fact->day - day >= first) || fact->topic == KENNIS_INTERN_NONE
          || fact->kind == KENNIS_SHARING_KIND_CONTACT || fact->initiative == KENNIS_INITIATIVE_REQUIRED)
        continue;
      if (kennis_ground_topic_is_within (self, fact->topic, topic))
        first = fact->day - day;
    }

  return first;
}
