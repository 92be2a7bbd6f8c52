#include "config.h"

#include "read/kennis-utf-16-private.h"

gsize
kennis_utf_8_put (char *out, gunichar c)
{
  if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
    {
      *out = c == 0 ? '\0' : (char) 0xff;
      return 1;
    }

  return (gsize) g_unichar_to_utf8 (c, out);
}

gsize
kennis_utf_16_decode (const guint8 *raw, gsize n, gboolean is_big, gboolean at_end, char *out, gsize *length)
{
  guint high = is_big ? 0 : 1;
  char *end = out;
  gsize i = 0;

  for (; i + 1 < n; i += 2)
    {
      gunichar c = ((gunichar) raw[i + high] << 8) | raw[i + 1 - high], low;

      if (c < 0xd800 || c >= 0xdc00)
        {
          end += kennis_utf_8_put (end, c);
          continue;
        }
      if (i + 3 >= n && !at_end)
        break;
      low = i + 3 < n ? ((gunichar) raw[i + 2 + high] << 8) | raw[i + 3 - high] : 0;
      if (low >= 0xdc00 && low < 0xe000)
        {
          end += kennis_utf_8_put (end, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
          i += 2;
        }
      else
        end += kennis_utf_8_put (end, c);
    }
  if (at_end && i < n)
    {
      end += kennis_utf_8_put (end, 0xd800);
      i = n;
    }
  *length = (gsize) (end - out);

  return i;
}

gboolean
kennis_utf_16_sniff (const guint8 *head, gsize length, gboolean *is_big)
{
  gsize n_zeros[2] = { 0, 0 };

  length = MIN (length, 64) & ~(gsize) 1;
  if (length >= 2 && ((head[0] == 0xfe && head[1] == 0xff) || (head[0] == 0xff && head[1] == 0xfe)))
    {
      *is_big = head[0] == 0xfe;
      return TRUE;
    }
  for (gsize i = 0; i < length; i++)
    n_zeros[i % 2] += head[i] == 0 ? 1 : 0;
  *is_big = n_zeros[0] > 0;

  return length >= 8 && (n_zeros[0] == 0) != (n_zeros[1] == 0) && (n_zeros[0] + n_zeros[1]) * 4 > length;
}
