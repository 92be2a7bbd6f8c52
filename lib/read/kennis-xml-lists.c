#include "config.h"

#include "read/kennis-xml-private.h"

static const KennisXmlList lists[KENNIS_XML_N_LISTS] = {
  { KENNIS_RECORD_TYPE_PERSON, KENNIS_PERSON_ALIASES, "alias", "name", NULL },
  { KENNIS_RECORD_TYPE_PERSON, KENNIS_PERSON_ATTRIBUTES, "attribute", "name", "value" },
  { KENNIS_RECORD_TYPE_PROGRAMME, KENNIS_PROGRAMME_TOPICS, "about", "topic", NULL },
  { KENNIS_RECORD_TYPE_PROGRAMME, KENNIS_PROGRAMME_INPUTS, "input", "name", "value" },
  { KENNIS_RECORD_TYPE_MOMENT, KENNIS_MOMENT_ATTENDEES, "attendee", "person", NULL },
};

const KennisXmlList *
kennis_xml_list (guint i)
{
  return &lists[i];
}

const KennisXmlList *
kennis_xml_list_for (KennisRecordType type,
                     guint            field)
{
  for (guint i = 0; i < KENNIS_XML_N_LISTS; i++)
    if (lists[i].type == type && lists[i].field == field)
      return &lists[i];

  return NULL;
}
