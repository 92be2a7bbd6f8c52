/* Writes a file of N activities (one million, unless told otherwise) of some 250 bytes each, in Kennis' XML, to standard
 * output: what the benchmarks read.  The same N gives the same bytes.
 *
 *   make-xml [N [PEOPLE [KINDS]]] > FILE
 *
 * With KINDS, a person does only so many different activities in a month, and they have no ids: so cells fill up. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t
next (uint64_t *state)
{
  uint64_t z = (*state += UINT64_C (0x9e3779b97f4a7c15)); /* SplitMix64 (Steele, Lea & Flood 2014) */

  z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static void
write_reference (unsigned people)
{
  printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<kennis xmlns=\"urn:kennis:records:1\" version=\"1\" time-zone=\"Europe/Amsterdam\" currency=\"EUR\">\n"
          "  <people>\n");
  for (unsigned i = 0; i < people; i++)
    printf ("    <person id=\"p%05u\" team=\"t%03u\" role=\"role-%u\" fte=\"1\"/>\n", i, i / 10, i % 7);
  printf ("  </people>\n  <teams>\n");
  for (unsigned i = 0; i <= (people - 1) / 10; i++)
    printf ("    <team id=\"t%03u\" name=\"Team %u\"/>\n", i, i);
  printf ("  </teams>\n  <activities>\n");
}

static void
write_activity (uint64_t  i,
                unsigned  people,
                unsigned  kinds,
                uint64_t *state)
{
  static const char *const forms[] = { "formal", "workplace", "together", "self-study", "event", "mentoring" };
  static const char *const settings[] = { "detached", "meeting", "daily-work", "team" };
  static const char *const approaches[] = { "experiential", "digital", "practice", "classroom" };
  static const char *const initiatives[] = { "self", "manager", "required" };
  uint64_t r = next (state), s = next (state);

  if (kinds > 0)
    {
      uint64_t person = (s >> 32) % people, kind = person << 32 | (r % 24) << 16 | (r >> 40) % kinds;

      r = next (&kind);
      s = person << 32 | (next (&kind) & UINT64_C (0xffffffff));
    }
  unsigned month = r % 24, day = 1 + (r >> 8) % 28, hour = 8 + (r >> 16) % 9, minutes = 15 * (1 + (r >> 24) % 16);
  unsigned year = 2023 + month / 12, end = hour * 60 + minutes;

  month = month % 12 + 1;
  printf (kinds > 0 ? "    <activity" : "    <activity id=\"a%08" PRIu64 "\"", i);
  printf (" person=\"p%05u\" form=\"%s\" topic=\"topic-%03u\""
          " start=\"%u-%02u-%02uT%02u:00:00Z\" ended=\"%u-%02u-%02uT%02u:%02u:00Z\" duration=\"PT%uM\" cost=\"%u.%02u\""
          " setting=\"%s\" approach=\"%s\" initiative=\"%s\" status=\"completed\"",
          (unsigned) ((s >> 32) % people), forms[s % 6], (unsigned) (s >> 8) % 200, year, month, day, hour, year, month,
          day, end / 60, end % 60, minutes, (unsigned) (r >> 32) % 900, (unsigned) (r >> 42) % 100,
          settings[(s >> 16) % 4], approaches[(s >> 18) % 4], initiatives[(s >> 24) % 3]);
  printf ("/>\n");
}

int
main (int    argc,
      char **argv)
{
  uint64_t n = argc > 1 ? strtoull (argv[1], NULL, 10) : 1000000, state = 1;
  unsigned people = argc > 2 ? (unsigned) strtoul (argv[2], NULL, 10) : 2000;

  unsigned kinds = argc > 3 ? (unsigned) strtoul (argv[3], NULL, 10) : 0;

  if (n == 0 || people == 0)
    {
      fprintf (stderr, "usage: make-xml [N [PEOPLE [KINDS]]] > FILE\n");
      return 1;
    }
  write_reference (people);
  for (uint64_t i = 0; i < n; i++)
    write_activity (i, people, kinds, &state);
  printf ("  </activities>\n</kennis>\n");
  return fflush (stdout) != 0;
}
