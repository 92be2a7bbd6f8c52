#pragma once

#include <gio/gio.h>

/* Who holds which topic: a bipartite graph, and what follows from it when people leave.  It knows neither names nor times. */
typedef struct
{
  guint32  n_people, n_topics;
  guint32 *first;          /* by topic, n_topics + 1: into people */
  guint32 *people;         /* who hold it, ascending */
  guint32 *first_topic;    /* by person, n_people + 1: into topics */
  guint32 *topics;         /* that they hold, ascending */
} KennisHolders;

/* From pairs in any order; the same pair twice counts once. */
KennisHolders *kennis_holders_new  (guint32 n_people, guint32 n_topics, const guint32 *people, const guint32 *topics, gsize n);
void           kennis_holders_free (KennisHolders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisHolders, kennis_holders_free)

static inline guint32
kennis_holders_count (const KennisHolders *self, guint32 topic)
{
  return self->first[topic + 1] - self->first[topic];
}

/* Topics with `least` holders or more; with exactly one; people who hold something. */
guint32 kennis_holders_n_held    (const KennisHolders *self);
guint32 kennis_holders_n_single  (const KennisHolders *self);
guint32 kennis_holders_n_holders (const KennisHolders *self);

/* Σ over held topics of weight × Π of the holders' leaving probabilities; leaving by person, weight by topic (NULL: 1). */
double kennis_holders_expected_loss (const KennisHolders *self, const double *leaving, const double *weight);

/* The fewest people whose leaving orphans more than half of the held topics lies from *least to *most; they are the same where that was
 * proven within `budget` steps of search.  0, 0 where nothing is held.  `leavers` (of *most people; NULL: not wanted) is who.  When cancelled it
 * ends soon, and what it found is nothing. */
void kennis_holders_bus_factor (const KennisHolders *self, guint64 budget, GCancellable *cancellable, guint32 *least,
                                guint32 *most, guint32 **leavers);

/* Topics of which all holders are among those with gone[person] ≠ 0, as an array of guint32. */
GArray *kennis_holders_orphans (const KennisHolders *self, const guint8 *gone);

/* Who should learn what from whom: one after another the pair that lowers the expected loss most.
 *
 * A learner does not hold the topic; of those who lower it most, one with the highest rank (0: not at all), and of these the one
 * whom the fewest pairs name so far.  The teacher is a holder: of the highest rank by `teaching`, then the likeliest to leave.  When cancelled
 * it ends soon, with fewer. */
typedef struct
{
  guint32 topic, teacher, learner;
  double  gain;            /* by how much the expected loss falls */
} KennisLesson;
typedef guint (*KennisLearnerRank) (guint32 topic, guint32 learner, gpointer data);
typedef guint (*KennisTeacherRank) (guint32 teacher, guint32 learner, gpointer data);
GArray *kennis_holders_lessons (const KennisHolders *self, const double *leaving, const double *weight, guint n,
                                KennisLearnerRank learning, KennisTeacherRank teaching, gpointer data,
                                GCancellable *cancellable);
