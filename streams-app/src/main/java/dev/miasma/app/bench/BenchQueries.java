// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Arrival;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.QueryScorer;
import dev.miasma.score.ScoredQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Made-up events, decoded and scored by the built-in attack model: what the detect stage gets. Not thread-safe. */
final class BenchQueries {
    private final BenchEvents events;
    private final EventDecoder decoder = DecodeWork.decoder();
    private final AttackModels models;
    private final QueryScorer scorer;

    BenchQueries(BenchEvents events) {
        this.events = events;
        MiasmaConfig config = config();
        models = AttackModels.load(Path.of("no-such-folder"), true, config.flagRate(), new NoMeasures());
        scorer = new QueryScorer(models, new NoMeasures());
    }

    /** A configuration of nothing but defaults. */
    static MiasmaConfig config() {
        return MiasmaConfig.of(Map.of(ConfigKey.INPUT_TOPICS, "bench", ConfigKey.IDENTITY_KEY, DecodeWork.KEY));
    }

    AttackModels models() {
        return models;
    }

    ScoredQuery next() {
        if (decoder.decode(events.next(), new Arrival("", 0, null, null)) instanceof Prediction prediction) {
            ScoredQuery query = scorer.score(prediction);
            if (query != null) {
                return query;
            }
        }
        throw new BenchException("a made-up event could not be scored");
    }

    /** The same of a client with a number, whose pseudonym is as long as any. */
    ScoredQuery nextOf(int client) {
        ScoredQuery query = next();
        String number = String.format(Locale.ROOT, "%08x", client);
        return new ScoredQuery(
                query.queryId(),
                query.endpoint(),
                query.version(),
                query.client().substring(number.length()) + number,
                query.cohort(),
                query.timeMillis(),
                query.fingerprint(),
                query.identified(),
                query.locality(),
                query.topConfidence(),
                query.attack(),
                query.training());
    }

    List<ScoredQuery> take(int count) {
        List<ScoredQuery> queries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            queries.add(next());
        }
        return queries;
    }
}
