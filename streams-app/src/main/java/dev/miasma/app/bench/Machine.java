// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the measurements ran on.
 *
 * @param cores processors that the JVM sees
 * @param jvm name and version
 * @param os name, version and architecture
 * @param heapBytes the heap's bound, bytes
 * @param collector garbage collectors
 * @param broker where Kafka ran
 */
record Machine(int cores, String jvm, String os, long heapBytes, String collector, String broker) {
    static final String IN_JVM = "in this JVM, beside generator and monitor";
    static final String NONE = "none needed";

    /** This machine. */
    static Machine here(String broker) {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                runtime.availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                runtime.maxMemory(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")),
                broker);
    }

    void describe(ObjectNode json) {
        json.putObject("machine")
                .put("cores", cores)
                .put("jvm", jvm)
                .put("os", os)
                .put("heapBytes", heapBytes)
                .put("collector", collector)
                .put("broker", broker);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cores, %s, %s, heap up to %,d MB, %s; Kafka: %s",
                cores,
                jvm,
                os,
                heapBytes >> 20,
                collector,
                broker);
    }
}
