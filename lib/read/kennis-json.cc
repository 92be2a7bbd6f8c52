/* The one C++ file: simdjson's DOM parser behind kennis-json-private.h.  It is compiled without exceptions, so that none
 * can cross into C, and uses only what simdjson tells by error codes.  DOM, not On-Demand: the latter accepts broken tokens in what
 * is skipped.  Memory that is not there ends the process, as it does in GLib. */
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <memory>
#include <new>

#include "read/kennis-json-private.h"

struct _KennisJson
{
  simdjson::dom::parser parser;
  /* simdjson's first stage alone, over many documents at once. */
  std::unique_ptr<simdjson::internal::dom_parser_implementation> tokens;
};

/* xAPI has no depth limit, and nobody needs more. */
#define MAX_DEPTH 128

KennisJson *
kennis_json_new (void)
{
  KennisJson *self = new (std::nothrow) KennisJson ();

  if (self == nullptr)
    g_error ("no memory for a parser of JSON");

  return self;
}

void
kennis_json_free (KennisJson *self)
{
  delete self;
}

static KennisJsonProblem
problem_of (simdjson::error_code code)
{
  switch (code)
    {
    case simdjson::SUCCESS:
      return KENNIS_JSON_SOUND;
    case simdjson::UTF8_ERROR:
      return KENNIS_JSON_NO_UTF_8;
    case simdjson::DEPTH_ERROR:
      return KENNIS_JSON_TOO_DEEP;
    case simdjson::STRING_ERROR:
    case simdjson::UNESCAPED_CHARS:
    case simdjson::UNCLOSED_STRING:
      return KENNIS_JSON_BAD_TEXT;
    case simdjson::NUMBER_ERROR:
      return KENNIS_JSON_BAD_NUMBER;
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY:
      return KENNIS_JSON_TOO_LARGE;
    default:
      return KENNIS_JSON_BROKEN;
    }
}

KennisJsonProblem
kennis_json_parse (KennisJson *self, const char *text, gsize length, KennisJsonTape *tape)
{
  simdjson::error_code code = simdjson::SUCCESS;

  static_assert (KENNIS_JSON_PADDING >= simdjson::SIMDJSON_PADDING, "texts need more room behind them");
  if (self->parser.capacity () < length || self->parser.capacity () == 0)
    code = self->parser.allocate (length < 65536 ? 65536 : length + length / 2, MAX_DEPTH);
  if (code == simdjson::SUCCESS)
    code = self->parser.parse (text, length, false).error ();
  if (code != simdjson::SUCCESS)
    return problem_of (code);
  tape->words = self->parser.doc.tape.get ();
  tape->texts = reinterpret_cast<const char *> (self->parser.doc.string_buf.get ());

  return KENNIS_JSON_SOUND;
}

gboolean
kennis_json_tokens (KennisJson *self, const char *text, gsize length, const guint32 **at, gsize *n)
{
  if (length == 0 || length >= 0xffffffff)
    return FALSE;
  if (self->tokens == nullptr || self->tokens->capacity () < length)
    {
      self->tokens.reset ();
      if (simdjson::get_active_implementation ()->create_dom_parser_implementation (length + length / 2, 1,
                                                                                    self->tokens)
          != simdjson::SUCCESS)
        return FALSE;
    }
  if (self->tokens->stage1 (reinterpret_cast<const uint8_t *> (text), length, simdjson::stage1_mode::regular)
      != simdjson::SUCCESS)
    return FALSE;
  *at = self->tokens->structural_indexes.get ();
  *n = self->tokens->n_structural_indexes;

  return TRUE;
}
