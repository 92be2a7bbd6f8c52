#pragma once

#include <kennis/kennis-writer.h>

#include "base/kennis-progress-private.h"
#include "dataset/kennis-dataset-private.h"

/* Writes the document of docs/file-format.md; the stream is neither flushed nor closed. */
gboolean kennis_xml_write (KennisDataset *dataset, GOutputStream *stream, KennisProgressSink *sink, GCancellable *cancellable,
                           GError **error);
