// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.DatasetCatalogue;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.Posteriors;
import java.nio.file.Path;
import java.util.Random;

/** Answers of models that nobody trained, kept under the names that jobs' answers have. */
final class MadeUpAnswers {

    private MadeUpAnswers() {}

    /** Writes those of a model that is so sure of its members and so sure of others. */
    static void write(Path folder, ModelJob job, int records, double members, double others) {
        AnswerStore store = new AnswerStore(folder);
        int classes = DatasetCatalogue.find(job.dataset()).orElseThrow().classes();
        Random random = new Random(job.key().hashCode());
        store.write(
                job.key(),
                new ModelAnswers(of(random, records, classes, members), of(random, records, classes, others)));
        for (RandomQueries queries : RandomQueries.values()) {
            store.writeSet(
                    job.key() + "-" + queries.id(),
                    of(random, records, classes, 1).withoutLabels());
        }
    }

    /** Answers whose labels' logits are higher by the confidence, more or less. */
    static PosteriorSet of(Random random, int records, int classes, double confidence) {
        double[][] posteriors = new double[records][classes];
        int[] labels = new int[records];
        for (int i = 0; i < records; i++) {
            labels[i] = random.nextInt(classes);
            for (int c = 0; c < classes; c++) {
                posteriors[i][c] = random.nextGaussian() + (c == labels[i] ? confidence + random.nextGaussian() : 0);
            }
            Posteriors.softmax(posteriors[i], classes);
        }
        return new PosteriorSet(posteriors, labels);
    }
}
