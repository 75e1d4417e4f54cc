// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.alert.CommitPace;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.OutputSettings;
import dev.miasma.decode.DeadLetterSerde;
import dev.miasma.decode.DecodeProcessor;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.measure.Measures;
import dev.miasma.score.LiveDefences;
import dev.miasma.score.PlacedKeySerde;
import dev.miasma.score.PlacedKeySerde.PlacedKey;
import dev.miasma.score.QueryScorer;
import dev.miasma.score.SanitiseProcessor;
import dev.miasma.score.ScoreProcessor;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.TrainingChecks;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;

/** The part of the wiring up to scored queries: predictions, decode, score; dead letters and sanitised predictions aside. */
final class ScoringTopology {
    private static final String PREDICTIONS = "predictions";
    private static final String UNBUNDLE = "unbundle";
    private static final String DECODE = "decode";
    private static final String SCORE = "score";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String SANITISE = "sanitise";
    private static final String SANITISED = "sanitised";

    private final MiasmaConfig config;
    private final Knowledge knowledge;
    private final Measures measures;
    private final Onlookers onlookers;
    private final CommitPace pace;

    /**
     * @param config of the monitor
     * @param knowledge models and filters in force
     * @param measures told by every stage
     * @param pace of the commits that somebody waits for
     */
    ScoringTopology(MiasmaConfig config, Knowledge knowledge, Measures measures, Onlookers onlookers, CommitPace pace) {
        this.config = config;
        this.knowledge = knowledge;
        this.measures = measures;
        this.onlookers = onlookers;
        this.pace = pace;
    }

    /**
     * Adds the stages.
     *
     * @param identity what clients become pseudonyms with
     * @param clock to tell how far an event is ahead
     * @return scored queries where their events stood, not yet by client
     */
    KStream<String, ScoredQuery> wire(StreamsBuilder builder, IdentitySettings identity, InstantSource clock) {
        return score(decode(builder, identity, clock));
    }

    private KStream<String, Decoded> decode(StreamsBuilder builder, IdentitySettings identity, InstantSource clock) {
        InputSettings input = config.input();
        OutputSettings out = config.outputs();
        String originals = config.sanitised().isPresent() ? SANITISE : "";
        var wiring = new DecodeProcessor.Wiring(
                input.clientHeader(), out.deadLetterPayload(), SCORE, originals, DEAD_LETTERS);
        // A record that is passed on is read again for it, before the next is decoded.
        String together = originals.isEmpty() ? SCORE : null;
        var bytes = Serdes.ByteArray();
        KStream<String, Decoded> decoded = builder.stream(
                        input.topics(), Consumed.with(bytes, bytes).withName(PREDICTIONS))
                .process(UnbundleProcessor::new, Named.as(UNBUNDLE))
                .process(
                        () -> BundledStage.gathering(prompt(decoder(identity, clock, wiring)), together),
                        Named.as(DECODE));
        decoded.to(
                out.deadLetterTopic(),
                Produced.with(Serdes.String(), new DeadLetterSerde()).withName(DEAD_LETTERS));
        return decoded;
    }

    private DecodeProcessor decoder(IdentitySettings identity, InstantSource clock, DecodeProcessor.Wiring wiring) {
        EventDecoder decoder = new EventDecoder(config.input(), identity, clock);
        return new DecodeProcessor(decoder, measures, onlookers.log(), wiring);
    }

    /** The same where nobody waits for what comes of every event, but for the alerts. */
    private Processor<byte[], byte[], String, Decoded> prompt(DecodeProcessor decoding) {
        boolean awaited = !config.input().keyedByClient() || config.sanitised().isPresent();
        return awaited ? new AwaitedProcessor<>(decoding, pace) : decoding;
    }

    private KStream<String, ScoredQuery> score(KStream<String, Decoded> decoded) {
        LiveDefences defences = LiveDefences.of(config);
        double trainingNull = config.sensors().trainingHitNull();
        KStream<String, ScoredQuery> scored = decoded.process(
                () -> BundledStage.gathering(new ScoreProcessor(new QueryScorer(
                        knowledge.models(),
                        new TrainingChecks(knowledge.filters(), trainingNull),
                        defences,
                        measures))),
                Named.as(SCORE));
        // Behind the score stage, which thus sees an answer first, and scores it even where it cannot be passed on.
        config.sanitised().ifPresent(settings -> sanitise(decoded, settings.topic(), defences));
        return scored;
    }

    private void sanitise(KStream<String, Decoded> decoded, String topic, LiveDefences defences) {
        StreamPartitioner<PlacedKey, byte[]> samePartition =
                (name, key, event, partitions) -> Optional.of(Set.of(key.partition()));
        decoded.process(() -> new SanitiseProcessor(defences, measures, onlookers.log()), Named.as(SANITISE))
                .to(
                        topic,
                        Produced.with(new PlacedKeySerde(), Serdes.ByteArray(), samePartition)
                                .withName(SANITISED));
    }
}
